"""Figures from pairs of annotated and extracted statements.

Words, over all statements: ``exact`` the same letters and digits, ``iou80`` and
``iou30`` an overlap of at least that much, ``cov80`` so much of the annotated content
covered (it rewards what is too long, and is never read alone). Each has precision,
recall and F1.

Attributes, over pairs that overlap at ``iou30``: the share that is right. ``cue`` is
right if it touches the annotated one, or both have none; ``dated`` is the share of
right dates among statements whose date the text tells. Slots have F1: a slot is right
if it touches the annotated one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tests.quality.annotated import AnnotatedArticle, Place, Statement
from tests.quality.matching import CLOSE, SAME, Agreement, Pair, offsets

Comparison = Callable[[Statement, Statement], bool]

LEVELS: dict[str, Callable[[Agreement], bool]] = {
    "exact": lambda agreed: agreed.exact,
    "iou80": lambda agreed: agreed.overlap >= CLOSE,
    "iou30": lambda agreed: agreed.overlap >= SAME,
    "cov80": lambda agreed: agreed.covered >= CLOSE,
}
SLOTS: dict[str, Callable[[Statement], tuple[Place, ...]]] = {
    "addressee": lambda each: _some(each.addressee),
    "medium": lambda each: _some(each.medium),
    "occasion": lambda each: _some(each.occasion),
    "conditions": lambda each: each.conditions,
}


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    right: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, None of nothing."""
        return self.right / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Rate:
    """Precision, recall and their harmonic mean."""

    precision: Share
    recall: Share

    @property
    def f1(self) -> float | None:
        """The harmonic mean, None where there is nothing to find and nothing found."""
        if not self.precision.of and not self.recall.of:
            return None
        p, r = self.precision.value or 0.0, self.recall.value or 0.0
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures of some pairs."""

    gold: int
    found: int
    compared: int
    words: dict[str, Rate]
    attributes: dict[str, Share]
    slots: dict[str, Rate]
    distance: float | None
    """Mean distance of the commitments, in levels."""

    def cases(self) -> dict[str, int]:
        """Return on how many annotated cases each figure rests."""
        return {
            **dict.fromkeys(self.words, self.gold),
            **{name: share.of for name, share in self.attributes.items()},
            **{name: rate.recall.of for name, rate in self.slots.items()},
        }

    def figures(self) -> dict[str, float | None]:
        """Return one figure a measure: F1 of words and slots, shares of attributes."""
        return {
            **{name: rate.f1 for name, rate in self.words.items()},
            **{name: share.value for name, share in self.attributes.items()},
            **{name: rate.f1 for name, rate in self.slots.items()},
        }


def fold(name: str | None) -> str:
    """Return a name as names are compared: without case, accents and double spaces."""
    plain = unicodedata.normalize("NFD", name or "")
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(bare.casefold().replace("’", "'").split())


def touches(one: Iterable[Place], other: Iterable[Place]) -> bool:
    """Tell whether two sets of places share a code point."""
    return bool(offsets(one) & offsets(other))


def same_cue(gold: Statement, found: Statement) -> bool:
    """Tell whether the cues touch, or neither has one."""
    wanted, got = _some(gold.cue), _some(found.cue)
    return touches(wanted, got) or not (wanted or got)


ATTRIBUTES: dict[str, Comparison] = {
    "speaker": lambda gold, found: fold(gold.speaker) == fold(found.speaker),
    "cue": same_cue,
    "kind": lambda gold, found: gold.kind == found.kind,
    "resolution": lambda gold, found: gold.resolution == found.resolution,
    "on_behalf_of": lambda gold, found: (
        fold(gold.on_behalf_of) == fold(found.on_behalf_of)
    ),
    "polarity": lambda gold, found: gold.polarity == found.polarity,
    "commitment": lambda gold, found: gold.commitment == found.commitment,
    "spoken_at": lambda gold, found: gold.spoken_at == found.spoken_at,
}


def score(pairs: Sequence[Pair], kind: str | None = None) -> Scores:
    """Return the figures of some pairs, or of the statements of one kind in them.

    An annotated statement belongs to its own kind, an extracted one to the kind that
    it was found to be.
    """
    wanted = [p for p in pairs if p.gold and kind in {None, p.gold.kind}]
    got = [p for p in pairs if p.found and kind in {None, p.found.kind}]
    both = [(p.gold, p.found) for p in wanted if p.gold and p.found and p.is_same]
    dated = [(g, f) for g, f in both if g.spoken_at]
    levels = [
        abs(g.commitment - f.commitment)
        for g, f in both
        if g.commitment is not None and f.commitment is not None
    ]
    return Scores(
        gold=len(wanted),
        found=len(got),
        compared=len(both),
        words={
            name: Rate(_reached(got, reached), _reached(wanted, reached))
            for name, reached in LEVELS.items()
        },
        attributes={
            **{name: _agree(both, is_so) for name, is_so in ATTRIBUTES.items()},
            "dated": _agree(dated, ATTRIBUTES["spoken_at"]),
        },
        slots={name: _slot(both, places) for name, places in SLOTS.items()},
        distance=sum(levels) / len(levels) if levels else None,
    )


def boilerplate(
    marked: Iterable[tuple[AnnotatedArticle, Sequence[Place]]],
) -> Rate:
    """Return how much of what is not the article is marked: code points, no spaces."""
    met = found = wanted = 0
    for article, places in marked:
        gold, got = (
            {at for at in offsets(each) if not article.text[at].isspace()}
            for each in (article.boilerplate, places)
        )
        met += len(gold & got)
        found, wanted = found + len(got), wanted + len(gold)
    return Rate(Share(met, found), Share(met, wanted))


def _reached(pairs: Sequence[Pair], reached: Callable[[Agreement], bool]) -> Share:
    right = sum(1 for p in pairs if p.agreement is not None and reached(p.agreement))
    return Share(right, len(pairs))


def _agree(both: Sequence[tuple[Statement, Statement]], is_so: Comparison) -> Share:
    return Share(sum(is_so(gold, found) for gold, found in both), len(both))


def _slot(
    both: Sequence[tuple[Statement, Statement]],
    places: Callable[[Statement], tuple[Place, ...]],
) -> Rate:
    """Return how often a slot is found where it is, and is where it is found."""
    met = sum(touches(places(gold), places(found)) for gold, found in both)
    found = sum(bool(places(found)) for _, found in both)
    wanted = sum(bool(places(gold)) for gold, _ in both)
    return Rate(Share(met, found), Share(met, wanted))


def _some(place: Place | None) -> tuple[Place, ...]:
    return (place,) if place is not None else ()
