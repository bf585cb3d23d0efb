"""A disk that loses its power: what may be on it, told from a recording of calls.

The model
1. A write, truncation, creation or removal is sure once an ``fsync`` of its file (for
   names: of the folder) that began after it has succeeded.
2. All else may have reached the disk or not, whatever came after it: whole, or in
   part, by pages of 4 KiB or sectors of 512 bytes. What was never written is zeros.
3. An ``fsync`` that failed makes nothing sure, and what it was to write to a file is
   given up: a later one does not bring it (so does Linux). Names wait for a later one.
4. A sector that is written does not harm its neighbours (SQLite relies on it as well).

The ``-shm`` file of SQLite is memory that processes share; it is not on the disk.
"""

from __future__ import annotations

import random
import struct
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_HEAD = struct.Struct("<cHQI")
NEVER = 1 << 60
FOLDER = 0
"""The file that holds the names."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A call of a process: its letter is that of ``faults.c``."""

    kind: str
    name: str
    number: int
    data: bytes


def read_recording(recording: Path, folder: Path) -> list[Recorded]:
    """Return the calls of a recording on files in a folder."""
    content, at, calls = recording.read_bytes(), 0, []
    while at < len(content):
        kind, path, number, size = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        name = content[at : at + path].decode().removeprefix(str(folder)).strip("/")
        at += path
        calls.append(Recorded(kind.decode(), name, number, content[at : at + size]))
        at += size
    return [each for each in calls if not each.name.endswith(("-shm", " (deleted)"))]


@dataclass(slots=True)
class Change:
    """What a call changed in a file, and from which call on that is sure."""

    index: int
    file: int
    at: int = 0
    data: bytes | None = None
    names: tuple[tuple[str, int | None], ...] = ()
    sure: int = NEVER


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of that which is not sure: how likely each piece of it is kept.

    ``unit`` is the size of a piece in bytes, 0 for whole calls.
    """

    chance: random.Random
    kept: float
    unit: int = 0

    def keeps(self) -> bool:
        """Decide on a piece."""
        return self.chance.random() < self.kept

    def pieces(self, change: Change) -> Iterator[tuple[int, bytes]]:
        """Yield what is kept of a write, with where it lies."""
        assert change.data is not None
        start, end = change.at, change.at + len(change.data)
        while start < end:
            upto = min(end, (start // self.unit + 1) * self.unit) if self.unit else end
            if self.keeps():
                yield start, change.data[start - change.at : upto - change.at]
            start = upto


class Disk:
    """All the states in which a disk can be found after some recorded calls."""

    def __init__(self, calls: Sequence[Recorded]) -> None:
        self.calls = calls
        self._names: dict[str, int] = {}
        self._waiting: defaultdict[int, list[Change]] = defaultdict(list)
        self._begun: dict[int, list[Change]] = {}
        self._changes: list[Change] = []
        self._files = FOLDER
        for index, call in enumerate(calls):
            self._take(index, call)

    def notes(self, cut: int) -> list[str]:
        """Return what was noted before a cut."""
        return [each.data.decode() for each in self.calls[:cut] if each.kind == "n"]

    def image(self, cut: int, fate: Fate) -> dict[str, bytes]:
        """Return the files by name, the power lost after so many calls."""
        files: defaultdict[int, bytearray] = defaultdict(bytearray)
        names: dict[str, int | None] = {}
        for change in self._changes:
            if change.index >= cut:
                break
            sure = change.sure < cut
            if change.data is None:
                if sure or fate.keeps():
                    names.update(change.names)
                    _resize(files[change.file], change)
            elif sure:
                _put(files[change.file], change.at, change.data)
            else:
                for at, data in fate.pieces(change):
                    _put(files[change.file], at, data)
        return {n: bytes(files[file]) for n, file in names.items() if file is not None}

    def _take(self, index: int, call: Recorded) -> None:
        match call.kind:
            case "w":
                self._add(
                    Change(index, self._file(index, call.name), call.number, call.data)
                )
            case "t":
                self._add(Change(index, self._file(index, call.name), call.number))
            case "c":
                self._file(index, call.name)
            case "u":
                self._rename(index, (call.name, None))
                self._names.pop(call.name, None)
            case "r":
                new, file = Path(call.data.decode()).name, self._names.pop(call.name)
                self._rename(index, (call.name, None), (new, file))
                self._names[new] = file
            case "b":
                self._begun[call.number] = [*self._waiting[self._known(call.name)]]
            case "e":
                for change in self._begun.pop(call.number):
                    change.sure = min(change.sure, index)
                file = self._known(call.name)
                waiting = self._waiting[file]
                self._waiting[file] = [each for each in waiting if each.sure == NEVER]
            case "x" if call.name:
                self._waiting[self._known(call.name)] = []

    def _known(self, name: str) -> int:
        return self._names.get(name, -1) if name else FOLDER

    def _file(self, index: int, name: str) -> int:
        """Return the file of a name; one that is not there is made."""
        if name not in self._names:
            self._files += 1
            self._names[name] = self._files
            self._rename(index, (name, self._files))
        return self._names[name]

    def _rename(self, index: int, *names: tuple[str, int | None]) -> None:
        self._add(Change(index, FOLDER, names=names))

    def _add(self, change: Change) -> None:
        self._changes.append(change)
        self._waiting[change.file].append(change)


def _resize(file: bytearray, change: Change) -> None:
    if change.file == FOLDER:
        return
    del file[change.at :]
    file.extend(bytes(change.at - len(file)))


def _put(file: bytearray, at: int, data: bytes) -> None:
    if len(file) < at:
        file.extend(bytes(at - len(file)))
    file[at : at + len(data)] = data
