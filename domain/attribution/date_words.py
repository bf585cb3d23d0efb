"""The words of one language by which dates are named; read from ``dates.yaml``."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated

from pydantic import Field

from domain.attribution.matching import fold_text
from domain.model.moment import Moment
from domain.model.value import Value

Words = tuple[str, ...]


class EventAnchor(Value):
    """An event whose days are known; used only where its year is certain."""

    words: Words
    held: Moment
    source: str


class DateWords(Value):
    """Names of months and weekdays, relative days, and what surrounds them.

    ``relative`` maps words to an offset in days from the base, ``day_before`` are
    words that count from the day named last, ``last`` and ``next`` turn a weekday,
    ``hedges`` make a date approximate, ``parts_of_day`` are dropped: a part of a day
    is no date of its own.
    """

    months: Annotated[tuple[Words, ...], Field(min_length=12, max_length=12)]
    weekdays: Annotated[tuple[Words, ...], Field(min_length=7, max_length=7)]
    relative: dict[str, int]
    day_before: Words = ()
    last: Words = ()
    next: Words = ()
    hedges: Words = ()
    parts_of_day: Words = ()
    leading: Words = ()
    range_opens: Words = ()
    range_joins: Words = ()
    ordinal: str = ""
    anchors: tuple[EventAnchor, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds temporal expressions in a text, the longest first."""
        month, weekday = _any(_flat(self.months)), _any(_flat(self.weekdays))
        day = rf"\d{{1,2}}(?:{self.ordinal})?" if self.ordinal else r"\d{1,2}"
        part = rf"(?:\s+{_any(self.parts_of_day)})?" if self.parts_of_day else ""
        turn = rf"(?:\s+{_any(self.last)})?" if self.last else ""
        hedge = rf"(?:{_any(self.hedges)}\s+)?" if self.hedges else ""
        opens = rf"(?:{_any(self.range_opens)}\s+)?" if self.range_opens else ""
        joins = _any((*self.range_joins, "-", "–"))
        year = r"(?:,?\s+\d{4})?"
        forms = (
            rf"{opens}{day}\s*{joins}\s*{day}\s+{month}{year}",
            rf"{hedge}(?:{weekday}\s+)?{day}\s+{month}{year}",
            rf"{hedge}{month}\s+{day}(?:,\s+\d{{4}})?(?!\d)",
            rf"{hedge}{month}\s+\d{{4}}",
            r"\d{1,2}[./]\d{1,2}[./]\d{4}",
            r"\d{4}-\d{2}-\d{2}",
            _any(tuple(self.relative)) + part if self.relative else r"(?!)",
            rf"{weekday}{turn}{part}",
            _any(self.day_before) if self.day_before else r"(?!)",
        )
        return re.compile(r"(?<!\w)(?:" + "|".join(forms) + r")(?!\w)", re.IGNORECASE)

    def weekday(self, word: str) -> int | None:
        """Return the number of a weekday, Monday 0, or None."""
        return _index(self.weekdays, word)

    def month(self, word: str) -> int | None:
        """Return the number of a month, January 1, or None."""
        found = _index(self.months, word)
        return None if found is None else found + 1


def _index(names: tuple[Words, ...], word: str) -> int | None:
    folded = fold_text(word).rstrip(".")
    return next(
        (n for n, forms in enumerate(names) if folded in {fold_text(f) for f in forms}),
        None,
    )


def _flat(names: tuple[Words, ...]) -> Words:
    return tuple(form for forms in names for form in forms)


def _any(words: Words) -> str:
    longest = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word) for word in longest) + ")"
