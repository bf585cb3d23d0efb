"""Read the record at one seq, decide, append; and again if others were first.

1. The read models are brought up, and everything is read of them at one seq.
2. What follows is appended in one transaction, to streams that have no event after
   that seq, and if no event after it, in whatever stream, names the same statements,
   article or seat. If one has, or does, it is decided anew, a bounded number of times.
   So of two who decide at once one decides on what the other did.
3. Who says ``expected_seq`` decides on what they saw: if a stream that would change
   has an event after it, the decision is refused instead. Nobody saw a seq that the
   log has not reached: that is refused too.
4. What is so already appends nothing. What is refused appends nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from domain.decisions.capture import Streams
from domain.errors import (
    ConflictError,
    InvalidCommandError,
    OutdatedError,
    StoreUnavailableError,
)
from domain.events.agent import RoleHeld, RoleReinstated, RoleWithdrawn
from domain.events.base import Actor
from domain.events.codec import decode
from domain.events.topic import StatementAttributed
from domain.model.value import Value
from domain.ports import Append, Batch, EventLog, Seen, ViewStore
from domain.projections.topic_part import statements_named
from domain.services.projecting import CatchesUp
from domain.services.states import States

ATTEMPTS = 8
"""How often it is decided when others append to the same streams."""


class Written(Value):
    """What a decision came to: the streams that changed, and the seq to read at."""

    events: int
    streams: tuple[str, ...]
    seq: int


class Recording:
    """Appends what follows from the record, one transaction each."""

    def __init__(self, log: EventLog, views: ViewStore, follower: CatchesUp) -> None:
        self._log, self._views, self._follower = log, views, follower

    def __call__(
        self,
        decide: Callable[[States], Streams],
        *,
        actor: Actor,
        causation: str,
        expected_seq: int | None = None,
    ) -> Written:
        """Decide on the record as it is, and append what follows.

        Raises:
            InvalidCommandError: the log has not reached ``expected_seq``.
            OutdatedError: the record has gone on after ``expected_seq``.
            ConflictError: others kept appending to the same streams.
            StoreUnavailableError: the store cannot be written.
        """
        for attempt in range(1, ATTEMPTS + 1):
            self._follower.catch_up()
            with self._views.snapshot() as views:
                states = States(views, self._log)
                _check_seen(expected_seq, states.seq)
                streams = decide(states)
            try:
                appends = tuple(
                    Append(stream, self._at(stream, states.seq, expected_seq), events)
                    for stream, events in streams.items()
                )
                seen = Seen(states.seq, frozenset(_named(streams)))
                return self._append(Batch(appends, actor, causation, seen), states.seq)
            except OutdatedError:
                raise
            except ConflictError:
                if attempt == ATTEMPTS:
                    raise
        raise AssertionError  # pragma: no cover (the last attempt returns or raises)

    def _append(self, batch: Batch, seen: int) -> Written:
        if not (appends := batch.appends):
            return Written(events=0, streams=(), seq=seen)
        seq = self._log.append(batch)
        if not self._is_ours(appends[0], batch.actor, batch.causation):
            raise ConflictError(appends[0].stream, appends[0].expected)
        with suppress(StoreUnavailableError):  # then it is served by who folds next
            seq = max(seq, self._follower.catch_up())
        return Written(
            events=sum(len(append.events) for append in appends),
            streams=tuple(append.stream for append in appends),
            seq=seq,
        )

    def _is_ours(self, first: Append, actor: Actor, causation: str | None) -> bool:
        """Tell whether what is stored is of this actor, and for this reason.

        Two who decide the same at once offer one fact; the log stores it once and tells
        both so, but only one of them is on record.
        """
        (stored,) = self._log.read_stream(first.stream, after=first.expected, limit=1)
        recorded = decode(stored)
        return (recorded.actor, recorded.causation) == (actor, causation)

    def _at(self, stream: str, seen: int, expected: int | None) -> int:
        """Return the version of a stream that has no event after what was seen."""
        version = self._log.version(stream)
        last = self._log.read_stream(stream, after=version - 1) if version else ()
        for stored in last:
            if expected is not None and stored.seq > expected:
                raise OutdatedError(stream, expected, stored.seq)
            if stored.seq > seen:
                raise ConflictError(stream, version, stored.version)
        return version


def _named(streams: Streams) -> Iterator[str]:
    """Yield what events are about that those of other streams may be about as well.

    A statement stands in several topics, an article has several statements, and a post
    of one body is held by several agents.
    """
    for event in (each for events in streams.values() for each in events):
        yield from statements_named(event)
        if isinstance(event, StatementAttributed):
            yield event.article
        if isinstance(event, RoleHeld | RoleWithdrawn | RoleReinstated):
            yield event.role.organisation


def _check_seen(expected: int | None, head: int) -> None:
    """Refuse a seq that nobody can have read."""
    if expected is not None and expected > head:
        message = f"expected_seq: the log ends at seq {head}, got {expected}"
        raise InvalidCommandError(message)
