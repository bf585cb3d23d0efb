"""Which judgements on a statement are too unsure to pass for sure: marked for review.

Derived from the confidences on record, never stored. The thresholds stand where the
table of calibration (``docs/reference/attribution.md``) breaks: in the bands below,
less than half of the words and speakers are right, in the next band at least two of
three. Dates so low are too few to tell; more of them are right. What a person decided
is sure.
"""

from __future__ import annotations

from typing import Protocol

from domain.model.statement import Attribution, Dating, Identification
from domain.model.word import Word

WORDS_BELOW = 0.6
"""Confidence below which the words of a statement are to be reviewed."""
SPEAKER_BELOW = 0.6
"""Confidence below which its speaker is."""
DATE_BELOW = 0.7
"""Confidence below which a date that the article gives is."""


class Unsure(Word):
    """What of a statement is to be reviewed."""

    WORDS = "words"
    SPEAKER = "speaker"
    DATE = "date"


class Judged(Protocol):
    """A statement with its judgements, on record or just found."""

    @property
    def attribution(self) -> Attribution:
        """What stands in the text."""
        ...

    @property
    def identification(self) -> Identification:
        """Who uttered it."""
        ...

    @property
    def dating(self) -> Dating:
        """When it was uttered."""
        ...


def to_review(statement: Judged) -> tuple[Unsure, ...]:
    """Return what of a statement is to be reviewed; empty where all is sure.

    A date that the article does not give is said to be a default, and is not marked.
    """
    dating = statement.dating
    judged = (
        (Unsure.WORDS, statement.attribution.confidence < WORDS_BELOW),
        (Unsure.SPEAKER, statement.identification.confidence < SPEAKER_BELOW),
        (Unsure.DATE, dating.basis.is_told and dating.confidence < DATE_BELOW),
    )
    return tuple(part for part, unsure in judged if unsure)
