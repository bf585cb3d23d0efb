"""Every label and every value in a sentence, in English and French, reviewed by a person.

The file is written only with ``ONRECORD_WRITE_GOLDEN=1``, and then read by a person.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.model.commitment import Act, Reading
from domain.positions.explain import explain
from domain.positions.labels import Label
from domain.positions.timeline import Position
from tests.support.facts import attributed, reading, recorded
from tests.support.histories import timeline

GOLDEN = Path(__file__).parent / "explained.txt"
TAKEN_BACK = [reading(0, act=Act.WITHDRAW)]
TORN = [reading(3), reading(-3)]
STEPS: tuple[list[Reading], ...] = (
    [reading(3)],
    [reading(3)],
    [reading(2)],
    [reading(2, conditions=["toll-first", "both-sides"])],
    [reading(2, conditions=["for-now"])],
    [reading(2)],
    [reading(1)],
    [reading(0)],
    [reading(-1)],
    [reading(-2)],
    [reading(-3), reading(-2)],
    [reading(3, conditions=["toll-first"])],
    TORN,
    [reading(1)],
    TAKEN_BACK,
    TORN,
    TAKEN_BACK,
    TAKEN_BACK,
    [reading(0, conditions=["for-now"])],
)
"""What one holder says in a month, one step a day: no label or value is left out."""


@pytest.fixture(scope="module")
def positions() -> tuple[Position, ...]:
    """Return the positions of the month."""
    days = enumerate(STEPS, start=1)
    told = (attributed(n, f"2031-02-{n:02d}", *said) for n, said in days)
    return timeline(recorded(told)).positions


def sentences(positions: tuple[Position, ...]) -> Iterator[str]:
    """Yield the sentences of each position, a line each."""
    for each in positions:
        for language in ("en", "fr"):
            yield explain(
                each, holder="Vesna Orlin", question="Open?", language=language
            )
        yield ""


def test_the_month_shows_every_label(positions: tuple[Position, ...]) -> None:
    """Nothing that a label can say is left without its sentence."""
    assert len(positions) == len(STEPS)
    assert {each.transition.label for each in positions} == set(Label)


@pytest.mark.golden
def test_every_sentence_is_the_one_that_was_reviewed(
    positions: tuple[Position, ...],
) -> None:
    """Readers quote them: a changed word is a decision."""
    told = "\n".join(sentences(positions))
    if os.environ.get("ONRECORD_WRITE_GOLDEN"):
        GOLDEN.write_text(told, encoding="utf-8")
    assert told == GOLDEN.read_text(encoding="utf-8")


def test_english_is_spoken_where_nothing_else_is_asked_for(
    positions: tuple[Position, ...],
) -> None:
    """And where there are no words in the language that is."""
    english = explain(positions[0], holder="H", question="Q", language="en")
    assert explain(positions[0], holder="H", question="Q") == english
    assert explain(positions[0], holder="H", question="Q", language="uk") == english
