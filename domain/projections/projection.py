"""What a projection is: a fold over the log that tells which rows changed.

A projection is pure: the same events give the same rows, in whatever pages they
arrive. An event that it cannot take in is refused by ``apply`` with the state
unchanged, and the refusal depends on nothing but that event and those before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from domain.events.base import Event, Recorded
from domain.projections.rows import Changes

FOLD_VERSION = 2
"""Raised whenever the same log would give other rows; stored rows are then refolded."""

StreamReader = Callable[[str, int], Iterable[Recorded[Event]]]
"""Returns the readable events of a stream up to and including a seq."""


class Projection(Protocol):
    """A fold of the log into rows."""

    def apply(self, recorded: Recorded[Event]) -> None:
        """Take in the next event.

        Raises:
            OnrecordError: the event does not fit; the state is as before.
        """
        ...

    def changes(self) -> Changes:
        """Return the rows that changed since the last call."""
        ...
