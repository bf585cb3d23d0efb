"""What a history comes to, worked out by hand from the raw facts, event by event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.events.agent import AliasJudged, Verdict
from domain.events.base import Event, Recorded
from domain.events.topic import (
    LinkKind,
    QuestionReinstated,
    QuestionWithdrawn,
    SpeakerIdentified,
    StatementAssessed,
    StatementAttributed,
    StatementDated,
    StatementsLinked,
    StatementsUnlinked,
    StatementWithdrawn,
)
from domain.model.ids import AgentId, QuestionId, StatementId
from tests.properties import by_hand


def on_record(history: Iterable[Recorded[Event]]) -> dict[StatementId, by_hand.Told]:
    """Return the statements on record, each with the days of its linked group."""
    once: dict[str, Recorded[Event]] = {}
    for each in sorted(history, key=lambda recorded: recorded.seq):
        once.setdefault(each.id, each)
    undone = {
        recording
        for each in once.values()
        if isinstance(each.event, StatementWithdrawn)
        for recording in each.event.undoes
    }
    told: dict[StatementId, by_hand.Told] = {}
    for each in once.values():
        if isinstance(each.event, StatementAttributed) and each.id not in undone:
            told.setdefault(each.event.statement, _recorded(each.event))
    links: dict[frozenset[StatementId], bool] = {}
    for each in once.values():
        _decide(each.event, told, links)
    return by_hand.linked(told, {pair for pair, joins in links.items() if joins})


def begun_by(
    history: Iterable[Recorded[Event]], day: date
) -> tuple[set[StatementId], list[Recorded[Event]]]:
    """Return what may have been spoken by a day, and the history without the rest."""
    history = list(history)
    begun = {
        statement
        for statement, told in on_record(history).items()
        if not told.days or min(told.days) <= day.toordinal()
    }
    kept = [
        each
        for each in history
        if not isinstance(each.event, StatementAttributed)
        or each.event.statement in begun
    ]
    return begun, kept


def arranged(
    history: Iterable[Recorded[Event]],
) -> tuple[set[by_hand.Block], set[by_hand.Beside]]:
    """Return the blocks of evidence of all lines, and what stands beside them."""
    history = list(history)
    return by_hand.arrange(on_record(history), taken_back(history), standing(history))


def taken_back(history: Iterable[Recorded[Event]]) -> set[QuestionId]:
    """Return the questions that are not asked any more."""
    asked: dict[QuestionId, bool] = {}
    for each in sorted(history, key=lambda recorded: recorded.seq):
        if isinstance(each.event, QuestionWithdrawn | QuestionReinstated):
            asked[each.event.question] = isinstance(each.event, QuestionReinstated)
    return {question for question, still in asked.items() if not still}


def standing(history: Iterable[Recorded[Event]]) -> dict[AgentId, AgentId]:
    """Return the least agent of each group that was judged to be one."""
    judged: dict[frozenset[AgentId], bool] = {}
    for each in sorted(history, key=lambda recorded: recorded.seq):
        if isinstance(each.event, AliasJudged):
            pair = frozenset((each.event.first, each.event.second))
            judged[pair] = each.event.verdict is Verdict.POSITIVE
    everybody = frozenset[AgentId]().union(*judged)
    parts = by_hand.components(
        everybody, lambda a, b: judged.get(frozenset((a, b)), False)
    )
    return {member: min(part) for part in parts for member in part}


def _recorded(event: StatementAttributed) -> by_hand.Told:
    return by_hand.Told(
        by_hand.days_of(event.dating.spoken_at),
        event.identification.agent,
        event.assessment.readings,
    )


def _decide(
    event: Event,
    told: dict[StatementId, by_hand.Told],
    links: dict[frozenset[StatementId], bool],
) -> None:
    """Take in a decision; those that come later replace it."""
    match event:
        case StatementDated(statement=of, dating=dating) if of in told:
            told[of] = told[of]._replace(days=by_hand.days_of(dating.spoken_at))
        case SpeakerIdentified(statement=of, identification=who) if of in told:
            told[of] = told[of]._replace(speaker=who.agent)
        case StatementAssessed(statement=of, assessment=says) if of in told:
            told[of] = told[of]._replace(readings=says.readings)
        case StatementsLinked(first=a, second=b, kind=kind):
            links[frozenset((a, b))] = kind is LinkKind.SAME_STATEMENT
        case StatementsUnlinked(first=a, second=b):
            links[frozenset((a, b))] = False
        case _:
            pass
