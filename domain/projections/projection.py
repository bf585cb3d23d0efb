"""What a projection is: a fold over the log that changes rows.

A projection is pure: the same events give the same rows, in whatever pages they
arrive. An event that it cannot take in is refused by ``apply`` with the rows
unchanged, and the refusal depends on nothing but that event and those before it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import ClassVar, Protocol

from domain.events.base import Event, Recorded

FOLD_VERSION = 4
"""Raised whenever the same log would give other rows; stored rows are then refolded."""


class StreamReader(Protocol):
    """Reads a stream."""

    def __call__(self, stream: str, until: int) -> Iterable[Recorded[Event]]:
        """Return its readable events up to and including a seq."""
        ...


class EventsAt(Protocol):
    """Reads events of the log by their seqs."""

    def at(self, seqs: Collection[int]) -> Mapping[int, Recorded[Event]]:
        """Return events by their seqs, which were taken in before."""
        ...


class EventReader(EventsAt, Protocol):
    """Reads earlier events of the log."""

    def stream(self, stream: str, until: int) -> Iterable[Recorded[Event]]:
        """Return the readable events of a stream up to and including a seq."""
        ...


class Projection(Protocol):
    """A fold of the log into rows; ``kinds`` are the kinds of streams that it takes in."""

    kinds: ClassVar[frozenset[str]]

    def expect(self, page: Sequence[Recorded[Event]]) -> None:
        """Be told what comes next, to read at once what it will need."""
        ...

    def apply(self, recorded: Recorded[Event]) -> None:
        """Take in the next event.

        Raises:
            OnrecordError: the event does not fit; the rows are as before.
        """
        ...

    def settle(self) -> None:
        """Bring up to date what is written once a page."""
        ...
