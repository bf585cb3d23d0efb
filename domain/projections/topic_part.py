"""A part of a topic: some statements, those linked to them, and all events on these.

Statements that are not linked are nothing to one another but neighbours on a line. So
what an event changes is folded from the events of its part, however long the topic.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from domain.errors import DamagedRowError
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
from domain.model.kept import read_numbers
from domain.projections.overlay import Overlay
from domain.projections.projection import EventReader, EventsAt
from domain.projections.rows import Key, Table
from domain.projections.statements import StatementRow

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


def all_at(log: EventsAt, seqs: Collection[int]) -> list[Recorded[Event]]:
    """Return the events that a row lists, ascending.

    Raises:
        DamagedRowError: the log has not all of them.
    """
    events = log.at(seqs)
    if missing := set(seqs) - events.keys():
        why = f"the log has no event {min(missing)}"
        raise DamagedRowError("list", why)
    return [events[seq] for seq in sorted(events)]


class TopicEvents:
    """Finds the events of a part by the seqs that are kept for each statement."""

    def __init__(self, rows: Overlay, log: EventReader) -> None:
        self._rows, self._log = rows, log

    def on(self, topic: TopicId, statement: str = OF_TOPIC) -> list[Recorded[Event]]:
        """Return the events on a statement, or on the topic itself, ascending."""
        return all_at(self._log, self.seqs(topic, statement))

    def seqs(self, topic: TopicId, statement: str = OF_TOPIC) -> list[int]:
        """Return their seqs, ascending.

        A statement of which nothing is listed has its recording, if it is on record.
        """
        row = self._rows.row
        if (body := row(Table.STATEMENT_EVENTS, topic, statement)) is not None:
            return read_numbers(body)
        body = row(Table.STATEMENT, topic, statement) if statement else None
        if body is not None:
            return [StatementRow.read(body).seq]
        return []

    def part(
        self, topic: TopicId, named: Iterable[StatementId]
    ) -> Collection[Recorded[Event]]:
        """Return the events on statements, and on all that are linked to them."""
        found: set[StatementId] = set()
        events: dict[int, Recorded[Event]] = {}
        new = set(named)
        while new:
            self.prefetch((topic, each) for each in new)
            seqs = {seq for each in new for seq in self.seqs(topic, each)}
            reached = all_at(self._log, seqs - events.keys())
            events |= {each.seq: each for each in reached}
            found |= new
            linked = (statements_named(each.event) for each in reached)
            new = {each for pair in linked for each in pair} - found
        return events.values()

    def keep(self, topic: TopicId, statement: str, seqs: Sequence[int]) -> None:
        """Keep which events are on a statement, or on the topic itself; the last is new."""
        body = " ".join(map(str, seqs)).encode()
        self._rows.change(seqs[-1], Table.STATEMENT_EVENTS, (topic, statement), body)

    def prefetch(self, keys: Iterable[Key]) -> None:
        """Read at once what is listed for some statements."""
        named = set(keys)
        self._rows.prefetch(Table.STATEMENT_EVENTS, named)
        self._rows.prefetch(Table.STATEMENT, named)
