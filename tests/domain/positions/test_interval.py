"""Intervals: what places a statement, and what a linked group has in common."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.model.moment import Moment
from domain.positions.interval import Interval, Unplaced, common_interval

START = date(2031, 2, 1)


def between(text: str | None) -> Interval:
    """Return the interval of an EDTF text, or of none."""
    return Interval.of(Moment.parse(text) if text else None)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2031-02-01", None),
        ("2031-02-01/2031-02-08", None),
        ("2031-02-01/2031-02-09", Unplaced.TOO_WIDE),
        ("2031-02", Unplaced.TOO_WIDE),
        ("2031-02-01/..", Unplaced.OPEN),
        ("../2031-02-01", Unplaced.OPEN),
        (None, Unplaced.UNDATED),
    ],
)
def test_an_interval_of_a_week_and_a_day_places_nothing(
    text: str | None, why: Unplaced | None
) -> None:
    """From a day to the same day of the next week is the widest that does."""
    assert between(text).unplaced is why


@pytest.mark.parametrize(
    ("members", "common"),
    [
        (["2031-02-01/2031-02-05", "2031-02-04/2031-02-06"], "2031-02-04/2031-02-05"),
        (["2031-02-01/2031-02-05", "2031-02-05/2031-02-06"], "2031-02-05"),
        (["2031-02-01/2031-02-02", "2031-02-05/2031-02-06"], "2031-02-01/2031-02-06"),
        (["2031-02-05/2031-02-06", "2031-02-01/2031-02-02"], "2031-02-01/2031-02-06"),
        (["2031-02-05", None], "2031-02-05"),
        (["2031-02-01/..", "../2031-02-03"], "2031-02-01/2031-02-03"),
        (["2031-02-01/..", "2031-02-04/.."], "2031-02-04/.."),
        (["../2031-02-04", "../2031-02-01"], "../2031-02-01"),
        (["2031-02-05/..", "2031-02-01"], "2031-02-01/.."),
        (["../2031-02-01", "2031-02-05"], "../2031-02-05"),
        ([None, None], None),
        ([], None),
    ],
)
def test_a_linked_group_has_the_days_that_its_members_share(
    members: list[str | None], common: str | None
) -> None:
    """Without one that all share it has the hull; an open side stays open in it."""
    assert common_interval(map(between, members)) == between(common)


def test_a_hull_that_is_open_at_both_ends_is_no_date() -> None:
    """One member ends before the other begins, and neither says where it ends."""
    found = common_interval([between("../2031-02-01"), between("2031-02-05/..")])
    assert found == between(None)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), min_size=1))
def test_the_common_days_are_those_of_the_sets(members: list[tuple[int, int]]) -> None:
    """An interval is the set of its days: their intersection, or all in between."""
    sets = [frozenset(range(first, first + more + 1)) for first, more in members]
    common = frozenset.intersection(*sets) or frozenset.union(*sets)
    found = common_interval(
        Interval(
            earliest=START + timedelta(days=min(days)),
            latest=START + timedelta(days=max(days)),
        )
        for days in sets
    )
    assert found.earliest == START + timedelta(days=min(common))
    assert found.latest == START + timedelta(days=max(common))
