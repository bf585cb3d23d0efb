"""Durable append and replay, beside raw SQLite with the same bytes.

Events are made before the clock runs: their making is not what is measured.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path

from adapters.clock import SystemClock
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.sqlite import dbapi
from adapters.views.sqlite import SQLiteViewStore
from domain.events.base import Event, Stored
from domain.events.codec import decode
from domain.model.ids import TopicId, topic_stream
from domain.ports import Append, Batch
from domain.projections.rows import Changes
from domain.services.folding import refold
from domain.services.log_pages import read_all
from domain.services.projecting import Projector
from tests.benchmarks.measure import ROUNDS, Result, compare
from tests.support.facts import TESTER, TOPIC, attributed, reading

ARTICLES = 100
SIZE = 14
"""Events of one article: its capture and thirteen statements."""
TOPICS = 10
"""Topics over which the articles are spread."""
LARGE = 3_000
"""Statements of a large topic, to which a few are added, each in its transaction."""
ADDED = 4
TIMES = ROUNDS + 1
"""Each round and the warm-up append events of their own."""

Articles = list[Append]


def run() -> list[Result]:
    """Measure append, replay, and adding to a large topic."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with SQLiteEventLog(folder / "log.db", SystemClock()) as log:
            results = [_append(log, folder), *_replay(log)]
        with (
            SQLiteEventLog(folder / "large.db", SystemClock()) as log,
            SQLiteViewStore(folder / "views.db") as views,
        ):
            return [*results, *_add(log, Projector(log, views), folder)]


def _append(log: SQLiteEventLog, folder: Path) -> Result:
    """Measure appending articles, one a transaction."""
    versions = [0] * TOPICS
    rounds = iter([_articles(versions, first) for first in range(TIMES)])
    return compare(
        "durable append, one article (14 events) a transaction",
        "raw `executemany` of the same bytes, FULL",
        "events",
        ARTICLES * SIZE,
        thing=lambda: _store(log, next(rounds)),
        floor=_inserting(log, folder / "raw.db", size=SIZE, most=ARTICLES * SIZE),
    )


def _articles(versions: list[int], batch: int) -> Articles:
    """Return articles, each for the end of the stream of its topic."""
    made = []
    for article in range(batch * ARTICLES, (batch + 1) * ARTICLES):
        of = article % TOPICS
        topic = TopicId(f"harbour-{of}")
        made.append(
            Append(topic_stream(topic), versions[of], _statements(article, topic))
        )
        versions[of] += SIZE
    return made


def _statements(article: int, topic: TopicId) -> tuple[Event, ...]:
    numbers = range(article * SIZE, (article + 1) * SIZE)
    return tuple(statement(number, topic) for number in numbers)


def statement(number: int, topic: TopicId = TOPIC) -> Event:
    """Return the recording of a statement with a number."""
    made = attributed(number, f"2031-02-{number % 28 + 1:02d}", reading(number % 7 - 3))
    return made.model_copy(update={"topic": topic})


def _store(log: SQLiteEventLog, appends: Iterable[Append]) -> None:
    for append in appends:
        log.append(Batch((append,), actor=TESTER))


def _inserting(
    log: SQLiteEventLog, path: Path, *, size: int, most: int
) -> Callable[[], None]:
    """Return what inserts the last bytes of a log into a raw table, again and again.

    The rows are taken from the log at the first call: by then they are there.
    """
    table = raw(path)
    rows: list[Stored] = []
    calls = count(1)

    def insert() -> None:
        rows.extend(() if rows else log.read(after=log.head() - most, limit=most))
        base = next(calls) * 1_000_000
        for first in range(0, len(rows), size):
            table.execute("BEGIN IMMEDIATE")
            table.executemany(
                "INSERT INTO stored_events (stream, version, name, state) VALUES (?,?,?,?)",
                [
                    (s.stream, base + s.version, s.name, s.state)
                    for s in rows[first : first + size]
                ],
            )
            table.execute("COMMIT")

    return insert


def _replay(log: SQLiteEventLog) -> Iterator[Result]:
    """Measure reading and decoding a log of articles, and folding it into rows as well."""
    events = ARTICLES * SIZE
    reading = dbapi.connect(str(log._path))
    query = (
        "SELECT seq, originator_id, originator_version, topic, state "
        "FROM stored_events WHERE seq <= ? ORDER BY seq"
    )

    def cursor() -> int:
        return sum(
            decode(Stored(*row)).seq > 0 for row in reading.execute(query, (events,))
        )

    def read() -> int:
        return sum(decode(stored).seq > 0 for stored in read_all(log, until=events))

    def fold() -> Changes:
        return refold(log, until=events)[0]

    for what, thing in (
        ("read and decode the log", read),
        (
            f"replay: decode and fold {events:,} events into the rows of {TOPICS} topics",
            fold,
        ),
    ):
        yield compare(
            what,
            "raw cursor and the same decoder",
            "events",
            events,
            thing=thing,
            floor=cursor,
        )
    reading.close()


def _add(log: SQLiteEventLog, projector: Projector, folder: Path) -> Iterator[Result]:
    """Measure adding statements to a large topic: appended, and folded in as well."""
    stream, numbers = topic_stream(TOPIC), count()
    first = tuple(statement(next(numbers)) for _ in range(LARGE))
    log.append(Batch((Append(stream, 0, first),), actor=TESTER))
    projector.catch_up()
    more = iter(
        [
            [Append(stream, number, (statement(number),)) for number in some]
            for some in (
                range(LARGE + time * ADDED, LARGE + (time + 1) * ADDED)
                for time in range(2 * TIMES)
            )
        ]
    )
    floor = _inserting(log, folder / "raw-large.db", size=1, most=ADDED)

    def fold_in() -> None:
        for append in next(more):
            log.append(Batch((append,), actor=TESTER))
            projector.catch_up()

    for what, thing in (
        (
            f"append a statement to a topic of {LARGE:,}",
            lambda: _store(log, next(more)),
        ),
        ("the same, folded into the rows that are served", fold_in),
    ):
        yield compare(
            what,
            "raw `INSERT` of the same bytes, FULL",
            "statements",
            ADDED,
            thing=thing,
            floor=floor,
        )
        projector.catch_up()


def raw(path: Path) -> dbapi.Connection:
    """Make a table as plain as a log can be, durable all the same."""
    connection = dbapi.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(
        "CREATE TABLE stored_events (seq INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT, "
        "version INTEGER, name TEXT, state BLOB, UNIQUE (stream, version))"
    )
    return connection
