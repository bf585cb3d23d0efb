"""The line of one holder on one question, changed where its evidence changes.

``timeline.fold`` says what a line is; this gives the same without folding it whole.
Taking evidence out or putting it in concerns the blocks that it touches and the label
of the one after them, however long the line is. Laws: whatever is taken out and put
in, in whatever order, the line is the fold of the evidence that is left.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date

from domain.positions.evidence import Evidence
from domain.positions.timeline import Key, Position, after, line

PositionChange = tuple[date, Position | None, Position | None]
"""The first day of a position, what it was, and what it is; None where it is none."""


class Line:
    """The positions of a key, strictly ordered in time. Bodies are read when needed."""

    def __init__(self, key: Key, bodies: Iterable[tuple[date, bytes]] = ()) -> None:
        """Take positions by their first day, ascending, as they are stored."""
        self._key = key
        self._starts: list[date] = []
        self._positions: list[Position | bytes] = []
        for start, body in bodies:
            self._starts.append(start)
            self._positions.append(body)
        self._was: dict[date, Position | None] = {}

    def __len__(self) -> int:
        """Return the number of positions."""
        return len(self._starts)

    def __iter__(self) -> Iterator[Position]:
        """Iterate over the positions, in time."""
        return (self._at(index) for index in range(len(self)))

    def take_out(self, evidence: Iterable[Evidence]) -> None:
        """Take evidence out, where it lies on the line."""
        for each in evidence:
            index = bisect_right(self._starts, each.earliest) - 1
            if index >= 0 and each in (there := self._at(index).evidence):
                stay = [other for other in there if other != each]
                self._replace(index, index + 1, stay)

    def put_in(self, evidence: Iterable[Evidence]) -> None:
        """Put evidence in, beside what shares a day with it."""
        for each in evidence:
            first, last = self._touched(each.earliest, each.latest)
            there = (e for i in range(first, last) for e in self._at(i).evidence)
            self._replace(first, last, [each, *there])

    def changes(self) -> Iterator[PositionChange]:
        """Yield what is other than at the last call, by the first day."""
        was, self._was = self._was, {}
        for start in sorted(was):
            index = bisect_right(self._starts, start) - 1
            there = index >= 0 and self._starts[index] == start
            now = self._at(index) if there else None
            if now != was[start]:
                yield start, was[start], now

    def _touched(self, earliest: date, latest: date) -> tuple[int, int]:
        """Return the range of positions that share a day with an interval."""
        first = bisect_right(self._starts, earliest) - 1
        if first < 0 or self._at(first).latest < earliest:
            first += 1
        return first, bisect_right(self._starts, latest, lo=first)

    def _replace(self, first: int, last: int, evidence: list[Evidence]) -> None:
        """Put the positions of evidence in the place of a range, and label the next."""
        for index in range(first, last):
            self._was.setdefault(self._starts[index], self._at(index))
        before = self._at(first - 1) if first else None
        new = list(line(self._key, evidence, before))
        for each in new:
            self._was.setdefault(each.earliest, None)
        self._starts[first:last] = [each.earliest for each in new]
        self._positions[first:last] = new
        following = first + len(new)
        if following < len(self):
            old = self._at(following)
            self._was.setdefault(old.earliest, old)
            self._positions[following] = after(new[-1] if new else before, old)

    def _at(self, index: int) -> Position:
        found = self._positions[index]
        if isinstance(found, bytes):
            found = Position.read(found)
            self._positions[index] = found
        return found
