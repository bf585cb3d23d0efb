"""dateparser behind guard rails (see docs/decisions/0006).

dateparser invents what it was not given: hours, days, months, even the year 3. So it
is asked only for what names a day or month, in one language, on at most 40 code
points, and believed only for the parts that it says it read. Weekdays, relative days
and ranges are counted here. The year of a date without one is the latest that is not
after the base: reported speech lies in the past.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
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
_RANGE = re.compile(r"(\d{1,2})\D{1,9}?(\d{1,2})\s+(\D+?)(?:,?\s+(\d{4}))?$")
_NUMERIC = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{4}$|\d{4}-\d{2}-\d{2}$")


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
        plain = " ".join(words.replace("’", "'").split()).strip(" ,.;")
        if known is None or not plain or len(plain) > LONGEST:
            return None
        try:
            return self._read(plain, known, language, base)
        except (InvalidMomentError, ValueError, OverflowError):
            return None  # a day that the calendar does not have

    def _read(
        self, words: str, known: DateWords, language: str, base: date | None
    ) -> DateReading | None:
        lowered = words.lower()
        for hedge in known.hedges:
            if lowered.startswith(f"{hedge} "):
                exact = self._read(words[len(hedge) + 1 :], known, language, base)
                return _marked(exact, "~", "hedged") if exact else None
        for part in known.parts_of_day:
            lowered = lowered.removesuffix(f" {part}")
        if lowered in known.relative:
            return self._relative(known.relative[lowered], base)
        first, _, rest = lowered.partition(" ")
        weekday = known.weekday(first)
        if weekday is not None:
            if not any(c.isdigit() for c in rest):
                return self._weekday(weekday, rest, known, base)
            stated = self._dated(rest, known, language, base)
            return _checked(stated, weekday) if stated else None
        return self._dated(lowered, known, language, base)

    def _relative(self, offset: int, base: date | None) -> DateReading | None:
        if base is None:
            return None
        return self._found(base + timedelta(days=offset), "relative")

    def _weekday(
        self, weekday: int, rest: str, known: DateWords, base: date | None
    ) -> DateReading | None:
        """Return the latest such weekday up to the base, that day included."""
        if base is None or fold_text(rest) in {fold_text(w) for w in known.next}:
            return None
        back = (base.weekday() - weekday) % 7
        if rest and back == 0:
            back = 7  # "last Friday", said on a Friday
        return self._found(base - timedelta(days=back), "weekday")

    def _dated(
        self, words: str, known: DateWords, language: str, base: date | None
    ) -> DateReading | None:
        found = None if _NUMERIC.match(words) else _RANGE.search(words)
        month = known.month(found[3].strip()) if found else None
        if found is not None and month is not None:
            return self._range(found, month, base)
        return self._asked(words, known, language, base)

    def _range(
        self, found: re.Match[str], month: int, base: date | None
    ) -> DateReading | None:
        if found[4] is None and base is None:
            return None
        year = int(found[4]) if found[4] else _past_year(month, int(found[1]), base)
        first = date(year, month, int(found[1]))
        last = date(year, month, int(found[2]))
        return DateReading(Moment.of_days(first, last), "explicit", self.name)

    def _asked(
        self, words: str, known: DateWords, language: str, base: date | None
    ) -> DateReading | None:
        """Ask dateparser, and keep only the parts that it read."""
        if not _NUMERIC.match(words) and not any(
            known.month(word) for word in re.findall(r"[^\W\d]+", words)
        ):
            return None  # neither a month nor a full date: it would be guessed
        answer = _parser(language).get_date_data(words)
        parts = set(answer.parts or ()) if answer.date_obj else set()
        if "month" not in parts or ("year" not in parts and base is None):
            return None
        day = answer.date_obj.date()
        if "year" not in parts:
            day = day.replace(year=_past_year(day.month, day.day, base))
        if not EARLIEST_YEAR <= day.year <= (base or day).year + YEARS_AHEAD:
            return None
        if "day" in parts:
            return self._found(day, "explicit")
        moment = Moment.parse(f"{day.year:04d}-{day.month:02d}")
        return DateReading(moment, "explicit", self.name)

    def _found(self, day: date, basis: str) -> DateReading:
        return DateReading(Moment.of_days(day, day), basis, self.name)


def _past_year(month: int, day: int, base: date | None) -> int:
    """Return the latest year in which the day is not after the base."""
    if base is None:
        raise ValueError
    return base.year if (month, day) <= (base.month, base.day) else base.year - 1


def _marked(reading: DateReading, mark: str, flag: str) -> DateReading:
    moment = Moment.parse(f"{reading.moment}{mark}")
    return DateReading(moment, reading.basis, reading.reader, (*reading.flags, flag))


def _checked(reading: DateReading, weekday: int) -> DateReading:
    """Mark a day as uncertain where its stated weekday contradicts it."""
    day = reading.moment.earliest
    if day is None or not reading.moment.is_day or day.weekday() == weekday:
        return reading
    return _marked(reading, "?", "weekday_mismatch")


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
