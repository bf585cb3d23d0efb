"""What happened to a record is told apart as readers tell it apart, and has its words."""

from __future__ import annotations

import pytest

from domain.events.agent import AliasJudged, Verdict
from domain.events.base import Event
from domain.events.topic import (
    LinkKind,
    QuestionReinstated,
    QuestionWithdrawn,
    SpeakerIdentified,
    StatementAssessed,
    StatementDated,
    StatementsLinked,
    StatementsUnlinked,
    StatementWithdrawn,
)
from domain.model.ids import AgentId, EventId
from domain.model.statement import BY_PERSON
from domain.positions.cause_wording import cause_alone_in_words, cause_in_words
from domain.positions.causes import Cause, Happening, happening_of
from tests.domain.positions.test_explain_revision import cause
from tests.support.facts import (
    HOLDER,
    QUESTION,
    TOPIC,
    assessed,
    attributed,
    dated,
    opened,
    spoken_by,
    statement_of,
)

ONE, TWO = statement_of(1), statement_of(2)
WHY = "reviewed"
JUDGED = (Happening.JUDGED_ONE, Happening.JUDGED_TWO, Happening.JUDGED_UNSURE)
QUESTIONS = (Happening.QUESTION_WITHDRAWN, Happening.QUESTION_REINSTATED)


def judged(verdict: Verdict) -> AliasJudged:
    """Return a judgement whether two agents are one."""
    other = AgentId("v-orlin")
    return AliasJudged(first=other, second=HOLDER, verdict=verdict, reason=WHY)


@pytest.mark.parametrize(
    ("event", "happening"),
    [
        (attributed(1), Happening.RECORDED),
        (attributed(1, answers=EventId("withdrawal")), Happening.PUT_BACK),
        (attributed(1).model_copy(update={"filing": BY_PERSON}), Happening.FILED),
        (
            StatementWithdrawn(statement=ONE, undoes=(EventId("e"),), reason=WHY),
            Happening.WITHDRAWN,
        ),
        (
            SpeakerIdentified(
                statement=ONE, identification=spoken_by(None), reason=WHY
            ),
            Happening.SPEAKER_DECIDED,
        ),
        (
            StatementDated(statement=ONE, dating=dated(None), reason=WHY),
            Happening.DATE_DECIDED,
        ),
        (
            StatementAssessed(statement=ONE, assessment=assessed([]), reason=WHY),
            Happening.ASSESSMENT_DECIDED,
        ),
        (
            StatementsLinked(first=ONE, second=TWO, kind=LinkKind.REPEATS, reason=WHY),
            Happening.LINKED,
        ),
        (StatementsUnlinked(first=ONE, second=TWO, reason=WHY), Happening.UNLINKED),
        (
            QuestionWithdrawn(topic=TOPIC, question=QUESTION, reason=WHY),
            Happening.QUESTION_WITHDRAWN,
        ),
        (
            QuestionReinstated(topic=TOPIC, question=QUESTION, reason=WHY),
            Happening.QUESTION_REINSTATED,
        ),
        (judged(Verdict.POSITIVE), Happening.JUDGED_ONE),
        (judged(Verdict.NEGATIVE), Happening.JUDGED_TWO),
        (judged(Verdict.UNSURE), Happening.JUDGED_UNSURE),
        (opened(), Happening.OTHER),
    ],
)
def test_what_an_event_did_is_told_apart(event: Event, happening: Happening) -> None:
    """A recording may file a statement or put it back; a judgement has three verdicts."""
    assert happening_of(event) is happening


@pytest.mark.parametrize("language", ["en", "fr"])
def test_whatever_happens_has_words_of_its_own(language: str) -> None:
    """From the statement, from another and alone; no two things are called the same."""
    alone, others, own = set[str](), set[str](), set[str]()
    for each in Happening:
        found = cause(7, each, 1, agents="a b" if each in JUDGED else "")
        alone.add(cause_alone_in_words(found, "it", language=language))
        others.add(cause_in_words(found, TWO, language=language))
        own.add(cause_in_words(found, ONE, language=language))
    assert all((*alone, *others))
    assert len(alone) == len(others) == len(Happening)
    about_statements = set(Happening) - {*JUDGED, *QUESTIONS}
    assert len(own - {""}) == len(about_statements)


def test_agents_are_named_from_wherever_it_is_told() -> None:
    """A judgement about two agents says which two."""
    found = cause(7, Happening.JUDGED_TWO, agents="tarek-mool t-m")
    told = [
        cause_in_words(found, ONE, names=str.upper),
        cause_alone_in_words(found, "nothing", names=str.upper),
    ]
    assert told == [
        "the judgement of TAREK-MOOL and T-M as two agents",
        "judgement of TAREK-MOOL and T-M as two agents",
    ]


def test_english_is_spoken_where_there_are_no_words() -> None:
    """In whatever language it is asked for."""
    assert cause_in_words(cause(7, Happening.RECORDED, 1), ONE, language="uk") == (
        "its recording"
    )
    unlinked = cause(7, Happening.UNLINKED, 1, 2)
    assert cause_alone_in_words(unlinked, "both", language="uk") == (
        "end of the link between both"
    )


def test_a_cause_need_name_no_agents_and_no_reason() -> None:
    """Most are about statements; a recording has no reason."""
    full = cause(7, Happening.RECORDED, 1).model_dump()
    bare = Cause.model_validate(
        {k: full[k] for k in full.keys() - {"agents", "reason"}}
    )
    assert (bare.agents, bare.reason) == ((), None)
