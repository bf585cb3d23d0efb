"""What topics are at a glance, counted as statements and positions come and go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from domain.events.base import Event, Recorded
from domain.model.ids import ArticleId, QuestionId, TopicId
from domain.model.kept import read_number, read_value
from domain.positions.record import TopicRecord
from domain.positions.timeline import Position
from domain.projections.overlay import Overlay
from domain.projections.rows import Key, Table
from domain.projections.topic_rows import Difference
from domain.projections.topics import (
    TopicCounts,
    TopicHead,
    TopicSummary,
    is_change,
)

KEPT = 5_000
"""Topics kept in memory between pages."""


@dataclass(slots=True)
class Tally:
    """The counts of one topic, and the seq and version of its last event.

    ``grown`` holds by how much the statements of articles grew in number since the
    last settling. Where a position that was the first or the last of all is gone,
    ``shrunk`` says that the days are to be looked up.
    """

    head: TopicHead
    statements: int = 0
    positions: int = 0
    changes: int = 0
    articles: int = 0
    earliest: date | None = None
    latest: date | None = None
    seq: int = 0
    version: int = 0
    grown: Counter[ArticleId] = field(default_factory=Counter)
    shrunk: bool = False
    touched: bool = False

    @property
    def taken_back(self) -> tuple[QuestionId, ...]:
        """The questions that are not asked any more."""
        return self.head.taken_back

    def counts(self) -> TopicCounts:
        """Return how much the topic holds."""
        names = TopicCounts.model_fields
        return TopicCounts(**{name: getattr(self, name) for name in names})

    def reach(self, recorded: Recorded[Event]) -> None:
        """Be at the last event of the stream."""
        self.seq, self.version, self.touched = recorded.seq, recorded.version, True

    def count(self, difference: Difference) -> None:
        """Count what came and went."""
        self.touched = True
        for article in difference.came:
            self.statements += 1
            self.grown[article] += 1
        for article in difference.left:
            self.statements -= 1
            self.grown[article] -= 1
        if difference.begun or difference.ended:
            self._count_positions(difference)
            self._widen(difference)

    def _count_positions(self, difference: Difference) -> None:
        self.positions += len(difference.begun) - len(difference.ended)
        self.changes += sum(map(is_change, difference.begun))
        self.changes -= sum(map(is_change, difference.ended))

    def _widen(self, difference: Difference) -> None:
        """Widen the days of the topic, or notice that they may have shrunk."""
        first = min([each.earliest for each in difference.begun], default=date.max)
        last = max([each.latest for each in difference.begun], default=date.min)
        for ended in difference.ended:
            if ended.earliest == self.earliest and first > ended.earliest:
                self.shrunk = True
            if ended.latest == self.latest and last < ended.latest:
                self.shrunk = True
        if difference.begun:
            self.earliest = min(self.earliest or first, first)
            self.latest = max(self.latest or last, last)


class Tallies:
    """The counts of all topics, as far as they are needed."""

    def __init__(self, rows: Overlay) -> None:
        self._rows = rows
        self._kept: dict[TopicId, Tally] = {}

    def at(self, topic: TopicId) -> Tally:
        """Return the counts of a topic."""
        if topic not in self._kept:
            self._kept[topic] = self._load(topic)
        return self._kept[topic]

    def settle(self) -> None:
        """Write the rows of the topics that were touched."""
        for topic, tally in self._kept.items():
            if tally.touched:
                self._write(topic, tally)
        if len(self._kept) > KEPT:
            self._kept.clear()

    def _load(self, topic: TopicId) -> Tally:
        known = self._rows.row(Table.TOPIC_HEAD, topic)
        none = TopicHead.of(topic, TopicRecord())
        tally = Tally(read_value(TopicHead, known) if known is not None else none)
        if (body := self._rows.row(Table.TOPIC, topic)) is not None:
            told = read_value(TopicSummary, body)
            for name in (*TopicCounts.model_fields, "seq", "version"):
                setattr(tally, name, getattr(told, name))
        return tally

    def _write(self, topic: TopicId, tally: Tally) -> None:
        for article, more in tally.grown.items():
            tally.articles += self._grow(topic, article, more, tally.seq)
        if tally.shrunk:
            rows = self._rows.rows(Table.POSITION, topic)
            tally.earliest, tally.latest = _days(rows)
        at = (tally.seq, tally.version)
        told = TopicSummary.told(topic, tally.head, tally.counts(), at)
        body = told.model_dump_json().encode()
        self._rows.change(tally.seq, Table.TOPIC, (topic,), body)
        tally.grown.clear()
        tally.shrunk = tally.touched = False

    def _grow(self, topic: TopicId, article: ArticleId, more: int, seq: int) -> int:
        """Keep how many statements an article has; return by how many articles it grew."""
        known = self._rows.row(Table.TOPIC_ARTICLE, topic, article)
        before = read_number(known) if known is not None else 0
        if after := before + more:
            body = b"%d" % after
            self._rows.change(seq, Table.TOPIC_ARTICLE, (topic, article), body)
        elif before:
            self._rows.change(seq, Table.TOPIC_ARTICLE, (topic, article), None)
        return bool(after) - bool(before)


def _days(rows: Iterable[tuple[Key, bytes]]) -> tuple[date | None, date | None]:
    """Return the first and the last day of positions, given in the order of their keys.

    The positions of a line are strictly ordered in time: its last one ends last.
    """
    placed = list(rows)
    if not placed:
        return None, None
    _, first = min(placed, key=lambda row: row[0][-1])
    ends = {key[:-1]: body for key, body in placed}
    last = max(Position.read(body).latest for body in ends.values())
    return Position.read(first).earliest, last
