"""The statements of a topic, with the judgements in force.

A live statement is on record; a withdrawn one is not, and keeps what putting it back
needs. Linked statements are one utterance with one interval; links never run through
a withdrawn one. Readings are given as they are folded: the holder is the agent who
stands for the speaker, or for whoever is named; a question that was taken back is
no question. A reading without question is never folded, and left as it was made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple, cast

from domain.events.base import Actor, Event, Recorded
from domain.events.topic import (
    LinkKind,
    SpeakerIdentified,
    StatementAssessed,
    StatementAttributed,
    StatementDated,
    StatementWithdrawn,
)
from domain.model.commitment import Act, Commitment, Condition, Reading, Relation
from domain.model.derived import Derived
from domain.model.grouping import groups
from domain.model.ids import AgentId, EventId, QuestionId, StatementId
from domain.model.statement import Filing, Statement
from domain.positions.interval import Interval, common_interval
from domain.positions.record import Register, TopicRecord

Standing = Mapping[AgentId, AgentId]
"""Who stands for whom, where agents were judged to be one."""
StatementDecision = SpeakerIdentified | StatementDated | StatementAssessed
Decided = Iterable[tuple[Register, Recorded[Event]]]
"""The decision in force in each register."""


class Decision(Derived, frozen=True):
    """A decision in force: which register, who took it, and why; digest of its bytes."""

    of: Register
    event: EventId
    seq: int
    digest: str
    actor: Actor
    reason: str


class Link(Derived, frozen=True):
    """A link in force to another statement on record."""

    other: StatementId
    kind: LinkKind


class FoldedReading(Derived, frozen=True):
    """A reading as it is folded: what it says of which question, and whose it is."""

    question: QuestionId | None
    holder: AgentId | Literal["self"]
    relation: Relation
    act: Act
    commitment: Commitment
    conditions: tuple[Condition, ...]
    rule: str

    @classmethod
    def of(
        cls, reading: Reading, question: QuestionId | None, holder: str
    ) -> FoldedReading:
        """Return a reading as one on a question, by a holder."""
        return cls(
            question=question,
            holder=AgentId(holder),
            relation=reading.relation,
            act=reading.act,
            commitment=reading.commitment,
            conditions=reading.conditions,
            rule=reading.rule,
        )


class LiveStatement(Derived, frozen=True):
    """A statement on record: judgements in force, interval, and where it was recorded.

    ``readings`` are those of its assessment as they are folded. ``interval`` is that
    of its linked group; ``linked`` names the other members, ``links`` what is linked
    directly. ``recordings`` are all in force, the first first; ``seq``, ``recorded_at``
    and ``digest``, that of its stored bytes, are those of the first.
    """

    statement: Statement
    filing: Filing
    recordings: tuple[EventId, ...]
    seq: int
    recorded_at: datetime
    digest: str
    interval: Interval
    decisions: tuple[Decision, ...] = ()
    readings: tuple[FoldedReading, ...] = ()
    linked: tuple[StatementId, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def id(self) -> StatementId:
        """The id of the statement."""
        return self.statement.id

    def begun_by(self, day: date) -> bool:
        """Tell whether it may have been spoken by the end of this day."""
        return self.interval.earliest is None or self.interval.earliest <= day


class WithdrawnStatement(Derived, frozen=True):
    """A statement that was taken out of the record, and what putting it back needs.

    ``told`` is the seq of its recording, ``decided`` are those of the decisions on it;
    ``digests`` are of the stored bytes of the withdrawal, of that recording, of these.
    ``decision`` is what all events of one decision share: instant, actor, and cause.
    """

    statement: Statement
    filing: Filing
    told: int
    decided: tuple[int, ...]
    digests: tuple[str, ...]
    withdrawal: EventId
    seq: int
    decision: tuple[datetime, Actor, str | None]
    reason: str


class Folded(NamedTuple):
    """What readings are folded by: who stands for whom, which questions are not asked."""

    standing: Standing
    taken_back: Collection[QuestionId]

    def __call__(self, reading: Reading, speaker: AgentId | None) -> FoldedReading:
        """Return a reading as it is folded, of a statement by this speaker."""
        question, holder = reading.question, reading.holder
        if question in self.taken_back:
            question = None
        elif question and (named := reading.whose(speaker)) is not None:
            holder = self.standing.get(named, named)
        return FoldedReading.of(reading, question, holder)


def live_statement(
    recordings: Sequence[Recorded[StatementAttributed]],
    decided: Decided,
    folded: Folded,
) -> LiveStatement:
    """Return a statement that is linked to none, from its recordings and decisions."""
    first = recordings[0]
    statement, decisions = judged(first.event, decided)
    speaker = statement.identification.agent
    return LiveStatement(
        statement=statement,
        filing=first.event.filing,
        recordings=tuple([each.id for each in recordings]),
        seq=first.seq,
        recorded_at=first.recorded_at,
        digest=first.digest,
        interval=Interval.of(statement.dating.spoken_at),
        decisions=decisions,
        readings=tuple(
            [folded(each, speaker) for each in statement.assessment.readings]
        ),
    )


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
    alone = unlinked_statements(record, Folded(standing or {}, taken_back))
    return tuple(linked_statements(alone, record.links()).values())


def unlinked_statements(
    record: TopicRecord, folded: Folded
) -> Mapping[StatementId, LiveStatement]:
    """Return all statements on record as if none were linked, ordered by their id."""
    return {
        statement: live_statement(recordings, record.decisions(statement), folded)
        for statement in record.statements()
        if (recordings := record.live_recordings(statement))
    }


def withdrawn_statements(record: TopicRecord) -> tuple[WithdrawnStatement, ...]:
    """Return all statements that were taken out of the record, ordered by their id."""
    if not record.has_withdrawals:
        return ()
    return tuple(
        _withdrawn(record, statement)
        for statement in record.statements()
        if not record.live_recordings(statement)
    )


def judged(
    told: StatementAttributed, decided: Decided
) -> tuple[Statement, tuple[Decision, ...]]:
    """Return a recorded statement with the decisions in force, and these."""
    who, dating, says = told.identification, told.dating, told.assessment
    decisions: list[Decision] = []
    for register, each in decided:
        match event := cast("StatementDecision", each.event):
            case SpeakerIdentified():
                who = event.identification
            case StatementDated():
                dating = event.dating
            case StatementAssessed():
                says = event.assessment
        decisions.append(
            Decision(
                of=register,
                event=each.id,
                seq=each.seq,
                digest=each.digest,
                actor=each.actor,
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


def _withdrawn(record: TopicRecord, statement: StatementId) -> WithdrawnStatement:
    last = record.withdrawals(statement)[-1]
    undoes = cast("StatementWithdrawn", last.event).undoes
    told = next(r for r in record.recordings(statement) if r.id in undoes)
    return withdrawn_statement(told, record.decisions(statement), last)


def withdrawn_statement(
    told: Recorded[StatementAttributed], decided: Decided, withdrawal: Recorded[Event]
) -> WithdrawnStatement:
    """Return a withdrawn statement, from its recording, decisions and withdrawal."""
    statement, decisions = judged(told.event, decided)
    return WithdrawnStatement(
        statement=statement,
        filing=told.event.filing,
        told=told.seq,
        decided=tuple(each.seq for each in decisions),
        digests=(withdrawal.digest, told.digest, *(each.digest for each in decisions)),
        withdrawal=withdrawal.id,
        seq=withdrawal.seq,
        decision=(withdrawal.recorded_at, withdrawal.actor, withdrawal.causation),
        reason=cast("StatementWithdrawn", withdrawal.event).reason,
    )


def linked_statements(
    alone: Mapping[StatementId, LiveStatement],
    links: Sequence[tuple[StatementId, StatementId, LinkKind]],
) -> Mapping[StatementId, LiveStatement]:
    """Return statements that know what is linked to them, and share one interval if one."""
    if not links:
        return alone
    linked = dict(alone)
    for first, second, kind in links:
        if first in alone and second in alone:
            _link(linked, first, Link(other=second, kind=kind))
            _link(linked, second, Link(other=first, kind=kind))
    same = ((a, b) for a, b, kind in links if kind is LinkKind.SAME_STATEMENT)
    for group in groups(same, among=alone):
        interval = common_interval(alone[member].interval for member in group)
        for member in group:
            others = tuple(each for each in group if each != member)
            linked[member] = linked[member].changed(interval=interval, linked=others)
    return linked


def _link(
    live: dict[StatementId, LiveStatement], statement: StatementId, link: Link
) -> None:
    live[statement] = live[statement].changed(links=(*live[statement].links, link))
