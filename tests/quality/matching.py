"""Which extracted statement is which annotated one.

Rules
1. What is compared is content without its edges: outer quotation marks, spaces and
   punctuation count for nothing, nor does the complementizer or infinitive marker that
   opens it. Both sides are trimmed alike.
2. Overlap is symmetric: code points in both, by code points in either.
3. Statements are paired one to one, the greatest overlap first; among equals the one
   that covers more, then the one that comes first. A pair overlaps by something.
4. An extracted statement without a partner that overlaps an optional one by
   ``SAME`` or more is left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from tests.quality.annotated import AnnotatedArticle, Extracted, Place, Statement

CLOSE = 0.8
"""Overlap from which two contents are nearly the same words."""
SAME = 0.3
"""Overlap from which two statements are about the same words; attributes are compared."""
_SPACES = " \t\r\n\u00a0\u202f\u2009\u200e\u200f"
_MARKS = "«»“”„‟\"‘’‚‹›'"
_PUNCTUATION = ".,:;،؛—–-"  # ? ! and … belong to what was said
_EDGES = _SPACES + _MARKS + _PUNCTUATION
_OPENERS = "que|de|à|to|that|что|чтобы|що|щоб|ب?[أإ]ن(?:ّ|ه|ها|هم|نا|ي)?"
_OPENING = re.compile(
    rf"(?:(?:{_OPENERS})(?=[\s«“„\"])|(?:qu|d)['’])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two contents agree."""

    overlap: float
    covered: float
    """The share of the annotated content that the extracted one has."""
    exact: bool
    """Whether they hold the same letters and digits."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An annotated statement, an extracted one, or both; where they stand, how alike."""

    article: AnnotatedArticle
    gold: Statement | None
    found: Extracted | None
    agreement: Agreement | None = None

    @property
    def is_same(self) -> bool:
        """Tell whether both are there and about the same words."""
        return self.agreement is not None and self.agreement.overlap >= SAME


def offsets(places: Iterable[Place]) -> set[int]:
    """Return the code points that some places cover."""
    return {at for start, end in places for at in range(start, end)}


def trimmed(text: str, content: Sequence[Place]) -> set[int]:
    """Return the code points of a content without its edges."""
    kept: list[Place] = []
    for number, (first, end) in enumerate(content):
        start = _skip(text, first, end)
        if number == 0 and (opening := _OPENING.match(text, start, end)):
            start = _skip(text, opening.end(), end)
        kept.append((start, start + len(text[start:end].rstrip(_EDGES))))
    return offsets(kept)


def agreement(text: str, gold: Statement, found: Statement) -> Agreement | None:
    """Return how far the contents of two statements agree, None if they are apart."""
    wanted, got = trimmed(text, gold.content), trimmed(text, found.content)
    both = wanted & got
    if not both:
        return None
    return Agreement(
        overlap=len(both) / len(wanted | got),
        covered=len(both) / len(wanted),
        exact=_letters(text, wanted) == _letters(text, got),
    )


def match(article: AnnotatedArticle, found: Sequence[Extracted]) -> list[Pair]:
    """Pair the statements of an article with those that were found in it."""
    gold, text = article.statements, article.text
    candidates = [
        (-agreed.overlap, -agreed.covered, i, j, agreed)
        for i, wanted in enumerate(gold)
        for j, got in enumerate(found)
        if (agreed := agreement(text, wanted, got)) is not None
    ]
    pairs: list[Pair] = []
    missed, spurious = dict(enumerate(gold)), dict(enumerate(found))
    for _, _, i, j, agreed in sorted(candidates, key=lambda each: each[:4]):
        if i in missed and j in spurious:
            pairs.append(Pair(article, missed.pop(i), spurious.pop(j), agreed))
    pairs += [Pair(article, each, None) for each in missed.values()]
    return pairs + [
        Pair(article, None, each)
        for each in spurious.values()
        if not _is_optional(article, each)
    ]


def _is_optional(article: AnnotatedArticle, found: Statement) -> bool:
    """Tell whether a statement is one of those that could be read either way."""
    agreed = (agreement(article.text, each, found) for each in article.optional)
    return any(each is not None and each.overlap >= SAME for each in agreed)


def _skip(text: str, start: int, end: int) -> int:
    """Return where the first code point stands that is no edge."""
    return end - len(text[start:end].lstrip(_EDGES))


def _letters(text: str, places: Collection[int]) -> set[int]:
    return {at for at in places if text[at].isalnum()}
