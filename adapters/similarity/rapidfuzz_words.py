"""Similarity of words by rapidfuzz: what two texts of one language have in common.

Case, punctuation and the order of words play no part, nor does what only one of the
two quotes at more length. Texts of two languages are never similar here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process, utils

KEPT = 8_192
"""Texts that are kept as they are compared: one meets many others, again and again."""


def similar_words(
    text: str, others: Sequence[str], least: float
) -> Iterator[tuple[int, float]]:
    """Yield which of the others are at least so similar to a text, 0 to 1, and how much."""
    found = process.extract_iter(
        _plain(text),
        [*map(_plain, others)],
        scorer=fuzz.token_set_ratio,
        score_cutoff=least * 100,
    )
    for _, alike, at in found:
        yield at, alike / 100


@lru_cache(KEPT)
def _plain(text: str) -> str:
    return utils.default_process(text)
