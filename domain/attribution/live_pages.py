"""Live pages: entries that open with the hour, all of the day of publication."""

from __future__ import annotations

import re

from domain.attribution.draft import Draft
from domain.model.article import Article
from domain.model.statement import DateBasis, Dating

_HOUR = re.compile(
    r"^[^\S\n]*(?P<hour>(?:[01]?\d|2[0-3])\s?[:.h]\s?[0-5]\d)(?=\s*(?:[-–—.:|]\s|$|\s[^\W\d]))",
    re.MULTILINE,
)
_LEAST = 2
"""Entries that make a page a live one: a single hour is that of publication."""


def of_entry(draft: Draft, article: Article) -> Dating | None:
    """Return the day of publication for what is said in an entry of a live page."""
    published = article.published_at
    if published is None or not published.is_day:
        return None
    hours = list(_HOUR.finditer(article.text))
    if len(hours) < _LEAST:
        return None
    before = [hour for hour in hours if hour.start() <= draft.sentence.start]
    if not before:
        return None
    return Dating(
        spoken_at=published,
        basis=DateBasis.RELATIVE,
        raw=before[-1]["hour"],
        base=published,
        rule="date-of-entry",
        confidence=0.8,
    )
