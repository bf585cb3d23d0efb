"""The chart of a topic: every position as a bar on its holder's line, in whole points.

1. A line is what one holder said on one question, as in the list below. Lines stand
   together by question, not by holder: *yes* means the same only on one question, and
   whether parties come closer is seen only where their lines lie under one another. Side
   by side on two questions, one holder would seem to change his mind where he did not.
2. A bar begins where its first day begins and reaches to the end of its last, or as far
   as its signs need. What it covers beyond its days is not time; a mark below it shows
   its days alone, to scale.
3. Bars of a line never touch: one that has no room stands a row lower. Only so many
   rows are drawn. Changes take their place before reaffirmations, which say nothing new.
4. Only so many lines are drawn, those with most changes, in the order of the list.
5. Every position is drawn once, or counted as not drawn.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from api.pages.axis import Axis, Tick
from api.pages.words import LABELS
from api.schemas.outer import Named, PositionOut, QuestionOut

WIDTH = 832
"""Of every drawing, in points; one point is one pixel until it is printed."""
LEFT = 6
TAB, VALUE, CONDITION = 22, 29, 14
"""Width of the tab with the label's sign, of the value, of the mark for conditions."""
RIGHT = WIDTH - LEFT - TAB - VALUE - CONDITION
"""Where time ends, so that a bar on the last day has room."""
ROW, BAR, RISE, GAP = 42, 24, 5, 3
"""Height of a row and of a bar, how far a side moves it, distance of two bars."""
MOST_ROWS = 6
MOST_LINES = 40
TALL = 8
"""With more lines than these the axis stands below them too."""
UNCHANGED = frozenset({"reaffirmed"})
"""Labels whose position says what the one before said."""


class Bar(NamedTuple):
    """A position as it is drawn; ``begins`` and ``ends`` are its days to scale."""

    position: PositionOut
    x: int
    y: int
    width: int
    begins: int
    ends: int

    height = BAR
    tab = TAB

    @property
    def middle(self) -> int:
        """Return how far down its middle is."""
        return self.y + BAR // 2

    @property
    def exact(self) -> bool:
        """Tell whether it stands on a single day."""
        return self.position.earliest == self.position.latest


class Line(NamedTuple):
    """The bars of one holder on one question, in time; ``left_out`` had no room."""

    holder: Named
    bars: tuple[Bar, ...]
    rows: int
    positions: int
    changes: int
    left_out: int

    @property
    def height(self) -> int:
        """Return the height of the drawing."""
        return self.rows * ROW


class Group(NamedTuple):
    """The lines on one question; ``left_out`` lines are not drawn."""

    question: QuestionOut
    lines: tuple[Line, ...]
    left_out: int


class Legend(NamedTuple):
    """What the signs mean that are drawn: a position for each value, the labels."""

    values: tuple[PositionOut, ...]
    labels: tuple[str, ...]
    intervals: bool
    conditions: bool


class Chart(NamedTuple):
    """All that is drawn of a topic."""

    ticks: list[Tick]
    groups: tuple[Group, ...]
    legend: Legend

    width = WIDTH

    @property
    def is_tall(self) -> bool:
        """Tell whether its foot is far from its head."""
        return sum(len(group.lines) for group in self.groups) > TALL


def chart(positions: Sequence[PositionOut]) -> Chart | None:
    """Return the chart of positions in the order of the list; None if there are none."""
    if not positions:
        return None
    days = (day for each in positions for day in (each.earliest, each.latest))
    axis = Axis.around(days, LEFT, RIGHT)
    lines = [list(each) for _, each in groupby(positions, key=_line_of)]
    chosen = _most_changed(lines)
    groups = tuple(
        _group(axis, list(each), chosen)
        for _, each in groupby(
            enumerate(lines), key=lambda pair: pair[1][0].question.id
        )
    )
    drawn = [
        bar.position for group in groups for line in group.lines for bar in line.bars
    ]
    return Chart(axis.ticks(), groups, _legend(drawn))


def anchor(position: PositionOut) -> str:
    """Return the name of a position's entry: it lasts as long as its first day does."""
    return f"p.{position.question.id}.{position.holder.id}.{position.earliest}"


def is_change(position: PositionOut) -> bool:
    """Tell whether a position differs from one before it on record."""
    return position.label != "stated" and position.label not in UNCHANGED


def _legend(drawn: Sequence[PositionOut]) -> Legend:
    values = {(each.value, each.commitment): each for each in drawn}
    labels = {each.label for each in drawn}
    return Legend(
        values=tuple(sorted(values.values(), key=_from_yes_to_no)),
        labels=tuple(label for label in LABELS if label in labels),
        intervals=any(each.earliest != each.latest for each in drawn),
        conditions=any(each.conditions for each in drawn),
    )


def _from_yes_to_no(position: PositionOut) -> tuple[bool, int, str]:
    commitment = position.commitment
    return commitment is None, -(commitment or 0), position.value


def _line_of(position: PositionOut) -> tuple[str, str | None]:
    return position.question.id, position.holder.id


def _most_changed(lines: Sequence[Sequence[PositionOut]]) -> set[int]:
    """Return the numbers of the lines that are drawn."""

    def rank(number: int) -> tuple[int, int, int]:
        changes = sum(is_change(each) for each in lines[number])
        return -changes, -len(lines[number]), number

    return set(sorted(range(len(lines)), key=rank)[:MOST_LINES])


def _group(
    axis: Axis, numbered: Sequence[tuple[int, list[PositionOut]]], chosen: set[int]
) -> Group:
    drawn = [line for number, line in numbered if number in chosen]
    return Group(
        question=numbered[0][1][0].question,
        lines=tuple(_line(axis, each) for each in drawn),
        left_out=len(numbered) - len(drawn),
    )


def _line(axis: Axis, positions: Sequence[PositionOut]) -> Line:
    bars = [_bar(axis, each) for each in positions]
    rows = _rows(bars)
    placed = [
        bar._replace(y=bar.y + row * ROW)
        for bar, row in zip(bars, rows, strict=True)
        if row is not None
    ]
    return Line(
        holder=positions[0].holder,
        bars=tuple(placed),
        rows=1 + max((row for row in rows if row is not None), default=0),
        positions=len(positions),
        changes=sum(is_change(each) for each in positions),
        left_out=len(positions) - len(placed),
    )


def _bar(axis: Axis, position: PositionOut) -> Bar:
    """Return a bar in the first row: above the middle for yes, below it for no."""
    begins, ends = axis.start(position.earliest), axis.end(position.latest)
    needed = TAB + VALUE + (CONDITION if position.conditions else 0)
    commitment = position.commitment or 0
    side = (commitment > 0) - (commitment < 0)
    return Bar(
        position=position,
        x=begins,
        y=RISE + GAP - side * RISE,
        width=max(needed, ends - begins),
        begins=begins,
        ends=max(ends, begins + 1),
    )


def _rows(bars: Sequence[Bar]) -> list[int | None]:
    """Return the row of each bar, None where there is no room."""
    rows: list[int | None] = [None] * len(bars)
    taken: list[list[tuple[int, int]]] = [[] for _ in range(MOST_ROWS)]
    for number in sorted(
        range(len(bars)), key=lambda n: (_says_nothing_new(bars[n]), n)
    ):
        bar = bars[number]
        for row, stretches in enumerate(taken):
            at = bisect_right(stretches, (bar.x, bar.x))
            if _is_free(stretches[max(at - 1, 0) : at + 1], bar):
                stretches.insert(at, (bar.x, bar.x + bar.width))
                rows[number] = row
                break
    return rows


def _says_nothing_new(bar: Bar) -> bool:
    return bar.position.label in UNCHANGED


def _is_free(neighbours: Iterable[tuple[int, int]], bar: Bar) -> bool:
    return all(
        end + GAP <= bar.x or bar.x + bar.width + GAP <= start
        for start, end in neighbours
    )
