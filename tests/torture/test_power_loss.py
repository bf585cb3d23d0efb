"""The power fails at any moment: what was acknowledged is on the disk.

Processes append to a real SQLite log while every call on its files is recorded. Then
the power fails after some call, again and again: a disk image is made of what was
synced and of any part of what was not (``disk.py``), and opened as a user would open it.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from adapters import in_use
from adapters.clock import SystemClock
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.sqlite import dbapi
from adapters.views.sqlite import SQLiteViewStore
from domain.errors import StoreUnavailableError
from domain.events.base import Stored
from domain.services.log_pages import read_all
from tests.torture.conftest import Outcome, Tally
from tests.torture.disk import Disk, Fate, read_recording
from tests.torture.facts import A_TOPIC, batch_of
from tests.torture.faults import preloaded
from tests.torture.nursery import AS_REPLAYED, check_views

IMAGES = int(os.environ.get("ONRECORD_IMAGES", "200"))
"""How many disk images are opened; ``make torture`` raises it."""
A_RECORDING = 250
"""Images of one recording, at most."""
APPENDING = "tests.torture.appending"
A_PROCESS = 1_000
"""Numbers of facts that one appending process may use."""
UNITS = (0, 4096, 512)
CHANCES = (0.0, 0.05, 0.3, 0.5, 0.7, 0.95, 1.0)
LATER = 900_000
"""A fact that is appended to what was found."""


@pytest.fixture(autouse=True)
def _started_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the machine have been started anew before an image is opened."""
    monkeypatch.setattr(in_use, "boot", lambda: b"after the power failed")


def every(syncs_fail: bool) -> int:
    """Return of how many images one is looked at with its read models."""
    return 5 if syncs_fail else 25


@dataclass(frozen=True)
class Appended:
    """What was recorded, and what the log held at the end."""

    disk: Disk
    folder: Path
    stored: Sequence[Stored]


def appended(library: Path, where: Path, processes: int, *options: str) -> Appended:
    """Have processes append at once, and record what they do."""
    folder, recording = where / "store", where / "recording"
    folder.mkdir(parents=True)
    running = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", APPENDING, folder, recording),
                *(str(number * A_PROCESS), *options),
            ],
            env=preloaded(library),
        )
        for number in range(processes)
    ]
    assert [each.wait(120) for each in running] == [0] * processes
    disk = Disk(read_recording(recording, folder))
    copy = copytree(folder, where / "copy")
    with SQLiteEventLog(copy / "log.db", SystemClock()) as log:
        return Appended(disk, folder, list(read_all(log)))


@dataclass(frozen=True)
class Image:
    """A disk that was found after the power came back."""

    folder: Path
    acknowledged: dict[int, int]
    """Seqs by the number of the fact."""
    with_views: bool
    syncs_fail: bool = False
    """Then read models may be damaged, if they say so."""

    def fault(self, stored: Sequence[Stored]) -> str | None:
        """Open it; return what is wrong, if anything: "lost" or "broken" and why."""
        try:
            with SQLiteEventLog(self.folder / "log.db", SystemClock()) as log:
                if broken := self._broken():  # first: reading it might never end
                    return broken
                found = list(read_all(log))
                if lost := self._lost(log, found, stored):
                    return lost
                if log.append(batch_of(LATER * A_TOPIC)) != len(found) + 1:
                    return "broken: seq"
                if self.with_views:
                    self._check_views(log)
        except Exception as error:  # noqa: BLE001 (whatever it is, this is not whole)
            return f"broken: {error!r}"
        return None

    def _check_views(self, log: SQLiteEventLog) -> None:
        """Look at the read models; where they say that they are damaged, do as told."""
        path = self.folder / "views.db"
        try:
            with SQLiteViewStore(path) as views:
                check_views(log, views)
        except StoreUnavailableError as error:
            if not self.syncs_fail or "delete this file alone" not in str(error):
                raise
            for file in self.folder.glob("views.db*"):
                file.unlink()
            with SQLiteViewStore(path) as views:
                check_views(log, views)

    def _lost(
        self, log: SQLiteEventLog, found: Sequence[Stored], stored: Sequence[Stored]
    ) -> str | None:
        """Hold what is found against what was acknowledged, byte by byte."""
        last = max(self.acknowledged.values(), default=0)
        if len(found) < last or found[:last] != stored[:last]:
            return f"lost: {last} acknowledged, {len(found)} found"
        for fact, seq in self.acknowledged.items():
            if seq == last and log.find(batch_of(fact)) != seq:
                return "lost: the id of an event"
        if [each.seq for each in found] != [*range(1, len(found) + 1)]:
            return "broken: holes"
        places = Counter((each.stream, each.version) for each in found)
        return "broken: doubled" if len(places) < len(found) else None

    def _broken(self) -> str | None:
        """Let SQLite look at every page, and at what belongs together."""
        file = dbapi.connect(str(self.folder / "log.db"))
        try:
            (said,) = file.execute("PRAGMA integrity_check").fetchone()
            if said != "ok" or file.execute("PRAGMA foreign_key_check").fetchall():
                return f"broken: {said}"
            keys = "SELECT seq FROM event_key EXCEPT SELECT seq FROM stored_events"
            events = "SELECT seq FROM stored_events EXCEPT SELECT seq FROM event_key"
            if any(file.execute(query).fetchall() for query in (keys, events)):
                return "broken: keys without events"
        finally:
            file.close()
        return None


def images(
    made: Appended,
    where: Path,
    number: int,
    seed: int,
    *,
    syncs_fail: bool = False,
) -> Iterator[str]:
    """Let the power fail so often; yield what was found: "whole", or what is wrong."""
    chance, calls = random.Random(seed), made.disk.calls
    acknowledging = [n for n, call in enumerate(calls, start=1) if call.kind == "n"]
    for each in range(number):
        cut = chance.choice(
            (chance.randrange(len(calls)), chance.choice(acknowledging))
        )
        fate = Fate(chance, chance.choice(CHANCES), chance.choice(UNITS))
        where.mkdir()
        for name, content in made.disk.image(cut, fate).items():
            (where / name).write_bytes(content)
        notes = (note.split() for note in made.disk.notes(cut))
        acknowledged = {int(fact): int(seq) for fact, seq in notes}
        with_views = each % every(syncs_fail) == 0
        image = Image(where, acknowledged, with_views, syncs_fail)
        fault = image.fault(made.stored)
        yield f"{fault} (seed {seed}, cut {cut} of {len(calls)})" if fault else "whole"
        rmtree(where)


@dataclass(frozen=True)
class Found:
    """What was found on all images of some recordings, in which so much was acknowledged."""

    recordings: int
    acknowledged: int
    images: Sequence[str]

    def count(self, what: str) -> int:
        """Return how many images were "whole", "lost" or "broken"."""
        return sum(each.startswith(what) for each in self.images)


def lose_power(
    library: Path, where: Path, memory: Path, number: int, *options: str
) -> Found:
    """Make recordings, and so many images of them."""
    found, acknowledged = list[str](), 0
    for seed in count():
        if (left := number - len(found)) <= 0:
            return Found(seed, acknowledged, found)
        # by turns one process, and two at once
        processes = 1 if "--failing" in options else 1 + seed % 2
        made = appended(library, where / f"{seed}", processes, *options)
        notes = made.disk.notes(len(made.disk.calls))
        acknowledged += len({note.split()[0] for note in notes})
        some = min(left, A_RECORDING, (number + 1) // 2)
        fail = "--failing" in options
        found += images(made, memory / "image", some, seed, syncs_fail=fail)
        rmtree(where / f"{seed}")
    raise AssertionError


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 2])
def test_nothing_that_is_written_escapes_the_recording(
    faults_library: Path, tmp_path: Path, processes: int
) -> None:
    """What all recorded calls make together are the files, byte by byte."""
    made = appended(faults_library, tmp_path, processes)
    everything = made.disk.image(len(made.disk.calls), Fate(random.Random(), kept=1))
    assert everything["log.db"] == (made.folder / "log.db").read_bytes()
    assert everything["views.db"] == (made.folder / "views.db").read_bytes()
    calls = Counter((call.kind, call.name) for call in made.disk.calls)
    assert calls["w", "log.db-wal"]
    assert calls["e", "log.db-wal"]
    assert calls["e", "log.db"], "no checkpoint"
    assert calls["e", ""], "the folder was never synced"
    assert calls["t", "log.db-wal"], "the WAL was never cut"
    assert calls["u", "log.db-wal"], "the WAL was never removed"


@pytest.mark.slow
@pytest.mark.parametrize(
    "options", [(), ("--failing", "0.1")], ids=["", "failing-syncs"]
)
def test_a_power_loss_takes_nothing_that_was_acknowledged(
    faults_library: Path,
    tmp_path: Path,
    memory: Path,
    tally: Tally,
    options: tuple[str, ...],
) -> None:
    """Each image opens, is whole, and has all that was acknowledged, with its bytes.

    So it does where syncs fail now and then, and who appends tries again.
    """
    number = IMAGES // 4 if options else IMAGES
    found = lose_power(faults_library, tmp_path, memory, number, *options)
    tally(
        Outcome(
            f"facts, power lost{' after failing syncs' if options else ''}",
            len(found.images),
            "images",
            found.acknowledged,
            found.count("lost"),
            f"{found.count('broken')} broken, {found.recordings} recordings; "
            f"of one image in {every(bool(options))} {AS_REPLAYED}",
        )
    )
    assert [each for each in found.images if each != "whole"] == []
    assert len(found.images) == number


@pytest.mark.slow
@pytest.mark.parametrize("synchronous", ["OFF", "NORMAL"])
def test_without_full_syncing_a_power_loss_takes_what_was_acknowledged(
    faults_library: Path, tmp_path: Path, memory: Path, synchronous: str
) -> None:
    """The harness can tell: a log that syncs less loses, one that never does breaks."""
    told = ("--synchronous", synchronous)
    number = max(40, IMAGES // 10)
    found = lose_power(faults_library, tmp_path, memory, number, *told)
    lost, broken = found.count("lost"), found.count("broken")
    print(
        f"\ncontrol, synchronous={synchronous}: {number:,} tried, "
        f"{lost:,} lost, {broken:,} broken, as they must"
    )
    assert lost > number // 20
    assert bool(broken) == (synchronous == "OFF")
