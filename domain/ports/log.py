"""What the domain needs of a log and of a store of texts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.errors import ConflictError
from domain.events.base import Actor, Event, Stored
from domain.model.ids import ArticleId


class Clock(Protocol):
    """The only source of the present time."""

    def now(self) -> datetime:
        """Return the present instant, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Append:
    """Events for one stream, and the version it must have for them to follow."""

    stream: str
    expected: int
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a batch rests on besides the streams that it appends to.

    No event after ``seq`` may name one of ``ids``, in whatever stream: who decided
    would have decided on something else.
    """

    seq: int
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Batch:
    """Appends that are stored together or not at all, who caused them, on what seen."""

    appends: tuple[Append, ...]
    actor: Actor
    causation: str | None = None
    seen: Seen | None = None


class AlreadyStored(int):
    """The last seq of a batch that was stored before: appending it changed nothing.

    Where a connection broke and the batch was offered again, it may be that this very
    append stored it.
    """


class EventLog(Protocol):
    """The log: append-only, in one global order, never losing what it acknowledged."""

    def append(self, batch: Batch) -> int:
        """Store all events of the batch in one durable transaction; return the last seq.

        The log stamps ``recorded_at``, one instant for a transaction and later than
        that of any before, whatever its clock shows. Appending a
        batch whose events are all stored already (by id) changes nothing and returns
        the highest of their seqs, as ``AlreadyStored``.

        Raises:
            ConflictError: a stream is not at its expected version, or an event names
                what none may name after what was seen.
            StoreUnavailableError: the store is read-only, full or locked.
        """
        ...

    def read(
        self,
        *,
        after: int = 0,
        until: int | None = None,
        limit: int = 500,
        names: Collection[str] = (),
        outside: str = "",
    ) -> Sequence[Stored]:
        """Return at most ``limit`` events with ``after < seq <= until``, ascending.

        ``names`` keeps only events stored under one of these names; ``outside`` leaves
        out the streams whose name begins so.
        """
        ...

    def at(self, seqs: Collection[int]) -> Sequence[Stored]:
        """Return the events at these seqs, ascending, as far as there are any."""
        ...

    def read_stream(
        self, stream: str, *, after: int = 0, limit: int = 500
    ) -> Sequence[Stored]:
        """Return at most ``limit`` events of a stream with ``version > after``."""
        ...

    def streams(self, beginning: str) -> Sequence[str]:
        """Return the streams whose name begins so, ascending."""
        ...

    def version(self, stream: str, *, until: int | None = None) -> int:
        """Return the version of a stream (at a seq), 0 where it has no events."""
        ...

    def head(self) -> int:
        """Return the highest seq, 0 where the log is empty."""
        ...

    def seq_at(self, moment: datetime) -> int:
        """Return the highest seq recorded at or before an instant, 0 if none."""
        ...

    def check(self) -> None:
        """Make sure that appends are taken in, as far as can be told without one.

        Raises:
            StoreUnavailableError: none is until the store is opened again.
        """
        ...

    def listen(self, told: Callable[[int], object]) -> AbstractContextManager[None]:
        """Call ``told`` with the last seq after each append, as long as the context lasts.

        Appends through this object are told at once, in the thread that made them, so
        ``told`` must be quick. Those of others are told where the store can, late or
        never where it cannot: who listens also looks from time to time.
        """
        ...


Answer = int | ConflictError
"""What an append comes to: the last seq of the batch, or why nothing of it is stored."""


class GroupLog(EventLog, Protocol):
    """A log that stores the batches of many callers in one transaction."""

    def append_all(self, batches: Sequence[Batch]) -> Sequence[Answer]:
        """Store all batches in one durable transaction; answer each by itself.

        Each is judged as ``append`` would after those before it: what conflicts is
        left out and holds up no other.

        Raises:
            StoreUnavailableError: the transaction failed; whether it is stored is told
                by ``find``.
        """
        ...

    def find(self, batch: Batch) -> int | None:
        """Return the last seq of a batch that is stored, None if none of it is.

        Raises:
            ConflictError: a part of it is stored, or other content under an id.
            StoreUnavailableError: the store cannot be read.
        """
        ...


class ArticleStore(Protocol):
    """The texts of articles by their hash; a text can be erased, the log stands."""

    def put(self, text: str) -> ArticleId:
        """Store a text durably; storing it again changes nothing."""
        ...

    def get(self, article: ArticleId) -> str | None:
        """Return a text, or None if it is not (or no longer) there."""
        ...
