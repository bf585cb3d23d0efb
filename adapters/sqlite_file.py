"""A SQLite file opened through SQLAlchemy, for what is not the log.

One way of opening for all of them: the safe SQLite, a mark in the header that tells
the file is ours, settings on every connection, and transactions that say themselves
how they begin. A transaction that will write takes the lock before it reads: one that
turns from reading to writing fails at once where another writer was faster.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import disk_usage
from typing import Any, Self

from sqlalchemy import URL, Connection, MetaData, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError, NoSuchTableError

from adapters.in_use import InUse
from adapters.sqlite import check_header, dbapi, explain, require_safe, sync_folder
from domain.errors import StoreError, StoreUnavailableError

_MANY_ROWS = (
    "page_size=8192",
    "cache_size=-32768",
    "wal_autocheckpoint=0",  # made here: SQLite keeps it secret where one fails
    "secure_delete=FAST",
)
"""For what is rebuilt by the thousand rows at random places: pages are large, kept in
memory (32 MB), written to the file less often, and not for the sake of wiping alone."""
AHEAD = 4000
"""Pages that are written ahead of such a file, from which on they are copied into it."""
ROOM = 32 << 20
"""Bytes that are left free by what can be done again: about what its next page takes."""
_WIPED = ("secure_delete=ON",)
"""For what may have to be erased: nothing is left of it in the file."""
_PRAGMAS = (
    "journal_mode=WAL",
    "cell_size_check=ON",
    "trusted_schema=OFF",
    "mmap_size=0",
    "journal_size_limit=67108864",
    "busy_timeout=5000",
)


class SQLiteFile:
    """A file of ours with some tables. ``synchronous`` is FULL or NORMAL.

    ``cure`` is what to do about a file that is broken or none of ours; one that is
    ``droppable`` is emptied where its tables are of an older schema, and, to ``mend``
    it, where some are gone; else that is refused. Where its disk
    fails it takes nothing more in, and is removed when it is closed: what a sync gave up
    once no later one brings, and nobody could tell what is missing. So is one that was
    in use when the power failed (``in_use.py``).
    """

    def __init__(
        self,
        path: Path,
        tables: MetaData,
        *,
        application_id: int,
        schema: int,
        synchronous: str,
        cure: str | None = None,
        droppable: bool = False,
        mend: bool = False,
    ) -> None:
        """Open or make the file.

        Raises:
            StoreUnavailableError: the file cannot be used.
            NewerStoreError: a newer onrecord wrote it.
        """
        require_safe()
        self.path, self._cure = path, cure
        self._droppable, self._failed, self._opened = droppable, False, False
        self._in_use = InUse(path)
        more = _MANY_ROWS if droppable else _WIPED
        # the size of pages is settled by what first writes to the file
        self._pragmas = (*more, *_PRAGMAS, f"synchronous={synchronous}")
        url = URL.create("sqlite", database=str(path))  # a path may hold "?"
        self._engine = create_engine(url, module=dbapi)
        event.listen(self._engine, "connect", self._prepare)
        with self._errors():
            check_header(path, application_id, newest=schema, cure=cure)
        if droppable:
            self._enter()
        try:
            self._make(tables, application_id, schema, mend=mend)
        except BaseException:
            self._in_use.leave(synced=False)
            raise
        self._opened = True

    def _enter(self) -> None:
        try:
            self._in_use.enter(self._remove)
        except OSError as error:
            raise self._explained(error) from error

    def _explained(self, error: BaseException) -> StoreError:
        return explain(self.path, error, self._cure, opening=not self._opened)

    def _make(
        self, tables: MetaData, application_id: int, schema: int, *, mend: bool
    ) -> None:
        """Make the tables where they are not there, or not as they should be."""
        with self.transaction(writing=True) as connection:
            made, found = (
                int(connection.exec_driver_sql(f"PRAGMA {name}").scalar() or 0)
                for name in ("application_id", "user_version")
            )
            gone = ", ".join(sorted(tables.tables.keys() - _names(connection)))
            if not made or (self._droppable and found < schema) or (mend and gone):
                _drop_all(connection)
                tables.create_all(connection)
                connection.exec_driver_sql(f"PRAGMA application_id={application_id}")
                connection.exec_driver_sql(f"PRAGMA user_version={schema}")
            elif gone:
                raise NoSuchTableError(gone)

    @contextmanager
    def transaction(self, *, writing: bool = False) -> Iterator[Connection]:
        """Open a transaction; commits at the end, or changes nothing.

        Raises:
            StoreUnavailableError: the file cannot be used, or its disk failed before.
        """
        if self._failed and writing:
            message = (
                f"the store {self.path} takes nothing in: its disk failed. Check the "
                "disk, stop every onrecord that uses the store, and start it again"
            )
            raise StoreUnavailableError(message)
        with self._errors(), self._engine.begin() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
            yield connection
        if self._droppable and writing:
            self._copy_if_due()

    def check_room(self, *, share: float = 0) -> None:
        """Refuse to go on with what can be done again where it would fill the disk.

        What comes next takes up to ``ROOM``, and a ``share`` of the size of the file.

        What is written ahead is freed when it was copied into the file, which grows by
        as much. On a full disk neither can be done: all of it stays, and nobody else
        who writes to that disk, such as the log, has room. The size of what is written
        ahead tells only the most of it: so it is copied before anything is refused.

        Raises:
            StoreUnavailableError: there is too little room.
        """
        if not self._lacking(share):
            return
        self._copy_what_is_ahead()
        if lacking := self._lacking(share):
            free, needed = lacking
            message = (
                f"the store {self.path} has too little room ({free >> 20} MB free, "
                f"{needed >> 20} needed): free some space; what is served stays as it was"
            )
            raise StoreUnavailableError(message)

    def _lacking(self, share: float) -> tuple[int, int] | None:
        """Return the bytes that are free and those needed, where these are more."""
        ahead = self.path.with_name(f"{self.path.name}-wal")
        written = ahead.stat().st_size if ahead.exists() else 0
        needed = written + ROOM + round(self.path.stat().st_size * share)
        free = disk_usage(self.path.parent).free
        return (free, needed) if free < needed else None

    def close(self) -> None:
        """Close all connections."""
        synced = False
        if self._droppable and not self._failed:
            synced = self._copy_what_is_ahead()
        self._engine.dispose()
        if self._failed:
            with suppress(OSError):
                self._remove()
        self._in_use.leave(synced=synced and not self._failed)

    def _copy_if_due(self) -> None:
        """Copy into the file what is written ahead, as far as nobody reads, if it is long.

        What was committed is committed, whatever becomes of this.
        """
        with suppress(StoreError), self._errors(), self._engine.connect() as connection:
            _, ahead, copied = _checkpoint(connection, "NOOP")
            if ahead - copied >= AHEAD:
                _checkpoint(connection, "PASSIVE")

    def _copy_what_is_ahead(self) -> bool:
        """Copy into the file what is written ahead of it; tell whether all of it is."""
        with suppress(StoreError), self._errors(), self._engine.connect() as connection:
            busy, _, _ = _checkpoint(connection, "TRUNCATE")
            return not busy
        return False

    def _remove(self) -> None:
        """Remove the file, and then what is written ahead of it: never the other way.

        Raises:
            OSError: it could not be removed.
        """
        self.path.unlink(missing_ok=True)
        sync_folder(self.path)
        for more in ("-wal", "-shm"):
            self.path.with_name(self.path.name + more).unlink(missing_ok=True)

    def __enter__(self) -> Self:
        """Use as a context manager."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close on leaving."""
        self.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn what SQLite raises into our errors."""
        try:
            yield
        except StoreError:
            raise
        except NoSuchTableError as error:
            raise self._lacks(str(error)) from error
        except DBAPIError as error:
            _, sign, gone = str(error.orig).partition("no such table: ")
            if sign:
                raise self._lacks(gone) from error
            told = getattr(error.orig, "sqlite_errorname", "")
            self._failed |= self._droppable and told.startswith("SQLITE_IOERR")
            if self._droppable and isinstance(error, IntegrityError):
                message = f"the store {self.path} is damaged: {self._cure}"
                raise StoreUnavailableError(message) from error
            raise self._explained(error.orig or error) from error
        except dbapi.Error as error:
            raise self._explained(error) from error

    def _lacks(self, tables: str) -> StoreUnavailableError:
        cure = "restore it from a backup"
        if self._droppable:
            cure = f"run onrecord rebuild, or {self._cure}"
        message = f"the store {self.path} lacks tables ({tables}): {cure}"
        return StoreUnavailableError(message)

    def _prepare(self, connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions are ours to begin
        for pragma in self._pragmas:
            connection.execute(f"PRAGMA {pragma}")


def _checkpoint(connection: Connection, kind: str) -> tuple[int, int, int]:
    """Make a checkpoint; return whether others hindered it, and two numbers of pages.

    They are of those written ahead, and of those that are in the file by now.
    """
    done = connection.exec_driver_sql(f"PRAGMA wal_checkpoint({kind})").one()
    busy, ahead, copied = done
    return int(busy), int(ahead), int(copied)


def _drop_all(connection: Connection) -> None:
    """Drop whatever tables there are, also those of an older schema."""
    for name in _names(connection):
        connection.exec_driver_sql(f'DROP TABLE "{name}"')


def _names(connection: Connection) -> set[str]:
    """Return the names of all tables that are not SQLite's own."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%'"
        " ESCAPE '!'"
    )
    return set(connection.exec_driver_sql(query).scalars())
