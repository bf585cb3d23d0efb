"""What is invalid of an analyst's statements is refused whole, and says why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from domain.errors import InvalidInputError, NotFoundError
from domain.model.ids import UNFILED
from tests.support.analyst import OPENS, SAYS, Analyst, but
from tests.support.desk import open_desk
from tests.support.facts import OTHER_QUESTION, QUESTION, TOPIC


@pytest.fixture
def analyst() -> Iterator[Analyst]:
    """Return an analyst at a desk without statements."""
    with open_desk() as desk:
        yield Analyst(desk)


@pytest.mark.parametrize(
    ("told", "error", "message"),
    [
        (but(content=[[2, 900]]), InvalidInputError, "is no span of a text of"),
        (but(content=[[17, 2]]), InvalidInputError, "is no span"),
        (but(content=[[2, 9], [5, 17]]), InvalidInputError, "overlap"),
        (but(cue=[-1, 3]), InvalidInputError, "is no span"),
        (but(content=[[19, 20]], words=None), InvalidInputError, "has no words"),
        (but(topics=[UNFILED]), InvalidInputError, "unfiled is for what no topic"),
        (but(words="Le port ouvrirait"), InvalidInputError, "the text has"),
        (but(agent="nobody"), NotFoundError, "no agent 'nobody'"),
        (but(topics=["nowhere"]), NotFoundError, "no topic 'nowhere'"),
        (but(spoken_at="2031-02-04"), InvalidInputError, "after 2031-02-03"),
        (but(spoken_at="1850"), InvalidInputError, "1900 to 2100"),
        (
            but(readings=[{"topic": TOPIC, "question": "what", "commitment": 1}]),
            NotFoundError,
            "no question 'what' on record in harbour",
        ),
        (
            but(readings=[SAYS, SAYS | {"holder": "vesna-orlin", "commitment": -3}]),
            InvalidInputError,
            r"two readings of 'open-the-harbour' by one holder \(vesna-orlin\)",
        ),
    ],
)
def test_what_is_invalid_is_refused_whole(
    analyst: Analyst, told: dict[str, Any], error: type[Exception], message: str
) -> None:
    """One bad statement, and nothing of its article is recorded."""
    head = analyst.desk.log.head()
    good = {"content": [[42, 60]], "agent": "vesna-orlin"}
    with pytest.raises(error, match=message):
        analyst.hand_in(good, told)
    assert analyst.desk.log.head() == head


def test_two_statements_of_one_content_are_refused(analyst: Analyst) -> None:
    """A statement is its place in the article."""
    with pytest.raises(InvalidInputError, match="two statements"):
        analyst.hand_in(OPENS, but(spoken_at=None))


def test_a_new_statement_that_shares_words_with_another_is_refused(
    analyst: Analyst,
) -> None:
    """One utterance is one statement: the message names the one on record."""
    (statement,) = analyst.hand_in(OPENS).statements
    head = analyst.desk.log.head()
    wider = but(content=[[0, 19]], words=None)
    with pytest.raises(InvalidInputError, match=rf"{statement}, which has \[2, 17\]"):
        analyst.hand_in(wider)
    assert analyst.desk.log.head() == head
    analyst.desk.decide("withdraw", statement=statement)
    assert analyst.hand_in(wider).written.events == 1


def test_statements_that_share_words_may_be_handed_in_together(
    analyst: Analyst,
) -> None:
    """Somebody is quoted saying what another said: both, and again, with new ones."""
    inner = {"content": [[2, 9]], "agent": "tarek-mool", "topics": [TOPIC]}
    assert len(analyst.hand_in(OPENS, inner).statements) == 2
    assert analyst.hand_in(OPENS, inner).written.events == 0


def test_words_are_evidence_once_for_who_speaks_them(analyst: Analyst) -> None:
    """Handed in as two statements, one utterance of one speaker reaffirmed itself."""
    inner = but(content=[[2, 9]], words=None, speaker="V. Orlin")
    head = analyst.desk.log.head()
    with pytest.raises(
        InvalidInputError,
        match=r"\[2, 9\] and \[2, 17\] share words, and both answer open-the-harbour of "
        "harbour-treaty for vesna-orlin by one speaker: give the reading to one",
    ):
        analyst.hand_in(OPENS, inner)
    assert analyst.desk.log.head() == head


@pytest.mark.parametrize(
    "inner",
    [
        {"agent": "tarek-mool", "speaker": None},
        {"agent": None, "speaker": "V. Orlin"},
        {"readings": []},
        {"readings": [SAYS | {"question": OTHER_QUESTION}]},
        {"readings": [SAYS | {"holder": "pilots"}]},
        {"content": [[42, 60]]},
    ],
    ids=[
        "another speaker",
        "another name",
        "no reading",
        "question",
        "holder",
        "other words",
    ],
)
def test_what_is_not_the_same_evidence_may_be_handed_in_together(
    analyst: Analyst, inner: dict[str, Any]
) -> None:
    """Of another speaker, on another question, of another holder, or in other words."""
    told = {"content": [[2, 9]], "words": None, **inner}
    assert len(analyst.hand_in(OPENS, but(**told)).statements) == 2


def test_words_are_evidence_once_for_whom_nobody_named_reports_of(
    analyst: Analyst,
) -> None:
    """Of nobody named one speaker is as good as another; what they hold is nobody's."""
    unnamed = {"agent": None, "speaker": None}
    inner = but(content=[[2, 9]], words=None, **unnamed)
    assert len(analyst.hand_in(but(**unnamed), inner).statements) == 2
    of = {"readings": [SAYS | {"holder": "pilots"}]}
    with pytest.raises(InvalidInputError, match="for pilots by one speaker"):
        analyst.hand_in(but(**unnamed | of), inner | of)


@pytest.mark.parametrize("name", ["  ", "Ves\u202ena", "V\x00", "x" * 201])
def test_a_speaker_is_named_in_words_that_can_be_read(
    analyst: Analyst, name: str
) -> None:
    """As where a speaker is decided on: nothing hidden, blank or endless."""
    for field in ("speaker", "on_behalf_of"):
        with pytest.raises(ValidationError, match=field):
            analyst.hand_in(OPENS | {field: name})


def test_a_question_that_was_taken_back_is_to_be_reinstated_first(
    analyst: Analyst,
) -> None:
    """As where it is decided on."""
    analyst.desk.decide("withdraw-question", topic=TOPIC, question=QUESTION)
    with pytest.raises(InvalidInputError, match="was taken back: reinstate it first"):
        analyst.hand_in(OPENS)
    analyst.desk.decide("reinstate-question", topic=TOPIC, question=QUESTION)
    assert analyst.hand_in(OPENS).written.events


@pytest.mark.parametrize("condition", ["toll-first:for_now", "for-now:deadline"])
def test_conditions_are_those_of_decisions(analyst: Analyst, condition: str) -> None:
    """What is for now is of one kind, here as well."""
    with pytest.raises(ValidationError, match="should be for-now, the one"):
        analyst.hand_in(but(readings=[SAYS | {"conditions": [condition]}]))
