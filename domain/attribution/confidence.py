"""How sure a rule is: how often it was right where that could be checked.

The counts are those of ``measured.py``. A share is smoothed, (right + 1) by (of + 2):
a rule that was seen twice is not certain, one that was never seen is as sure as a coin.
"""

from __future__ import annotations

from domain.attribution.measured import SPEAKERS, WORDS

NAMELESS = ", no name"
"""Behind a rule that found nobody's name: a judgement of its own."""


def of_words(rule: str) -> float:
    """Return how sure it is that a rule found exactly the words."""
    return _smoothed(*WORDS.get(rule.removeprefix("gerund-"), (0, 0)))


def of_speaker(rule: str, name: str | None) -> float:
    """Return how sure it is that a rule found the speaker, or that there is no name."""
    return _smoothed(*SPEAKERS.get(speaker_rule(rule, name), (0, 0)))


def speaker_rule(rule: str, name: str | None) -> str:
    """Return a rule as its successes are counted: with and without a name apart."""
    return rule if name is not None else f"{rule}{NAMELESS}"


def _smoothed(right: int, of: int) -> float:
    return round((right + 1) / (of + 2), 2)
