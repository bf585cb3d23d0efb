"""Events as the causes of what is on record, and the statements that they are about."""

from __future__ import annotations

from collections.abc import Collection

from domain.events.agent import AliasJudged
from domain.events.base import Event, Recorded
from domain.model.ids import AgentId, StatementId, TopicId
from domain.model.statement import Attribution
from domain.model.value import Value
from domain.ports import ViewSnapshot
from domain.positions.causes import Cause, happening_of
from domain.projections.rows import Table
from domain.projections.topic_part import statements_named
from domain.services.correct import reason_in
from domain.services.listing import check_there
from domain.services.recorded_events import StatementReader


class Mentioned(Value):
    """A statement that is spoken of; ``on_record`` is False if it was withdrawn."""

    id: StatementId
    attribution: Attribution
    on_record: bool


def cause_of(recorded: Recorded[Event]) -> Cause:
    """Return an event as the cause of what changed with it."""
    event = recorded.event
    return Cause(
        seq=recorded.seq,
        event=recorded.id,
        name=event.name,
        happening=happening_of(event),
        actor=recorded.actor,
        recorded_at=recorded.recorded_at,
        statements=statements_named(event),
        agents=_judged(event),
        reason=getattr(event, "reason", None) or reason_in(recorded.causation),
    )


def mentioned(
    views: ViewSnapshot,
    reader: StatementReader,
    named: Collection[tuple[TopicId, StatementId]],
) -> tuple[Mentioned, ...]:
    """Return statements that are spoken of, each once, those on record first.

    Raises:
        DamagedRowError: one of them is not there.
    """
    rows = views.beginning(Table.STATEMENT, named)
    gone = views.beginning(Table.WITHDRAWN, [(each, topic) for topic, each in named])
    live = (each.statement for each in reader.live([body for _, body in rows]))
    withdrawn = reader.withdrawn([body for _, body in gone])
    found: dict[StatementId, Mentioned] = {}
    for on_record, told in ((True, live), (False, (w.statement for w in withdrawn))):
        for each in told:
            one = Mentioned(
                id=each.id, attribution=each.attribution, on_record=on_record
            )
            found.setdefault(each.id, one)
    check_there({statement for _, statement in named}, found)
    return tuple(found.values())


def _judged(event: Event) -> tuple[AgentId, ...]:
    """Return the agents that an event is about."""
    match event:
        case AliasJudged(first=first, second=second):
            return (first, second)
        case _:
            return ()
