"""Words that a person gives with a decision: names and reasons."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field

from domain.model.patterns import LANGUAGE_TAG

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Categories of Unicode that nobody sees: controls, directions, surrogates."""
_JOINERS = {"\u200c", "\u200d"}
"""What some scripts need inside words."""


def _visible(words: str) -> str:
    hidden = [
        c
        for c in words
        if c not in _JOINERS and c != "\n" and unicodedata.category(c) in _HIDDEN
    ]
    if hidden:
        message = f"should have no hidden characters, has U+{ord(hidden[0]):04X}"
        raise ValueError(message)
    if not any(unicodedata.category(c)[0] in "LNSP" for c in words):
        message = "should not be blank"
        raise ValueError(message)
    return words


Told = Annotated[str, AfterValidator(_visible)]
"""A text that says something, and nothing unseen."""
Name = Annotated[Told, Field(min_length=1, max_length=200)]
"""The name of somebody or something, a title, the words of a question."""
LanguageTag = Annotated[str, Field(max_length=20, pattern=LANGUAGE_TAG)]
"""A language as labels are kept by (BCP 47, two subtags at most)."""
