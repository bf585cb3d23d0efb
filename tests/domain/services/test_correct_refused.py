"""Decisions that are invalid are refused in one line, and add nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from domain.errors import (
    InvalidCommandError,
    NotFoundError,
)
from domain.model.commitment import ConditionKind
from domain.model.ids import StatementId
from domain.services.timelines import TimelineQuery
from tests.support.desk import OTHER_TOPIC, Desk, open_desk_of_two
from tests.support.facts import (
    OTHER_QUESTION,
    QUESTION,
    TOPIC,
    statement_of,
)

NOWHERE = StatementId("st-" + "0" * 32)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Return a desk with two statements: yes on the 1st, no on the 5th."""
    with open_desk_of_two() as opened:
        yield opened


def assessing(**said: object) -> dict[str, Any]:
    """Return the decision that the first statement says something on the question."""
    return {
        "do": "assess",
        "statement": statement_of(1),
        "question": QUESTION,
    } | said


@pytest.mark.parametrize(
    ("told", "error", "message"),
    [
        (
            {"do": "date", "statement": NOWHERE, "spoken_at": None},
            NotFoundError,
            "no st",
        ),
        (
            {"do": "date", "statement": statement_of(1), "spoken_at": "2031-02-21"},
            InvalidCommandError,
            "after 2031-02-20",
        ),
        (
            {"do": "date", "statement": statement_of(1), "spoken_at": "1899-12-31/.."},
            InvalidCommandError,
            "1900 to 2100",
        ),
        (
            {"do": "date", "statement": statement_of(1), "spoken_at": "2031/2101"},
            InvalidCommandError,
            "1900 to 2100",
        ),
        (
            assessing(commitment=None, act="withdraw"),
            InvalidCommandError,
            "commitment: what says nothing",
        ),
        (
            assessing(commitment=None, conditions=["toll-first"]),
            InvalidCommandError,
            "commitment: what says nothing",
        ),
        (
            assessing(
                commitment=1, conditions=["toll-first", "toll-first:reciprocity"]
            ),
            InvalidCommandError,
            "toll-first is named twice",
        ),
        (
            {"do": "identify", "statement": statement_of(1), "agent": "nobody"},
            NotFoundError,
            "no agent 'nobody'",
        ),
        (
            {
                "do": "identify",
                "statement": statement_of(1),
                "agent": "tarek-mool",
                "on_behalf_of": "nobody",
            },
            NotFoundError,
            "no agent 'nobody'",
        ),
        (
            {"do": "hold", "statement": statement_of(1), "holder": "nobody"},
            NotFoundError,
            "no agent 'nobody'",
        ),
        (
            {
                "do": "hold",
                "statement": statement_of(1),
                "holder": "tarek-mool",
                "question": OTHER_QUESTION,
            },
            InvalidCommandError,
            "assess it first",
        ),
        (
            {
                "do": "assess",
                "statement": statement_of(1),
                "question": "never-posed",
                "commitment": 1,
            },
            NotFoundError,
            "no question 'never-posed'",
        ),
        (
            {"do": "reinstate", "statement": statement_of(1)},
            InvalidCommandError,
            "nothing to reinstate",
        ),
        (
            {"do": "withdraw", "statement": statement_of(1), "topic": OTHER_TOPIC},
            NotFoundError,
            "in toll-talks",
        ),
        (
            {"do": "file", "statement": statement_of(1), "topic": "nowhere"},
            NotFoundError,
            "no topic 'nowhere'",
        ),
        (
            {"do": "link", "first": statement_of(1), "second": statement_of(1)},
            InvalidCommandError,
            "two statements",
        ),
        (
            {"do": "link", "first": statement_of(1), "second": NOWHERE},
            NotFoundError,
            "no statement",
        ),
        (
            {
                "do": "pose",
                "topic": TOPIC,
                "question": QUESTION,
                "kind": "state",
                "labels": {"en": f"{QUESTION}?"},
            },
            InvalidCommandError,
            "pose another question",
        ),
        (
            {
                "do": "pose",
                "topic": TOPIC,
                "question": QUESTION,
                "kind": "policy",
                "labels": {"en": f"Not {QUESTION}?"},
            },
            InvalidCommandError,
            "pose another question",
        ),
        (
            {"do": "withdraw-question", "topic": TOPIC, "question": "never-posed"},
            NotFoundError,
            "no question",
        ),
        (
            {"do": "reinstate-question", "topic": TOPIC, "question": QUESTION},
            InvalidCommandError,
            "nothing to reinstate",
        ),
        (
            {
                "do": "alias",
                "first": "tarek-mool",
                "second": "x",
                "verdict": "positive",
            },
            NotFoundError,
            "no agent 'x'",
        ),
    ],
)
def test_what_is_invalid_is_refused_in_one_line_and_adds_nothing(
    desk: Desk, told: dict[str, str], error: type[Exception], message: str
) -> None:
    """The error says what is wrong, and the log is as long as before."""
    head = desk.log.head()
    with pytest.raises(error, match=message):
        desk.decide(**told)
    assert desk.log.head() == head


@pytest.mark.parametrize(
    "told",
    [
        assessing(commitment=1),
        assessing(commitment=None),
        {
            "do": "hold",
            "statement": statement_of(1),
            "holder": "pilots",
            "question": QUESTION,
        },
        {"do": "hold", "statement": statement_of(1), "holder": "pilots"},
    ],
    ids=["assess", "assess as nothing", "hold", "hold all"],
)
def test_a_question_that_was_taken_back_is_to_be_reinstated_first(
    desk: Desk, told: dict[str, Any]
) -> None:
    """It is on record, so it is not said to be missing; what answers it stays as it was."""
    desk.decide("withdraw-question", topic=TOPIC, question=QUESTION)
    head = desk.log.head()
    advice = f"question '{QUESTION}' of {TOPIC} was taken back: reinstate it first"
    with pytest.raises(InvalidCommandError, match=advice):
        desk.decide(**told)
    assert desk.log.head() == head
    with pytest.raises(NotFoundError, match="that is asked: it was taken back"):
        desk.timelines.read(TimelineQuery(topic=TOPIC, question=QUESTION))
    desk.decide("reinstate-question", topic=TOPIC, question=QUESTION)
    desk.decide(**told)


def test_all_that_a_statement_answers_is_what_is_asked(desk: Desk) -> None:
    """Whose it is on a question that was taken back stays as it was."""
    other = assessing(question=OTHER_QUESTION, commitment=1)
    desk.decide(**other)
    desk.decide("withdraw-question", topic=TOPIC, question=QUESTION)
    desk.decide("hold", statement=statement_of(1), holder="pilots")
    desk.decide("reinstate-question", topic=TOPIC, question=QUESTION)
    held = {
        (each.question, each.holder)
        for each in desk.timeline()[0]
        if statement_of(1) in each.statements
    }
    assert held == {(OTHER_QUESTION, "pilots"), (QUESTION, "vesna-orlin")}


def test_a_statement_is_filed_where_a_question_is_asked_first(desk: Desk) -> None:
    """The message names the topic; then it is assessed there."""
    asked = {"topic": OTHER_TOPIC, "question": "raise-the-toll"}
    desk.decide("pose", kind="policy", labels={"en": "Raise the toll?"}, **asked)
    told = assessing(question="raise-the-toll", commitment=1)
    advice = f"'raise-the-toll' is asked in {OTHER_TOPIC}, .* not on record: file it"
    with pytest.raises(InvalidCommandError, match=advice):
        desk.decide(**told)
    desk.decide("file", statement=statement_of(1), topic=OTHER_TOPIC)
    assert desk.decide(**told).events == 1


@pytest.mark.parametrize("condition", ["toll-first:for_now", "for-now:deadline"])
def test_for_now_is_the_one_condition_of_its_kind(desk: Desk, condition: str) -> None:
    """No other is of that kind, and it is of no other."""
    with pytest.raises(ValueError, match="should be for-now, the one condition"):
        desk.decide(**assessing(commitment=1, conditions=[condition]))
    for told in ("for-now", "for-now:for_now"):
        desk.decide(**assessing(commitment=1, conditions=[told]))
        (kind,) = {
            condition.kind
            for live in desk.timelines.read(TimelineQuery(topic=TOPIC)).statements
            for said in live.statement.assessment.readings
            for condition in said.conditions
        }
        assert kind is ConditionKind.FOR_NOW


@pytest.mark.parametrize(
    "spoken_at", ["2031-02-05/2031-02-01", "../..", "", "2031-02-30"]
)
def test_an_interval_that_is_empty_or_inverted_is_no_date(
    desk: Desk, spoken_at: str
) -> None:
    """What is no moment is refused before anything is read."""
    with pytest.raises(ValueError, match="EDTF subset"):
        desk.decide("date", statement=statement_of(1), spoken_at=spoken_at)
