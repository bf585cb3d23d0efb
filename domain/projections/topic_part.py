"""A part of a topic: some statements, those linked to them, and all events on these.

Statements that are not linked are nothing to one another but neighbours on a line. So
what an event changes is folded from the events of its part, however long the topic.
"""

from __future__ import annotations

from collections.abc import Iterable

from domain.events.base import Event, Recorded
from domain.events.topic import (
    SpeakerIdentified,
    StatementAssessed,
    StatementAttributed,
    StatementDated,
    StatementsLinked,
    StatementsUnlinked,
    StatementWithdrawn,
)
from domain.model.ids import StatementId, TopicId
from domain.projections.overlay import Overlay
from domain.projections.projection import EventReader
from domain.projections.rows import Table

OF_TOPIC = ""
"""In the place of a statement: the events on the topic itself."""


def statements_named(event: Event) -> tuple[StatementId, ...]:
    """Return the statements that an event is about; none for one on its topic."""
    match event:
        case (
            StatementAttributed(statement=statement)
            | StatementWithdrawn(statement=statement)
            | SpeakerIdentified(statement=statement)
            | StatementDated(statement=statement)
            | StatementAssessed(statement=statement)
        ):
            return (statement,)
        case (
            StatementsLinked(first=a, second=b) | StatementsUnlinked(first=a, second=b)
        ):
            return (a, b) if a != b else (a,)
        case _:
            return ()


class TopicEvents:
    """Finds the events of a part by the seqs that are kept for each statement."""

    def __init__(self, rows: Overlay, log: EventReader) -> None:
        self._rows, self._log = rows, log

    def on(self, topic: TopicId, statement: str = OF_TOPIC) -> list[Recorded[Event]]:
        """Return the events on a statement, or on the topic itself, ascending."""
        return [self._log.at(seq) for seq in self.seqs(topic, statement)]

    def seqs(self, topic: TopicId, statement: str = OF_TOPIC) -> list[int]:
        """Return their seqs, ascending."""
        body = self._rows.row(Table.STATEMENT_EVENTS, topic, statement)
        return [int(seq) for seq in body.split()] if body else []

    def part(
        self, topic: TopicId, named: Iterable[StatementId]
    ) -> tuple[set[StatementId], dict[int, Recorded[Event]]]:
        """Return the statements of a part, and their events by seq."""
        found: set[StatementId] = set()
        events: dict[int, Recorded[Event]] = {}
        todo = list(named)
        while todo:
            if (statement := todo.pop()) in found:
                continue
            found.add(statement)
            for recorded in self.on(topic, statement):
                events[recorded.seq] = recorded
                todo += statements_named(recorded.event)
        return found, events

    def add(self, topic: TopicId, statement: str, seq: int) -> None:
        """Keep that an event is on a statement, or on the topic itself."""
        key = (topic, statement)
        known = self._rows.row(Table.STATEMENT_EVENTS, *key)
        body = b"%b %d" % (known, seq) if known else b"%d" % seq
        self._rows.change(seq, Table.STATEMENT_EVENTS, key, body)
