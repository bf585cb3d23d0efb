"""A history on PostgreSQL: a rebuild beside the library's runner, and appends.

The runner stores a row and its tracking in a transaction an event, so its price an event
is the same at any length: it is timed on the first few hundred. It folds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from eventsourcing.persistence import StoredEvent

from adapters.clock import SystemClock
from adapters.eventlog.postgresql import PostgresEventLog
from adapters.postgresql import Address
from adapters.views.postgresql import PostgresViewStore
from domain.model.ids import topic_stream
from domain.ports import Append, Batch
from domain.services.projecting import Projector
from tests.benchmarks.histories.following import EXTRACTOR
from tests.benchmarks.histories.newsroom import Written, history
from tests.benchmarks.history.figures import Figures, Rate, Wait
from tests.benchmarks.history.store import append_all, bar, transactions
from tests.benchmarks.history.visible import first, make_visible, statements
from tests.benchmarks.measure import Delay, beside, in_turn, seconds
from tests.benchmarks.postgresql import (
    RUNNER,
    Library,
    Plain,
    library_at,
    running_library,
)
from tests.support.postgresql import running

RUN = 500
"""Events that the library's runner projects."""
APPENDS = 50
FLOOR = "the library's recorder, the same bytes"


def run(size: int, seed: int, rounds: int, figures: Figures) -> None:
    """Measure a history of so many statements on a server of its own."""
    with running("histories") as server:
        server.execute("CREATE DATABASE record")
        url = server.url("record")
        with (
            PostgresEventLog(Address(url), SystemClock()) as log,
            PostgresViewStore(Address(url)) as views,
        ):
            told = history(size + APPENDS * 2, seed)
            with bar(size, f"PostgreSQL: storing {size:,} statements") as shown:
                for group in transactions(first(told, size)):
                    append_all(log, group)
                    shown.update(sum(each.statements for each in group))
            projector, library = Projector(log, views), library_at(url)
            theirs = running_library(log, library, RUN)
            above, below = in_turn([projector.rebuild, theirs], rounds)
            what = "PostgreSQL: rebuild of the read models"
            result = beside(
                what,
                RUNNER,
                "events",
                log.head(),
                above=above,
                below=below,
                floor_count=RUN,
            )
            figures.rates.append(Rate("postgresql-rebuild", size, result))
            figures.waits.append(_append(log, projector, library, size, told))


def _append(
    log: PostgresEventLog,
    projector: Projector,
    library: Library,
    size: int,
    told: Iterator[Written],
) -> Wait:
    """Measure appending a statement until it is visible, in whichever topic comes."""
    plain, taken, floor = Plain(library), list[float](), list[float]()
    projector.catch_up()
    for number, statement in enumerate(islice(statements(told), APPENDS)):
        stream = topic_stream(statement.topic)
        append = Append(stream, log.version(stream), (statement,))
        taken.append(
            seconds(make_visible, log, projector, Batch((append,), actor=EXTRACTOR))
        )
        (row,) = log.read(after=log.head() - 1, limit=1)
        place = StoredEvent("added", number + 1, row.name, row.state)
        floor.append(seconds(plain.recorder.insert_events, [place]))
    what = f"PostgreSQL: append a statement until it is visible, {size:,} stored"
    return Wait(
        "postgresql-visible", size, 0, Delay.of(what, taken), Delay.of(FLOOR, floor)
    )
