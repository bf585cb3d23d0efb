"""The event log in a SQLite file, on the application and recorder of eventsourcing.

Promises
1. What ``append`` returned for is on disk (WAL, ``synchronous=FULL``), all of the
   batch in one transaction. What it raised for is not there at all, unless it says that
   this is not known.
2. One order: ``seq`` ascends without re-use; versions of a stream are dense.
3. ``recorded_at`` never decreases, whatever the clock does.
4. A busy store is tried again a bounded number of times; every other failure is one
   clear error. After one of the disk nothing is taken in until the log is opened again.

Not promised: protection against somebody who can write the file.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Self, cast
from urllib.parse import quote

from eventsourcing.persistence import IntegrityError, PersistenceError
from eventsourcing.sqlite import SQLiteCursor, SQLiteFactory

from adapters.eventlog.application import LogApplication
from adapters.eventlog.batch import (
    already_stored,
    microseconds,
    only,
    place,
)
from adapters.eventlog.checkpoints import Checkpoints
from adapters.eventlog.listeners import Listeners, Told
from adapters.eventlog.patience import while_busy
from adapters.eventlog.recorder import APPLICATION_ID, SCHEMA_VERSION, LogRecorder
from adapters.eventlog.recording import Offered, record
from adapters.sqlite import check_header, dbapi, explain, require_safe, sync_folder
from domain.errors import ConflictError, StoreError
from domain.events.base import Stored
from domain.ports import Answer, Batch, Clock

_STREAMS = """
SELECT originator_id FROM stored_events
WHERE originator_version = 1 AND substr(originator_id, 1, ?) = ?
"""
_SEQ_OF = """
SELECT seq FROM stored_events WHERE originator_id = ? AND originator_version = ?
"""
_RECORDED_BY = """
SELECT recorded_at FROM stored_events WHERE seq <= ? ORDER BY seq DESC LIMIT 1
"""


class SQLiteEventLog:
    """The event log in one SQLite file."""

    def __init__(self, path: Path, clock: Clock) -> None:
        """Open or make the file.

        Raises:
            StoreUnavailableError: the file cannot be used.
            NewerStoreError: a newer onrecord wrote it.
        """
        require_safe()
        self._path, self._clock, self._writing = path, clock, Lock()
        self._listeners = Listeners()
        with self._errors(opening=True):
            self._application = while_busy(self._open)

    def _open(self) -> LogApplication:
        check_header(self._path, APPLICATION_ID, newest=SCHEMA_VERSION)
        database = f"file:{quote(str(self._path))}"
        application = LogApplication({SQLiteFactory.SQLITE_DBNAME: database})
        self._recorder = cast("LogRecorder", application.recorder)
        self._checkpoints = Checkpoints(self._path, self._recorder.datastore)
        try:
            sync_folder(self._path)
        except OSError:
            application.close()
            raise
        return application

    def close(self) -> None:
        """Close all connections."""
        self._application.close()
        self._checkpoints.close()

    def __enter__(self) -> Self:
        """Use as a context manager."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close on leaving."""
        self.close()

    def append(self, batch: Batch) -> int:
        """Store all events of the batch durably, or none; return the last seq."""
        return only(self.append_all([batch]))

    def append_all(self, batches: Sequence[Batch]) -> Sequence[Answer]:
        """Store all batches but those that conflict, in one durable transaction."""
        offered = [(batch, place(batch)) for batch in batches]
        with self._writing, self._errors():
            with self._checkpoints.writing():
                answers, head = while_busy(lambda: self._append(offered))
            self._checkpoints.make_if_due(sum(len(placed) for _, placed in offered))
        self._listeners.tell(head)
        return answers

    def _append(self, offered: Offered) -> tuple[list[Answer], int]:
        """Return the answers and the last seq."""
        now = cache(self._clock.now)  # asked once, when it is this one's turn
        try:
            return self._record(offered, now)
        except IntegrityError:
            return self._record(offered, now, look=True)

    def _record(
        self, offered: Offered, now: Callable[[], datetime], *, look: bool = False
    ) -> tuple[list[Answer], int]:
        recorder = self._recorder
        with recorder.datastore.transaction(commit=True) as cursor:
            return record(recorder, cursor, now, offered, look=look)

    def find(self, batch: Batch) -> int | None:
        """Return the last seq of a batch that is stored, None if none of it is."""
        placed = place(batch)
        with self._reading() as cursor:
            stored = self._recorder.known(cursor, [each.id for each in placed])
        return already_stored(placed, stored)

    def read(
        self,
        *,
        after: int = 0,
        until: int | None = None,
        limit: int = 500,
        names: Collection[str] = (),
        outside: str = "",
    ) -> Sequence[Stored]:
        """Return events by seq."""
        where, parameters = ["seq > ?"], list[Any]([after])
        if until is not None:
            where.append("seq <= ?")
            parameters.append(until)
        if names:
            where.append(f"topic IN ({','.join('?' * len(names))})")
            parameters += names
        if outside:
            where.append("substr(originator_id, 1, ?) <> ?")
            parameters += [len(outside), outside]
        order = f"{' AND '.join(where)} ORDER BY seq LIMIT ?"
        return self._select(order, [*parameters, limit])

    def at(self, seqs: Collection[int]) -> Sequence[Stored]:
        """Return the events at these seqs."""
        order = "seq IN (SELECT value FROM json_each(?)) ORDER BY seq"
        return self._select(order, [json.dumps(list(seqs))])

    def read_stream(
        self, stream: str, *, after: int = 0, limit: int = 500
    ) -> Sequence[Stored]:
        """Return events of a stream by version."""
        return self._select(
            "originator_id = ? AND originator_version > ? "
            "ORDER BY originator_version LIMIT ?",
            [stream, after, limit],
        )

    def streams(self, beginning: str) -> Sequence[str]:
        """Return the streams whose name begins so."""
        with self._reading() as cursor:
            cursor.execute(_STREAMS, (len(beginning), beginning))
            return sorted(row[0] for row in cursor.fetchall())

    def version(self, stream: str, *, until: int | None = None) -> int:
        """Return the version of a stream; at a seq, by bisection."""
        with self._reading() as cursor:
            last = self._recorder.versions(cursor, [stream])[stream]

            def seq(version: int) -> int:
                return _number(cursor, _SEQ_OF, stream, version)

            if until is None or not last or seq(last) <= until:
                return last
            return bisect_right(range(1, last + 1), until, key=seq)

    def head(self) -> int:
        """Return the highest seq."""
        with self._reading() as cursor:
            return _number(cursor, "SELECT MAX(seq) FROM stored_events")

    def seq_at(self, moment: datetime) -> int:
        """Return the highest seq recorded at or before an instant, by bisection."""
        wanted = microseconds(moment)
        low, high = 0, self.head()
        with self._reading() as cursor:
            while low < high:
                middle = (low + high + 1) // 2
                recorded = _number(cursor, _RECORDED_BY, middle)
                low, high = (low, middle - 1) if recorded > wanted else (middle, high)
        return low

    def check(self) -> None:
        """Make sure that appends are taken in: its disk has not failed."""
        self._checkpoints.check()

    def listen(self, told: Told) -> AbstractContextManager[None]:
        """Tell of each append through this object; others' are not heard here."""
        return self._listeners.listen(told)

    def _select(self, where: str, parameters: list[Any]) -> list[Stored]:
        with self._errors():
            return self._recorder.select(where, parameters)

    @contextmanager
    def _reading(self) -> Iterator[SQLiteCursor]:
        datastore = self._recorder.datastore
        with self._errors(), datastore.transaction(commit=False) as cursor:
            yield cursor

    @contextmanager
    def _errors(self, *, opening: bool = False) -> Iterator[None]:
        """Turn what SQLite and the library raise into our errors."""
        try:
            yield
        except StoreError:
            raise
        except IntegrityError as error:
            raise ConflictError(str(self._path), 0) from error
        except (PersistenceError, dbapi.Error, OSError) as error:
            raise explain(self._path, error, opening=opening) from error


def _number(cursor: SQLiteCursor, query: str, *parameters: object) -> int:
    cursor.execute(query, parameters)
    return int(cursor.fetchone()[0] or 0)
