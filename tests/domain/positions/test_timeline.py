"""Where a statement comes to lie, and how a line is told from its evidence."""

from __future__ import annotations

import json
from datetime import date

import pytest

from domain.events.base import Event
from domain.model.commitment import Act, Reading
from domain.model.ids import AgentId
from domain.positions.evidence import Evidence
from domain.positions.labels import Label, Stance
from domain.positions.live import LiveStatement, live_statements
from domain.positions.record import TopicRecord
from domain.positions.timeline import (
    Aside,
    Key,
    Position,
    Reason,
    after,
    aside_key,
    fold,
    line,
    place,
)
from tests.support.facts import (
    HOLDER,
    OTHER_QUESTION,
    QUESTION,
    attributed,
    reading,
    recorded,
    statement_of,
)

OFFICE = AgentId("harbour-office")
KEY = Key(QUESTION, HOLDER)


def lives(*events: Event) -> tuple[LiveStatement, ...]:
    """Return statements on record."""
    return live_statements(TopicRecord(recorded(events)))


def weighed(
    number: int,
    first: int,
    last: int,
    commitment: int = 3,
    act: Act = Act.ASSERT,
    conditions: tuple[str, ...] = (),
) -> Evidence:
    """Return the evidence of a statement from one day of February to another."""
    return Evidence(
        statement=statement_of(number),
        earliest=date(2031, 2, first),
        latest=date(2031, 2, last),
        act=act,
        commitment=commitment,
        conditions=conditions,
    )


def test_each_reading_lies_on_the_line_of_its_holder_and_question() -> None:
    """With its days, act and commitment; conditions by id, each once, ascending."""
    letters = "hgfedcba"
    both = reading(2, act=Act.OFFER, conditions=[*letters, "a"])
    told = (both, reading(-1, question=OTHER_QUESTION), reading(1, holder=OFFICE))
    (live,) = lives(attributed(1, "2031-02-01/2031-02-03", *told))
    placed = place(live)
    conditions = tuple("abcdefgh")
    assert placed.evidence == {
        KEY: [weighed(1, 1, 3, 2, Act.OFFER, conditions)],
        Key(OTHER_QUESTION, HOLDER): [weighed(1, 1, 3, -1)],
        Key(QUESTION, OFFICE): [weighed(1, 1, 3, 1)],
    }
    assert placed.asides == {}


@pytest.mark.parametrize(
    ("spoken_at", "speaker", "said", "reason"),
    [
        (None, HOLDER, reading(), Reason.UNDATED),
        ("2031-02-01/..", HOLDER, reading(), Reason.OPEN),
        ("2031-02", HOLDER, reading(), Reason.TOO_WIDE),
        (None, HOLDER, reading(question=None), Reason.NO_READING),
        (None, None, reading(holder="self"), Reason.NO_HOLDER),
        ("2031-02-01", None, reading(holder="self"), Reason.NO_HOLDER),
    ],
)
def test_what_has_no_place_lies_beside_the_line_with_its_reason(
    spoken_at: str | None, speaker: str | None, said: Reading, reason: Reason
) -> None:
    """The question and the holder are told as far as they are known."""
    (live,) = lives(attributed(1, spoken_at, said, speaker=speaker))
    aside = Aside(
        statement=statement_of(1),
        reason=reason,
        question=said.question,
        holder=HOLDER if said.question and speaker else None,
    )
    assert place(live).asides == {aside_key(aside): aside}
    assert place(live).evidence == {}


def test_without_a_question_a_reading_is_not_folded_beside_one_that_has() -> None:
    """The statement lies on the line by the other reading, and not beside it."""
    (live,) = lives(attributed(1, "2031-02-01", reading(question=None), reading(2)))
    assert place(live).evidence == {KEY: [weighed(1, 1, 1, 2)]}
    assert place(live).asides == {}


def test_asides_differ_by_statement_question_holder_and_reason() -> None:
    """In this order they are listed; what is not known comes first."""
    asides = [
        Aside(statement=statement_of(1), reason=Reason.NO_READING),
        Aside(statement=statement_of(1), reason=Reason.NO_HOLDER, question=QUESTION),
        Aside(
            statement=statement_of(1),
            reason=Reason.OPEN,
            question=QUESTION,
            holder=HOLDER,
        ),
    ]
    keys = [aside_key(each) for each in asides]
    assert keys == [
        (statement_of(1), "", "", "no_reading"),
        (statement_of(1), QUESTION, "", "no_holder"),
        (statement_of(1), QUESTION, HOLDER, "open"),
    ]


def test_lines_and_asides_are_told_in_one_order() -> None:
    """By question and holder, and by what tells asides apart; not as they come."""
    found = fold(
        reversed(
            lives(
                *(
                    attributed(n, None, reading(question=OTHER_QUESTION), reading())
                    for n in range(4)
                ),
                *(
                    attributed(
                        n, "2031-02-01", reading(holder=who), reading(question=q)
                    )
                    for n, who, q in (
                        (5, HOLDER, OTHER_QUESTION),
                        (6, OFFICE, QUESTION),
                    )
                ),
            )
        )
    )
    keys = [(each.question, each.holder) for each in found.positions]
    assert keys == sorted(keys)
    assert len(keys) == 3
    asides = [aside_key(each) for each in found.asides]
    assert asides == sorted(asides)
    assert len(asides) == 8


@pytest.mark.parametrize(
    ("as_of", "shown"),
    [(date(2031, 2, 1), 1), (date(2031, 2, 2), 2), (date(2031, 2, 3), 2), (None, 2)],
)
def test_as_of_a_day_what_may_have_begun_by_it_is_folded(
    as_of: date | None, shown: int
) -> None:
    """The day itself counts; without a day everything does."""
    told = lives(
        attributed(1, "2031-02-01", reading()),
        attributed(2, "2031-02-02/2031-02-04", reading()),
    )
    begun = (each for each in told if as_of is None or each.begun_by(as_of))
    assert len(fold(begun).positions) == shown


def positions(*evidence: Evidence, before: Position | None = None) -> list[Position]:
    """Return the positions of one line."""
    return list(line(KEY, evidence, before))


@pytest.mark.parametrize(
    ("evidence", "days", "chained"),
    [
        ([weighed(1, 1, 8)], [(1, 8)], [False]),
        ([weighed(1, 1, 5), weighed(2, 5, 8)], [(1, 8)], [False]),
        ([weighed(1, 1, 5), weighed(2, 5, 9)], [(1, 9)], [True]),
        ([weighed(1, 1, 5), weighed(2, 6, 9)], [(1, 5), (6, 9)], [False, False]),
        ([weighed(1, 1, 7), weighed(2, 2, 3), weighed(3, 5, 5)], [(1, 7)], [False]),
        ([weighed(2, 4, 4), weighed(1, 2, 2)], [(2, 2), (4, 4)], [False, False]),
    ],
)
def test_blocks_share_days_and_warn_where_they_chain(
    evidence: list[Evidence], days: list[tuple[int, int]], chained: list[bool]
) -> None:
    """One day is enough; a week and a day is wider than any evidence may be."""
    found = positions(*evidence)
    assert [(each.earliest.day, each.latest.day) for each in found] == days
    assert [each.chained for each in found] == chained


def test_evidence_stands_once_in_its_order() -> None:
    """By statement, act, commitment and conditions, each piece once."""
    held = [
        weighed(1, 1, 1, 1, conditions=("a",)),
        weighed(1, 1, 1, 1, conditions=("b",)),
        weighed(1, 1, 1, 2),
        weighed(1, 1, 1, 0, Act.DENY),
    ]
    (found,) = positions(*reversed(held), *held)
    assert list(found.evidence) == held
    assert found.statements == (statement_of(1),)
    assert [each.order for each in held] == sorted(each.order for each in held)


def test_a_position_is_labelled_by_the_one_before_it() -> None:
    """It keeps the value before and the statements that it rested on."""
    first, second = positions(weighed(1, 1, 1), weighed(2, 3, 3, -2))
    assert (first.previous, first.previous_evidence) == (None, ())
    assert first.transition.label is Label.STATED
    assert second.previous == Stance(commitment=3)
    assert second.previous_evidence == (statement_of(1),)
    assert second.transition.label is Label.REVERSED
    assert positions(weighed(2, 3, 3, -2), before=first) == [second]
    (alone,) = positions(weighed(2, 3, 3, -2))
    assert after(first, alone) == second
    assert after(None, second) == alone


def test_a_position_has_nothing_before_it_unless_it_is_told() -> None:
    """What is stored without it is the first of its line, and of one block."""
    (alone,) = positions(weighed(1, 1, 1))
    told = json.loads(alone.body)
    for name in ("previous", "previous_evidence", "chained"):
        del told[name]
    assert Position.read(json.dumps(told).encode()) == alone
