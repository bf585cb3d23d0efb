"""Decisions: what each changes on the timeline, and how it is undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.model.commitment import Act
from domain.services.timelines import TimelineQuery
from tests.support.desk import Desk, open_desk_of_two
from tests.support.facts import (
    QUESTION,
    TESTER,
    TOPIC,
    statement_of,
)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Return a desk with two statements: yes on the 1st, no on the 5th."""
    with open_desk_of_two() as opened:
        yield opened


UNDOABLE = [
    pytest.param(
        {"do": "date", "statement": statement_of(2), "spoken_at": "2031-02-01"},
        {"do": "date", "statement": statement_of(2), "spoken_at": "2031-02-05"},
        ["stated"],
        id="date",
    ),
    pytest.param(
        {"do": "date", "statement": statement_of(2), "spoken_at": None},
        {"do": "date", "statement": statement_of(2), "spoken_at": "2031-02-05"},
        ["stated"],
        id="no date",
    ),
    pytest.param(
        {"do": "identify", "statement": statement_of(2), "agent": "tarek-mool"},
        {"do": "identify", "statement": statement_of(2), "agent": "vesna-orlin"},
        ["stated", "stated"],
        id="speaker",
    ),
    pytest.param(
        {"do": "hold", "statement": statement_of(2), "holder": "harbour-office"},
        {"do": "hold", "statement": statement_of(2), "holder": "self"},
        ["stated", "stated"],
        id="holder",
    ),
    pytest.param(
        {
            "do": "assess",
            "statement": statement_of(2),
            "question": QUESTION,
            "commitment": 3,
            "conditions": ["toll-first", "for-now"],
        },
        {
            "do": "assess",
            "statement": statement_of(2),
            "question": QUESTION,
            "commitment": -3,
        },
        ["stated", "condition_added"],
        id="reading",
    ),
    pytest.param(
        {
            "do": "assess",
            "statement": statement_of(2),
            "question": QUESTION,
            "commitment": None,
        },
        {
            "do": "assess",
            "statement": statement_of(2),
            "question": QUESTION,
            "commitment": -3,
        },
        ["stated"],
        id="no reading",
    ),
    pytest.param(
        {"do": "withdraw", "statement": statement_of(1)},
        {"do": "reinstate", "statement": statement_of(1)},
        ["stated"],
        id="withdrawal",
    ),
    pytest.param(
        {"do": "link", "first": statement_of(1), "second": statement_of(2)},
        {"do": "unlink", "first": statement_of(2), "second": statement_of(1)},
        ["stated"],
        id="link",
    ),
    pytest.param(
        {"do": "withdraw-question", "topic": TOPIC, "question": QUESTION},
        {"do": "reinstate-question", "topic": TOPIC, "question": QUESTION},
        [],
        id="question",
    ),
]


@pytest.mark.parametrize(("done", "undone", "labels"), UNDOABLE)
def test_a_decision_changes_the_timeline_and_a_later_one_undoes_it(
    desk: Desk, done: dict[str, str], undone: dict[str, str], labels: list[str]
) -> None:
    """Each decision has its effect; undone, the timeline is what it was, and replays."""
    before = desk.timeline()
    desk.decide(**done)
    assert desk.labels() == labels
    assert desk.replays()
    desk.decide(**undone)
    assert desk.timeline() == before
    assert desk.replays()


@pytest.mark.parametrize(
    ("done", "undone", "labels"),
    [p for p in UNDOABLE if p.id not in {"withdrawal", "question"}],
)
def test_what_is_so_already_adds_nothing(
    desk: Desk, done: dict[str, str], undone: dict[str, str], labels: list[str]
) -> None:
    """The same decision twice is one event; the answer says where it can be read."""
    first = desk.decide(**done)
    again = desk.decide(**done)
    assert first.events == 1
    assert (again.events, again.streams) == (0, ())
    assert again.seq == first.seq == desk.log.head()


def test_a_decision_names_its_actor_and_its_reason(desk: Desk) -> None:
    """Who decided and why is in the event, or in what caused it."""
    desk.decide("withdraw", statement=statement_of(1), reason="wrong minister")
    (live,) = desk.timelines.read(TimelineQuery(topic=TOPIC)).statements
    assert live.id == statement_of(2)
    desk.decide("date", statement=statement_of(2), spoken_at=None, reason="no date")
    (live,) = desk.timelines.read(TimelineQuery(topic=TOPIC)).statements
    assert [(d.of, d.actor, d.reason) for d in live.decisions] == [
        ("date", TESTER, "no date")
    ]
    assert live.statement.assessment.readings[0].act is Act.ASSERT
