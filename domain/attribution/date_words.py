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

    ``relative`` maps words to an offset in days from the base. From the day named last
    count ``day_before``, ``day_after``, ``later`` with a number and a unit ("{n} {unit}
    plus tard"), and ``hours_later``, which may be the next day. ``in_month`` stands
    before a month alone ("en octobre"). ``last`` (behind) and ``last_before`` turn
    a weekday, ``ago`` are patterns with a number and a unit ("il y a {n} {unit}") whose
    words ``numbers`` and ``units`` (in days) name, ``weekend`` is the last one before,
    ``hedges`` make a date approximate, ``parts_of_day`` are dropped: a part of a day
    is no date of its own. ``year_words`` may stand behind a year ("2031 года"),
    ``same_day`` tells of the day spoken of last ("dans la soirée", "afterwards"),
    ``pointing`` opens a sentence that dates what was said before ("Об этом он заявил").
    """

    months: Annotated[tuple[Words, ...], Field(min_length=12, max_length=12)]
    weekdays: Annotated[tuple[Words, ...], Field(min_length=7, max_length=7)]
    relative: dict[str, int]
    day_before: Words = ()
    day_after: Words = ()
    later: Words = ()
    hours_later: Words = ()
    in_month: Words = ()
    last: Words = ()
    last_before: Words = ()
    ago: Words = ()
    numbers: dict[str, int] = Field(default_factory=dict)
    units: dict[str, int] = Field(default_factory=dict)
    weekend: Words = ()
    next: Words = ()
    hedges: Words = ()
    parts_of_day: Words = ()
    leading: Words = ()
    range_opens: Words = ()
    range_joins: Words = ()
    ordinal: str = ""
    year_words: Words = ()
    same_day: Words = ()
    pointing: Words = ()
    anchors: tuple[EventAnchor, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds temporal expressions in a text, the longest first.

        A weekday before a number that no month follows names a day that the words
        do not tell whole; it is passed over.
        """
        month, weekday = _any(_flat(self.months)), _any(_flat(self.weekdays))
        day = rf"\d{{1,2}}{_maybe(self.ordinal)}"
        part, turn = _behind(self.parts_of_day), _behind(self.last)
        hedge = _before(self.hedges)
        year = rf"(?:,?\s+\d{{4}}{_behind(self.year_words)})?"
        forms = (
            self.range_pattern.pattern,
            rf"{hedge}(?:{weekday}\s+)?{day}\s+{month}{year}",
            rf"{hedge}{month}\s+{day}(?:,\s+\d{{4}})?(?!\d)",
            rf"{hedge}{month}\s+\d{{4}}",
            rf"{_any(self.in_month)}\s+{month}(?!\s+\d)",
            r"\d{1,2}[./]\d{1,2}[./]\d{4}",
            r"\d{4}-\d{2}-\d{2}",
            _any(tuple(self.relative)) + part,
            self.ago_pattern.pattern if self.ago else r"(?!)",
            _any(self.weekend),
            rf"{_before(self.last_before)}{weekday}{turn}{part}(?!\s+\d)",
            _any((*self.day_before, *self.day_after, *self.hours_later)),
            self.later_pattern.pattern if self.later else r"(?!)",
        )
        return re.compile(r"(?<!\w)(?:" + "|".join(forms) + r")(?!\w)", re.IGNORECASE)

    @cached_property
    def range_pattern(self) -> re.Pattern[str]:
        """Reads a stretch of days: "du 3 au 6 mars", "du 28 mars au 2 avril 2031"."""
        month = _any(_flat(self.months))
        weekday, ordinal = _before(_flat(self.weekdays)), _maybe(self.ordinal)
        joins = _any((*self.range_joins, "-", "–"))
        return re.compile(
            rf"{_before(self.range_opens)}"
            rf"{weekday}(?P<first_day>\d{{1,2}}){ordinal}"
            rf"(?:\s+(?P<first_month>{month})(?:\s+(?P<first_year>\d{{4}}))?)?"
            rf"\s*{joins}\s*"
            rf"{weekday}(?P<last_day>\d{{1,2}}){ordinal}"
            rf"\s+(?P<last_month>{month})(?:,?\s+(?P<last_year>\d{{4}}))?",
            re.IGNORECASE,
        )

    @cached_property
    def ago_pattern(self) -> re.Pattern[str]:
        """Reads a count of days or weeks before: "il y a deux jours"."""
        return self._counting(self.ago)

    @cached_property
    def later_pattern(self) -> re.Pattern[str]:
        """Reads a count of days or weeks behind a day: "quatre jours plus tard"."""
        return self._counting(self.later)

    def counted(self, pattern: re.Pattern[str], words: str) -> int | None:
        """Return the days that words count by such a pattern, None if they do not."""
        found = pattern.fullmatch(words)
        if found is None:
            return None
        number, unit = (group for group in found.groups() if group)
        return (self.numbers.get(number) or int(number)) * self.units[unit]

    def _counting(self, forms: Words) -> re.Pattern[str]:
        """Return a pattern of forms with a number and a unit, in two groups each."""
        number = rf"(\d{{1,2}}|{_any(tuple(self.numbers))})"
        units = rf"({_any(tuple(self.units))})"
        escaped = (
            re.escape(form).replace(r"\{n\}", "(N)").replace(r"\{unit\}", "(U)")
            for form in forms
        )
        whole = "|".join(form.replace(r"\ ", r"\s+") for form in escaped)
        return re.compile(
            whole.replace("(N)", number).replace("(U)", units), re.IGNORECASE
        )

    def from_last(self, words: str) -> tuple[int, int] | None:
        """Return the first and last day that words mean, from the day named last."""
        said = " ".join(words.lower().replace("’", "'").split())
        if said in self.day_before:
            return -1, -1
        if said in self.day_after:
            return 1, 1
        if said in self.hours_later:
            return 0, 1
        days = self.counted(self.later_pattern, said) if self.later else None
        return None if days is None else (days, days)

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
    """Return a pattern for one of the words, for nothing where there are none."""
    longest = sorted(words, key=len, reverse=True)
    return (
        "(?:" + "|".join(re.escape(word) for word in longest) + ")" if words else "(?!)"
    )


def _before(words: Words) -> str:
    return rf"(?:{_any(words)}\s+)?"


def _behind(words: Words) -> str:
    return rf"(?:\s+{_any(words)})?"


def _maybe(ending: str) -> str:
    return f"(?:{ending})?" if ending else ""
