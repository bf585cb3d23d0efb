"""Similarity of words by rapidfuzz: what two texts of one language have in common.

Case, punctuation and the order of words play no part, nor does what only one of the
two quotes at more length. Texts of two languages are never similar here.
"""

from __future__ import annotations

from rapidfuzz import fuzz, utils


def similarity_of_words(first: str, second: str) -> float:
    """Return how similar two texts are, 0 to 1."""
    alike = fuzz.token_set_ratio(first, second, processor=utils.default_process)
    return float(alike) / 100
