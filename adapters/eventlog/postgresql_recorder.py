"""The eventsourcing library's PostgreSQL recorder over tables of our own.

What is ours on top of the library's classes:
- ``seq`` is given out without gaps, by who holds the lock, and is unique: an event
  can become visible only after all those before it.
- The lock is on an empty table beside the events. Locking the events themselves needs
  the right to change or delete them, which the role of the service shall not have;
  and it would fend off VACUUM.
- ``event_key`` holds the id of every event, in the same transaction.
- Triggers refuse UPDATE, DELETE and TRUNCATE: a guard rail against mistakes. The role
  of the service has no right to them at all where the log is sealed.
- The library's database functions, with which readers miss events, are never made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

import psycopg
from eventsourcing.persistence import Notification
from eventsourcing.postgres import (
    ConnectionPool,
    PostgresApplicationRecorder,
    PostgresDatastore,
)
from psycopg.rows import TupleRow, dict_row, tuple_row
from psycopg.sql import SQL, Composed

from adapters.eventlog.batch import Known
from adapters.eventlog.recording import Standing
from adapters.postgresql import CONNECT_TIMEOUT, CONNECTIONS, Address, set_up
from adapters.postgresql_schema import ensure
from domain.events.base import Stored
from domain.model.ids import EventId

SCHEMA = "onrecord"
"""The schema in the database that holds the log."""
KIND, SCHEMA_VERSION = "log", 1
"""The schema's mark; a newer one is refused."""
CHANNEL = "onrecord"
"""Where the last seq is told to who listens, when a transaction has committed."""
CHUNK = 5_000
"""Events a statement; many more of them, and the library's own way hangs."""

Cursor = psycopg.Cursor[TupleRow]

TABLES = (
    """
    CREATE TABLE stored_events (
        seq bigint PRIMARY KEY,
        originator_id text COLLATE "C" NOT NULL,
        originator_version bigint NOT NULL,
        topic text NOT NULL,
        state bytea NOT NULL,
        recorded_at bigint NOT NULL, -- microseconds, a copy of what is in state
        UNIQUE (originator_id, originator_version)
    )
    """,
    """
    CREATE TABLE event_key (
        key text COLLATE "C" PRIMARY KEY,
        seq bigint NOT NULL -- of the event that the same statement inserts
    )
    """,
    "CREATE TABLE turn ()",
    """
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$
    """,
    *(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse()"
        for table in ("stored_events", "event_key")
    ),
)
_COLUMNS = "seq, originator_id, originator_version, topic, state"
_INSERT = f"""
WITH new AS (
    SELECT * FROM unnest(
        %b::bigint[], %b::text[], %b::bigint[], %b::text[], %b::bytea[], %b::text[]
    ) AS new (seq, stream, version, name, state, key)
), stored AS (
    INSERT INTO stored_events ({_COLUMNS}, recorded_at)
    SELECT seq, stream, version, name, state, %b FROM new
), keyed AS (
    INSERT INTO event_key (key, seq) SELECT key, seq FROM new
)
SELECT pg_notify(%b, %b)
"""  # noqa: S608 (constants)
_LAST = "SELECT seq, recorded_at FROM stored_events ORDER BY seq DESC LIMIT 1"
_SEQ_OF = """
SELECT seq FROM stored_events WHERE originator_id = %s AND originator_version = %s
"""
_STANDING = f"""
SELECT seq, recorded_at, stream, (
    SELECT max(originator_version) FROM stored_events WHERE originator_id = stream
) FROM unnest(%b::text[]) AS stream LEFT JOIN ({_LAST}) AS last ON true
"""  # noqa: S608 (constants)
_KNOWN = """
SELECT key, seq, state FROM event_key JOIN stored_events USING (seq)
WHERE key = ANY(%b::text[])
"""
_NAMES = """
SELECT 1 FROM stored_events WHERE seq > %b AND EXISTS (
    SELECT FROM unnest(%b::bytea[]) AS quoted WHERE position(quoted IN state) > 0
) LIMIT 1
"""


class LogDatastore(PostgresDatastore):
    """The library's datastore over connections that are set up as ours are."""

    def __init__(self, address: Address) -> None:
        super().__init__(
            dbname="",
            host="",
            port="",
            user="",
            password="",
            schema=SCHEMA,
            originator_id_type="text",
            enable_db_functions=False,
        )
        self.pool = ConnectionPool(
            kwargs=address.parameters | {"row_factory": dict_row},
            min_size=1,
            max_size=CONNECTIONS,
            open=False,
            configure=lambda connection: set_up(connection, SCHEMA),
            check=ConnectionPool.check_connection,
            timeout=CONNECT_TIMEOUT,
            reconnect_timeout=CONNECT_TIMEOUT,
        )

    def register_type_adapters(self) -> None:
        """Register none: rows go in as plain arrays, no composite type is made."""


class LogRecorder(PostgresApplicationRecorder):
    """The library's recorder over our tables.

    ``appenders`` are the process ids, on the server, of the connections that appended.
    """

    def __init__(self, datastore: PostgresDatastore) -> None:
        super().__init__(datastore, events_table_name="stored_events")
        self.lock_table_statements = [SQL("LOCK TABLE turn IN EXCLUSIVE MODE")]
        self.max_notification_id_statement = Composed(
            [SQL("SELECT max(seq) FROM stored_events")]
        )
        self.channel_name = CHANNEL
        self.appenders: set[int] = set()

    def create_table(self) -> None:
        """Make the schema of the log where it is not there."""
        with self.datastore.get_connection() as connection:
            ensure(connection, SCHEMA, KIND, version=SCHEMA_VERSION, made_by=TABLES)

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[Cursor]:
        """Open a transaction; its cursor gives tuples, in binary."""
        with (
            self.datastore.get_connection() as connection,
            connection.transaction(force_rollback=not commit),
        ):
            yield connection.cursor(binary=True, row_factory=tuple_row)

    def take_turn(self, c: Cursor) -> None:
        """Wait until nobody else appends; what is read from now on stays true."""
        self._lock_table(cast("Any", c))

    def last(self, c: Cursor) -> tuple[int, int]:
        """Return the last seq and when it was recorded, in microseconds."""
        row = c.execute(_LAST).fetchone()
        return (row[0], row[1]) if row else (0, 0)

    def recorded_at(self, c: Cursor, seq: int) -> int:
        """Return when an event was recorded, in microseconds."""
        query = "SELECT recorded_at FROM stored_events WHERE seq = %s"
        row = c.execute(query, (seq,)).fetchone()
        return int(row[0]) if row else 0

    def seq_of(self, c: Cursor, stream: str, version: int) -> int:
        """Return the seq of an event of a stream."""
        row = c.execute(_SEQ_OF, (stream, version)).fetchone()
        return int(row[0]) if row else 0

    def standing(self, c: Cursor, streams: Sequence[str]) -> Standing:
        """Return where the log and some streams stand, asked for at once."""
        rows = c.execute(_STANDING, (list(streams),)).fetchall()
        seq, recorded_at = rows[0][:2] if rows else self.last(c)
        versions = {stream: version or 0 for _, _, stream, version in rows}
        return Standing(seq or 0, recorded_at or 0, versions)

    def known(self, c: Cursor, ids: Sequence[EventId]) -> dict[EventId, Known]:
        """Return seq and state of those ids that are in the log."""
        rows = c.execute(_KNOWN, (list(ids),)).fetchall() if ids else ()
        return {EventId(key): (seq, bytes(state)) for key, seq, state in rows}

    def names(self, c: Cursor, after: int, quoted: Sequence[bytes]) -> bool:
        """Tell whether an event after a seq has one of some stretches of bytes."""
        return c.execute(_NAMES, (after, list(quoted))).fetchone() is not None

    def insert(
        self, c: Cursor, rows: Sequence[tuple[EventId, Stored]], recorded_at: int
    ) -> None:
        """Insert events with their ids and seqs; tell the last once it is committed."""
        for first in range(0, len(rows), CHUNK):
            some = rows[first : first + CHUNK]
            columns = (
                [row.seq for _, row in some],
                [row.stream for _, row in some],
                [row.version for _, row in some],
                [row.name for _, row in some],
                [row.state for _, row in some],
                [identifier for identifier, _ in some],
            )
            told = (CHANNEL, str(some[-1][1].seq))
            c.execute(_INSERT, (*columns, recorded_at, *told))
        if rows:
            self.appenders.add(c.connection.info.backend_pid)

    def select(self, where: str, parameters: Sequence[object]) -> list[Stored]:
        """Return the events that a condition over our columns selects."""
        query = f"SELECT {_COLUMNS} FROM stored_events WHERE {where}"  # noqa: S608 (constants)
        with self.datastore.get_connection() as connection:
            c = connection.cursor(binary=True, row_factory=tuple_row)
            rows = c.execute(query.encode(), parameters).fetchall()
        return [Stored(*row) for row in rows]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Return events as the library's notifications; their id is the seq."""
        sign = ">=" if inclusive_of_start else ">"
        where, parameters = [f"seq {sign} %s"], list[object]([start or 0])
        if stop is not None:
            where.append("seq <= %s")
            parameters.append(stop)
        if topics:
            where.append("topic = ANY(%s)")
            parameters.append(list(topics))
        order = f"{' AND '.join(where)} ORDER BY seq LIMIT %s"
        return [
            Notification(
                id=stored.seq,
                originator_id=stored.stream,
                originator_version=stored.version,
                topic=stored.name,
                state=stored.state,
            )
            for stored in self.select(order, [*parameters, limit])
        ]
