"""Checkpoints of the log's file, and what follows where its disk fails to sync.

A transaction is in the WAL when it is acknowledged; a checkpoint writes it to the file
later. Two things are then not as they should be where a sync fails, for Linux gives up
what it could not write, and the next sync succeeds without it:
- While somebody reads, SQLite writes a part of the WAL to the file, does not sync that,
  and counts it as done. If the sync of a later checkpoint fails, it does the rest again
  but not that part, and uses the WAL anew.
- A transaction whose sync failed is in the memory of the system, not on the disk.
  Opening the log again would find it, and append behind it.

So, checkpoints are made here, not by SQLite, which keeps their failure secret. After a
failure nothing more is taken in; the WAL is cut off behind what was synced and
stays: no checkpoint is made, not even on closing. Opening the log again, when nobody
else has it open, has the whole WAL written to the file anew.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from eventsourcing.persistence import PersistenceError
from eventsourcing.sqlite import SQLiteDatastore

from adapters.eventlog.batch import UNKNOWN
from adapters.sqlite import dbapi, explain
from domain.errors import StoreUnavailableError

PAGES = 4000
"""Pages in the WAL from which on it is written to the file."""
_HEADER, _FRAME = 32, 24
"""Bytes in front of the WAL, and of each page in it (sqlite.org/fileformat2.html)."""
_A_TRANSACTION = 8
"""Pages that it writes for itself, about; each row writes about one."""
_LENGTH = "PRAGMA wal_checkpoint(NOOP)"
"""Known since SQLite 3.51; an older one takes it for a checkpoint."""
_CHECKPOINT = "PRAGMA wal_checkpoint(PASSIVE)"
logger = logging.getLogger("onrecord")


class Checkpoints:
    """Makes the checkpoints of a log, and stops the log where its disk does not sync."""

    def __init__(self, path: Path, datastore: SQLiteDatastore) -> None:
        self._path, self._datastore = path, datastore
        self._keeper: dbapi.Connection | None = None
        self._stopped, self._written = False, PAGES  # of others, perhaps: looks at once

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write to the log; what the disk fails to do in here is the last.

        SQLite's word for a failed sync is that for any failure of a disk; a full one has
        a word of its own, and only leaves undone what it has no room for.

        Raises:
            StoreUnavailableError: the disk failed, now or before.
        """
        self.check()
        try:
            yield
        except (PersistenceError, dbapi.Error) as error:
            cause = error.__cause__ or error
            if not getattr(cause, "sqlite_errorname", "").startswith("SQLITE_IOERR"):
                raise
            self._stop()
            message = f"{explain(self._path, cause)}; {UNKNOWN}"
            raise StoreUnavailableError(message) from error

    def check(self) -> None:
        """Make sure that the log takes anything in.

        Raises:
            StoreUnavailableError: its disk failed before.
        """
        if self._stopped:
            message = (
                f"the store {self._path} takes nothing in: its disk failed. Check the "
                "disk, stop every onrecord that uses the store, and start it again"
            )
            raise StoreUnavailableError(message)

    def make_if_due(self, rows: int) -> None:
        """Write the WAL to the file, as far as nobody reads, if it is long enough.

        Told of the rows of each transaction, so as not to look at the WAL after each. A
        failure takes nothing back of what was recorded.
        """
        self._written += rows + _A_TRANSACTION
        if self._written < PAGES // 8:
            return
        self._written = 0
        with (
            suppress(PersistenceError, dbapi.Error, StoreUnavailableError),
            self.writing(),
        ):
            if self._length() >= PAGES:
                with self._datastore.get_connection(commit=True) as connection:
                    connection.cursor().execute(_CHECKPOINT)

    def close(self) -> None:
        """End, after all connections of the log have been closed."""
        if self._keeper is not None:
            self._keeper.close()

    def _length(self) -> int:
        """Return how many pages of finished transactions are in the WAL."""
        with self._datastore.get_connection(commit=False) as connection:
            cursor = connection.cursor()
            cursor.execute(_LENGTH)
            return int(cursor.fetchone()[1])

    def _stop(self) -> None:
        """Take nothing more in, and keep the WAL, without what was not synced.

        The connection that closes last makes a checkpoint. One that may only read cannot.
        """
        self._stopped = True
        logger.error("onrecord: the disk failed, %s takes nothing more in", self._path)
        with suppress(PersistenceError, dbapi.Error, OSError):
            self._keeper = self._connect("?mode=ro")
            self._keeper.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
            self._cut_off()

    def _cut_off(self) -> None:
        with closing(self._connect()) as alone:
            alone.execute("BEGIN IMMEDIATE")  # no other process appends meanwhile
            (page,) = alone.execute("PRAGMA page_size").fetchone()
            pages = self._length()
            wal = os.open(f"{self._path}-wal", os.O_RDWR)
            try:
                os.ftruncate(wal, pages and _HEADER + pages * (_FRAME + page))
            finally:
                os.close(wal)

    def _connect(self, how: str = "") -> dbapi.Connection:
        name = f"file:{quote(str(self._path))}{how}"
        return dbapi.connect(
            name, uri=True, isolation_level=None, check_same_thread=False
        )
