"""Datelines are told from sentences."""

from __future__ import annotations

import pytest

from domain.attribution.dateline import after_dateline
from domain.model.span import Span


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("VALDOR, 3 mars (ANV) – Le port rouvre.", "Le port rouvre."),
        ("VALDOR (ANV) - Le port rouvre.", "Le port rouvre."),
        ("Le port – le seul – rouvre.", "Le port – le seul – rouvre."),
        ("ANV rouvre le port.", "ANV rouvre le port."),
    ],
)
def test_only_a_place_in_capitals_before_a_dash_is_a_dateline(
    line: str, rest: str
) -> None:
    """Capitals and a dash make a dateline; a dash inside a sentence does not."""
    assert after_dateline(line, Span(0, len(line))).words(line) == rest
