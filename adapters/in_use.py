"""A mark beside a file that is synced seldom: did the power fail while it was in use?

What SQLite writes ahead with ``synchronous=NORMAL`` is synced by checkpoints alone. When
the power fails, the file falls back to an earlier state, and what follows is folded
again. But where a sync had failed before, in whatever process, no later one brings what
it gave up: pages are missing, and nothing in the file shows it. So a file in use says so
on the disk, and one that was in use when the power failed is not trusted.

Rules
1. The mark holds by what this start of the machine is known, and is synced before the
   file is written.
2. All who use the file share a lock on the mark. Who has it alone is the first, who
   judges it and writes it, or the last, who wipes it when all is synced.
3. A killed process leaves its mark. It means nothing until the machine starts anew; then
   the file is dropped once more than need be.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from adapters.sqlite import sync_folder

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_LONGEST = 64


def boot() -> bytes:
    """Return by what this start of the machine is known; nothing where none tells."""
    try:
        return _BOOT.read_bytes().strip()
    except OSError:
        return b""


class InUse:
    """The mark of one process beside a file."""

    def __init__(self, store: Path) -> None:
        self._path, self._file = store.with_name(f"{store.name}-open"), -1

    def enter(self, drop: Callable[[], None]) -> None:
        """Join those who use the file, which is dropped first if the power failed.

        Raises:
            OSError: the mark cannot be written or synced.
        """
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            while True:
                if self._alone():
                    self._judge(drop)
                fcntl.flock(self._file, fcntl.LOCK_SH)
                if self._mark() or not boot():  # else the last left in between
                    return
        except BaseException:
            self.leave(synced=False)
            raise

    def leave(self, *, synced: bool) -> None:
        """Use the file no more; the last wipes the mark, if all that he wrote is synced."""
        if self._file < 0:
            return
        with suppress(OSError):
            if synced and self._alone():
                os.ftruncate(self._file, 0)
                os.fsync(self._file)
        os.close(self._file)
        self._file = -1

    def _judge(self, drop: Callable[[], None]) -> None:
        found, now = self._mark(), boot()
        if found and now and found != now:
            drop()
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, now, 0)
        os.fsync(self._file)
        sync_folder(self._path)

    def _mark(self) -> bytes:
        return os.pread(self._file, _LONGEST, 0)

    def _alone(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
