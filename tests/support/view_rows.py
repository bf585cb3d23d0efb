"""A few rows for the tests of stores of read models, put there and read."""

from __future__ import annotations

from collections.abc import Callable

from domain.ports import Parked, Progress, Views, ViewStore
from domain.projections.rows import Changes, Place, Rows, Table

Open = Callable[[], ViewStore]
FIRST, SECOND = Progress(1, "first"), Progress(2, "second")
POISON = Parked(2, "topic:harbour", "never-heard-of.v1", "not known")


def topic(name: str, body: bytes = b"{}") -> Rows:
    """Return the row of a topic."""
    return {Place(Table.TOPIC, (name,)): body}


def put(views: Views, rows: Rows, progress: Progress) -> None:
    """Store rows in a transaction of their own."""
    with views.transaction() as transaction:
        transaction.save(Changes.putting(rows, progress.seq), [], progress)


def topics(views: Views) -> list[tuple[str, ...]]:
    """Return the keys of all topics."""
    with views.snapshot() as served:
        return list(served.keys(Table.TOPIC))
