"""Timing in pairs: a thing and its floor, in turn, in one run.

The machine's speed drifts, so absolute times say little; the ratio of the medians of
rounds taken in turn does. Rates are per second of wall time.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import Self

ROUNDS = 5
WHOLE = 100
"""Rates from which a fraction says nothing."""


@dataclass(frozen=True, slots=True)
class Result:
    """A measured rate beside its floor; ``ratio`` is rate by floor, 1 is the floor."""

    what: str
    floor_is: str
    unit: str
    rate: float
    floor: float
    ratio: float
    rounds: int


@dataclass(frozen=True, slots=True)
class Delay:
    """How long something took, each time anew; milliseconds."""

    what: str
    times: int
    p50: float
    p95: float
    most: float

    @classmethod
    def of(cls, what: str, seconds: Sequence[float]) -> Self:
        """Return the quantiles of durations."""
        cuts = quantiles(seconds, n=100, method="inclusive")
        ms = (1000 * each for each in (cuts[49], cuts[94], max(seconds)))
        return cls(what, len(seconds), *ms)


def compare(
    what: str,
    floor_is: str,
    unit: str,
    count: int,
    *,
    thing: Callable[[], object],
    floor: Callable[[], object],
) -> Result:
    """Time a thing and its floor, each of which does ``count`` units of work."""
    thing()
    floor()
    above, below = in_turn([thing, floor], ROUNDS)
    return beside(what, floor_is, unit, count, above=above, below=below)


def in_turn(works: Sequence[Callable[[], object]], rounds: int) -> list[list[float]]:
    """Time each work once a round, one after the other; return the seconds of each."""
    times = [[seconds(work) for work in works] for _ in range(rounds)]
    return [list(each) for each in zip(*times, strict=True)]


def beside(
    what: str,
    floor_is: str,
    unit: str,
    count: int,
    *,
    above: Sequence[float],
    below: Sequence[float],
    floor_count: int | None = None,
) -> Result:
    """Return the rate of a thing beside that of its floor, from the seconds of each round.

    ``floor_count`` is how many units the floor did, where it did not as many.
    """
    fewer = (floor_count or count) / count
    return Result(
        what=what,
        floor_is=floor_is,
        unit=unit,
        rate=count / median(above),
        floor=fewer * count / median(below),
        ratio=median(b / a for a, b in zip(above, below, strict=True)) / fewer,
        rounds=len(above),
    )


def table(results: list[Result]) -> str:
    """Return results as a table in Markdown."""
    lines = [
        "| what | rate | floor | floor is | ratio |",
        "|---|--:|--:|---|--:|",
        *(
            f"| {r.what} | {rate_of(r.rate)} {r.unit}/s | {rate_of(r.floor)} {r.unit}/s "
            f"| {r.floor_is} | {r.ratio:.2f} |"
            for r in results
        ),
    ]
    return "\n".join(lines)


def delay_table(delays: list[Delay]) -> str:
    """Return delays as a table in Markdown."""
    lines = [
        "| what | times | p50 | p95 | at most |",
        "|---|--:|--:|--:|--:|",
        *(
            f"| {d.what} | {d.times:,} | {d.p50:.1f} ms | {d.p95:.1f} ms "
            f"| {d.most:.1f} ms |"
            for d in delays
        ),
    ]
    return "\n".join(lines)


def as_json(results: list[Result], delays: list[Delay]) -> str:
    """Return results for a machine."""
    told = {
        "rates": [asdict(each) for each in results],
        "delays": [asdict(each) for each in delays],
    }
    return json.dumps(told, indent=1)


def rate_of(rate: float) -> str:
    """Return a rate as it is printed."""
    return f"{rate:,.0f}" if rate >= WHOLE else f"{rate:.1f}"


def seconds(work: Callable[..., object], *arguments: object) -> float:
    """Return how long a work took."""
    started = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - started
