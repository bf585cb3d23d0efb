"""Stores for tests: the kinds there are, a clock, and short ways to append."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Protocol

import pytest

from domain.events.base import Event
from domain.model.ids import ArticleId
from domain.ports import Append, ArticleStore, Batch, Clock, EventLog, GroupLog
from tests.support.facts import EPOCH, TESTER

KINDS = ["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.slow)]
"""Where a store may lie; each passes the contract of its port."""
OpenLog = Callable[[Clock], GroupLog]
"""Opens an empty log."""


class Erasing(ArticleStore, Protocol):
    """An article store that can erase."""

    def erase(self, article: ArticleId) -> None:
        """Erase a text."""


class SteppingClock:
    """A clock that goes on by a minute at each look, or back where it is told so."""

    def __init__(self, start: datetime = EPOCH) -> None:
        self.at = start

    def now(self) -> datetime:
        """Return the next minute."""
        self.at += timedelta(minutes=1)
        return self.at


def append(log: EventLog, stream: str, *events: Event) -> int:
    """Append events to the end of a stream."""
    return log.append(batch(log, {stream: events}))


def batch(log: EventLog, streams: dict[str, Iterable[Event]]) -> Batch:
    """Return a batch that appends to the ends of streams."""
    return Batch(
        tuple(
            Append(stream, log.version(stream), tuple(events))
            for stream, events in streams.items()
        ),
        actor=TESTER,
    )
