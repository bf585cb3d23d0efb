"""What a topic claims is not unfiled, whoever decides so, and in whatever order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.errors import InvalidCommandError
from domain.model.ids import UNFILED
from tests.support.desk import OTHER_TOPIC, Desk, open_desk
from tests.support.facts import TOPIC, statement_of

FIRST = statement_of(1)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Return a desk with one statement that no topic claims."""
    with open_desk() as desk:
        desk.record(1, "2031-02-01", topic=UNFILED)
        yield desk


def carrying(desk: Desk) -> list[str]:
    """Return the topics that carry the statement."""
    topics = (TOPIC, OTHER_TOPIC, UNFILED)
    return [topic for topic in topics if any(desk.timeline(topic))]


@pytest.mark.parametrize("do", ["file", "reinstate"])
def test_what_stands_in_a_topic_is_not_put_under_unfiled(desk: Desk, do: str) -> None:
    """The refusal names the topics that claim it."""
    for topic in (TOPIC, OTHER_TOPIC):
        desk.decide("file", statement=FIRST, topic=topic)
    head = desk.log.head()
    with pytest.raises(InvalidCommandError, match=f"{TOPIC}, {OTHER_TOPIC}, and unfil"):
        desk.decide(do, statement=FIRST, topic=UNFILED)
    assert desk.log.head() == head
    assert carrying(desk) == [TOPIC, OTHER_TOPIC]


def test_what_left_unfiled_for_a_topic_does_not_come_back_with_the_others(
    desk: Desk,
) -> None:
    """Put back in every topic means every topic that claims it."""
    desk.decide("file", statement=FIRST, topic=TOPIC)
    with pytest.raises(InvalidCommandError, match="nothing to reinstate"):
        desk.decide("reinstate", statement=FIRST)
    desk.decide("withdraw", statement=FIRST)
    desk.decide("reinstate", statement=FIRST)
    assert carrying(desk) == [TOPIC]


def test_what_was_withdrawn_last_as_unfiled_comes_back_as_unfiled(desk: Desk) -> None:
    """Though a topic carried it before, from which it was withdrawn by itself."""
    desk.decide("file", statement=FIRST, topic=TOPIC)
    desk.decide("withdraw", statement=FIRST, topic=TOPIC)
    desk.decide("reinstate", statement=FIRST, topic=UNFILED)
    desk.decide("withdraw", statement=FIRST)
    desk.decide("reinstate", statement=FIRST)
    assert carrying(desk) == [UNFILED]


def test_what_is_put_back_in_a_topic_leaves_unfiled(desk: Desk) -> None:
    """Unfiled again after its topic dropped it, it is in one of the two only."""
    desk.decide("file", statement=FIRST, topic=TOPIC)
    desk.decide("withdraw", statement=FIRST, topic=TOPIC)
    desk.decide("reinstate", statement=FIRST, topic=UNFILED)
    assert carrying(desk) == [UNFILED]
    desk.decide("reinstate", statement=FIRST, topic=TOPIC)
    assert carrying(desk) == [TOPIC]
    assert desk.replays()
