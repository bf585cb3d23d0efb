"""The bars of a line, in whole points: where each begins, how far it reaches, its row.

1. A bar begins where its first day begins and reaches to the end of its last, or as far
   as its signs need. What it covers beyond its days is not time; a mark below it shows
   its days alone, to scale.
2. A bar for yes stands above the middle of its row, one for no below it.
3. Bars of a row never touch: one that has no room stands a row lower. Only so many rows
   are drawn. Changes take their places before reaffirmations, which say nothing new.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from api.pages.axis import Axis
from api.schemas.outer import PositionOut

TAB, VALUE, CONDITION = 22, 29, 14
"""Width of the tab with the label's sign, of the value, of the mark for conditions."""
WIDEST = TAB + VALUE + CONDITION
"""What a bar of one day may need."""
ROW, BAR, RISE, GAP = 42, 24, 5, 3
"""Height of a row and of a bar, how far a side moves it, distance of two bars."""
MOST_ROWS = 6
REAFFIRMED = "reaffirmed"
"""The label of a position that says what the one before said."""


class Bar(NamedTuple):
    """A position as it is drawn; ``begins`` and ``ends`` are its days to scale."""

    position: PositionOut
    x: int
    y: int
    width: int
    begins: int
    ends: int

    @property
    def height(self) -> int:
        """Return how high it is."""
        return BAR

    @property
    def tab(self) -> int:
        """Return how wide the tab with the sign of its label is."""
        return TAB

    @property
    def middle(self) -> int:
        """Return how far down its middle is."""
        return self.y + BAR // 2

    @property
    def exact(self) -> bool:
        """Tell whether it stands on a single day."""
        return self.position.earliest == self.position.latest


def bars_of(axis: Axis, positions: Iterable[PositionOut]) -> tuple[Bar, ...]:
    """Return the bars of a line that have room, in the order of their positions."""
    bars = [_bar(axis, each) for each in positions]
    rows = _rows(bars)
    return tuple(
        bar._replace(y=bar.y + row * ROW)
        for bar, row in zip(bars, rows, strict=True)
        if row is not None
    )


def _bar(axis: Axis, position: PositionOut) -> Bar:
    """Return a bar in the first row."""
    begins, ends = axis.start(position.earliest), axis.end(position.latest)
    needed = TAB + VALUE + (CONDITION if position.conditions else 0)
    commitment = position.commitment or 0
    side = (commitment > 0) - (commitment < 0)
    return Bar(
        position=position,
        x=begins,
        y=GAP + RISE - side * RISE,
        width=max(needed, ends - begins),
        begins=begins,
        ends=max(ends, begins + 1),
    )


def _rows(bars: Sequence[Bar]) -> list[int | None]:
    """Return the row of each bar, None where there is no room."""
    rows: list[int | None] = [None] * len(bars)
    taken: list[list[tuple[int, int]]] = [[] for _ in range(MOST_ROWS)]
    for number in sorted(range(len(bars)), key=lambda number: _turn(bars, number)):
        bar = bars[number]
        for row, stretches in enumerate(taken):
            at = bisect_right(stretches, (bar.x, bar.x))
            if _is_free(stretches[max(at - 1, 0) : at + 1], bar):
                stretches.insert(at, (bar.x, bar.x + bar.width))
                rows[number] = row
                break
    return rows


def _turn(bars: Sequence[Bar], number: int) -> tuple[bool, int]:
    """Return when a bar takes its place."""
    return bars[number].position.label == REAFFIRMED, number


def _is_free(neighbours: Iterable[tuple[int, int]], bar: Bar) -> bool:
    return all(
        end + GAP <= bar.x or bar.x + bar.width + GAP <= start
        for start, end in neighbours
    )
