"""Take a decision on the record: read, decide, append, and again if others were first.

1. The read models are brought up, and everything is read of them at one seq.
2. What follows is appended in one transaction, to streams that have no event after
   that seq. If one has, the command is decided anew, a bounded number of times.
3. Who says ``expected_seq`` decides on what they saw: if a stream that would change
   has an event after it, the command is refused instead.
4. What is so already appends nothing. What is refused appends nothing.
"""

from __future__ import annotations

from contextlib import suppress

from domain.decisions.capture import Streams
from domain.decisions.commands import Command
from domain.errors import ConflictError, OutdatedError, StoreUnavailableError
from domain.events.base import Actor
from domain.model.value import Value
from domain.ports import Append, Batch, EventLog, ViewStore
from domain.services.deciding import decide
from domain.services.projecting import Projector, stream_reader
from domain.services.states import States

ATTEMPTS = 8
"""How often a command is decided when others append to the same streams."""


class Corrected(Value):
    """What a command came to: the streams that changed, and the seq to read at."""

    events: int
    streams: tuple[str, ...]
    seq: int


class Correct:
    """Takes decisions, one transaction each."""

    def __init__(self, log: EventLog, views: ViewStore, projector: Projector) -> None:
        self._log, self._views, self._projector = log, views, projector

    def __call__(
        self, command: Command, *, actor: Actor, expected_seq: int | None = None
    ) -> Corrected:
        """Decide a command and record what follows.

        Raises:
            NotFoundError: it names what is not on record.
            InvalidCommandError: a rule refuses it.
            OutdatedError: the record has gone on after ``expected_seq``.
            ConflictError: others kept appending to the same streams.
            StoreUnavailableError: the store cannot be written.
        """
        for attempt in range(1, ATTEMPTS + 1):
            self._projector.catch_up()
            with self._views.snapshot() as views:
                states = States(views, stream_reader(self._log))
                streams = decide(command, states)
            try:
                return self._append(
                    streams, command, actor, seen=states.seq, expected=expected_seq
                )
            except OutdatedError:
                raise
            except ConflictError:
                if attempt == ATTEMPTS:
                    raise
        raise AssertionError  # pragma: no cover (the last attempt returns or raises)

    def _append(
        self,
        streams: Streams,
        command: Command,
        actor: Actor,
        *,
        seen: int,
        expected: int | None,
    ) -> Corrected:
        appends = tuple(
            Append(stream, self._version(stream, seen, expected), events)
            for stream, events in streams.items()
        )
        if not appends:
            return Corrected(events=0, streams=(), seq=seen)
        batch = Batch(appends, actor=actor, causation=f"{command.do}: {command.reason}")
        seq = self._log.append(batch)
        with suppress(StoreUnavailableError):  # then it is served by who folds next
            seq = max(seq, self._projector.catch_up())
        events = sum(len(append.events) for append in appends)
        return Corrected(events=events, streams=tuple(streams), seq=seq)

    def _version(self, stream: str, seen: int, expected: int | None) -> int:
        """Return the version of a stream that has no event after what was seen."""
        version = self._log.version(stream)
        last = self._log.read_stream(stream, after=version - 1) if version else ()
        for stored in last:
            if expected is not None and stored.seq > expected:
                raise OutdatedError(stream, expected, stored.seq)
            if stored.seq > seen:
                raise ConflictError(stream, version, stored.version)
        return version
