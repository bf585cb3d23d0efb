"""Every cause of a revision and every day in words, in English and French, reviewed.

The file is written only with ``ONRECORD_WRITE_GOLDEN=1``, and then read by a person.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from domain.positions.cause_wording import cause_alone_in_words, cause_in_words
from domain.positions.causes import Happening
from domain.positions.wording import day_in_words
from tests.domain.positions.test_explain_revision import cause
from tests.support.facts import statement_of

GOLDEN = Path(__file__).parent / "explained_revisions.txt"


def lines() -> Iterator[str]:
    """Yield each cause as seen from its statement, from another and alone; the months."""
    for happening in Happening:
        yield happening
        agents = "tarek-mool vesna-orlin" if "judged" in happening else ""
        for language in ("en", "fr"):
            found = cause(7, happening, 1, 2, agents=agents)
            own, others = (
                cause_in_words(found, statement_of(number), language=language)
                for number in (1, 3)
            )
            alone = cause_alone_in_words(found, "…", language=language)
            yield f"    {own} | {others} | {alone}"
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
