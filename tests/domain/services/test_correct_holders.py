"""Decisions where several hold a position on one question by one statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from domain.errors import InvalidCommandError
from domain.services.timelines import TimelineQuery
from tests.support.desk import Desk, open_desk
from tests.support.facts import OTHER_QUESTION, QUESTION, TOPIC, reading, statement_of

SAID = {"statement": statement_of(1), "question": QUESTION}
BOTH = {"vesna-orlin": 2, "harbour-office": -2}


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Return a desk with a statement: its speaker is for it, and says an office is not."""
    with open_desk() as opened:
        opened.record(
            1,
            "2031-02-01",
            reading(2, holder="self"),
            reading(-2, holder="harbour-office"),
        )
        assert held(opened) == BOTH
        yield opened


def held(desk: Desk) -> Mapping[str, int]:
    """Return what the statement says on the question, for each who holds it."""
    desk.projector.catch_up()
    (live,) = desk.timelines.read(TimelineQuery(topic=TOPIC)).statements
    told = [
        (each.whose(live.statement.identification.agent) or "self", each.commitment)
        for each in live.statement.assessment.readings
        if each.question == QUESTION
    ]
    assert len(told) == len(dict(told))
    return dict(told)


@pytest.mark.parametrize("holder", ["self", "vesna-orlin"])
def test_the_position_of_one_is_assessed_and_the_others_keep_theirs(
    desk: Desk, holder: str
) -> None:
    """Who is named has another; the speaker is named as such, or by name."""
    desk.decide("assess", holder=holder, commitment=1, **SAID)
    assert held(desk) == {"vesna-orlin": 1, "harbour-office": -2}
    desk.decide("assess", holder="harbour-office", commitment=3, **SAID)
    assert held(desk) == {"vesna-orlin": 1, "harbour-office": 3}
    assert desk.decide("assess", holder=holder, commitment=1, **SAID).events == 0
    assert desk.replays()


def test_the_position_of_one_is_taken_away_and_put_beside_the_other_again(
    desk: Desk,
) -> None:
    """The timeline is as before: by one assessment there, and by one back."""
    desk.decide("assess", holder="self", commitment=2, **SAID)
    desk.decide("assess", holder="harbour-office", commitment=-2, **SAID)
    before = desk.timeline()
    for holder, commitment in (("self", 2), ("harbour-office", -2)):
        desk.decide("assess", holder=holder, commitment=None, **SAID)
        assert len(held(desk)) == 1
        again = desk.decide("assess", holder=holder, commitment=None, **SAID)
        assert again.events == 0
        desk.decide("assess", holder=holder, commitment=commitment, beside=True, **SAID)
        assert desk.timeline() == before
    assert desk.replays()


def test_beside_the_others_one_who_holds_one_has_another(desk: Desk) -> None:
    """It is added once: said again it is so already, and said otherwise it replaces it."""
    pilots = {"holder": "pilots", "beside": True, **SAID}
    assert desk.decide("assess", commitment=1, **pilots).events == 1
    assert desk.decide("assess", commitment=1, **pilots).events == 0
    desk.decide("assess", commitment=-1, **pilots)
    assert held(desk) == {**BOTH, "pilots": -1}


def test_where_several_hold_it_an_assessment_names_one(desk: Desk) -> None:
    """What one of them says now is not guessed, and nobody else takes their place."""
    head = desk.log.head()
    names = "for harbour-office, vesna-orlin"
    with pytest.raises(InvalidCommandError, match=f"{names}: name whose"):
        desk.decide("assess", commitment=1, **SAID)
    with pytest.raises(
        InvalidCommandError, match=f"{names}, not for pilots: .* or say beside"
    ):
        desk.decide("assess", holder="pilots", commitment=1, **SAID)
    assert desk.log.head() == head


@pytest.mark.parametrize(
    "told",
    [
        {"commitment": 1, "beside": True},
        {"commitment": None, "beside": True, "holder": "pilots"},
    ],
)
def test_beside_others_stands_what_somebody_holds(
    desk: Desk, told: dict[str, object]
) -> None:
    """Who that is, and what it is, is told."""
    with pytest.raises(InvalidCommandError, match="beside: give a commitment, and the"):
        desk.decide("assess", **told, **SAID)


def test_a_statement_that_says_nothing_on_it_says_so_of_nobody(desk: Desk) -> None:
    """Nobody is named: all are taken away, and each is put back by one assessment."""
    before = held(desk)
    desk.decide("assess", commitment=None, **SAID)
    assert held(desk) == {}
    for holder, commitment in before.items():
        desk.decide("assess", holder=holder, commitment=commitment, beside=True, **SAID)
    assert held(desk) == before


def test_the_only_position_becomes_that_of_whom_an_assessment_names(desk: Desk) -> None:
    """As it was judged to be another's; and what another does not say is so already."""
    desk.decide("assess", holder="harbour-office", commitment=None, **SAID)
    none = desk.decide("assess", holder="pilots", commitment=None, **SAID)
    assert (none.events, held(desk)) == (0, {"vesna-orlin": 2})
    desk.decide("assess", holder="pilots", commitment=1, **SAID)
    assert held(desk) == {"pilots": 1}


def test_what_is_said_on_other_questions_stays_where_it_was(desk: Desk) -> None:
    """Assessed as it is, the first of two questions is so already."""
    other = {"statement": statement_of(1), "question": OTHER_QUESTION, "commitment": 1}
    desk.decide("assess", **other)
    for commitment in (1, 2):
        desk.decide("assess", holder="self", commitment=commitment, **SAID)
        again = desk.decide("assess", holder="self", commitment=commitment, **SAID)
        assert again.events == 0
    assert desk.decide("assess", **other).events == 0


@pytest.mark.parametrize("question", [None, QUESTION])
def test_the_positions_of_several_are_not_made_those_of_one(
    desk: Desk, question: str | None
) -> None:
    """Who is for it and who is against it are not one holder who is both."""
    head = desk.log.head()
    told = {"statement": statement_of(1), "holder": "pilots", "question": question}
    names = "open-the-harbour for harbour-office, vesna-orlin"
    with pytest.raises(InvalidCommandError, match=f"{names}, .*: assess each with its"):
        desk.decide("hold", **told)
    assert desk.log.head() == head
    desk.decide("assess", holder="harbour-office", commitment=None, **SAID)
    desk.decide("hold", **told)
    assert held(desk) == {"pilots": 2}


def test_what_several_hold_on_one_question_hinders_no_other(desk: Desk) -> None:
    """The holder of what is said on another question is named alone."""
    other = {"statement": statement_of(1), "question": OTHER_QUESTION}
    desk.decide("assess", commitment=1, **other)
    assert desk.decide("hold", holder="pilots", **other).events == 1
    assert held(desk) == BOTH


def test_nobody_is_identified_with_another_who_holds_a_position(desk: Desk) -> None:
    """The speaker said that the office is against it: the office does not speak for it."""
    head = desk.log.head()
    told = {"statement": statement_of(1), "agent": "harbour-office"}
    with pytest.raises(
        InvalidCommandError, match="would both be harbour-office: first"
    ):
        desk.decide("identify", **told)
    assert desk.log.head() == head
    desk.decide("assess", holder="harbour-office", commitment=None, **SAID)
    desk.decide("identify", **told)
    assert held(desk) == {"harbour-office": 2}


def test_who_speaks_for_a_body_is_not_identified_as_who_speaks_for_none(
    desk: Desk,
) -> None:
    """The body's position and the speaker's own would be one; nobody named holds neither."""
    spokesman = {"agent": "tarek-mool", "on_behalf_of": "harbour-office"}
    desk.decide("assess", holder="harbour-office", commitment=None, **SAID)
    desk.decide("identify", statement=statement_of(1), **spokesman)
    desk.decide("assess", holder="harbour-office", beside=True, commitment=-2, **SAID)
    before = desk.timeline()
    desk.decide("identify", statement=statement_of(1))
    with pytest.raises(InvalidCommandError, match="pilots: name on_behalf_of too"):
        desk.decide("identify", statement=statement_of(1), agent="pilots")
    desk.decide("identify", statement=statement_of(1), **spokesman)
    assert desk.timeline() == before


def test_two_readings_of_one_holder_hinder_no_identification(desk: Desk) -> None:
    """They were one holder's before, too, and on a question that is asked no more."""
    desk.record(2, "2031-02-03", reading(2, holder="self"), reading(-2))
    desk.decide("identify", statement=statement_of(2), agent="tarek-mool")
    desk.decide("withdraw-question", topic=TOPIC, question=QUESTION)
    desk.decide("identify", statement=statement_of(1), agent="harbour-office")
    assert desk.replays()
