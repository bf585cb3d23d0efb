"""Live pages: entries that open with the hour, all of the day of publication."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from domain.attribution.draft import Draft
from domain.model.article import Article
from domain.model.statement import DateBasis, Dating

_HOUR = re.compile(
    r"^[^\S\n]*(?P<hour>(?:[01]?\d|2[0-3])\s?[:h]\s?[0-5]\d)(?=\s*(?:[-–—.:|]\s|$|\s[^\W\d]))",
    re.MULTILINE,
)
_LEAST = 2
"""Entries that make a page a live one: a single hour is that of publication."""


@lru_cache(maxsize=4)
def _hours(text: str) -> tuple[tuple[int, str], ...]:
    """Return the hours that open a line of a text, and where: asked for each statement."""
    return tuple((found.start(), found["hour"]) for found in _HOUR.finditer(text))


def of_entry(draft: Draft, article: Article) -> Dating | None:
    """Return the day of publication for what is said in an entry of a live page."""
    published = article.published_at
    if published is None or not published.is_day:
        return None
    hours = _hours(article.text)
    before = bisect_right(hours, draft.sentence.start, key=lambda hour: hour[0])
    if len(hours) < _LEAST or not before:
        return None
    return Dating(
        spoken_at=published,
        basis=DateBasis.RELATIVE,
        raw=hours[before - 1][1],
        base=published,
        rule="date-of-entry",
        confidence=0.8,
    )
