"""Whom a position stands on, where agents were judged to be one."""

from __future__ import annotations

from domain.model.ids import AgentId
from domain.positions.holders import stood_for
from domain.positions.live import live_statements
from domain.positions.record import TopicRecord
from domain.positions.timeline import fold
from tests.support.facts import (
    HOLDER,
    OTHER_QUESTION,
    QUESTION,
    attributed,
    posed,
    reading,
    recorded,
)

OTHER, THIRD = AgentId("v-orlin"), AgentId("w-orlin")


def test_those_whom_the_evidence_names_are_told_but_not_the_holder() -> None:
    """By the reading, or as its speaker; each once, and on this question alone."""
    said = recorded(
        [
            posed(),
            posed(OTHER_QUESTION),
            attributed(1, "2031-02-01", reading(3, holder="self"), speaker=OTHER),
            attributed(2, "2031-02-01", reading(3, holder=OTHER)),
            attributed(3, "2031-02-01", reading(3)),
            attributed(4, "2031-03-01", reading(3)),
            attributed(
                5,
                "2031-04-01",
                reading(3, holder=OTHER),
                reading(1, holder=THIRD),
                reading(1, question=OTHER_QUESTION, holder=THIRD),
                reading(1, holder="tarek-mool"),
            ),
        ]
    )
    standing = {HOLDER: HOLDER, OTHER: HOLDER, THIRD: HOLDER}
    live = live_statements(TopicRecord(said), standing)
    statements = {each.id: each for each in live}
    told = [
        (each.question, each.holder, stood_for(each, statements))
        for each in fold(live).positions
    ]
    assert told == [
        (QUESTION, "tarek-mool", ()),
        (QUESTION, HOLDER, (OTHER,)),
        (QUESTION, HOLDER, ()),
        (QUESTION, HOLDER, (OTHER, THIRD)),
        (OTHER_QUESTION, HOLDER, (THIRD,)),
    ]


def test_a_statement_that_holds_nothing_names_nobody() -> None:
    """An unnamed speaker, and a question that was taken back, are passed over."""
    said = recorded(
        [
            posed(),
            attributed(
                1,
                "2031-02-01",
                reading(3),
                reading(2, holder="self"),
                reading(1, question=OTHER_QUESTION, holder=OTHER),
                speaker=None,
            ),
        ]
    )
    taken_back = {OTHER_QUESTION}
    live = live_statements(TopicRecord(said), {OTHER: HOLDER}, taken_back)
    (position,) = fold(live).positions
    assert stood_for(position, {each.id: each for each in live}) == ()
