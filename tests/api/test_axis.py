"""The axis of time: every day has its point, and what is written does not run together."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from api.pages.axis import APART, Axis
from api.pages.words import Words

LEFT, RIGHT = 6, 766
DAYS = st.lists(st.dates(), min_size=1, max_size=8)
NEAR = st.lists(st.dates(date(2031, 1, 1), date(2031, 5, 1)), min_size=1, max_size=8)


def axis(*days: date) -> Axis:
    """Return the axis of some days."""
    return Axis.around(days, LEFT, RIGHT)


@given(DAYS | NEAR)
@example([date.min, date.max])
@example([date.max])
def test_an_earlier_day_is_never_to_the_right_of_a_later_one(days: list[date]) -> None:
    """Days keep their order, end after they began, and stay on the axis."""
    found = axis(*days)
    points = [(found.start(day), found.end(day)) for day in sorted(days)]
    assert points == sorted(points)
    for start, end in points:
        assert LEFT <= start <= end <= RIGHT
    for before, after in pairwise(sorted(set(days))):
        assert found.end(before) <= found.start(after)


@given(DAYS | NEAR)
@example([date.min, date.max])
@example([date.max])
def test_the_days_written_do_not_run_into_one_another(days: list[date]) -> None:
    """At least one is written; each is where its day begins, far enough from the next."""
    found = axis(*days)
    ticks = found.ticks()
    assert ticks
    assert all(each.x == found.start(each.day) for each in ticks)
    assert all(after.x - before.x >= APART for before, after in pairwise(ticks))


@given(DAYS)
def test_whole_months_are_shown(days: list[date]) -> None:
    """A single day stands among the others of its month."""
    found = axis(*days)
    assert found.first.day == 1
    assert (found.first.year, found.first.month) == (min(days).year, min(days).month)
    assert (found.last.year, found.last.month) == (max(days).year, max(days).month)
    assert found.start(found.first) == LEFT
    assert found.end(found.last) == RIGHT


@pytest.mark.parametrize(
    ("days", "written"),
    [
        ((date(2031, 5, 9),), "1 May 2031|8 May|15 May|22 May"),
        (
            (date(2031, 12, 30), date(2032, 1, 2)),
            "1 Dec 2031|8 Dec|15 Dec|22 Dec|1 Jan 2032|8 Jan|15 Jan|22 Jan",
        ),
        (
            (date(2031, 10, 9), date(2032, 4, 2)),
            "Oct 2031|Nov|Dec|Jan 2032|Feb|Mar|Apr",
        ),
        (
            (date(2031, 2, 9), date(2033, 1, 2)),
            "Mar 2031|May|Jul|Sep|Nov|Jan 2032|Mar|May|Jul|Sep|Nov|Jan 2033",
        ),
        (
            (date(2031, 2, 9), date(2041, 6, 2)),
            "2032|2033|2034|2035|2036|2037|2038|2039|2040|2041",
        ),
        (
            (date(1950, 2, 9), date(2035, 1, 2)),
            "1960|1970|1980|1990|2000|2010|2020|2030",
        ),
    ],
)
def test_a_long_time_is_written_by_years_and_a_short_one_by_days(
    days: tuple[date, ...], written: str
) -> None:
    """The year stands where it is new."""
    told = [
        Words("en").tick(each.day, each.step)
        + (f" {each.day.year}" if each.new_year and each.step != "year" else "")
        for each in axis(*days).ticks()
    ]
    assert "|".join(told) == written
