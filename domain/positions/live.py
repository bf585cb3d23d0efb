"""The statements on record, with the judgements in force and their place in time.

A linked group is one utterance with one interval: the intersection of its members'
intervals, or their hull where that is empty. An unknown bound narrows nothing, an
undated member has no part in it, and links never run through a withdrawn statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import cast

from domain.events.base import Actor
from domain.events.topic import (
    SpeakerIdentified,
    StatementAssessed,
    StatementDated,
)
from domain.model.ids import EventId, StatementId
from domain.model.statement import Filing, Statement
from domain.model.value import Value
from domain.positions.record import Pair, Register, TopicRecord

WIDEST = timedelta(days=7)
"""A wider interval places nothing: no label may rest on a bare year or month."""


class Unplaced(StrEnum):
    """Why a statement has no place on the axis of time."""

    UNDATED = "undated"
    OPEN = "open"
    TOO_WIDE = "too_wide"


class Interval(Value):
    """Closed interval of days, as the article counts them; a side may be unknown."""

    earliest: date | None
    latest: date | None

    @property
    def unplaced(self) -> Unplaced | None:
        """Why this interval places nothing, or None where it does."""
        if self.earliest is None and self.latest is None:
            return Unplaced.UNDATED
        if self.earliest is None or self.latest is None:
            return Unplaced.OPEN
        return Unplaced.TOO_WIDE if self.latest - self.earliest > WIDEST else None


class Decision(Value):
    """A decision in force: which register, who took it, and why."""

    of: Register
    event: EventId
    seq: int
    actor: Actor
    reason: str


class LiveStatement(Value):
    """A statement on record: judgements in force, interval, and where it was recorded.

    ``interval`` is that of its linked group; ``linked`` names the other members.
    """

    statement: Statement
    filing: Filing
    recording: EventId
    seq: int
    recorded_at: datetime
    decisions: tuple[Decision, ...] = ()
    interval: Interval
    linked: tuple[StatementId, ...] = ()

    @property
    def id(self) -> StatementId:
        """The id of the statement."""
        return self.statement.id

    def begun_by(self, day: date) -> bool:
        """Tell whether it may have been spoken by the end of this day."""
        return self.interval.earliest is None or self.interval.earliest <= day


def live_statements(record: TopicRecord) -> tuple[LiveStatement, ...]:
    """Return all statements on record, ordered by their id."""
    alone = {
        live.id: live
        for statement in record.statements()
        if (live := _live(record, statement)) is not None
    }
    for group in _groups(alone, record.same_statement_pairs()):
        interval = common_interval(alone[member].interval for member in group)
        for member in group:
            others = tuple(each for each in group if each != member)
            alone[member] = alone[member].model_copy(
                update={"interval": interval, "linked": others}
            )
    return tuple(alone.values())


def common_interval(intervals: Iterable[Interval]) -> Interval:
    """Return the intersection of intervals, or their hull where it is empty."""
    dated = [each for each in intervals if each.unplaced is not Unplaced.UNDATED]
    starts = [each.earliest for each in dated if each.earliest is not None]
    ends = [each.latest for each in dated if each.latest is not None]
    first, last = max(starts, default=None), min(ends, default=None)
    if first is not None and last is not None and first > last:
        whole_start, whole_end = len(starts) == len(dated), len(ends) == len(dated)
        first = min(starts) if whole_start else None
        last = max(ends) if whole_end else None
    return Interval(earliest=first, latest=last)


def _live(record: TopicRecord, statement: StatementId) -> LiveStatement | None:
    recordings = record.live_recordings(statement)
    if not recordings:
        return None
    first = recordings[0]
    told = first.event
    identification, dating, assessment = (
        told.identification,
        told.dating,
        told.assessment,
    )
    decisions: list[Decision] = []
    for register in Register:
        if (decided := record.decision(register, statement)) is None:
            continue
        event = cast(
            "SpeakerIdentified | StatementDated | StatementAssessed", decided.event
        )
        match event:
            case SpeakerIdentified():
                identification = event.identification
            case StatementDated():
                dating = event.dating
            case StatementAssessed():
                assessment = event.assessment
        decisions.append(
            Decision(
                of=register,
                event=decided.id,
                seq=decided.seq,
                actor=decided.actor,
                reason=event.reason,
            )
        )
    moment = dating.spoken_at
    return LiveStatement(
        statement=Statement(
            id=statement,
            article=told.article,
            attribution=told.attribution,
            identification=identification,
            dating=dating,
            assessment=assessment,
        ),
        filing=told.filing,
        recording=first.id,
        seq=first.seq,
        recorded_at=first.recorded_at,
        decisions=tuple(decisions),
        interval=Interval(
            earliest=moment.earliest if moment else None,
            latest=moment.latest if moment else None,
        ),
    )


def _groups(
    live: Mapping[StatementId, object], pairs: Iterable[Pair]
) -> list[list[StatementId]]:
    """Return the connected groups of two or more live statements."""
    neighbours: dict[StatementId, set[StatementId]] = defaultdict(set)
    for first, second in pairs:
        if first in live and second in live and first != second:
            neighbours[first].add(second)
            neighbours[second].add(first)
    groups: list[list[StatementId]] = []
    seen: set[StatementId] = set()
    for start in sorted(neighbours):
        if start in seen:
            continue
        reached, border = {start}, [start]
        while border:
            new = neighbours[border.pop()] - reached
            reached |= new
            border.extend(new)
        seen |= reached
        groups.append(sorted(reached))
    return groups
