"""Names and reasons say something, and hold nothing unseen."""

from __future__ import annotations

import re

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.model.told import Told

TOLD: TypeAdapter[str] = TypeAdapter(Told)


@pytest.mark.parametrize(
    "words",
    [
        "the minister's own voice",
        "Orlin",
        "7",
        "…",
        "€",
        "two\nlines",
        "می\u200cخواهم",
        "क्\u200dष",
        " ж ",
    ],
)
def test_what_can_be_read_is_told_as_it_is(words: str) -> None:
    """Letters, digits, signs, line ends and joiners of any script stay."""
    assert TOLD.validate_python(words) == words


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("a\tb", "U+0009"),
        ("a\r\nb", "U+000D"),
        ("a\u202eb", "U+202E"),
        ("a\u200bb\u00ad", "U+200B"),
        ("a\ue000", "U+E000"),
        ("a\ud800", "U+D800"),
        ("a\U000e0001", "U+E0001"),
        ("a\U00030000\ufdd0", "U+FDD0"),
    ],
)
def test_what_nobody_sees_is_refused_by_its_number(words: str, seen: str) -> None:
    """Controls, directions, private and unassigned characters; the first is named."""
    expected = f"Value error, should have no hidden characters, has {seen}"
    with pytest.raises(ValidationError, match=f"{re.escape(expected)} "):
        TOLD.validate_python(words)


@pytest.mark.parametrize("words", ["", " ", "\n \u3000", "\u0301", "\u200c\u200d"])
def test_what_says_nothing_is_refused(words: str) -> None:
    """Spaces, line ends, joiners and marks without a letter are blank."""
    with pytest.raises(ValidationError, match="error, should not be blank "):
        TOLD.validate_python(words)
