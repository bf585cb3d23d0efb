"""The rows of statements, asides and positions, where statements change.

``Moved`` says what statements were and are; the rows follow from the difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from domain.model.ids import ArticleId, StatementId, TopicId
from domain.positions.evidence import Evidence
from domain.positions.live import LiveStatement, WithdrawnStatement
from domain.positions.timeline import Key as LineKey
from domain.positions.timeline import Placed, Position, place
from domain.projections.overlay import Overlay
from domain.projections.rows import Table
from domain.projections.topic_lines import LinePlace, Lines
from domain.projections.topics import position_key

Live = Mapping[StatementId, LiveStatement]
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

    def live(self, topic: TopicId, statements: Iterable[StatementId]) -> Live:
        """Return those of some statements that are on record."""
        bodies = (self._rows.row(Table.STATEMENT, topic, each) for each in statements)
        every = (LiveStatement.model_validate_json(body) for body in bodies if body)
        return {live.id: live for live in every}

    def move(self, moved: Moved) -> Difference:
        """Change the rows of statements that changed, and tell what it came to."""
        difference = Difference([], [], [], [])
        shifts: dict[LineKey, _Shift] = defaultdict(lambda: _Shift([], []))
        for statement in moved.changed():
            was, now = moved.before.get(statement), moved.after.get(statement)
            self._put_statement(moved, statement, was, now)
            old = place(was) if was is not None else NOWHERE
            new = place(now) if now is not None else NOWHERE
            self._put_asides(moved, old, new)
            for key, evidence in old.evidence.items():
                shifts[key].gone.extend(evidence)
            for key, evidence in new.evidence.items():
                shifts[key].come.extend(evidence)
            if (was is None) != (now is None):
                difference.left.extend([was.statement.article] if was else [])
                difference.came.extend([now.statement.article] if now else [])
        for key, shift in shifts.items():
            if shift.gone != shift.come:
                self._put_line(moved, key, shift, difference)
        return difference

    def withdraw(
        self,
        moved: Moved,
        part: Collection[StatementId],
        gone: Iterable[WithdrawnStatement],
    ) -> None:
        """Keep what putting withdrawn statements back needs, as long as they are gone."""
        bodies = {each.statement.id: each.model_dump_json().encode() for each in gone}
        for statement in part:
            key, body = (statement, moved.topic), bodies.get(statement)
            if body != self._rows.row(Table.WITHDRAWN, *key):
                self._rows.change(moved.seq, Table.WITHDRAWN, key, body)

    def _put_statement(
        self,
        moved: Moved,
        statement: StatementId,
        was: LiveStatement | None,
        now: LiveStatement | None,
    ) -> None:
        topic, change = moved.topic, self._rows.change
        body = now.model_dump_json().encode() if now is not None else None
        change(moved.seq, Table.STATEMENT, (topic, statement), body, fresh=was is None)
        had = was.agents if was is not None else frozenset()
        has = now.agents if now is not None else frozenset()
        for agent in had ^ has:
            key = (agent, topic, statement)
            there = b"" if agent in has else None
            change(moved.seq, Table.AGENT_STATEMENT, key, there)
        filed = now.filing if now is not None else None
        if filed != (was.filing if was is not None else None):
            row = filed.model_dump_json().encode() if filed is not None else None
            change(moved.seq, Table.STATEMENT_TOPIC, (statement, topic), row)

    def _put_asides(self, moved: Moved, old: Placed, new: Placed) -> None:
        for key in old.asides.keys() | new.asides.keys():
            if (aside := new.asides.get(key)) != old.asides.get(key):
                body = aside.model_dump_json().encode() if aside is not None else None
                self._rows.change(
                    moved.seq,
                    Table.ASIDE,
                    (moved.topic, *key),
                    body,
                    fresh=key not in old.asides,
                )

    def _put_line(
        self, moved: Moved, key: LineKey, shift: _Shift, difference: Difference
    ) -> None:
        """Take evidence out of a line and put it in; note the positions that changed."""
        line = self._lines.at(LinePlace(moved.topic, key))
        line.take_out(shift.gone)
        line.put_in(shift.come)
        for _, was, now in line.changes():
            if was is not None:
                difference.ended.append(was)
            if now is not None:
                difference.begun.append(now)
            one = now or was
            if one is not None:
                body = now.model_dump_json().encode() if now is not None else None
                where = position_key(moved.topic, one)
                self._rows.change(
                    moved.seq, Table.POSITION, where, body, fresh=was is None
                )
