"""Durable append and replay, beside raw SQLite with the same bytes."""

from __future__ import annotations

import tempfile
from itertools import count
from pathlib import Path

from adapters.clock import SystemClock
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.sqlite import dbapi
from domain.events.base import Event, Stored
from domain.events.codec import decode
from domain.model.ids import topic_stream
from domain.ports import Append, Batch, read_all
from tests.benchmarks.measure import Result, compare
from tests.support.facts import TESTER, TOPIC, attributed, reading

ARTICLES = 100
SIZE = 14
"""Events of one article: its capture and thirteen statements."""
STREAM = topic_stream(TOPIC)


def run() -> list[Result]:
    """Measure append and replay."""
    with tempfile.TemporaryDirectory() as folder:
        log = SQLiteEventLog(Path(folder) / "log.db", SystemClock())
        raw = _raw(Path(folder) / "raw.db")
        numbers = count()

        def append() -> None:
            version = log.version(STREAM)
            for _ in range(ARTICLES):
                events = tuple(
                    attributed(next(numbers), "2031-02-01", reading(3))
                    for _ in range(SIZE)
                )
                log.append(Batch((Append(STREAM, version, events),), actor=TESTER))
                version += SIZE

        append()
        rows = [
            (s.stream, s.version, s.name, s.state)
            for s in log.read(limit=ARTICLES * SIZE)
        ]
        offset = count()

        def insert() -> None:
            base = next(offset) * len(rows)
            for first in range(0, len(rows), SIZE):
                raw.execute("BEGIN IMMEDIATE")
                raw.executemany(
                    "INSERT INTO stored_events (stream, version, name, state) VALUES (?,?,?,?)",
                    [(s, base + v, n, b) for s, v, n, b in rows[first : first + SIZE]],
                )
                raw.execute("COMMIT")

        total = ARTICLES * SIZE
        results = [
            compare(
                "durable append, one article (14 events) a transaction",
                "raw `executemany` of the same bytes, FULL",
                "events",
                total,
                thing=append,
                floor=insert,
            ),
            _replay(log),
        ]
        raw.close()
        log.close()
    return results


def _articles(number: int) -> list[tuple[Event, ...]]:
    """Make the events beforehand: their making is not what is measured."""
    return [
        tuple(
            attributed(article * SIZE + n, "2031-02-01", reading(3))
            for n in range(SIZE)
        )
        for article in range(number)
    ]


def _replay(log: SQLiteEventLog) -> Result:
    """Measure reading and decoding the whole log."""
    raw = dbapi.connect(str(log._path))
    query = (
        "SELECT seq, originator_id, originator_version, topic, state "
        "FROM stored_events ORDER BY seq"
    )

    def replay() -> int:
        return sum(decode(stored).seq > 0 for stored in read_all(log))

    def cursor() -> int:
        return sum(decode(Stored(*row)).seq > 0 for row in raw.execute(query))

    result = compare(
        "replay: read and decode the log",
        "raw cursor and the same decoder",
        "events",
        log.head(),
        thing=replay,
        floor=cursor,
    )
    raw.close()
    return result


def _raw(path: Path) -> dbapi.Connection:
    connection = dbapi.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(
        "CREATE TABLE stored_events (seq INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT, "
        "version INTEGER, name TEXT, state BLOB, UNIQUE (stream, version))"
    )
    return connection
