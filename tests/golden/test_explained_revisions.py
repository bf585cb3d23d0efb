"""Every cause of a revision and every day in words, in English and French, reviewed.

The file is written only with ``ONRECORD_WRITE_GOLDEN=1``, and then read by a person.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from domain.positions.explain_revision import cause_in_words
from domain.positions.wording import day_in_words
from tests.domain.positions.test_explain_revision import (
    CHANGING,
    RECORDED,
    cause,
    revision,
)

GOLDEN = Path(__file__).parent / "explained_revisions.txt"
ATTRIBUTED = "statement-attributed.v1"


def lines() -> Iterator[str]:
    """Yield each cause as seen from its statement and from another, then the months."""
    told = revision(RECORDED)
    names = [*(event.name for event in CHANGING), "never-heard-of.v1"]
    for name, answers in [*((name, False) for name in names), (ATTRIBUTED, True)]:
        yield f"{name}, an answer" if answers else name
        for language in ("en", "fr"):
            own, others = (
                cause_in_words(
                    cause(7, name, *about, answers=answers), told, language=language
                )
                for about in ((1, 2), (2,))
            )
            yield f"    {own} | {others}"
    for month in range(1, 13):
        day = date(2031, month, month)
        yield f"{day}: {day_in_words(day, 'en')} | {day_in_words(day, 'fr')}"


@pytest.mark.golden
def test_every_cause_and_day_is_told_as_it_was_reviewed() -> None:
    """Readers quote them: a changed word is a decision."""
    told = "\n".join(lines()) + "\n"
    if os.environ.get("ONRECORD_WRITE_GOLDEN"):
        GOLDEN.write_text(told, encoding="utf-8")
    assert told == GOLDEN.read_text(encoding="utf-8")
