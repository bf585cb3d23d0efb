"""Stretches of an article that are told with a reason, in their outer shape."""

from __future__ import annotations

from collections.abc import Iterable

from api.schemas import outer
from domain.model.article import Marked, Skipped


def marked(places: Iterable[Marked | Skipped]) -> tuple[outer.MarkedOut, ...]:
    """Return what was marked or passed over, each with its reason."""
    return tuple(
        outer.MarkedOut(start=each.start, end=each.end, reason=each.reason)
        for each in places
    )
