"""The chart of a topic: a line for each holder on each question, a bar for each position.

1. A line is what one holder said on one question, as in the list below the chart.
2. Lines stand together by question, not by holder. *Yes* means the same only on one
   question, and whether parties come closer is seen only where their lines lie under one
   another. Under one holder, a yes beside a no to something else would look like a turn.
3. Only so many lines are drawn: those with most changes, in the order of the list.
4. Every position is drawn once, or counted as not drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from api.pages.axis import Axis, Tick
from api.pages.bars import REAFFIRMED, ROW, WIDEST, Bar, bars_of
from api.pages.words import SIGNS
from api.schemas.outer import Named, PositionOut, QuestionOut

WIDTH = 832
"""Of every drawing, in points; a point is a pixel until it is printed."""
LEFT = 6
RIGHT = WIDTH - LEFT - WIDEST
"""Where time ends, so that a bar on the last day has room."""
MOST_LINES = 40
TALL = 8
"""With more lines than these the axis stands below them too."""

_Key = tuple[str, str | None]


class Line(NamedTuple):
    """The bars of one holder on one question, in time, and the ``latest`` position.

    ``left_out`` positions had no room.
    """

    holder: Named
    bars: tuple[Bar, ...]
    positions: int
    changes: int
    latest: PositionOut

    @property
    def left_out(self) -> int:
        """Return how many positions had no room."""
        return self.positions - len(self.bars)

    @property
    def height(self) -> int:
        """Return the height of the drawing."""
        return ROW * (1 + max(bar.y // ROW for bar in self.bars))


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

    @property
    def width(self) -> int:
        """Return the width of each of its drawings."""
        return WIDTH

    @property
    def bars(self) -> list[Bar]:
        """Return all bars, in the order of the list."""
        return [
            bar for group in self.groups for line in group.lines for bar in line.bars
        ]

    @property
    def is_tall(self) -> bool:
        """Tell whether its foot is far from its head."""
        return sum(len(group.lines) for group in self.groups) > TALL

    @property
    def legend(self) -> Legend:
        """Return what has to be explained."""
        drawn = [bar.position for bar in self.bars]
        values = {(each.value, each.commitment): each for each in drawn}
        labels = {each.label for each in drawn}
        return Legend(
            values=tuple(sorted(values.values(), key=_from_yes_to_no)),
            labels=tuple(label for label in SIGNS if label in labels),
            intervals=not all(bar.exact for bar in self.bars),
            conditions=any(each.conditions for each in drawn),
        )


def chart(positions: Sequence[PositionOut]) -> Chart | None:
    """Return the chart of positions in the order of the list; None if there are none."""
    if not positions:
        return None
    days = (day for each in positions for day in (each.earliest, each.latest))
    axis = Axis.around(days, LEFT, RIGHT)
    lines = [list(each) for _, each in groupby(positions, key=_key)]
    drawn = {_key(line[0]) for line in sorted(lines, key=_rank)[:MOST_LINES]}
    by_question = groupby(lines, key=lambda line: line[0].question.id)
    groups = (_group(axis, list(each), drawn) for _, each in by_question)
    return Chart(axis.ticks(), tuple(groups))


def anchor(position: PositionOut) -> str:
    """Return the name of a position's entry: it lasts as long as its first day does."""
    return f"p.{position.question.id}.{position.holder.id}.{position.earliest}"


def _key(position: PositionOut) -> _Key:
    return position.question.id, position.holder.id


def _rank(line: Sequence[PositionOut]) -> tuple[int, int]:
    """Return what puts the line with most changes first, then the longest."""
    return -_changes(line), -len(line)


def _changes(line: Sequence[PositionOut]) -> int:
    return sum(each.label not in {"stated", REAFFIRMED} for each in line)


def _group(axis: Axis, lines: Sequence[list[PositionOut]], drawn: set[_Key]) -> Group:
    chosen = [line for line in lines if _key(line[0]) in drawn]
    return Group(
        question=lines[0][0].question,
        lines=tuple(_line(axis, line) for line in chosen),
        left_out=len(lines) - len(chosen),
    )


def _line(axis: Axis, positions: Sequence[PositionOut]) -> Line:
    return Line(
        holder=positions[0].holder,
        bars=bars_of(axis, positions),
        positions=len(positions),
        changes=_changes(positions),
        latest=positions[-1],
    )


def _from_yes_to_no(position: PositionOut) -> tuple[bool, int, str]:
    commitment = position.commitment
    return commitment is None, -(commitment or 0), position.value
