"""The axis of time: which point belongs to a day, and which days are written on it.

1. The axis shows whole months, from that of the first day to that of the last: even a
   single day stands among others.
2. Time runs from left to right and evenly. An earlier day is never to the right of a
   later one.
3. The days written are the closest ones whose words do not run into one another.
   Rounding never moves a point out of the axis.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

APART = 52
"""The least distance of two days written, in points."""
_DAYS = (1, 8, 15, 22)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000)


class Tick(NamedTuple):
    """A day written on the axis: a day, a month or a year, and the year if it is new."""

    x: int
    day: date
    step: str
    new_year: bool


class Axis(NamedTuple):
    """Days from ``first`` to ``last``, drawn between the points ``left`` and ``right``."""

    first: date
    last: date
    left: int
    right: int

    @classmethod
    def around(cls, days: Iterable[date], left: int, right: int) -> Axis:
        """Return the axis of the months in which these days are."""
        listed = list(days)
        first, last = min(listed), max(listed)
        end = last.replace(day=monthrange(last.year, last.month)[1])
        return cls(first.replace(day=1), end, left, right)

    def start(self, day: date) -> int:
        """Return the point at which a day begins."""
        return self._point(day.toordinal())

    def end(self, day: date) -> int:
        """Return the point at which a day is over."""
        return self._point(day.toordinal() + 1)

    def ticks(self) -> list[Tick]:
        """Return the days that are written, in order."""
        for step, days in self._choices():
            if found := self._apart(days):
                return self._written(step, found)
        return self._written("year", [self.first])

    def _point(self, ordinal: int) -> int:
        first, beyond = self.first.toordinal(), self.last.toordinal() + 1
        width = self.right - self.left
        return self.left + (ordinal - first) * width // (beyond - first)

    def _choices(self) -> Iterator[tuple[str, Iterator[date]]]:
        """Yield ever fewer days that may be written."""
        yield "day", (m.replace(day=d) for m in self._months(1) for d in _DAYS)
        for step in _MONTHS:
            yield "month" if step < _MONTHS[4] else "year", self._months(step)

    def _months(self, step: int) -> Iterator[date]:
        """Yield the first days of every ``step`` months, counted from January of year 0."""
        begun = self.first.year * 12 + self.first.month - 1
        ended = self.last.year * 12 + self.last.month
        for month in range(-(-begun // step) * step, ended, step):
            if month >= 12:  # noqa: PLR2004 (no calendar has a year 0)
                yield date(month // 12, month % 12 + 1, 1)

    def _apart(self, days: Iterable[date]) -> list[date]:
        """Return the days on the axis; none, as soon as two of them are too close."""
        found: list[date] = []
        for day in days:
            if self.first <= day <= self.last:
                if found and self.start(day) - self.start(found[-1]) < APART:
                    return []
                found.append(day)
        return found

    def _written(self, step: str, days: list[date]) -> list[Tick]:
        before = 0
        ticks: list[Tick] = []
        for day in days:
            ticks.append(Tick(self.start(day), day, step, day.year != before))
            before = day.year
        return ticks
