"""What happens to a record, as a reader tells it apart, and the event behind it.

An event is stored under one name and may be several things to a reader: a recording may
file a statement or put it back. What each is called is in ``cause_wording``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from domain.events.agent import AliasJudged, Verdict
from domain.events.base import Actor, Event
from domain.events.topic import (
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
from domain.model.ids import AgentId, EventId, StatementId
from domain.model.statement import BY_PERSON
from domain.model.value import Value
from domain.model.word import Word


class Happening(Word):
    """What an event did to a record: a recording can be three things to a reader."""

    RECORDED = "recorded"
    FILED = "filed"
    PUT_BACK = "put_back"
    WITHDRAWN = "withdrawn"
    SPEAKER_DECIDED = "speaker_decided"
    DATE_DECIDED = "date_decided"
    ASSESSMENT_DECIDED = "assessment_decided"
    LINKED = "linked"
    UNLINKED = "unlinked"
    QUESTION_WITHDRAWN = "question_withdrawn"
    QUESTION_REINSTATED = "question_reinstated"
    JUDGED_ONE = "judged_one"
    JUDGED_TWO = "judged_two"
    JUDGED_UNSURE = "judged_unsure"
    OTHER = "other"


_EVENTS: Mapping[type[Event], Happening] = {
    StatementAttributed: Happening.RECORDED,
    StatementWithdrawn: Happening.WITHDRAWN,
    SpeakerIdentified: Happening.SPEAKER_DECIDED,
    StatementDated: Happening.DATE_DECIDED,
    StatementAssessed: Happening.ASSESSMENT_DECIDED,
    StatementsLinked: Happening.LINKED,
    StatementsUnlinked: Happening.UNLINKED,
    QuestionWithdrawn: Happening.QUESTION_WITHDRAWN,
    QuestionReinstated: Happening.QUESTION_REINSTATED,
}
_VERDICTS: Mapping[Verdict, Happening] = {
    Verdict.POSITIVE: Happening.JUDGED_ONE,
    Verdict.NEGATIVE: Happening.JUDGED_TWO,
    Verdict.UNSURE: Happening.JUDGED_UNSURE,
}


def happening_of(event: Event) -> Happening:
    """Return what an event did."""
    match event:
        case AliasJudged(verdict=verdict):
            return _VERDICTS[verdict]
        case StatementAttributed(answers=str()):
            return Happening.PUT_BACK
        case StatementAttributed() if event.filing == BY_PERSON:
            return Happening.FILED
        case _:
            return _EVENTS.get(type(event), Happening.OTHER)


class Cause(Value):
    """An event that changed something on record, and whose it was.

    ``statements`` are those that it is about: none where it is about a question or
    about ``agents``, two where it is about a link.
    """

    seq: int
    event: EventId
    name: str
    happening: Happening
    actor: Actor
    recorded_at: datetime
    statements: tuple[StatementId, ...]
    agents: tuple[AgentId, ...] = ()
    reason: str | None = None
