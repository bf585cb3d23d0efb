"""Read models in a SQLite file of their own, beside the log.

Promises: one transaction a page, with the progress in it; readers see one consistent
state and hold up no writer; a file of an older fold is emptied and folded anew, one
of a newer fold is refused. The file can be deleted at any time: it is rebuilt.
``synchronous=NORMAL`` is enough here: after a power loss the rows may fall back to
an earlier page, never to half of one, and are folded forward again.

Who leads, and who builds tables beside the served ones, is told by locks on two files
beside this one (``-lead``, ``-fresh``); they end with their process.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from adapters.file_lock import FileLock
from adapters.sqlite import explain
from adapters.sqlite_file import SQLiteFile
from adapters.views.tables import FRESH, SERVED, ViewTables
from adapters.views.transaction import (
    SqlSnapshot,
    SqlTransaction,
    begin,
    is_of_this_fold,
)
from domain.errors import StoreUnavailableError

APPLICATION_ID = 0x4F4E5256
"""Marks the file ("ONRV") in the header of SQLite."""
SCHEMA = 3
CURE = "delete this file alone, never the log, from which it is rebuilt"


class SQLiteViews:
    """One set of tables in the file."""

    def __init__(self, file: SQLiteFile, tables: ViewTables) -> None:
        self._file, self._tables = file, tables

    @contextmanager
    def snapshot(self) -> Iterator[SqlSnapshot]:
        """Open a consistent view for reading."""
        with self._file.transaction() as connection:
            yield SqlSnapshot(connection, self._tables)

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        """Open the one writing transaction."""
        with self._file.transaction(writing=True) as connection:
            yield SqlTransaction(connection, self._tables)


class SQLiteFreshViews(SQLiteViews):
    """The set that a rebuild fills."""

    def __init__(self, file: SQLiteFile) -> None:
        super().__init__(file, FRESH)

    @contextmanager
    def replacing(self) -> Iterator[SqlTransaction]:
        """Open a writing transaction that puts these in the place of the served ones."""
        with self._file.transaction(writing=True) as connection:
            yield SqlTransaction(connection, FRESH)
            SERVED.metadata.drop_all(connection)
            for table in SERVED.metadata.tables:
                connection.exec_driver_sql(
                    f"ALTER TABLE fresh_{table} RENAME TO {table}"
                )

    def make(self) -> None:
        """Make the tables, empty, whatever a process that died left of them."""
        self.drop()
        with self._file.transaction(writing=True) as connection:
            FRESH.metadata.create_all(connection)
            begin(connection, FRESH)

    def drop(self) -> None:
        """Drop the tables; where they replaced the served ones there are none."""
        with self._file.transaction(writing=True) as connection:
            FRESH.metadata.drop_all(connection)


class SQLiteViewStore(SQLiteViews):
    """The read models in one SQLite file."""

    def __init__(self, path: Path) -> None:
        """Open or make the file.

        Raises:
            StoreUnavailableError: the file cannot be used.
            NewerStoreError: a newer onrecord folded it.
        """
        file = SQLiteFile(
            path,
            SERVED.metadata,
            application_id=APPLICATION_ID,
            schema=SCHEMA,
            synchronous="NORMAL",
            cure=CURE,
            droppable=True,
        )
        super().__init__(file, SERVED)
        self._leading, self._building = (
            FileLock(path.with_name(f"{path.name}-{what}"))
            for what in ("lead", "fresh")
        )
        with file.transaction(writing=True) as connection:
            cure = "delete the file to rebuild it"
            if not is_of_this_fold(connection, SERVED, name=str(path), cure=cure):
                begin(connection, SERVED)

    def close(self) -> None:
        """Close all connections, and lead no more."""
        self._file.close()
        self.resign()

    def __enter__(self) -> Self:
        """Use as a context manager."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close on leaving."""
        self.close()

    def lead(self) -> bool:
        """Become the one process that folds, or stay it; tell whether it is so."""
        return self._leading.held or self._acquire(self._leading)

    def resign(self) -> None:
        """Lead no more."""
        self._leading.release()

    @contextmanager
    def beside(self) -> Iterator[SQLiteFreshViews]:
        """Open empty read models beside the served ones."""
        if not self._acquire(self._building):
            message = (
                f"the store {self._file.path} is being rebuilt by another process: "
                "try again when it has finished"
            )
            raise StoreUnavailableError(message)
        fresh = SQLiteFreshViews(self._file)
        try:
            fresh.make()
            yield fresh
        finally:
            try:
                fresh.drop()
            finally:
                self._building.release()

    def _acquire(self, lock: FileLock) -> bool:
        try:
            return lock.acquire()
        except OSError as error:
            raise explain(self._file.path, error, CURE) from error
