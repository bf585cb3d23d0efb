"""Decisions undone after others were taken, beside the record that is kept by hand.

A random search seldom comes upon these: each needs four or five decisions on the same.
"""

from __future__ import annotations

from typing import Any

import pytest

from domain.events.topic import LinkKind
from tests.properties.test_decisions_against_a_model import (
    FIRST,
    MASTER,
    SECOND,
    DecisionMachine,
)
from tests.support.desk import OTHER_TOPIC
from tests.support.facts import QUESTION, TOPIC, statement_of

THERE = {"topic": OTHER_TOPIC}
ALMANAC: dict[str, Any] = {"source": "almanac", "titles": {}}
GAZETTE = ALMANAC | {"source": "gazette"}
TITLED = ALMANAC | {"titles": {"en": ["master of the port"]}}
NEIGHBOURS = [{"first": statement_of(a), "second": statement_of(a + 1)} for a in (0, 1)]
ENDS = {"first": statement_of(0), "second": statement_of(2)}
ONE = {"kind": LinkKind.SAME_STATEMENT}
Steps = list[tuple[str, dict[str, Any]]]
ROLES: Steps = [
    ("role", MASTER | ALMANAC),
    ("withdraw-role", MASTER),
    ("role", MASTER | TITLED),
    ("role", MASTER | GAZETTE),
    ("withdraw-role", MASTER),
    ("role", MASTER | ALMANAC),
    ("withdraw-role", MASTER),
    ("reinstate-role", MASTER),
]
JUDGED: Steps = [
    ("file", FIRST | THERE),
    ("withdraw", FIRST | THERE),
    ("identify", FIRST | {"agent": "tarek-mool", "on_behalf_of": None}),
    ("date", FIRST | {"spoken_at": "2031-02-03"}),
    ("reinstate", FIRST | THERE),
    ("withdraw", FIRST | {"topic": TOPIC}),
    ("identify", FIRST | {"agent": "pilots", "on_behalf_of": None}),
    ("withdraw", FIRST | THERE),
    ("reinstate", FIRST | {"topic": TOPIC}),
    ("file", FIRST | THERE),
]


def linked(kind: LinkKind) -> Steps:
    """Return how two are linked around a third that is one with both, and withdrawn."""
    return [
        *(("link", each | ONE) for each in NEIGHBOURS),
        ("withdraw", SECOND | {"topic": None}),
        ("link", ENDS | {"kind": kind}),
        ("reinstate", SECOND | {"topic": None}),
        ("unlink", ENDS),
        ("reinstate", SECOND | {"topic": None}),
    ]


@pytest.mark.parametrize("steps", [ROLES, JUDGED, *map(linked, LinkKind)])
def test_what_is_undone_after_other_decisions_is_as_it_is_by_hand(steps: Steps) -> None:
    """Roles, speakers and days, links: each is refused, or leads to what is by hand."""
    machine = DecisionMachine()
    says = ((TOPIC,), "2031-02-01", "vesna-orlin", {QUESTION: 3}, ["self"])
    try:
        machine.begin(said=(says, says))
        machine.record(said=says)
        for do, told in steps:
            machine.decide(do, **told)
    finally:
        machine.teardown()
