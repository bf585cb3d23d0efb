"""A lock between processes that ends with the one that holds it, however it ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from threading import Lock


class FileLock:
    """A lock on a file beside a store; the file stays, and means nothing by itself."""

    def __init__(self, path: Path) -> None:
        self._path, self._file = path, -1
        self._changing = Lock()

    @property
    def held(self) -> bool:
        """Whether it is held through this object."""
        return self._file >= 0

    def acquire(self) -> bool:
        """Take the lock without waiting; tell whether it was free.

        Raises:
            OSError: the file cannot be made.
        """
        with self._changing:
            opened = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            try:
                fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(opened)
                return False
            self._file = opened
            return True

    def release(self) -> None:
        """Let another take it."""
        with self._changing:
            if self.held:
                os.close(self._file)
                self._file = -1
