"""What extraction makes of one article: found, judged, filed."""

from __future__ import annotations

from domain.model.article import Marked, Skipped
from domain.model.ids import StatementId, TopicId
from domain.model.statement import (
    Assessment,
    Attribution,
    Dating,
    Filing,
    Identification,
)
from domain.model.value import Value

SURFACE = "surface"
"""Begins the name of a parser that reads words alone."""


class Filed(Value):
    """A statement under one topic, with what it says on the topic's questions."""

    topic: TopicId
    filing: Filing
    assessment: Assessment


class Found(Value):
    """A statement found in an article, judged, and filed under at least one topic."""

    id: StatementId
    attribution: Attribution
    identification: Identification
    dating: Dating
    filed: tuple[Filed, ...]


class Extraction(Value):
    """All that was found in one article, and what was passed over and why."""

    extractor: str
    found: tuple[Found, ...]
    boilerplate: tuple[Marked, ...]
    skipped: tuple[Skipped, ...]

    @property
    def tier(self) -> str:
        """How well the language is read."""
        return tier_of(self.extractor)


def tier_of(extractor: str) -> str:
    """Return how well an extractor reads: ``full``, or ``lower`` where no parser helps."""
    return "lower" if f"; {SURFACE} " in extractor else "full"
