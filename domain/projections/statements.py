"""The rows of statements: where the events lie that tell of them, and what was derived.

A row copies nothing of what an event says: the words, the speaker, the date stand in the
log, which never changes, and are read from there. So a row is small, a statement that is
linked a hundred times keeps a hundred small versions, and what is shown is the event. The
digests of the stored bytes are in the row: if the log says something else one day, the
rows of before and those of a replay differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from domain.events.base import Event, Recorded
from domain.events.topic import StatementAttributed
from domain.model.derived import Derived
from domain.model.ids import AgentId, EventId, QuestionId, StatementId
from domain.positions.interval import Interval
from domain.positions.live import (
    Decided,
    FoldedReading,
    Link,
    LiveStatement,
    WithdrawnStatement,
    judged,
    withdrawn_statement,
)
from domain.positions.record import REGISTERS

Events = Mapping[int, Recorded[Event]]
"""Events by their seq."""
Recording = Recorded[StatementAttributed]


class StatementRow(Derived, frozen=True, omit_defaults=True):
    """A live statement without what events say of it.

    ``seq`` is that of its first recording in force, ``decided`` are those of the
    decisions in force, ``digests`` of the stored bytes of all of these in this order.
    ``readings`` are the question and the holder of each as folded.
    """

    seq: int
    recordings: tuple[EventId, ...]
    digests: tuple[str, ...]
    interval: Interval
    decided: tuple[int, ...] = ()
    readings: tuple[tuple[QuestionId | None, AgentId], ...] = ()
    linked: tuple[StatementId, ...] = ()
    links: tuple[Link, ...] = ()

    @classmethod
    def of(cls, live: LiveStatement) -> StatementRow:
        """Return the row of a statement."""
        return cls(
            seq=live.seq,
            recordings=live.recordings,
            digests=(live.digest, *[each.digest for each in live.decisions]),
            interval=live.interval,
            decided=tuple([each.seq for each in live.decisions]),
            readings=tuple([(r.question, AgentId(r.holder)) for r in live.readings]),
            linked=live.linked,
            links=live.links,
        )

    @property
    def seqs(self) -> tuple[int, ...]:
        """The seqs of the events that it is read with."""
        return (self.seq, *self.decided)

    def live(self, events: Events) -> LiveStatement:
        """Return the statement, with what events say of it."""
        told = cast("Recording", events[self.seq])
        statement, decisions = judged(told.event, _decisions(self.decided, events))
        readings = statement.assessment.readings
        return LiveStatement(
            statement=statement,
            filing=told.event.filing,
            recordings=self.recordings,
            seq=self.seq,
            recorded_at=told.recorded_at,
            digest=told.digest,
            interval=self.interval,
            decisions=decisions,
            readings=tuple(
                FoldedReading.of(reading, *folded)
                for reading, folded in zip(readings, self.readings, strict=True)
            ),
            linked=self.linked,
            links=self.links,
        )


class WithdrawnRow(Derived, frozen=True, omit_defaults=True):
    """A withdrawn statement: the seqs of the withdrawal, a recording, the decisions.

    ``digests`` are of their stored bytes.
    """

    seq: int
    told: int
    digests: tuple[str, ...]
    decided: tuple[int, ...] = ()

    @classmethod
    def of(cls, gone: WithdrawnStatement) -> WithdrawnRow:
        """Return the row of a statement."""
        return cls(
            seq=gone.seq, told=gone.told, digests=gone.digests, decided=gone.decided
        )

    @property
    def seqs(self) -> tuple[int, ...]:
        """The seqs of the events that it is read with."""
        return (self.seq, self.told, *self.decided)

    def withdrawn(self, events: Events) -> WithdrawnStatement:
        """Return the statement, with what events say of it."""
        told = cast("Recording", events[self.told])
        return withdrawn_statement(
            told, _decisions(self.decided, events), events[self.seq]
        )


def _decisions(seqs: Iterable[int], events: Events) -> Decided:
    decided = (events[seq] for seq in seqs)
    return ((REGISTERS[type(each.event)], each) for each in decided)
