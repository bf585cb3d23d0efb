"""The quantities of a made-up history, and the dice that they are drawn with.

Sizes, shares and delays follow what was counted of news pages and public corpora of
quotations; what nobody counted is marked as assumed. Each concern has dice of its own:
drawing more of one shifts no other.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import sqrt
from random import Random
from typing import Self

Knots = tuple[tuple[float, float], ...]
"""An inverse distribution function: shares and values, ascending."""

DAYS = 1100
"""Days over which the statements of a history are spread."""
SPEAKERS = 1574
ZIPF = 1.02
FLAT = 10
"""Ranks by which the first topics are evened out: the largest has 2 to 3 in 100."""
OUTLETS = 40
STATEMENTS: Knots = (
    (0, 0),
    (0.21, 0),
    (0.21, 1),
    (0.5, 3.5),
    (0.75, 7.5),
    (0.9, 14),
    (0.97, 21),
    (0.99, 27),
    (1, 40),
)
"""Statements of an article: mean 5.3, median 3, none in one article of five."""
ARTICLE_LENGTH: Knots = (
    (0, 300),
    (0.1, 761),
    (0.5, 2813),
    (0.9, 6806),
    (0.99, 13410),
    (1, 20000),
)
STATEMENT_LENGTH: Knots = (
    (0, 12),
    (0.1, 28),
    (0.5, 97),
    (0.9, 250),
    (0.99, 379),
    (1, 500),
)
WEEKDAYS = (1.15, 1.15, 1.15, 1.15, 1.1, 0.65, 0.65)
UNEVEN = 5.0
"""Shape of the gamma that a day's articles vary with."""

ELSEWHERE = 0.15
"""Statements filed under another topic than their article; assumed, as all below."""
SHIFT, REVERSE = 0.025, 0.005
REPORTED_AGAIN, OUTLETS_AGAIN, HOURS_AGAIN = 0.05, 6, 72
LINKED = 0.8
"""Re-reports that somebody, or a rule, links to the first."""
REVISED, HOURS_REVISED = 0.11, 48
LATE, DAYS_LATE = 0.02, (5, 90)
WITHDRAWN, REINSTATED, DAYS_WITHDRAWN = 0.01, 0.1, 30
DECIDED, DAYS_DECIDED = 0.02, 20
JUDGED = 1 / 25_000
"""Two agents judged to be one, or a question taken back and asked again, a statement."""


@dataclass(frozen=True, slots=True)
class Dice:
    """One random stream a concern."""

    articles: Random
    topics: Random
    speakers: Random
    words: Random
    dates: Random
    positions: Random
    later: Random

    @classmethod
    def of(cls, seed: int) -> Self:
        """Return the dice of a seed; the same in every process."""
        return cls(*(Random(f"{seed} {concern}") for concern in cls.__slots__))


class Ranks:
    """Draws ranks from 0 with weights that fall as Zipf found."""

    def __init__(self, size: int, *, flat: float = 0) -> None:
        weights = (1 / (rank + flat) ** ZIPF for rank in range(1, size + 1))
        self._sums = list(accumulate(weights))

    def draw(self, dice: Random) -> int:
        """Return a rank."""
        return bisect(self._sums, dice.random() * self._sums[-1])


def drawn(knots: Knots, dice: Random) -> float:
    """Return a value by an inverse distribution function."""
    share = dice.random()
    for (low, least), (high, most) in pairwise(knots):
        if share < high:
            return least + (most - least) * (share - low) / (high - low)
    return knots[-1][1]


def topics_of(statements: int) -> int:
    """Return how many topics so many statements are about: more, with more of them."""
    return max(4, round(2 * sqrt(statements)))
