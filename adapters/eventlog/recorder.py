"""The eventsourcing library's SQLite recorder, made safe for a public record.

What is ours on top of the library's classes:
- ``seq`` is an explicit AUTOINCREMENT column: it is never re-used, and survives
  dump and restore (the library's notification id is the bare rowid).
- ``event_key`` holds the id of every event, in the same transaction.
- Writing begins with BEGIN IMMEDIATE: what is read before the insert stays true.
- Every connection has the settings of ``PRAGMAS``, read back and compared.
- Triggers refuse UPDATE and DELETE: a guard rail against mistakes, no security.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import eventsourcing.sqlite
from eventsourcing.persistence import InterfaceError, Notification
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
    SQLiteTransaction,
)

from adapters.eventlog.batch import Known
from adapters.eventlog.recording import Standing
from adapters.sqlite import dbapi
from domain.errors import StoreUnavailableError
from domain.events.base import Stored
from domain.model.ids import EventId

# The library names sqlite3 where it opens files and where it tells its errors apart:
# here, not by who imported what first, it is given the safe one.
vars(eventsourcing.sqlite)["sqlite3"] = dbapi

APPLICATION_ID = 0x4F4E5243
"""Marks our files ("ONRC"), in the file header of SQLite."""
SCHEMA_VERSION = 1
"""Kept in ``user_version``; a newer file is refused."""

PRAGMAS: dict[str, tuple[str, str | int]] = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "secure_delete": ("ON", 1),
    "foreign_keys": ("ON", 1),
    "cell_size_check": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "mmap_size": ("0", 0),
    "journal_size_limit": ("67108864", 67108864),
    "wal_autocheckpoint": ("0", 0),  # made in checkpoints.py
    "cache_size": ("-16000", -16000),
}
"""What each is set to, and what it must read back."""

KEYS_A_QUERY = 500
"""Streams or ids that are asked for at once."""
LOCK_TIMEOUT = 5
"""Seconds that SQLite itself waits for a lock."""

_EVENTS = """
CREATE TABLE IF NOT EXISTS stored_events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    originator_id TEXT NOT NULL,
    originator_version INTEGER NOT NULL,
    topic TEXT NOT NULL,
    state BLOB NOT NULL,
    recorded_at INTEGER NOT NULL, -- microseconds, a copy of what is in state
    UNIQUE (originator_id, originator_version)
)
"""
_KEYS = """
CREATE TABLE IF NOT EXISTS event_key (
    key TEXT PRIMARY KEY,
    seq INTEGER NOT NULL REFERENCES stored_events (seq)
) WITHOUT ROWID
"""
_COLUMNS = "seq, originator_id, originator_version, topic, CAST(state AS BLOB)"
_LAST = """
SELECT
    (SELECT seq FROM sqlite_sequence WHERE name = 'stored_events'),
    (SELECT recorded_at FROM stored_events ORDER BY seq DESC LIMIT 1)
"""
_NAMES = """
SELECT 1 FROM stored_events WHERE seq > ? AND EXISTS (
    SELECT 1 FROM json_each(?)
    WHERE instr(CAST(state AS BLOB), CAST(json_each.value AS BLOB))
) LIMIT 1
"""
_INSERT = """
INSERT INTO stored_events
    (seq, originator_id, originator_version, topic, state, recorded_at)
VALUES (?,?,?,?,?,?)
"""
TABLES = (
    _EVENTS,
    _KEYS,
    *(
        f"CREATE TRIGGER IF NOT EXISTS {table}_{verb} BEFORE {verb} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        for table in ("stored_events", "event_key")
        for verb in ("UPDATE", "DELETE")
    ),
)


class ImmediateTransaction(SQLiteTransaction):
    """A transaction that takes the write lock before it reads."""

    def __enter__(self) -> SQLiteCursor:
        """Begin, for writing at once."""
        cursor = self.connection.cursor()
        cursor.execute("BEGIN IMMEDIATE" if self.commit else "BEGIN")
        return cursor


class LogConnection(SQLiteConnection):
    """A connection whose writing transactions begin immediately."""

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        """Open a transaction."""
        with ImmediateTransaction(self, commit=commit) as cursor, cursor:
            yield cursor


class LogConnectionPool(SQLiteConnectionPool):
    """Connections that are set up as ``PRAGMAS`` says, or not given out at all."""

    def _create_connection(self) -> LogConnection:
        try:
            connection = dbapi.connect(
                self.db_name,
                uri=True,
                check_same_thread=False,
                isolation_level=None,
                timeout=self.lock_timeout or LOCK_TIMEOUT,
            )
            connection.row_factory = dbapi.Row
            for name, (value, expected) in PRAGMAS.items():
                connection.execute(f"PRAGMA {name}={value}")
                found = connection.execute(f"PRAGMA {name}").fetchone()[0]
                if found != expected:
                    connection.close()
                    message = f"SQLite refuses {name}={value}: it is {found}"
                    raise StoreUnavailableError(message)
        except dbapi.Error as error:
            raise InterfaceError(error) from error
        return LogConnection(connection, max_age=self.max_age)


class LogDatastore(SQLiteDatastore):
    """The library's datastore over our connections; stream names are text."""

    def __init__(self, db_name: str) -> None:
        super().__init__(db_name, originator_id_type="text")
        self.pool.close()
        self.pool = LogConnectionPool(db_name=db_name, lock_timeout=LOCK_TIMEOUT)


class LogRecorder(SQLiteApplicationRecorder):
    """The library's recorder over our tables."""

    def __init__(self, datastore: SQLiteDatastore) -> None:
        super().__init__(datastore, events_table_name="stored_events")

    def construct_create_table_statements(self) -> list[str]:
        """Return the statements that make our tables."""
        return list(TABLES)

    def create_table(self) -> None:
        """Make our tables where they are not there; opening a log writes nothing."""
        with self.datastore.transaction(commit=False) as c:
            c.execute("SELECT * FROM pragma_application_id, pragma_user_version")
            made = tuple(c.fetchone())
        if made != (APPLICATION_ID, SCHEMA_VERSION):
            super().create_table()

    def _create_table(self, c: SQLiteCursor) -> None:
        super()._create_table(c)
        c.execute(f"PRAGMA application_id={APPLICATION_ID}")
        c.execute(f"PRAGMA user_version={SCHEMA_VERSION}")

    def select(self, where: str, parameters: Sequence[object]) -> list[Stored]:
        """Return the events that a condition over our columns selects."""
        query = f"SELECT {_COLUMNS} FROM stored_events WHERE {where}"  # noqa: S608 (constants)
        with self.datastore.transaction(commit=False) as c:
            c.execute(query, parameters)
            return [Stored(*row) for row in c.fetchall()]

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
        where, parameters = [f"seq {sign} ?"], [start or 0]
        if stop is not None:
            where.append("seq <= ?")
            parameters.append(stop)
        if topics:
            where.append(f"topic IN ({','.join('?' * len(topics))})")
        order = f"{' AND '.join(where)} ORDER BY seq LIMIT ?"
        return [
            Notification(
                id=stored.seq,
                originator_id=stored.stream,
                originator_version=stored.version,
                topic=stored.name,
                state=stored.state,
            )
            for stored in self.select(order, [*parameters, *topics, limit])
        ]

    def standing(self, c: SQLiteCursor, streams: Sequence[str]) -> Standing:
        """Return the last seq that was ever given out, and where streams stand."""
        c.execute(_LAST)
        seq, recorded_at = c.fetchone()
        return Standing(seq or 0, recorded_at or 0, self.versions(c, streams))

    def versions(self, c: SQLiteCursor, streams: Sequence[str]) -> dict[str, int]:
        """Return where streams stand, by one look into the index for each."""
        found: dict[str, int] = {}
        for first in range(0, len(streams), KEYS_A_QUERY):
            some = streams[first : first + KEYS_A_QUERY]
            asked = ",".join(["(?)"] * len(some))
            query = (
                f"WITH asked (stream) AS (VALUES {asked}) SELECT stream, "  # noqa: S608 (question marks)
                "(SELECT MAX(originator_version) FROM stored_events "
                "WHERE originator_id = stream) FROM asked"
            )
            c.execute(query, some)
            found |= {row[0]: row[1] or 0 for row in c.fetchall()}
        return found

    def known(self, c: SQLiteCursor, ids: Sequence[EventId]) -> dict[EventId, Known]:
        """Return seq and state of those ids that are in the log."""
        found: dict[EventId, Known] = {}
        for first in range(0, len(ids), KEYS_A_QUERY):
            some = ids[first : first + KEYS_A_QUERY]
            marks = ",".join("?" * len(some))
            query = (
                "SELECT key, seq, state FROM event_key JOIN stored_events USING (seq) "  # noqa: S608 (question marks)
                f"WHERE key IN ({marks})"
            )
            c.execute(query, list(some))
            found |= {EventId(row[0]): (row[1], row[2]) for row in c.fetchall()}
        return found

    def names(self, c: SQLiteCursor, after: int, quoted: Sequence[bytes]) -> bool:
        """Tell whether an event after a seq has one of some stretches of bytes."""
        asked = json.dumps([each.decode() for each in quoted])
        c.execute(_NAMES, (after, asked))
        return c.fetchone() is not None

    def insert(
        self,
        c: SQLiteCursor,
        rows: Sequence[tuple[EventId, Stored]],
        recorded_at: int,
    ) -> None:
        """Insert events with their ids and seqs in an open transaction."""
        c.executemany(
            _INSERT,
            [
                (row.seq, row.stream, row.version, row.name, row.state, recorded_at)
                for _, row in rows
            ],
        )
        c.executemany(
            "INSERT INTO event_key VALUES (?,?)",
            [(identifier, row.seq) for identifier, row in rows],
        )
