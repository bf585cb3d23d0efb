"""Transactions of the log: the events that were recorded at one instant.

The log stamps all events of one transaction alike, and each transaction later than those
before it. So what is told by ``seq`` can be told of whole transactions.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from domain.events.base import Event, Recorded
from domain.events.codec import are_together, recorded_at
from domain.ports import EventLog
from domain.services.known_at import beyond
from domain.services.recorded_events import RecordedEvents

MOMENT = timedelta(microseconds=1)
"""The least time between two transactions."""
KEPT = 8192
"""How many answers are kept at most: a service lives long, and its log grows."""


class Transactions:
    """Finds events by their seq, when they were recorded, where transactions end."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._events = RecordedEvents(log)
        self.recorded_at = lru_cache(KEPT)(self._recorded_at)
        self.end_of = lru_cache(KEPT)(self._end_of)

    def at(self, seq: int) -> Recorded[Event]:
        """Return the event at a seq."""
        return self._events.at([seq])[seq]

    def _recorded_at(self, seq: int) -> datetime:
        (stored,) = self._log.read(after=seq - 1, until=seq, limit=1)
        return recorded_at(stored)

    def _end_of(self, seq: int) -> int:
        return self._log.seq_at(self.recorded_at(seq))

    def whole(self, seq: int) -> int:
        """Return the last seq up to another at which no transaction is cut apart.

        So a past state that is told by its seq is one that was served.

        An event that cannot be read changed nothing: it counts as one by itself.
        """
        return self.before(seq) if seq and self._is_inside(seq) else seq

    def _is_inside(self, seq: int) -> bool:
        """Tell whether the transaction of an event goes on after it."""
        both = self._log.read(after=seq - 1, until=seq + 1, limit=2)
        return len(both) > 1 and are_together(*both)

    def known(self, seq: int) -> int:
        """Return where the record stood that was known at a seq.

        Raises:
            InvalidInputError: it is beyond the log.
        """
        if seq > (head := self._log.head()):
            raise beyond(head, seq)
        return self.whole(seq)

    def before(self, seq: int) -> int:
        """Return the last seq before the transaction that an event is part of."""
        return self._log.seq_at(self.recorded_at(seq) - MOMENT)
