"""A line that is changed by its evidence is the line folded from nothing."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.model.commitment import Act
from domain.positions.evidence import Evidence
from domain.positions.line import Line, PositionChange
from domain.positions.timeline import Key, Position, line
from tests.support.facts import HOLDER, QUESTION, statement_of

KEY = Key(QUESTION, HOLDER)
START = date(2031, 2, 1)


def evidence(
    number: int, first: int, last: int | None = None, commitment: int = 3
) -> Evidence:
    """Return the evidence of a statement from one day of February to another."""
    return Evidence(
        statement=statement_of(number),
        earliest=START + timedelta(days=first - 1),
        latest=START + timedelta(days=(last or first) - 1),
        act=Act.ASSERT,
        commitment=commitment,
    )


EVIDENCE = st.builds(
    lambda number, first, more, commitment: evidence(
        number, first, first + more, commitment
    ),
    st.integers(0, 9),
    st.integers(1, 20),
    st.sampled_from([0, 0, 0, 1, 3, 7]),
    st.integers(-3, 3),
)
STEPS = st.lists(st.lists(EVIDENCE, max_size=4), max_size=6)


def folded(held: list[Evidence]) -> list[Position]:
    """Return the line of evidence, folded from nothing."""
    return list(line(KEY, held))


def stored(positions: list[Position]) -> Line:
    """Return a line as it is read from a store."""
    bodies = [(each.earliest, each.body) for each in positions]
    return Line(KEY, bodies)


def difference(before: list[Position], now: list[Position]) -> list[PositionChange]:
    """Return the days on which two lines differ, with both positions."""
    was = {each.earliest: each for each in before}
    became = {each.earliest: each for each in now}
    return [
        (day, was.get(day), became.get(day))
        for day in sorted(was.keys() | became.keys())
        if was.get(day) != became.get(day)
    ]


@given(EVIDENCE, EVIDENCE)
@example(evidence(0, 1, 4, 0), evidence(0, 1, 1, 0))
def test_evidence_that_is_other_has_another_place_in_its_block(
    one: Evidence, other: Evidence
) -> None:
    """Else its order would be that in which it came."""
    assert (one.order == other.order) == (one == other)


@given(st.lists(EVIDENCE, max_size=8), STEPS, st.data())
def test_whatever_is_put_in_and_taken_out_the_line_is_the_fold_of_what_is_left(
    begun: list[Evidence], steps: list[list[Evidence]], data: st.DataObject
) -> None:
    """Its changes are the difference of the two folds, each told once."""
    held = list(dict.fromkeys(begun))
    own = stored(folded(held))
    for comes in steps:
        before = folded(held)
        goes = data.draw(st.lists(st.sampled_from(held or comes or [evidence(0, 1)])))
        own.take_out(goes)
        held = [each for each in held if each not in goes]
        own.put_in(comes)
        held = list(dict.fromkeys([*held, *comes]))
        assert list(own) == folded(held)
        assert len(own) == len(folded(held))
        assert list(own.changes()) == difference(before, folded(held))
        assert list(own.changes()) == []


@given(st.permutations([evidence(n, d) for n, d in enumerate((1, 3, 5, 7))]))
def test_the_order_in_which_evidence_comes_is_nothing(order: list[Evidence]) -> None:
    """What is put in piece by piece, first or last in time, gives one line."""
    own = Line(KEY)
    for each in order:
        own.put_in([each])
    assert list(own) == folded(order)


@pytest.mark.parametrize(
    ("new", "blocks"),
    [
        (evidence(9, 4), [[1, 2], [4], [5, 6], [8, 9]]),
        (evidence(9, 2, 3), [[1, 3], [5, 6], [8, 9]]),
        (evidence(9, 6, 8), [[1, 2], [5, 9]]),
        (evidence(9, 4, 5), [[1, 2], [4, 6], [8, 9]]),
        (evidence(9, 7), [[1, 2], [5, 6], [7], [8, 9]]),
        (evidence(9, 1, 8), [[1, 9]]),
        (evidence(9, 10), [[1, 2], [5, 6], [8, 9], [10]]),
    ],
)
def test_evidence_joins_what_shares_a_day_with_it(
    new: Evidence, blocks: list[list[int]]
) -> None:
    """Its first and last day count; the day before and the day after do not."""
    own = stored(folded([evidence(1, 1, 2), evidence(2, 5, 6), evidence(3, 8, 9)]))
    own.put_in([new])
    found = [[each.earliest.day, each.latest.day] for each in own]
    assert found == [[days[0], days[-1]] for days in blocks]


def test_evidence_that_is_not_on_the_line_is_not_taken_out() -> None:
    """Another day, another statement or another commitment is other evidence."""
    held = [evidence(1, 3, 4), evidence(2, 8)]
    own = stored(folded(held))
    own.take_out([evidence(1, 1), evidence(7, 3, 4), evidence(2, 8, 8, -3)])
    assert list(own) == folded(held)
    assert list(own.changes()) == []


def test_what_comes_and_goes_again_is_no_change() -> None:
    """The line is compared with what it was when its changes were last told."""
    held = [evidence(1, 3), evidence(2, 8, 8, -3)]
    own = stored(folded(held))
    own.put_in([evidence(3, 1)])
    own.take_out([evidence(3, 1)])
    assert list(own.changes()) == []


def test_the_label_after_a_change_is_made_anew_and_no_other() -> None:
    """One position is new, the next is labelled anew, the one behind it stays."""
    held = [evidence(1, 1), evidence(2, 5, 5, -2), evidence(3, 9, 9, -2)]
    own = stored(folded(held))
    own.put_in([evidence(4, 3, 3, -1)])
    now = folded([*held, evidence(4, 3, 3, -1)])
    days = [day.day for day, _, _ in own.changes()]
    assert days == [3, 5]
    assert list(own) == now


def test_a_position_is_read_when_it_is_needed() -> None:
    """A long line is not decoded for the sake of its last day."""
    positions = folded([evidence(n, n) for n in range(1, 20)])
    bodies = [(each.earliest, each.body) for each in positions]
    unread = [(day, b"not read") for day, _ in bodies[:-2]]
    own = Line(KEY, chain(unread, bodies[-2:]))
    own.put_in([evidence(30, 21)])
    assert [now for _, _, now in own.changes()] == [
        folded([evidence(n, n) for n in (18, 19)] + [evidence(30, 21)])[-1]
    ]
