"""Moments: dates as uncertain as they are, in a small subset of EDTF (ISO 8601-2).

    year 2022 · month 2022-09 · day 2025-09-05 · 2025-09-05? ~ %  (qualified)
    2025-09-03/2025-09-06 · 2025-09-03/.. · ../2025-09-05          (intervals)
    2022-XX · 2022-09-XX · 202X                                    (unspecified digits)

Every moment has an earliest and a latest day (none on an open side) and keeps the
text it was written in. Qualifiers (? uncertain, ~ approximate, % both) are kept
and shown; they widen nothing. Days are those that the article counts; clock times
and time zones are outside this type.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from domain.errors import InvalidMomentError

_OPEN = ".."
_MARKS = "?~%"
KEPT = 4_096
"""Texts of which the days are kept: what is told of a day names it again and again."""
_POINT = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?"
    r"(?P<qualifier>[?~%]?)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened, as exactly as it is known.

    Two moments are equal when their texts are. ``earliest`` and ``latest`` are
    the outer days, inclusive; ``None`` means unbounded on that side.
    """

    text: str
    earliest: date | None = field(compare=False)
    latest: date | None = field(compare=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a moment from its EDTF text.

        Raises:
            InvalidMomentError: the text is not in the subset.
        """
        return cls(text, *_outer_days(text))

    @classmethod
    def of_days(cls, earliest: date | None, latest: date | None) -> Self:
        """Return the moment from one day to another; ``None`` leaves a side open."""
        if earliest is not None and earliest == latest:
            return cls.parse(earliest.isoformat())
        first = earliest.isoformat() if earliest is not None else _OPEN
        second = latest.isoformat() if latest is not None else _OPEN
        return cls.parse(f"{first}/{second}")

    @property
    def marks(self) -> str:
        """The qualifiers that the text carries: ``?``, ``~``, or ``%`` for both."""
        if self.is_approximate and self.is_uncertain:
            return "%"
        return "~" if self.is_approximate else "?" if self.is_uncertain else ""

    def marked(self, marks: str) -> Self:
        """Return the moment with qualifiers added to those that it ends in.

        An open end is not doubted: there is nothing to doubt.
        """
        bare = self.text.rstrip(_MARKS)
        known = set(self.text.removeprefix(bare) + marks)
        if not known or bare.endswith(_OPEN):
            return self
        return self.parse(bare + (known.pop() if len(known) == 1 else "%"))

    @property
    def is_approximate(self) -> bool:
        """Whether the text carries a ``~`` or ``%``."""
        return any(mark in self.text for mark in "~%")

    @property
    def is_uncertain(self) -> bool:
        """Whether the text carries a ``?`` or ``%``."""
        return any(mark in self.text for mark in "?%")

    @property
    def is_day(self) -> bool:
        """Whether the moment lies within one day."""
        return self.earliest is not None and self.earliest == self.latest

    def __str__(self) -> str:
        """Return the EDTF text, as it was written."""
        return self.text

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read from and write to the EDTF text."""
        return core_schema.no_info_plain_validator_function(
            cls._validate,
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the type as a string."""
        return {"type": "string", "title": "EDTF", "examples": ["2025-09-03/.."]}

    @classmethod
    def _validate(cls, value: object) -> Self:
        if isinstance(value, cls):
            return value
        if not isinstance(value, str):
            message = f"expected an EDTF text, got {type(value).__name__}"
            raise ValueError(message)  # noqa: TRY004 (pydantic reports ValueError)
        try:
            return cls.parse(value)
        except InvalidMomentError as error:
            raise ValueError(str(error)) from error


@lru_cache(KEPT)
def _outer_days(text: str) -> tuple[date | None, date | None]:
    """Return the outer days of an EDTF text; None where it is open."""
    first, slash, second = text.partition("/")
    if not slash:
        return _point(first, text)
    if first == second == _OPEN:
        raise _refuse(text, "an interval open at both ends says nothing")
    earliest = None if first == _OPEN else _point(first, text)[0]
    latest = None if second == _OPEN else _point(second, text)[1]
    if earliest is not None and latest is not None and earliest > latest:
        raise _refuse(text, "the interval ends before it begins")
    return earliest, latest


def _point(text: str, whole: str) -> tuple[date, date]:
    """Return the outer days of one point of time."""
    if not (found := _POINT.fullmatch(text)):
        raise _refuse(whole, "not a year, month, day or interval of them")
    year, month, day = found["year"], found["month"], found["day"]
    if "X" in year and month not in (None, "XX"):
        raise _refuse(whole, "an unspecified year with a known month")
    if month == "XX" and day not in (None, "XX"):
        raise _refuse(whole, "an unspecified month with a known day")
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    try:
        if month in (None, "XX"):
            return date(first, 1, 1), date(last, 12, 31)
        if day in (None, "XX"):
            end = calendar.monthrange(first, int(month))[1]
            return date(first, int(month), 1), date(first, int(month), end)
        exact = date(first, int(month), int(day))
    except (ValueError, calendar.IllegalMonthError) as error:
        raise _refuse(whole, "no such day in the calendar") from error
    return exact, exact


def _refuse(text: str, why: str) -> InvalidMomentError:
    return InvalidMomentError(
        f"{text[:60]!r} is not a date of the EDTF subset ({why}); "
        "write 2025, 2025-09, 2025-09-05, 2025-09-05~ or 2025-09-03/2025-09-06"
    )
