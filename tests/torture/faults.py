"""The library of ``faults.c``, from Python: made with ``cc``, loaded, and told what to do.

Whoever wants to record or fail the calls of a process starts it with the environment
that ``preloaded`` gives. In that process ``Faults`` speaks to the library.
"""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path

SOURCE = Path(__file__).with_name("faults.c")
NEEDED = "needs Linux, glibc and a C compiler (cc): apt-get install gcc libc6-dev"
FOR_EVER = 1 << 60


def can_compile() -> bool:
    """Return whether the library can be made here."""
    return platform.libc_ver()[0] == "glibc" and shutil.which("cc") is not None


def compile_into(folder: Path) -> Path:
    """Make the library."""
    library = folder / "faults.so"
    options = ("-O2", "-Wall", "-Wextra", "-shared", "-fPIC")
    subprocess.run(
        ["cc", *options, "-o", library, SOURCE, "-ldl", "-lpthread"], check=True
    )
    return library


def preloaded(library: Path) -> dict[str, str]:
    """Return the environment of a process that is to run with the library."""
    root = SOURCE.parents[2]
    return os.environ | {"LD_PRELOAD": str(library), "PYTHONPATH": str(root)}


class Call(IntEnum):
    """A kind of calls that can fail; the numbers are those of ``faults.c``."""

    WRITE = 0
    """``write``, ``pwrite`` and ``ftruncate``."""
    SYNC = 1
    """``fsync`` and ``fdatasync``."""


class Faults:
    """The library in this process, which must have been started with it."""

    def __init__(self, folder: Path) -> None:
        self._library = ctypes.CDLL(None)
        self._library.faults_watch(os.fsencode(folder))
        self._library.faults_fail.argtypes = [
            *(ctypes.c_int, ctypes.c_long, ctypes.c_long, ctypes.c_int)
        ]
        self._library.faults_seen.restype = ctypes.c_long

    def record(self, file: Path) -> None:
        """Record from now on; several processes may share a file."""
        self._library.faults_record(os.fsencode(file))

    def note(self, text: str) -> None:
        """Put a word between the recorded calls."""
        self._library.faults_note(text.encode())

    @contextmanager
    def failing(
        self, call: Call, nth: int, error: int, *, on: bool = False
    ) -> Iterator[None]:
        """Make the n-th call from now on fail, ``on`` makes those after it fail too."""
        self.fail(call, nth, error, on=on)
        try:
            yield
        finally:
            self._library.faults_fail(call, 0, 0, 0)

    def fail(self, call: Call, nth: int, error: int, *, on: bool = False) -> None:
        """Do so without an end."""
        self._library.faults_fail(call, nth, FOR_EVER if on else nth, error)

    def seen(self, call: Call) -> int:
        """Return how many such calls there were since one was made to fail."""
        return int(self._library.faults_seen(call))
