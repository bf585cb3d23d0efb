"""How soon one appended statement can be read, in topics of ten to ten thousand.

A topic that grows should not slow down what is added to it. Warm is a process that goes
on; cold is one that has just started, with nothing folded in memory. The floor is a raw
durable insert of the same bytes, in turn. Both are one process without other callers.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from adapters.clock import SystemClock
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.views.sqlite import SQLiteViewStore
from domain.events.topic import StatementAttributed
from domain.model.ids import topic_stream
from domain.ports import Append, Batch, EventLog
from domain.services.projecting import Projector
from tests.benchmarks.histories.following import EXTRACTOR
from tests.benchmarks.histories.newsroom import Written, history
from tests.benchmarks.history.figures import Wait
from tests.benchmarks.history.store import append_all, transactions
from tests.benchmarks.log import raw
from tests.benchmarks.measure import Delay, seconds

TOPICS = (10, 100, 1_000, 10_000)
SMALL, COPIES = 50, 5
"""A topic below this size is made so many times: a few statements would double it."""
APPENDS, COLD = 50, 10
"""Statements that are added to a topic, one after another."""
BUDGET, FEWEST = 20.0, 3
"""Seconds after which no more than the fewest are added."""
FLOOR = "raw durable `INSERT`"

Opened = tuple[SQLiteEventLog, Projector]


def run(seed: int) -> list[Wait]:
    """Measure topics of all sizes, warm and after a cold start."""
    found = []
    for size in TOPICS:
        copies = COPIES if size < SMALL else 1
        warm: list[float] = []
        cold: list[float] = []
        floor: list[float] = []
        for copy in range(copies):
            with tempfile.TemporaryDirectory() as name:
                topic = _Grown(Path(name), size, seed + copy)
                warm += topic.add(min(APPENDS, size), floor, topic.kept)
                cold += topic.add(min(COLD, size), floor, topic.anew)
                topic.close()
        for figure, times in (("warm", warm), ("cold", cold)):
            what = f"append a statement until it is visible, {figure}"
            taken, below = Delay.of(what, times), Delay.of(FLOOR, floor)
            found.append(Wait(f"visible-{figure}", size, size, taken, below))
    return found


class _Grown:
    """A log of one topic of a size, its read models, and statements to add."""

    def __init__(self, folder: Path, size: int, seed: int) -> None:
        self._folder, self._kept = folder, ExitStack()
        told = history(2 * size + APPENDS + COLD, seed, topics=1)
        self.kept = self._open(self._kept)
        log, projector = self.kept
        for group in transactions(first(told, size)):
            append_all(log, group)
        projector.catch_up()
        self._more = statements(told)
        self._floor = raw(folder / "raw.db")

    def close(self) -> None:
        """Close all files."""
        self._floor.close()
        self._kept.close()

    def _open(self, stack: ExitStack) -> Opened:
        log = stack.enter_context(
            SQLiteEventLog(self._folder / "log.db", SystemClock())
        )
        views = stack.enter_context(SQLiteViewStore(self._folder / "views.db"))
        return log, Projector(log, views)

    def anew(self) -> Opened:
        """Return the same files as a process has them that has just started."""
        return self._open(self._kept)

    def add(
        self, most: int, floor: list[float], how: Opened | Callable[[], Opened]
    ) -> Iterator[float]:
        """Add statements; yield the seconds until each was visible."""
        started = time.perf_counter()
        for number, told in enumerate(islice(self._more, most)):
            if number >= FEWEST and time.perf_counter() - started > BUDGET:
                return
            log, projector = how() if callable(how) else how
            stream = topic_stream(told.topic)
            append = Append(stream, log.version(stream), (told,))
            batch = Batch((append,), actor=EXTRACTOR)
            yield seconds(make_visible, log, projector, batch)
            (row,) = log.read(after=log.head() - 1, limit=1)
            place = (row.stream, row.version, row.name, row.state)
            floor.append(seconds(self._floor.execute, _INSERT, place))


def make_visible(log: EventLog, projector: Projector, batch: Batch) -> None:
    """Append a statement, and fold it into what can be read."""
    log.append(batch)
    projector.catch_up()


_INSERT = "INSERT INTO stored_events (stream, version, name, state) VALUES (?,?,?,?)"


def first(told: Iterator[Written], size: int) -> Iterator[Written]:
    """Yield transactions until so many statements are recorded."""
    for written in told:
        yield written
        size -= written.statements
        if size <= 0:
            return


def statements(told: Iterator[Written]) -> Iterator[StatementAttributed]:
    """Yield the statements of what comes next, without anything else of it."""
    for written in told:
        for append in written.batch.appends:
            for event in append.events:
                if isinstance(event, StatementAttributed) and event.answers is None:
                    yield event
