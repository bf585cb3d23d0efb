"""What two statements are to one another is so in every topic that carries both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any

import pytest

from domain.errors import InvalidCommandError
from domain.model.ids import UNFILED, TopicId, topic_stream
from domain.services.timelines import TimelineQuery
from tests.support.desk import OTHER_TOPIC, Desk, open_desk
from tests.support.facts import QUESTION, TOPIC, reading, statement_of

FIRST, SECOND = statement_of(1), statement_of(2)
PAIR = {"first": FIRST, "second": SECOND}
STEPS: Sequence[tuple[str, dict[str, Any]]] = (
    ("link", PAIR),
    ("file", {"statement": FIRST, "topic": OTHER_TOPIC}),
    ("file", {"statement": SECOND, "topic": OTHER_TOPIC}),
)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Return a desk at which another topic asks the same, and nothing is on record."""
    with open_desk() as opened:
        asked = {"kind": "policy", "labels": {"en": "Open?"}}
        opened.decide("pose", topic=OTHER_TOPIC, question=QUESTION, **asked)
        yield opened


def linked(desk: Desk, topic: TopicId) -> dict[str, str]:
    """Return what the first statement is linked to in a topic, and as what."""
    told = desk.timelines.read(TimelineQuery(topic=topic)).statements
    (first,) = [each for each in told if each.id == FIRST]
    return {link.other: link.kind.value for link in first.links}


@pytest.mark.parametrize(
    ("source", "order"),
    [(TOPIC, order) for order in permutations(range(3))]
    + [(UNFILED, (0, 1, 2)), (UNFILED, (0, 2, 1))],
    ids=str,
)
def test_one_utterance_is_one_wherever_it_is_filed_and_whenever(
    desk: Desk, source: TopicId, order: Sequence[int]
) -> None:
    """Its two reports, days apart, reverse nothing: it reads as it was linked."""
    desk.record(1, "2031-02-01", reading(question=None), topic=source)
    desk.record(2, "2031-02-05", reading(question=None), topic=source)
    for do, told in (STEPS[index] for index in order):
        desk.decide(do, **told)
    for statement, commitment in ((FIRST, 3), (SECOND, -3)):
        said = {"question": QUESTION, "commitment": commitment}
        desk.decide("assess", statement=statement, **said)
    assert linked(desk, OTHER_TOPIC) == {SECOND: "same_statement"}
    assert len(desk.labels(OTHER_TOPIC)) == 1
    assert desk.replays()


def test_what_was_unlinked_meanwhile_is_not_linked_once_it_is_back(desk: Desk) -> None:
    """What was decided last holds, in whatever topic it was decided."""
    for number in (1, 2):
        desk.record(number, "2031-02-01", reading(3))
        desk.decide("file", statement=statement_of(number), topic=OTHER_TOPIC)
    desk.decide("link", **PAIR)
    desk.decide("withdraw", statement=FIRST, topic=OTHER_TOPIC)
    desk.decide("unlink", **PAIR)
    desk.decide("reinstate", statement=FIRST, topic=OTHER_TOPIC)
    assert linked(desk, OTHER_TOPIC) == linked(desk, TOPIC) == {}
    desk.decide("withdraw", statement=FIRST, topic=OTHER_TOPIC)
    desk.decide("link", kind="contradicts", **PAIR)
    desk.decide("file", statement=FIRST, topic=OTHER_TOPIC)
    assert linked(desk, OTHER_TOPIC) == {SECOND: "contradicts"}


def test_what_is_one_through_others_is_not_linked_once_more(desk: Desk) -> None:
    """Links as one utterance form no cycle in the topic either."""
    third = {"statement": statement_of(3)}
    for number in (1, 2, 3):
        desk.record(number, "2031-02-01", reading(3))
    for statement in (SECOND, statement_of(3)):
        desk.decide("file", statement=statement, topic=OTHER_TOPIC)
    desk.decide("link", **PAIR)
    desk.decide("withdraw", topic=TOPIC, **third)
    desk.decide("link", first=SECOND, second=statement_of(3))
    desk.decide("file", statement=FIRST, topic=OTHER_TOPIC)
    desk.decide("reinstate", topic=TOPIC, **third)
    for topic in (TOPIC, OTHER_TOPIC):
        assert linked(desk, topic) == {SECOND: "same_statement"}
    told = desk.timelines.read(TimelineQuery(topic=TOPIC)).statements
    assert [len(each.linked) for each in told] == [2, 2, 2]


def test_who_are_one_through_others_elsewhere_are_linked_where_those_are_not(
    desk: Desk,
) -> None:
    """What lies between two may stand in one topic alone: in the other they need a link."""
    ends = {"first": FIRST, "second": statement_of(3)}
    for number in (1, 2, 3):
        desk.record(number, f"2031-02-0{number}", reading(3))
    desk.decide("link", **PAIR)
    desk.decide("link", first=SECOND, second=statement_of(3))
    with pytest.raises(InvalidCommandError, match="through other links"):
        desk.decide("link", **ends)
    for statement in ends.values():
        desk.decide("file", statement=statement, topic=OTHER_TOPIC)
    assert desk.decide("link", **ends).streams == (topic_stream(OTHER_TOPIC),)
    assert linked(desk, OTHER_TOPIC) == {statement_of(3): "same_statement"}
    assert linked(desk, TOPIC) == {SECOND: "same_statement"}
    assert desk.decide("unlink", **ends).streams == (topic_stream(OTHER_TOPIC),)
    with pytest.raises(InvalidCommandError, match="through other links"):
        desk.decide("unlink", **ends)
