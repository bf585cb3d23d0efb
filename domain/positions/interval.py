"""When a statement was spoken, as far as it places the statement on a line.

Intervals are closed, in days as the article counts them; two overlap if they share a
day. A linked group is one utterance with one interval: the intersection of its
members' intervals, or their hull where that is empty. An unknown bound narrows
nothing, an undated member has no part in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Self

from domain.model.derived import Derived
from domain.model.moment import Moment
from domain.model.word import Word

WIDEST = timedelta(days=7)
"""A wider interval places nothing: no label may rest on a bare year or month."""


class Unplaced(Word):
    """Why a statement has no place on the axis of time."""

    UNDATED = "undated"
    OPEN = "open"
    TOO_WIDE = "too_wide"


class Interval(Derived, frozen=True):
    """Closed interval of days, as the article counts them; a side may be unknown."""

    earliest: date | None
    latest: date | None

    @classmethod
    def of(cls, moment: Moment | None) -> Self:
        """Return the outer days of a moment; none where there is no moment."""
        if moment is None:
            return cls(earliest=None, latest=None)
        return cls(earliest=moment.earliest, latest=moment.latest)

    @property
    def unplaced(self) -> Unplaced | None:
        """Why this interval places nothing, or None where it does."""
        if self.earliest is None and self.latest is None:
            return Unplaced.UNDATED
        if self.earliest is None or self.latest is None:
            return Unplaced.OPEN
        return Unplaced.TOO_WIDE if self.latest - self.earliest > WIDEST else None


def common_interval(intervals: Iterable[Interval]) -> Interval:
    """Return the intersection of intervals, or their hull where it is empty."""
    dated = [each for each in intervals if each.unplaced is not Unplaced.UNDATED]
    starts = [each.earliest for each in dated if each.earliest is not None]
    ends = [each.latest for each in dated if each.latest is not None]
    first, last = max(starts, default=None), min(ends, default=None)
    if first is not None and last is not None and first > last:
        whole_start, whole_end = len(starts) == len(dated), len(ends) == len(dated)
        first = min(starts) if whole_start else None
        last = max(ends) if whole_end else None
    return Interval(earliest=first, latest=last)
