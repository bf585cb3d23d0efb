"""Decisions on where statements belong: their topics, links and questions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.errors import (
    InvalidCommandError,
)
from domain.model.ids import UNFILED, topic_stream
from domain.services.timelines import TimelineQuery
from tests.support.desk import OTHER_TOPIC, Desk, open_desk_of_two
from tests.support.facts import (
    QUESTION,
    TOPIC,
    reading,
    statement_of,
)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Return a desk with two statements: yes on the 1st, no on the 5th."""
    with open_desk_of_two() as opened:
        yield opened


def test_an_unfiled_statement_is_filed_under_a_topic(desk: Desk) -> None:
    """It leaves what no topic claims, and is assessed on the questions there."""
    desk.record(3, "2031-02-09", reading(1, question=None), topic=UNFILED)
    desk.decide("file", statement=statement_of(3), topic=TOPIC)
    assert desk.timeline(UNFILED) == ((), ())
    assert [each.reason for each in desk.timeline()[1]] == ["no_reading"]
    desk.decide("assess", statement=statement_of(3), question=QUESTION, commitment=-3)
    assert desk.labels() == ["stated", "reversed", "reaffirmed"]
    desk.decide("withdraw", statement=statement_of(3), topic=TOPIC)
    desk.decide("reinstate", statement=statement_of(3), topic=UNFILED)
    assert desk.labels() == ["stated", "reversed"]
    assert len(desk.timeline(UNFILED)[1]) == 1
    assert desk.replays()


def test_a_decision_is_written_in_every_topic_that_carries_the_statement(
    desk: Desk,
) -> None:
    """A date holds wherever the statement is filed, in one transaction."""
    desk.decide("file", statement=statement_of(1), topic=OTHER_TOPIC)
    done = desk.decide("date", statement=statement_of(1), spoken_at="2031-02-02")
    assert set(done.streams) == {topic_stream(TOPIC), topic_stream(OTHER_TOPIC)}
    for topic in (TOPIC, OTHER_TOPIC):
        found = desk.timelines.read(TimelineQuery(topic=topic))
        dated = [s for s in found.statements if s.id == statement_of(1)]
        assert [str(each.statement.dating.spoken_at) for each in dated] == [
            "2031-02-02"
        ]


def test_linked_statements_are_one_and_never_reaffirm(desk: Desk) -> None:
    """Three outlets report one utterance on different days: one position, one label."""
    for number in (3, 4):
        desk.record(number, f"2031-02-0{number + 4}", reading(-3, holder="self"))
    assert desk.labels() == ["stated", "reversed", "reaffirmed", "reaffirmed"]
    desk.decide("link", first=statement_of(2), second=statement_of(3))
    desk.decide("link", first=statement_of(4), second=statement_of(3))
    assert desk.labels() == ["stated", "reversed"]
    assert len(desk.timeline()[0][1].statements) == 3


def test_links_form_no_cycle_and_contradict_nothing(desk: Desk) -> None:
    """Refused: a link that closes a cycle, or makes one of what contradicts itself."""
    first, second, third, fourth = (statement_of(n) for n in (1, 2, 3, 4))
    for number in (3, 4):
        desk.record(number, "2031-02-05", reading(-3))
    desk.decide("link", first=first, second=second)
    desk.decide("link", first=second, second=third)
    with pytest.raises(InvalidCommandError, match="through other links"):
        desk.decide("link", first=third, second=first)
    with pytest.raises(InvalidCommandError, match="through other links"):
        desk.decide("link", first=third, second=first, kind="contradicts")
    with pytest.raises(InvalidCommandError, match="through other links"):
        desk.decide("unlink", first=third, second=first)
    desk.decide("link", first=first, second=fourth, kind="contradicts")
    with pytest.raises(InvalidCommandError, match="contradict one another"):
        desk.decide("link", first=third, second=fourth)
    desk.decide("unlink", first=second, second=third)
    desk.decide("link", first=third, second=fourth)
    assert desk.replays()


def test_statements_without_a_common_topic_are_not_linked(desk: Desk) -> None:
    """A link stands in a topic that carries both."""
    desk.record(3, "2031-02-05", reading(-3), topic=OTHER_TOPIC)
    with pytest.raises(InvalidCommandError, match="share no topic: file one where"):
        desk.decide("link", first=statement_of(1), second=statement_of(3))


def test_a_question_is_posed_once_and_answered_at_once(desk: Desk) -> None:
    """The same question again adds nothing; one that was taken back is reinstated."""
    told = {
        "topic": TOPIC,
        "question": "sell-the-pier",
        "kind": "policy",
        "labels": {"en": "Sell the pier?"},
    }
    assert desk.decide("pose", **told).events == 1
    assert desk.decide("pose", **told).events == 0
    desk.decide(
        "assess",
        statement=statement_of(1),
        question="sell-the-pier",
        commitment=0,
        act="decline",
    )
    assert len(desk.timeline()[0]) == 3
    desk.decide("withdraw-question", topic=TOPIC, question="sell-the-pier")
    assert len(desk.timeline()[0]) == 2
    with pytest.raises(InvalidCommandError, match="reinstate it"):
        desk.decide("pose", **told)
    with pytest.raises(InvalidCommandError, match="taken back already"):
        desk.decide("withdraw-question", topic=TOPIC, question="sell-the-pier")
    with pytest.raises(InvalidCommandError, match="reinstate it first, by reinstate-q"):
        desk.decide(
            "assess",
            statement=statement_of(2),
            question="sell-the-pier",
            commitment=1,
        )
