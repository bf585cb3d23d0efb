"""The event log in PostgreSQL, on the application and recorder of eventsourcing.

Promises
1. What ``append`` returned for is on the server's disk, all of the batch in one
   transaction; what it raised a conflict for is not there at all.
2. One order: ``seq`` ascends without gaps, and a reader never sees an event before
   those in front of it; versions of a stream are dense.
3. ``recorded_at`` never decreases, whatever the clocks of the writers do.
4. A connection that breaks leaves the outcome open: the batch is offered again, a
   bounded number of times, and recognised by its ids if it is stored. Who hears of a
   failure all the same may offer it again, or ask ``find``.
"""

from __future__ import annotations

import logging
import random
import time
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from functools import cache
from threading import Lock
from typing import Any, Self, TypeVar, cast

import psycopg
from eventsourcing.persistence import IntegrityError, PersistenceError

from adapters.eventlog.batch import (
    already_stored,
    microseconds,
    only,
    place,
)
from adapters.eventlog.listeners import Told
from adapters.eventlog.postgresql_application import PostgresLogApplication
from adapters.eventlog.postgresql_listener import PostgresListeners
from adapters.eventlog.postgresql_recorder import (
    KIND,
    SCHEMA,
    SCHEMA_VERSION,
    Cursor,
    LogDatastore,
    LogRecorder,
)
from adapters.eventlog.recording import Offered, record
from adapters.postgresql import Address, check_server, connect, explain, is_broken
from adapters.postgresql_schema import is_there
from domain.events.base import Stored
from domain.ports import Answer, Batch, Clock

T = TypeVar("T")
ATTEMPTS = 6
"""How often an append is tried over connections that break."""
_STREAMS = """
SELECT originator_id FROM stored_events
WHERE originator_version = 1 AND substr(originator_id, 1, %s) = %s
"""
_RIGHTS = "SELECT current_user, has_table_privilege('stored_events', %s)"
_CHANGES = "UPDATE, DELETE, TRUNCATE"
logger = logging.getLogger("onrecord")


class PostgresEventLog:
    """The event log in one database."""

    def __init__(self, address: Address, clock: Clock) -> None:
        """Open the log, or make it.

        Raises:
            StoreUnavailableError: the database cannot be used.
            NewerStoreError: a newer onrecord made the log.
        """
        self._address, self._clock, self._writing = address, clock, Lock()
        datastore = LogDatastore(address)
        try:
            with self._errors():
                with connect(address) as connection:
                    check_server(connection)
                self._application = PostgresLogApplication(datastore)
            self._recorder = cast("LogRecorder", self._application.recorder)
            self._listeners = PostgresListeners(address, self._recorder.appenders)
            self._check_rights()
        except BaseException:
            datastore.close()
            raise

    @staticmethod
    def is_at(address: Address) -> bool:
        """Return whether there is a log.

        Raises:
            StoreError: the database cannot be used.
        """
        try:
            with connect(address) as connection:
                return is_there(connection, SCHEMA, KIND, newest=SCHEMA_VERSION)
        except psycopg.Error as error:
            raise explain(address, error) from error

    def _check_rights(self) -> None:
        """Tell who runs the service that the log is not closed to it."""
        with self._reading() as cursor:
            role, changes = cursor.execute(_RIGHTS, (_CHANGES,)).fetchone() or ("", 0)
        if changes:
            logger.warning(
                "onrecord: the role %r may change and delete what is in the log: seal "
                "it as docs/how-to/run-on-postgresql.md says",
                role,
            )

    def close(self) -> None:
        """Close all connections."""
        self._application.close()

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
            answers, head = _while_broken(lambda: self._append(offered))
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
        with recorder.transaction(commit=True) as cursor:
            recorder.take_turn(cursor)
            return record(recorder, cursor, now, offered, look=look)

    def find(self, batch: Batch) -> int | None:
        """Return the last seq of a batch that is stored, None if none of it is.

        A transaction whose connection broke may yet commit: its end is waited for.
        """
        placed = place(batch)
        with self._reading() as cursor:
            self._recorder.take_turn(cursor)
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
        where, parameters = ["seq > %s"], list[Any]([after])
        if until is not None:
            where.append("seq <= %s")
            parameters.append(until)
        if names:
            where.append("topic = ANY(%s)")
            parameters.append(list(names))
        if outside:
            where.append("substr(originator_id, 1, %s) <> %s")
            parameters += [len(outside), outside]
        order = f"{' AND '.join(where)} ORDER BY seq LIMIT %s"
        return self._select(order, [*parameters, limit])

    def at(self, seqs: Collection[int]) -> Sequence[Stored]:
        """Return the events at these seqs."""
        return self._select("seq = ANY(%s) ORDER BY seq", [list(seqs)])

    def read_stream(
        self, stream: str, *, after: int = 0, limit: int = 500
    ) -> Sequence[Stored]:
        """Return events of a stream by version."""
        return self._select(
            "originator_id = %s AND originator_version > %s "
            "ORDER BY originator_version LIMIT %s",
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
            last = self._recorder.standing(cursor, [stream]).versions[stream]

            def seq(version: int) -> int:
                return self._recorder.seq_of(cursor, stream, version)

            if until is None or not last or seq(last) <= until:
                return last
            return bisect_right(range(1, last + 1), until, key=seq)

    def head(self) -> int:
        """Return the highest seq."""
        with self._reading() as cursor:
            return self._recorder.last(cursor)[0]

    def seq_at(self, moment: datetime) -> int:
        """Return the highest seq recorded at or before an instant, by bisection."""
        with self._reading() as cursor:
            seqs = range(1, self._recorder.last(cursor)[0] + 1)
            return bisect_right(
                seqs,
                microseconds(moment),
                key=lambda seq: self._recorder.recorded_at(cursor, seq),
            )

    def check(self) -> None:
        """Take everything in: a lost connection is opened again."""

    def listen(self, told: Told) -> AbstractContextManager[None]:
        """Tell of each append, whoever makes it."""
        return self._listeners.listen(told)

    def _select(self, where: str, parameters: list[Any]) -> list[Stored]:
        with self._errors():
            return self._recorder.select(where, parameters)

    @contextmanager
    def _reading(self) -> Iterator[Cursor]:
        with self._errors(), self._recorder.transaction(commit=False) as cursor:
            yield cursor

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn what PostgreSQL and the library raise into our errors."""
        try:
            yield
        except psycopg.Error as error:
            raise explain(self._address, error) from error
        except PersistenceError as error:
            raise explain(self._address, error.__cause__ or error) from error


def _while_broken(work: Callable[[], T]) -> T:
    """Return what the work returns; where a connection breaks, try again, within bounds.

    What breaks may be recorded all the same: no refusal of a later attempt, such as that
    of a primary which became a replica, takes the place of that error.
    """
    broke: PersistenceError | None = None
    attempt = 0
    while True:
        attempt += 1
        try:
            return work()
        except PersistenceError as error:
            again = is_broken(error.__cause__)
            broke = error if again else broke
            if not again or attempt == ATTEMPTS:
                told = broke or error
                raise told from told.__cause__
        time.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311 (jitter)
