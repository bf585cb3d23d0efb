"""How often each rule is right, and whether confidence says so.

Words are right if they are exactly those annotated; what nobody annotated is wrong. A
speaker or date is right if it equals the annotated one, over statements about the
same words; a date counts where the text gave it. A share is smoothed, (right + 1) by
(of + 2): a rule seen twice is not certain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from domain.attribution.confidence import speaker_rule
from tests.quality.annotated import Extracted
from tests.quality.matching import Pair
from tests.quality.scoring import ATTRIBUTES, Share

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""Where bins of confidence begin; the last goes to 1."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision of a rule: how sure it was, and whether it was right."""

    rule: str
    confidence: float
    is_right: bool
    group: str = ""


@dataclass(frozen=True, slots=True)
class Bin:
    """The decisions of one stretch of confidence."""

    start: float
    claimed: float
    """Their mean confidence."""
    share: Share


def smoothed(share: Share) -> float:
    """Return a share as if one more had been right and one more wrong."""
    return (share.right + 1) / (share.of + 2)


def words(pairs: Iterable[Pair]) -> list[Judgement]:
    """Return the judgement on the words of each statement that was found."""
    return [
        Judgement(
            rule=pair.found.rule.removeprefix("gerund-"),
            confidence=pair.found.confidence,
            is_right=pair.agreement is not None and pair.agreement.exact,
        )
        for pair in pairs
        if pair.found is not None
    ]


def speakers(pairs: Iterable[Pair]) -> list[Judgement]:
    """Return the judgement on the speaker of each statement that was compared."""
    return [
        Judgement(
            rule=speaker_rule(found.speaker_rule, found.speaker),
            confidence=found.speaker_confidence,
            is_right=right,
            group=found.resolution or "",
        )
        for found, right in _compared(pairs, "speaker")
    ]


def dates(pairs: Iterable[Pair]) -> list[Judgement]:
    """Return the judgement on each date that was read from the text."""
    return [
        Judgement(
            rule=found.date_basis, confidence=found.date_confidence, is_right=right
        )
        for found, right in _compared(pairs, "spoken_at")
        if found.spoken_at is not None
    ]


def shares(
    judgements: Sequence[Judgement],
    by: Callable[[Judgement], str] = lambda each: each.rule,
) -> dict[str, Share]:
    """Return how often each rule is right, the most frequent first."""
    found = {
        name: _share([each for each in judgements if by(each) == name])
        for name in {by(each) for each in judgements}
    }
    return dict(sorted(found.items(), key=lambda each: (-each[1].of, each[0])))


def reliability(judgements: Sequence[Judgement]) -> list[Bin]:
    """Return for each stretch of confidence what was claimed and what was right."""
    ends = (*BINS[1:], 2.0)
    found: list[Bin] = []
    for start, end in zip(BINS, ends, strict=True):
        inside = [each for each in judgements if start <= each.confidence < end]
        if inside:
            claimed = sum(each.confidence for each in inside) / len(inside)
            found.append(Bin(start, claimed, _share(inside)))
    return found


def error(judgements: Sequence[Judgement]) -> float | None:
    """Return how far claims are from what is right, on average over the judgements."""
    if not judgements:
        return None
    apart = (
        abs(each.claimed - (each.share.value or 0.0)) * each.share.of
        for each in reliability(judgements)
    )
    return sum(apart) / len(judgements)


def _compared(
    pairs: Iterable[Pair], attribute: str
) -> Iterable[tuple[Extracted, bool]]:
    for pair in pairs:
        if pair.gold is not None and pair.found is not None and pair.is_same:
            yield pair.found, ATTRIBUTES[attribute](pair.gold, pair.found)


def _share(judgements: Sequence[Judgement]) -> Share:
    return Share(sum(each.is_right for each in judgements), len(judgements))
