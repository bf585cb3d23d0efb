"""Read models in a SQLite file of their own, beside the log.

The file can be deleted at any time: it is rebuilt. ``synchronous=NORMAL`` is enough here:
what was in use when the power failed is folded anew.

Who leads, and who builds tables beside the served ones, is told by locks on two files
beside this one (``-lead``, ``-fresh``); they end with their process. Whether the file was
in use is told by a third (``-open``).
"""

from __future__ import annotations

from pathlib import Path

from adapters.file_lock import FileLock
from adapters.sqlite import explain
from adapters.sqlite_file import SQLiteFile
from adapters.views.store import SqlViewStore
from adapters.views.tables import METADATA

APPLICATION_ID = 0x4F4E5256
"""Marks the file ("ONRV") in the header of SQLite."""
SCHEMA = 4
CURE = "delete this file alone, never the log, from which it is rebuilt"


class SQLiteViewStore(SqlViewStore):
    """The read models in one SQLite file."""

    def __init__(self, path: Path, *, mend: bool = False) -> None:
        """Open or make the file; to ``mend`` it, empty it where tables are gone.

        Raises:
            StoreUnavailableError: the file cannot be used.
            NewerStoreError: a newer onrecord folded it.
        """
        file = SQLiteFile(
            path,
            METADATA,
            application_id=APPLICATION_ID,
            schema=SCHEMA,
            synchronous="NORMAL",
            cure=CURE,
            droppable=True,
            mend=mend,
        )
        try:
            super().__init__(
                file,
                _ExplainedLock(path, "lead"),
                _ExplainedLock(path, "fresh"),
                shown=str(path),
                name=str(path),
                cure="delete the file to rebuild it",
                mend=mend,
            )
        except BaseException:
            file.close()
            raise


class _ExplainedLock(FileLock):
    """A lock beside a store, whose errors are told as those of the store."""

    def __init__(self, store: Path, what: str) -> None:
        super().__init__(store.with_name(f"{store.name}-{what}"))
        self._store = store

    def acquire(self) -> bool:
        """Take the lock without waiting; tell whether it was free.

        Raises:
            StoreUnavailableError: the file cannot be made.
        """
        try:
            return super().acquire()
        except OSError as error:
            raise explain(self._store, error, CURE) from error
