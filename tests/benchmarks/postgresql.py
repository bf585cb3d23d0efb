"""PostgreSQL beside the eventsourcing library on the same server, with the same bytes.

Both commit with ``synchronous_commit=on`` to one server, which runs on this machine.
Events are made before the clock runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count, islice
from typing import Any
from urllib.parse import urlsplit

from eventsourcing.application import Application
from eventsourcing.persistence import Mapper, StoredEvent, Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.sql import SQL, Identifier

from adapters.clock import SystemClock
from adapters.eventlog.group_commit import GroupCommit
from adapters.eventlog.mapper import EventMapper
from adapters.eventlog.postgresql import PostgresEventLog
from adapters.postgresql import Address
from adapters.views.postgresql import PostgresViewStore
from domain.events.base import Event, Recorded, Stored
from domain.model.ids import TopicId, topic_stream
from domain.ports import Append, Batch, EventLog
from domain.services.log_pages import read_all
from domain.services.projecting import Projector
from tests.benchmarks.appending import CALLERS, append_by_callers, in_threads, work
from tests.benchmarks.log import SIZE, statement
from tests.benchmarks.measure import ROUNDS, Result, compare
from tests.support.facts import TESTER
from tests.support.postgresql import PASSWORD, running

ARTICLES = 10
"""Batches of one article that each caller appends in a round."""
SINGLES = 40
"""Batches of one event."""
FLOOR = 100
"""Events a transaction of the floor."""
TOPICS = 50
A_TOPIC = 20
"""Statements of a topic, of the log whose read models are rebuilt."""

RUNNER = "the library's `ProjectionRunner`, a row an event"

Library = dict[str, str]
"""The environment of the library's application."""


def run() -> list[Result]:
    """Measure appends by many callers, and the rebuild of the read models."""
    with running("benchmark") as server:
        server.execute("CREATE DATABASE record")
        url = server.url("record")
        library = library_at(url)
        rebuilt = _rebuild(url, library)  # first: both fold all that there is
        appended = []
        for size, times in ((SIZE, ARTICLES), (1, SINGLES)):
            server.empty("record")
            appended.append(_append(url, library, size=size, times=times))
        return [*appended, rebuilt]


def library_at(url: str) -> Library:
    """Return the environment of a library that uses a database of a test server."""
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "ORIGINATOR_ID_TYPE": "text",
        "POSTGRES_DBNAME": urlsplit(url).path.removeprefix("/"),
        "POSTGRES_HOST": "127.0.0.1",
        "POSTGRES_PORT": str(urlsplit(url).port),
        "POSTGRES_USER": "owner",
        "POSTGRES_PASSWORD": PASSWORD,
    }


@contextmanager
def _log(url: str) -> Iterator[GroupCommit]:
    with (
        PostgresEventLog(Address(url), SystemClock()) as stored,
        GroupCommit(stored) as log,
    ):
        yield log


def _append(url: str, library: Library, *, size: int, times: int) -> Result:
    """Measure appends of so many events each, by all callers."""
    what = "one article (14 events) each" if size == SIZE else "one event each"
    floor = f"{FLOOR} events a transaction" if size == SIZE else "one a transaction"
    with _log(url) as log:
        rounds = iter([work(size, times, first) for first in range(ROUNDS + 1)])
        events = CALLERS * size * times
        return compare(
            f"PostgreSQL: durable append, {CALLERS} callers, {what}",
            f"the library's recorder with the same bytes, {floor}",
            "events",
            events,
            thing=lambda: append_by_callers(log, next(rounds)),
            floor=_inserting(log, library, events, FLOOR if size == SIZE else 1),
        )


class Plain(Application[str]):
    """The library's application on its own recorder, with our bytes."""

    name = "plain"

    def construct_mapper(self) -> Mapper[str]:
        """Return our mapper."""
        return EventMapper()


def _inserting(
    log: GroupCommit, library: Library, events: int, size: int
) -> Callable[[], None]:
    """Return what inserts the last events of a log through the library's recorder."""
    plain, calls = Plain(library), count(1)
    stored: list[Stored] = []  # read at the first call, when no clock runs

    def insert_all(rows: Sequence[StoredEvent]) -> None:
        for first in range(0, len(rows), size):
            plain.recorder.insert_events(rows[first : first + size])

    def insert() -> None:
        if not stored:
            stored.extend(log.read(after=log.head() - events, limit=events))
        base = next(calls) * 1_000_000_000 + size * 1_000_000
        rows = [
            StoredEvent(s.stream, base + s.version, s.name, s.state) for s in stored
        ]
        if size == 1:
            in_threads(insert_all, [rows[caller::CALLERS] for caller in range(CALLERS)])
        else:
            insert_all(rows)

    return insert


class Kept(PostgresTrackingRecorder):
    """What a user of the library would write: a row and the tracking of each event."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.rows = Identifier(f"{self.tracking_table_name}_rows")
        self.sql_create_statements.append(
            SQL(
                "CREATE TABLE IF NOT EXISTS {} (id text PRIMARY KEY, body text)"
            ).format(self.rows)
        )

    def keep(self, recorded: Recorded[Event], tracking: Tracking) -> None:
        """Store a row for an event."""
        row = (recorded.id, recorded.event.model_dump_json())
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(SQL("INSERT INTO {} VALUES (%s, %s)").format(self.rows), row)


def _rebuild(url: str, library: Library) -> Result:
    """Measure rebuilding the read models, beside the library's runner."""
    with _log(url) as log, PostgresViewStore(Address(url)) as views:
        for number in range(TOPICS):
            topic = TopicId(f"rebuilt-{number}")
            events = tuple(
                statement(number * A_TOPIC + n, topic) for n in range(A_TOPIC)
            )
            append = Append(topic_stream(topic), 0, events)
            log.append(Batch((append,), actor=TESTER))
        return compare(
            f"PostgreSQL: rebuild of the read models, {TOPICS} topics",
            RUNNER,
            "events",
            TOPICS * A_TOPIC,
            thing=Projector(log, views).rebuild,
            floor=running_library(log, library, TOPICS * A_TOPIC),
        )


def running_library(log: EventLog, library: Library, events: int) -> Callable[[], None]:
    """Return what has the library's runner project the first events of a log."""
    rows = [
        StoredEvent(s.stream, s.version, s.name, s.state)
        for s in islice(read_all(log), events)
    ]
    plain = Plain(library)
    plain.recorder.insert_events(rows)
    calls = count(1)

    def run_library() -> None:
        class Keeping(Projection[Kept]):
            """Keeps every event, in tables of its own."""

            name = f"keeping{next(calls)}"

            def process_event(self, domain_event: Any, tracking: Tracking) -> None:
                """Keep an event."""
                self.view.keep(domain_event, tracking)

        with ProjectionRunner(
            application_class=Plain,
            projection_class=Keeping,
            view_class=Kept,
            env=library,
        ) as runner:
            runner.wait(len(rows), timeout=60)

    return run_library
