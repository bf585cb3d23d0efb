"""Reading timelines: now, as of a day, and as known at a past seq.

Of a small topic, one of median size, and the largest. The floor is reading the bytes of
the topic's rows in the read models, with nothing made of them, in turn.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from random import Random

from adapters.views.sqlite import SQLiteViewStore
from domain.model.ids import topic_stream
from domain.ports import EventLog, ViewStore
from domain.projections.rows import Table
from domain.projections.topics import TopicSummary
from domain.services.projecting import Projector
from domain.services.timelines import TimelineQuery, Timelines
from domain.services.transactions import Transactions
from tests.benchmarks.history.figures import Wait
from tests.benchmarks.history.store import Store
from tests.benchmarks.measure import Delay, seconds

READS = 40
BUDGET, FEWEST = 30.0, 5
"""Seconds after which no more than the fewest are read."""
KINDS = ("now", "as_of", "known_at")
FLOOR = "the bytes of the topic's rows"
TABLES = (Table.STATEMENT, Table.POSITION, Table.ASIDE)


def run(store: Store) -> list[Wait]:
    """Measure timelines of a history whose read models are there."""
    found = []
    with store.opened() as log, SQLiteViewStore(store.views) as views:
        Projector(log, views).catch_up()
        timelines, dice = Timelines(log, views), Random(store.seed)
        for named, topic in _chosen(timelines):
            for kind in KINDS:
                queries = _queries(kind, topic, log, dice)
                taken, floor = _read(timelines, views, queries)
                what = f"timeline, {kind}, {named} topic"
                wait = Wait(
                    f"timeline-{kind}",
                    store.size,
                    topic.statements,
                    Delay.of(what, taken),
                    Delay.of(FLOOR, floor),
                )
                found.append(wait)
    return found


def _chosen(timelines: Timelines) -> list[tuple[str, TopicSummary]]:
    """Return a small topic (of ten, nine are larger), the median, and the largest."""
    known = [each for each in timelines.topics() if each.earliest and each.latest]
    known.sort(key=lambda each: (each.statements, each.id))
    places = {"small": len(known) // 10, "median": len(known) // 2, "largest": -1}
    return [(named, known[place]) for named, place in places.items()]


def _queries(
    kind: str, topic: TopicSummary, log: EventLog, dice: Random
) -> Iterator[TimelineQuery]:
    """Yield questions of a kind without end: random days, random ends of transactions."""
    opened = log.read_stream(topic_stream(topic.id), limit=1)[0].seq
    ends = Transactions(log)
    first = ends.end_of(opened)
    head, earliest, latest = log.head(), topic.earliest, topic.latest
    assert earliest is not None
    assert latest is not None
    while True:
        days = dice.randint(0, (latest - earliest).days)
        yield TimelineQuery(
            topic=topic.id,
            as_of=earliest + timedelta(days=days) if kind == "as_of" else None,
            known_at=ends.whole(dice.randint(first, head))
            if kind == "known_at"
            else None,
        )


def _read(
    timelines: Timelines, views: ViewStore, queries: Iterator[TimelineQuery]
) -> tuple[list[float], list[float]]:
    """Return the seconds of reads, and of their floor."""
    taken: list[float] = []
    floor: list[float] = []
    started = time.perf_counter()
    for query in queries:
        late = time.perf_counter() - started > BUDGET
        if len(taken) == READS or (late and len(taken) >= FEWEST):
            break
        taken.append(seconds(timelines.read, query))
        floor.append(seconds(_rows, views, query))
    return taken, floor


def _rows(views: ViewStore, query: TimelineQuery) -> int:
    with views.snapshot() as served:
        return sum(len(served.rows(table, query.topic)) for table in TABLES)
