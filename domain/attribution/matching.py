"""Whether words of a pattern stand in a text, whatever their ending and case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from domain.attribution.topic_terms import Pattern

Matched = tuple[str, ...]
"""The terms that were found, one of each group of the pattern."""


@lru_cache(maxsize=4096)
def fold_text(text: str) -> str:
    """Return a text as it is matched: case folded, accents and marks evened."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def match(patterns: Sequence[Pattern], words: str, language: str) -> Matched:
    """Return what the best pattern of a language matched, nothing if none does."""
    text = fold_text(words)
    found = (
        _match_one(pattern, text)
        for pattern in patterns
        if pattern.language == language
    )
    return max(found, key=len, default=())


def _match_one(pattern: Pattern, text: str) -> Matched:
    if any(_stands(term, text) for term in pattern.none):
        return ()
    matched: list[str] = []
    for group in pattern.all:
        term = next((term for term in group if _stands(term, text)), None)
        if term is None:
            return ()
        matched.append(term)
    return tuple(matched)


def _stands(term: str, text: str) -> bool:
    body, pattern = _compiled(term)
    # most terms do not stand in a text at all, and plain search tells that fastest
    return body in text and pattern.search(text) is not None


@lru_cache(maxsize=4096)
def _compiled(term: str) -> tuple[str, re.Pattern[str]]:
    """Return a term folded, and a pattern for it at the beginning of a word.

    `term$` ends there.
    """
    whole = term.endswith("$")
    body = fold_text(term.removesuffix("$"))
    ending = r"(?!\w)" if whole else ""
    return body, re.compile(rf"(?<!\w){re.escape(body)}{ending}")
