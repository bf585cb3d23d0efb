"""The rows of statements, asides and positions, where statements change.

``Moved`` says what statements were and are; the rows follow from the difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from domain.model.ids import ArticleId, StatementId, TopicId
from domain.positions.evidence import Evidence
from domain.positions.live import LiveStatement, WithdrawnStatement
from domain.positions.timeline import Key as LineKey
from domain.positions.timeline import Placed, Position, place
from domain.projections.overlay import Overlay
from domain.projections.rows import Table
from domain.projections.statements import StatementRow, WithdrawnRow
from domain.projections.topic_lines import LinePlace, Lines
from domain.projections.topics import position_key

Live = Mapping[StatementId, LiveStatement]
Gone = Sequence[WithdrawnStatement]
NOWHERE = Placed({}, {})


class Moved(NamedTuple):
    """Statements of a topic as they were before an event, and as they are after it."""

    topic: TopicId
    seq: int
    before: Live
    after: Live

    def changed(self) -> list[StatementId]:
        """Return those that are other than before."""
        before, after = self.before, self.after
        either = [*after, *(each for each in before if each not in after)]
        return [each for each in either if before.get(each) != after.get(each)]


class Difference(NamedTuple):
    """What an event did to a topic.

    The articles of statements that left and came, the positions that ended and began.
    """

    left: list[ArticleId]
    came: list[ArticleId]
    ended: list[Position]
    begun: list[Position]


class _Shift(NamedTuple):
    """Evidence that leaves a line, and that comes to it."""

    gone: list[Evidence]
    come: list[Evidence]


class TopicRows:
    """Reads and changes the rows of statements, asides and positions."""

    def __init__(self, rows: Overlay, lines: Lines) -> None:
        self._rows, self._lines = rows, lines

    def begin(self, topic: TopicId, live: LiveStatement) -> Difference:
        """Put a statement there of which nothing was; tell what it came to."""
        change, placed = self._rows.change, place(live)
        body = StatementRow.of(live).body
        change(live.seq, Table.STATEMENT, (topic, live.id), body, fresh=True)
        for key, aside in placed.asides.items():
            change(live.seq, Table.ASIDE, (topic, *key), aside.body, fresh=True)
        difference = Difference([], [live.statement.article], [], [])
        for line, evidence in placed.evidence.items():
            self._put_line(topic, live.seq, line, _Shift([], evidence), difference)
        return difference

    def move(self, moved: Moved) -> Difference:
        """Change the rows of statements that changed, and tell what it came to."""
        difference = Difference([], [], [], [])
        shifts: dict[LineKey, _Shift] = {}
        for statement in moved.changed():
            was, now = moved.before.get(statement), moved.after.get(statement)
            self._put_statement(moved, statement, was, now)
            if was is not None and now is not None and _lie_alike(was, now):
                continue
            old = place(was) if was is not None else NOWHERE
            new = place(now) if now is not None else NOWHERE
            if old.asides or new.asides:
                self._put_asides(moved, old, new)
            for key, evidence in old.evidence.items():
                _shift(shifts, key).gone.extend(evidence)
            for key, evidence in new.evidence.items():
                _shift(shifts, key).come.extend(evidence)
            if now is None and was is not None:
                difference.left.append(was.statement.article)
            elif was is None and now is not None:
                difference.came.append(now.statement.article)
        for key, shift in shifts.items():
            if shift.gone != shift.come:
                self._put_line(moved.topic, moved.seq, key, shift, difference)
        return difference

    def held_by(self, holder: str) -> Iterator[tuple[TopicId, StatementId]]:
        """Yield the statements that are evidence of a holder, on a line or beside one."""
        for key in self._rows.keys_with(Table.POSITION, holder):
            if (body := self._rows.row(Table.POSITION, *key)) is not None:
                for each in Position.read(body).evidence:
                    yield TopicId(key[0]), each.statement
        for topic, statement, *_ in self._rows.keys_with(Table.ASIDE, holder):
            yield TopicId(topic), StatementId(statement)

    def withdraw(self, topic: TopicId, seq: int, before: Gone, after: Gone) -> None:
        """Keep what putting withdrawn statements back needs, as long as they are gone."""
        was = {each.statement.id: WithdrawnRow.of(each) for each in before}
        now = {each.statement.id: WithdrawnRow.of(each) for each in after}
        for statement in sorted(was.keys() | now.keys()):
            if (row := now.get(statement)) != was.get(statement):
                body = row.body if row is not None else None
                self._rows.change(seq, Table.WITHDRAWN, (statement, topic), body)

    def _put_statement(
        self,
        moved: Moved,
        statement: StatementId,
        was: LiveStatement | None,
        now: LiveStatement | None,
    ) -> None:
        body = StatementRow.of(now).body if now is not None else None
        key = (moved.topic, statement)
        self._rows.change(moved.seq, Table.STATEMENT, key, body, fresh=was is None)

    def _put_asides(self, moved: Moved, old: Placed, new: Placed) -> None:
        for key in old.asides.keys() | new.asides.keys():
            if (aside := new.asides.get(key)) != old.asides.get(key):
                self._rows.change(
                    moved.seq,
                    Table.ASIDE,
                    (moved.topic, *key),
                    aside.body if aside is not None else None,
                    fresh=key not in old.asides,
                )

    def _put_line(
        self,
        topic: TopicId,
        seq: int,
        key: LineKey,
        shift: _Shift,
        difference: Difference,
    ) -> None:
        """Take evidence out of a line and put it in; note the positions that changed."""
        line = self._lines.at(LinePlace(topic, key))
        length = len(line)
        line.take_out(shift.gone)
        line.put_in(shift.come)
        self._lines.grew(len(line) - length)
        for _, was, now in line.changes():
            if was is not None:
                difference.ended.append(was)
            if now is not None:
                difference.begun.append(now)
            one = now or was
            if one is not None:
                where = position_key(topic, one)
                body = now.body if now is not None else None
                self._rows.change(seq, Table.POSITION, where, body, fresh=was is None)


def _lie_alike(one: LiveStatement, other: LiveStatement) -> bool:
    """Tell whether two versions of a statement lie on the same lines, or beside them."""
    return one.interval == other.interval and one.readings == other.readings


def _shift(shifts: dict[LineKey, _Shift], key: LineKey) -> _Shift:
    if (found := shifts.get(key)) is None:
        found = shifts[key] = _Shift([], [])
    return found
