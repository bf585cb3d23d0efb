"""How far the read models are behind the log."""

from __future__ import annotations

from datetime import datetime

from domain.errors import OnrecordError
from domain.events.base import Stored
from domain.events.codec import decode
from domain.model.value import Value
from domain.ports import EventLog, ViewStore


class Lag(Value):
    """Where log and read models stand; ``parked`` counts what could not be taken in.

    ``events`` are not folded in yet, the oldest of them since ``seconds``.
    """

    head: int
    seq: int
    events: int
    seconds: float
    parked: int


def read_lag(log: EventLog, views: ViewStore, now: datetime) -> Lag:
    """Return how far the read models are behind at an instant.

    Raises:
        StoreError: the log or the read models do not answer.
    """
    head = log.head()
    with views.snapshot() as served:
        seq, parked = served.seq, len(served.parked())
    waiting = log.read(after=seq, limit=1)
    return Lag(
        head=head,
        seq=seq,
        events=max(head - seq, 0),
        seconds=_age(waiting[0], now) if waiting else 0.0,
        parked=parked,
    )


def _age(stored: Stored, now: datetime) -> float:
    """Return the seconds since an event was recorded; 0 where it cannot be read."""
    try:
        return max((now - decode(stored).recorded_at).total_seconds(), 0.0)
    except OnrecordError:
        return 0.0
