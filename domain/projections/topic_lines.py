"""The lines of all topics, as far as they are needed: loaded from rows, and kept.

A line has at most one position a day, so it is loaded whole. What is kept is bounded;
what has been used last is dropped last.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from domain.model.ids import TopicId
from domain.positions.line import Line
from domain.positions.timeline import Key as LineKey
from domain.projections.overlay import Overlay
from domain.projections.rows import Key, Table


class LinePlace(NamedTuple):
    """Where a line lies."""

    topic: TopicId
    key: LineKey

    @property
    def prefix(self) -> Key:
        """How the keys of its rows begin."""
        return (self.topic, self.key.question, self.key.holder)


class Lines:
    """Lines by place. ``most`` is the number of positions kept (None: all)."""

    def __init__(self, rows: Overlay, most: int | None) -> None:
        self._rows, self._most = rows, most
        self._kept: OrderedDict[LinePlace, Line] = OrderedDict()
        self._held = 0

    def at(self, place: LinePlace) -> Line:
        """Return the line at a place."""
        if (found := self._kept.get(place)) is None:
            return self._keep(place, self._load(place))
        self._kept.move_to_end(place)
        return found

    def grew(self, more: int) -> None:
        """Be told by how many positions a line that is kept grew."""
        self._held += more

    def prefetch(self, places: Collection[LinePlace]) -> None:
        """Load lines at once; only where all changes have been handed over."""
        if self._most is None:
            return
        self._shrink(self._most)
        wanted = {place.prefix: place for place in places if place not in self._kept}
        found: dict[Key, list[tuple[Key, bytes]]] = {prefix: [] for prefix in wanted}
        if wanted:
            for row in self._rows.stored_rows(Table.POSITION, wanted):
                found[row[0][:3]].append(row)
        for prefix, place in wanted.items():
            self._keep(place, _line(place, found[prefix]))

    def _load(self, place: LinePlace) -> Line:
        """Load a line; where all are kept, one that is not is empty."""
        if self._most is None:
            return Line(place.key)
        return _line(place, self._rows.rows(Table.POSITION, *place.prefix))

    def _keep(self, place: LinePlace, line: Line) -> Line:
        self._kept[place] = line
        self._held += len(line) + 1
        return line

    def _shrink(self, most: int) -> None:
        while self._held > most:
            _, dropped = self._kept.popitem(last=False)
            self._held -= len(dropped) + 1


def _line(place: LinePlace, rows: Iterable[tuple[Key, bytes]]) -> Line:
    bodies = ((date.fromisoformat(key[-1]), body) for key, body in rows)
    return Line(place.key, bodies)
