"""Stores for tests: the log in memory or on SQLite, the read models on SQLite."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.events.base import Event
from domain.ports import Append, Batch, EventLog
from tests.support.facts import EPOCH, TESTER


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
