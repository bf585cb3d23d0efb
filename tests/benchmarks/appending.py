"""Many callers at once: durable appends, and how soon an append can be read.

The floors commit the same bytes: raw SQLite with 100 events a transaction, and the
`save()` of the eventsourcing library, called by as many threads. Events are made
before the clock runs.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Thread
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, CanMutateAggregate, event

from adapters.clock import SystemClock
from adapters.eventlog.group_commit import GroupCommit
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.views.sqlite import SQLiteViewStore
from api.follower import Follower
from domain.events.base import Stored
from domain.model.ids import TopicId, topic_stream
from domain.ports import Append, Batch
from domain.services.projecting import Projector
from tests.benchmarks.log import SIZE, raw, statement
from tests.benchmarks.measure import ROUNDS, Delay, Result, compare
from tests.support.facts import TESTER

CALLERS = 64
ARTICLES = 20
"""Batches of one article that each caller appends in a round."""
SINGLES = 100
"""Batches of one event."""
FLOOR = 100
"""Events a transaction of the floor."""
A_SECOND = 200
SECONDS = 5
READERS = 8
"""Callers that append at that rate, and wait until they can read it."""
A_TOPIC = 20

Work = list[list[Batch]]


def run() -> list[Result]:
    """Measure appends by many callers."""
    return [
        _measure(
            f"durable append, {CALLERS} callers, one article (14 events) each",
            size=SIZE,
            times=ARTICLES,
        ),
        _measure(
            f"durable append, {CALLERS} callers, one event each", size=1, times=SINGLES
        ),
        _measure_library(),
    ]


def _measure(what: str, *, size: int, times: int) -> Result:
    with _log() as (log, folder):
        rounds = iter([work(size, times, first) for first in range(ROUNDS + 1)])
        events = CALLERS * size * times
        return compare(
            what,
            f"raw `executemany` of the same bytes, {FLOOR} events a transaction, FULL",
            "events",
            events,
            thing=lambda: append_by_callers(log, next(rounds)),
            floor=_inserting(log, folder, events),
        )


def _measure_library() -> Result:
    with _log() as (log, folder):
        rounds = iter([work(1, SINGLES, first) for first in range(ROUNDS + 1)])
        events = CALLERS * SINGLES
        return compare(
            "the same, beside the library",
            f"the library's `save()` of the same bytes, by {CALLERS} threads",
            "events",
            events,
            thing=lambda: append_by_callers(log, next(rounds)),
            floor=_saving(log, folder, events),
        )


@contextmanager
def _log() -> Iterator[tuple[GroupCommit, Path]]:
    """Open a log in a folder of its own, behind a group commit."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (
            SQLiteEventLog(folder / "log.db", SystemClock()) as stored,
            GroupCommit(stored) as log,
        ):
            yield log, folder


def work(size: int, times: int, first: int) -> Work:
    """Return the batches of each caller, for the ends of streams of its own."""
    return [
        [
            _batch(caller, number * size, size)
            for number in range(first * times, (first + 1) * times)
        ]
        for caller in range(CALLERS)
    ]


def _batch(caller: int, version: int, size: int) -> Batch:
    topic = TopicId(f"caller-{caller}")
    numbers = range(caller * 1_000_000 + version, caller * 1_000_000 + version + size)
    events = tuple(statement(number, topic) for number in numbers)
    return Batch((Append(topic_stream(topic), version, events),), actor=TESTER)


def append_by_callers(log: GroupCommit, batches_of: Work) -> None:
    """Append what each caller has, all at once."""

    def call(batches: Sequence[Batch]) -> None:
        for batch in batches:
            log.append(batch)

    in_threads(call, batches_of)


def in_threads(call: Callable[..., None], parts: Sequence[object]) -> None:
    """Call something with each part, in a thread of its own."""
    threads = [Thread(target=call, args=(part,)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _inserting(log: GroupCommit, folder: Path, events: int) -> Callable[[], None]:
    """Return what inserts the first events of a log into a raw table.

    They are read at the first call: by then they are there, and no clock runs.
    """
    table, calls = raw(folder / "raw.db"), count(1)
    rows: list[Stored] = []

    def insert() -> None:
        rows.extend(() if rows else log.read(limit=events))
        base = next(calls) * 1_000_000
        for first in range(0, events, FLOOR):
            table.execute("BEGIN IMMEDIATE")
            table.executemany(
                "INSERT INTO stored_events (stream, version, name, state) VALUES (?,?,?,?)",
                [
                    (s.stream, base + s.version, s.name, s.state)
                    for s in rows[first : first + FLOOR]
                ],
            )
            table.execute("COMMIT")

    return insert


Said = list[list[CanMutateAggregate[UUID]]]
"""Events of the library, those of each `save()`."""


class Saying(Aggregate):
    """What a user of the library would write: each event holds the same bytes as ours."""

    @event("Said")
    def say(self, words: str) -> None:
        """Take in an event."""
        self.last = words


def _saving(log: GroupCommit, folder: Path, events: int) -> Callable[[], None]:
    """Return what saves the first events of a log as the library does, in threads.

    Its events are made before, as ours are: those of all rounds at the first call, when
    no clock runs.
    """
    name = str(folder / "library.db")
    module = "eventsourcing.sqlite"
    library: Application[UUID] = Application(
        {"PERSISTENCE_MODULE": module, "SQLITE_DBNAME": name}
    )
    rounds: list[list[Said]] = []

    def call(said: Said) -> None:
        for some in said:
            library.save(*some)

    def save() -> None:
        if not rounds:
            states = [stored.state.decode() for stored in log.read(limit=events)]
            shares = [states[caller::CALLERS] for caller in range(CALLERS)]
            rounds.extend([said(share) for share in shares] for _ in range(ROUNDS + 1))
        in_threads(call, rounds.pop())

    return save


def said(states: Sequence[str]) -> Said:
    """Return the events of an aggregate, one for each `save()`; the first begins it too."""
    saying = Saying()
    for state in states:
        saying.say(state)
    begun, *events = saying.collect_events()
    return [[begun, events[0]], *([event] for event in events[1:])]


def delays() -> list[Delay]:
    """Measure how long an append takes, and how long until it can be read."""
    with (
        _log() as (log, folder),
        SQLiteViewStore(folder / "views.db") as views,
        ThreadPoolExecutor(READERS) as pool,
    ):
        follower = Follower(log, views, Projector(log, views))
        begin = time.perf_counter() + 0.1

        def call(reader: int) -> Iterator[tuple[float, float]]:
            """Append at fixed times: who is late is not waited for."""
            for turn in range(A_SECOND * SECONDS // READERS):
                batch = _small(reader, turn)
                at = begin + (turn * READERS + reader) / A_SECOND
                time.sleep(max(at - time.perf_counter(), 0))
                seq = log.append(batch)
                appended = time.perf_counter() - at
                follower.wait_for(seq)
                yield appended, time.perf_counter() - at

        with follower.running():
            pairs = [
                pair
                for some in pool.map(lambda reader: [*call(reader)], range(READERS))
                for pair in some
            ]
    what = f"{A_SECOND} appends a second by {READERS} callers"
    return [
        Delay.of(f"{what}: durable", [appended for appended, _ in pairs]),
        Delay.of(f"{what}: visible in the read models", [seen for _, seen in pairs]),
    ]


def _small(reader: int, turn: int) -> Batch:
    """Return the next statement of a topic of this reader, small as most are."""
    topic = TopicId(f"reader-{reader}-{turn // A_TOPIC}")
    said = statement(reader * 1_000_000 + turn, topic)
    append = Append(topic_stream(topic), turn % A_TOPIC, (said,))
    return Batch((append,), actor=TESTER)
