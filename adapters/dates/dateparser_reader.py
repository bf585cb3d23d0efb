"""dateparser behind guard rails (see docs/decisions/0008).

dateparser invents what it was not given: hours, days, months, even the year 3. So it
is asked only for what names a day or month, in one language, on at most 40 code
points, and believed only for the parts that it says it read. Weekdays, relative days
and ranges are counted here. The year of a date without one is the latest that is not
after the base: reported speech lies in the past.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from domain.attribution.date_reading import DateReading
from domain.attribution.date_words import DateWords
from domain.attribution.matching import fold_text
from domain.errors import InvalidMomentError
from domain.model.moment import Moment

LONGEST = 40
EARLIEST_YEAR = 1900
YEARS_AHEAD = 50
_MONTHS = 12
_NUMERIC = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{4}$|\d{4}-\d{2}-\d{2}$")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_EITHER_WAY = {"en"}
"""Languages in which 05/09/2025 is a day of September here, of May there."""
_LEAP = 8
"""Years after which a 29 February has certainly been (1896, then 1904)."""


class DateparserReader:
    """Reads temporal expressions of the languages that it has words for."""

    def __init__(self, words: Mapping[str, DateWords]) -> None:
        self._words = words
        self.name = f"dateparser {version('dateparser')}"

    def read(
        self, words: str, *, language: str, base: date | None
    ) -> DateReading | None:
        """Return the moment that the words name, or None if they name none."""
        known = self._words.get(language)
        plain = " ".join(words.replace("’", "'").split()).strip(" ,.;").lower()
        if known is None or not plain or len(plain) > LONGEST:
            return None
        try:
            return self._read(plain, known, language, base)
        except (InvalidMomentError, ValueError, OverflowError):
            return None  # a day that the calendar does not have

    def _read(
        self, words: str, known: DateWords, language: str, base: date | None
    ) -> DateReading | None:
        for hedge in known.hedges:
            if words.startswith(f"{hedge} "):
                rest = words.removeprefix(f"{hedge} ")
                exact = self._read(rest, known, language, base)
                return _flagged(exact, "~", "hedged") if exact else None
        for opens in known.in_month:
            if words.startswith(f"{opens} "):
                return self._asked(
                    words.removeprefix(f"{opens} "), known, language, base
                )
        offset = known.relative.get(words)  # "ce matin" before "ce" + "matin"
        for part in known.parts_of_day:
            words = words.removesuffix(f" {part}")
        offset = known.relative.get(words, offset)
        if offset is not None:
            return self._relative(offset, base)
        return self._counted(words, known, base) or self._named(
            words, known, language, base
        )

    def _counted(
        self, words: str, known: DateWords, base: date | None
    ) -> DateReading | None:
        """Read what counts back from the base: a weekend, "two weeks ago"."""
        if base is None:
            return None
        if words in known.weekend:
            sunday = base - timedelta(days=(base.weekday() - 6) % 7 or 7)
            moment = Moment.of_days(sunday - timedelta(days=1), sunday)
            return DateReading(moment, "relative", self.name)
        days = known.counted(known.ago_pattern, words) if known.ago else None
        return None if days is None else self._relative(-days, base)

    def _named(
        self, words: str, known: DateWords, language: str, base: date | None
    ) -> DateReading | None:
        """Read days by their names and numbers."""
        if (stretch := known.range_pattern.fullmatch(words)) is not None:
            return self._range(stretch, known, base)
        first, _, rest = words.partition(" ")
        if first in known.last_before:
            return self._turned(rest, known, base)
        if (whole := known.weekday(words)) is not None:
            return self._weekday(whole, "", known, base)
        weekday = known.weekday(first)
        if weekday is None:
            return self._asked(words, known, language, base)
        if not any(c.isdigit() for c in rest):
            return self._weekday(weekday, rest, known, base)
        stated = self._asked(rest, known, language, base)
        return _checked(stated, weekday) if stated else None

    def _relative(self, offset: int, base: date | None) -> DateReading | None:
        if base is None:
            return None
        return self._found(base + timedelta(days=offset), "relative")

    def _weekday(
        self, weekday: int, rest: str, known: DateWords, base: date | None
    ) -> DateReading | None:
        """Return the latest such weekday up to the base, that day included."""
        turned = fold_text(rest) in {fold_text(word) for word in known.last}
        if base is None or (rest and not turned):
            return None
        back = (base.weekday() - weekday) % 7
        if turned and back == 0:
            back = 7  # "last Friday", said on a Friday
        return self._found(base - timedelta(days=back), "weekday")

    def _turned(
        self, word: str, known: DateWords, base: date | None
    ) -> DateReading | None:
        """Return the latest such weekday before the base ("last Friday")."""
        weekday = known.weekday(word)
        if weekday is None or base is None:
            return None
        back = (base.weekday() - weekday) % 7 or 7
        return self._found(base - timedelta(days=back), "weekday")

    def _range(
        self, found: re.Match[str], known: DateWords, base: date | None
    ) -> DateReading | None:
        """Return the days from one to another; the months may differ, and the years."""
        last_month = known.month(found["last_month"])
        first_month = known.month(found["first_month"] or found["last_month"])
        if first_month is None or last_month is None:
            return None
        first_day, last_day = int(found["first_day"]), int(found["last_day"])
        over = first_month > last_month
        year = int(found["first_year"] or found["last_year"] or 0)
        if not year:
            year = _past(first_month, first_day, base).year
        elif not found["first_year"]:
            year -= over
        first = date(year, first_month, first_day)
        last = date(int(found["last_year"] or year + over), last_month, last_day)
        if not _is_sane(first, base):
            return None
        return DateReading(Moment.of_days(first, last), "explicit", self.name)

    def _asked(
        self, words: str, known: DateWords, language: str, base: date | None
    ) -> DateReading | None:
        """Ask dateparser, and keep only the parts that it read."""
        if _NUMERIC.match(words):
            if language in _EITHER_WAY and _is_ambiguous(words):
                return None
        elif not any(known.month(w) for w in re.findall(r"[^\W\d]+", words)):
            return None  # neither a month nor a full date: it would be guessed
        answer = _parser(language).get_date_data(words)
        parts = set(answer.parts or ()) if answer.date_obj else set()
        if "month" not in parts or ("year" in parts and not _YEAR.search(words)):
            return None
        day = answer.date_obj.date()
        if "year" not in parts:
            day = _past(day.month, day.day, base)
        if not _is_sane(day, base):
            return None
        if "day" in parts:
            return self._found(day, "explicit")
        moment = Moment.parse(f"{day.year:04d}-{day.month:02d}")
        return DateReading(moment, "explicit", self.name)

    def _found(self, day: date, basis: str) -> DateReading:
        return DateReading(Moment.of_days(day, day), basis, self.name)


def _past(month: int, day: int, base: date | None) -> date:
    """Return the latest such day that is not after the base."""
    if base is None:
        raise ValueError
    for year in range(base.year, base.year - _LEAP - 1, -1):
        with suppress(ValueError):  # no 29 February in this year
            if (found := date(year, month, day)) <= base:
                return found
    raise ValueError


def _is_sane(day: date, base: date | None) -> bool:
    """Tell whether a year is one that news speak of, not one made up."""
    return EARLIEST_YEAR <= day.year <= (base or day).year + YEARS_AHEAD


def _is_ambiguous(words: str) -> bool:
    """Tell whether figures are a date with the day first and with the month first."""
    first, second, *_ = (int(each) for each in re.split("[./-]", words))
    return first != second and max(first, second) <= _MONTHS


def _flagged(reading: DateReading, mark: str, flag: str) -> DateReading:
    moment = reading.moment.marked(mark)
    return DateReading(moment, reading.basis, reading.reader, (*reading.flags, flag))


def _checked(reading: DateReading, weekday: int) -> DateReading:
    """Mark a day as uncertain where its stated weekday contradicts it."""
    day = reading.moment.earliest
    if day is None or not reading.moment.is_day or day.weekday() == weekday:
        return reading
    return _flagged(reading, "?", "weekday_mismatch")


@lru_cache(maxsize=8)
def _parser(language: str) -> Any:
    """Return the one parser of a language; earlier calls must not sway later ones."""
    from dateparser.date import DateDataParser  # noqa: PLC0415 (slow to import)

    return DateDataParser(
        languages=[language],
        try_previous_locales=False,
        settings={
            "PARSERS": ["absolute-time"],
            "PREFER_DAY_OF_MONTH": "first",
            "PREFER_MONTH_OF_YEAR": "first",
            "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001 (only parts that were read count)
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
