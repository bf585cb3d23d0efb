"""The statements of a topic, with the judgements in force.

A live statement is on record; a withdrawn one is not, and keeps what putting it back
needs. Linked statements are one utterance with one interval; links never run through
a withdrawn one. Readings are given as they are folded: the holder is the agent who
stands for the speaker, or for whoever is named; a question that was taken back is
no question.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import NamedTuple, cast

from domain.events.base import Actor, Recorded
from domain.events.topic import (
    LinkKind,
    SpeakerIdentified,
    StatementAssessed,
    StatementAttributed,
    StatementDated,
    StatementWithdrawn,
)
from domain.model.commitment import Reading
from domain.model.grouping import groups
from domain.model.ids import AgentId, EventId, QuestionId, StatementId
from domain.model.statement import Filing, Statement
from domain.model.value import Value
from domain.positions.interval import Interval, common_interval
from domain.positions.record import Register, TopicRecord

Standing = Mapping[AgentId, AgentId]
"""Who stands for whom, where agents were judged to be one."""
StatementDecision = SpeakerIdentified | StatementDated | StatementAssessed


class Decision(Value):
    """A decision in force: which register, who took it, and why."""

    of: Register
    event: EventId
    seq: int
    actor: Actor
    reason: str


class Link(Value):
    """A link in force to another statement on record."""

    other: StatementId
    kind: LinkKind


class LiveStatement(Value):
    """A statement on record: judgements in force, interval, and where it was recorded.

    ``readings`` are those of its assessment as they are folded. ``interval`` is that
    of its linked group; ``linked`` names the other members, ``links`` what is linked
    directly. ``recordings`` are all in force, the first first.
    """

    statement: Statement
    filing: Filing
    recordings: tuple[EventId, ...]
    seq: int
    recorded_at: datetime
    decisions: tuple[Decision, ...] = ()
    readings: tuple[Reading, ...] = ()
    interval: Interval
    linked: tuple[StatementId, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def id(self) -> StatementId:
        """The id of the statement."""
        return self.statement.id

    @property
    def agents(self) -> frozenset[AgentId]:
        """The agents whom its readings name, whoever stands for them."""
        speaker = self.statement.identification.agent
        named = (
            speaker if reading.holder == "self" else AgentId(reading.holder)
            for reading in self.statement.assessment.readings
        )
        return frozenset(each for each in named if each is not None)

    def begun_by(self, day: date) -> bool:
        """Tell whether it may have been spoken by the end of this day."""
        return self.interval.earliest is None or self.interval.earliest <= day


class WithdrawnStatement(Value):
    """A statement that was taken out of the record, and what putting it back needs."""

    statement: Statement
    filing: Filing
    withdrawal: EventId
    seq: int
    actor: Actor
    reason: str


def live_statements(
    record: TopicRecord,
    standing: Standing | None = None,
    taken_back: Collection[QuestionId] | None = None,
) -> tuple[LiveStatement, ...]:
    """Return all statements on record, ordered by their id.

    ``taken_back`` are the questions that are not asked any more, where the record is
    but a part of its topic and does not know.
    """
    if taken_back is None:
        taken_back = record.taken_back()
    folded = _Folded(standing or {}, taken_back)
    alone = {
        statement: _live(record, recordings, folded)
        for statement in record.statements()
        if (recordings := record.live_recordings(statement))
    }
    for first, second, kind in (links := record.links()):
        if first in alone and second in alone:
            _link(alone, first, Link(other=second, kind=kind))
            _link(alone, second, Link(other=first, kind=kind))
    same = ((a, b) for a, b, kind in links if kind is LinkKind.SAME_STATEMENT)
    for group in groups(same, among=alone) if links else ():
        interval = common_interval(alone[member].interval for member in group)
        for member in group:
            others = tuple(each for each in group if each != member)
            alone[member] = alone[member].model_copy(
                update={"interval": interval, "linked": others}
            )
    return tuple(alone.values())


def withdrawn_statements(record: TopicRecord) -> tuple[WithdrawnStatement, ...]:
    """Return all statements that were taken out of the record, ordered by their id."""
    return tuple(
        _withdrawn(record, statement)
        for statement in record.statements()
        if not record.live_recordings(statement)
    )


def _live(
    record: TopicRecord,
    recordings: list[Recorded[StatementAttributed]],
    folded: _Folded,
) -> LiveStatement:
    first = recordings[0]
    statement, decisions = _judged(record, first.event)
    speaker = statement.identification.agent
    return LiveStatement(
        statement=statement,
        filing=first.event.filing,
        recordings=tuple(each.id for each in recordings),
        seq=first.seq,
        recorded_at=first.recorded_at,
        decisions=decisions,
        readings=tuple(
            folded(reading, speaker) for reading in statement.assessment.readings
        ),
        interval=Interval.of(statement.dating.spoken_at),
    )


def _withdrawn(record: TopicRecord, statement: StatementId) -> WithdrawnStatement:
    last = record.withdrawals(statement)[-1]
    withdrawal = cast("StatementWithdrawn", last.event)
    undone = (r for r in record.recordings(statement) if r.id in withdrawal.undoes)
    told = next(undone).event
    return WithdrawnStatement(
        statement=_judged(record, told)[0],
        filing=told.filing,
        withdrawal=last.id,
        seq=last.seq,
        actor=last.actor,
        reason=withdrawal.reason,
    )


def _judged(
    record: TopicRecord, told: StatementAttributed
) -> tuple[Statement, tuple[Decision, ...]]:
    """Return a recorded statement with the decisions in force, and these."""
    who, dating, says = told.identification, told.dating, told.assessment
    decisions: list[Decision] = []
    for register, decided in record.decisions(told.statement):
        match event := cast("StatementDecision", decided.event):
            case SpeakerIdentified():
                who = event.identification
            case StatementDated():
                dating = event.dating
            case StatementAssessed():
                says = event.assessment
        decisions.append(
            Decision(
                of=register,
                event=decided.id,
                seq=decided.seq,
                actor=decided.actor,
                reason=event.reason,
            )
        )
    statement = Statement(
        id=told.statement,
        article=told.article,
        attribution=told.attribution,
        identification=who,
        dating=dating,
        assessment=says,
    )
    return statement, tuple(decisions)


class _Folded(NamedTuple):
    """Gives readings as they are folded: whose, and on a question that is asked."""

    standing: Standing
    taken_back: Collection[QuestionId]

    def __call__(self, reading: Reading, speaker: AgentId | None) -> Reading:
        changed: dict[str, str | None] = {}
        named = speaker if reading.holder == "self" else AgentId(reading.holder)
        if named is not None and (stands := self.standing.get(named, named)) != (
            reading.holder
        ):
            changed["holder"] = stands
        if reading.question in self.taken_back:
            changed["question"] = None
        return reading.model_copy(update=changed) if changed else reading


def _link(
    live: dict[StatementId, LiveStatement], statement: StatementId, link: Link
) -> None:
    links = (*live[statement].links, link)
    live[statement] = live[statement].model_copy(update={"links": links})
