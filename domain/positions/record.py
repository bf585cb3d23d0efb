"""The record of one topic: the set of its events, with indices over it.

Rules
1. An event counts once, by its id, at its first seq. The same id with other
   content is an error.
2. Recordings and withdrawals form sets: the order in which they arrive is nothing.
3. A register (speaker, date, assessment of a statement; the link of a pair; whether
   a question is asked) holds what its decision with the highest seq says, whole. It
   belongs to the statement and outlives a withdrawal.
4. A statement is live while some recording of it is not withdrawn. Where no
   decision was taken, its first live recording speaks.

Adding events in any order, or joining two records, gives the same record: it is a
set, and all else is derived (laws L1 to L5).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from domain.errors import InvalidCommandError
from domain.events.base import Event, Recorded
from domain.events.topic import (
    LinkKind,
    QuestionPosed,
    QuestionReinstated,
    QuestionWithdrawn,
    SpeakerIdentified,
    StatementAssessed,
    StatementAttributed,
    StatementDated,
    StatementsLinked,
    StatementsUnlinked,
    StatementWithdrawn,
    TopicOpened,
)
from domain.model.grouping import ordered
from domain.model.ids import EventId, QuestionId, StatementId
from domain.model.topic import Question
from domain.model.word import Word

Pair = tuple[StatementId, StatementId]
RegisterKey = tuple[str, ...]
"""What is decided: one thing of a statement, a pair of statements, a question."""


class Register(Word):
    """What can be decided of a statement."""

    SPEAKER = "speaker"
    DATE = "date"
    ASSESSMENT = "assessment"


_EVERY_REGISTER = tuple(Register)
REGISTERS: Mapping[type[Event], Register] = {
    SpeakerIdentified: Register.SPEAKER,
    StatementDated: Register.DATE,
    StatementAssessed: Register.ASSESSMENT,
}
"""Which register a decision on a statement writes."""


class TopicRecord:
    """All events of one topic; grows by ``add``, never shrinks."""

    def __init__(self, events: Iterable[Recorded[Event]] = ()) -> None:
        self._events: dict[EventId, Recorded[Event]] = {}
        self._recordings: dict[StatementId, set[EventId]] = defaultdict(set)
        self._withdrawn: dict[EventId, set[EventId]] = defaultdict(set)
        self._decided: dict[RegisterKey, set[EventId]] = defaultdict(set)
        self._questions: dict[EventId, Question] = {}
        self._opened: EventId | None = None
        for recorded in events:
            self.add(recorded)

    def add(self, recorded: Recorded[Event]) -> bool:
        """Add an event; tell whether the record changed.

        Raises:
            InvalidCommandError: another event has the same id.
        """
        known = self._events.get(recorded.id)
        if known is not None:
            same = ("event", "actor", "causation")
            if any(getattr(known, a) != getattr(recorded, a) for a in same):
                message = f"two events share the id {recorded.id}"
                raise InvalidCommandError(message)
            if recorded.seq >= known.seq:
                return False
        self._events[recorded.id] = recorded
        self._index(recorded.id, recorded.event)
        return True

    def _index(self, identifier: EventId, event: Event) -> None:
        match event:
            case StatementAttributed(statement=statement):
                self._recordings[statement].add(identifier)
            case StatementWithdrawn(undoes=undoes):
                for undone in undoes:
                    self._withdrawn[undone].add(identifier)
            case QuestionPosed(question=question):
                self._questions[identifier] = question
            case TopicOpened():
                self._opened = identifier
            case _:
                if (register := _register_of(event)) is not None:
                    self._decided[register].add(identifier)

    def __iter__(self) -> Iterator[Recorded[Event]]:
        """Iterate over the events, each once, in no promised order."""
        return iter(self._events.values())

    @property
    def opened(self) -> TopicOpened | None:
        """The opening of the topic, if it is on record."""
        found = self._events.get(self._opened) if self._opened else None
        return cast("TopicOpened", found.event) if found else None

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions posed, in the order of the log."""
        posed = sorted(self._questions, key=lambda each: self._events[each].seq)
        return tuple(self._questions[identifier] for identifier in posed)

    def taken_back(self) -> frozenset[QuestionId]:
        """Return the questions that are not asked any more."""
        decided = (self._latest(key) for key in self._decided if len(key) == 1)
        events = (latest.event for latest in decided if latest is not None)
        return frozenset(e.question for e in events if isinstance(e, QuestionWithdrawn))

    @property
    def has_withdrawals(self) -> bool:
        """Whether anything was withdrawn."""
        return bool(self._withdrawn)

    def statements(self) -> list[StatementId]:
        """Return the ids of all statements ever recorded, ascending."""
        return sorted(self._recordings)

    def recordings(self, statement: StatementId) -> list[Recorded[StatementAttributed]]:
        """Return the recordings of a statement, first in the log first."""
        return self._in_order(self._recordings.get(statement, ()))

    def live_recordings(
        self, statement: StatementId
    ) -> list[Recorded[StatementAttributed]]:
        """Return the recordings that no withdrawal undoes, first in the log first."""
        known = self._recordings.get(statement, ())
        return self._in_order(i for i in known if i not in self._withdrawn)

    def withdrawals(self, statement: StatementId) -> list[Recorded[Event]]:
        """Return the withdrawals of a statement, first in the log first."""
        ids = {
            withdrawal
            for recording in self._recordings.get(statement, ())
            for withdrawal in self._withdrawn.get(recording, ())
        }
        return sorted((self._events[i] for i in ids), key=lambda each: each.seq)

    def decisions(
        self, statement: StatementId
    ) -> Iterator[tuple[Register, Recorded[Event]]]:
        """Yield the decision in force in each register of a statement."""
        if self._decided:  # most topics have none
            for register in _EVERY_REGISTER:
                if (latest := self._latest((register, statement))) is not None:
                    yield register, latest

    def links(self) -> list[tuple[StatementId, StatementId, LinkKind]]:
        """Return the pairs that are linked, each by the link in force."""
        if not self._decided:
            return []
        latest = (self._latest(register) for register in self._decided)
        links = (link.event for link in latest if link is not None)
        return sorted(
            (link.first, link.second, link.kind)
            for link in links
            if isinstance(link, StatementsLinked) and link.first != link.second
        )

    def _in_order(self, ids: Iterable[EventId]) -> list[Recorded[StatementAttributed]]:
        found = [self._events[identifier] for identifier in ids]
        if len(found) > 1:
            found.sort(key=lambda recorded: recorded.seq)
        return cast("list[Recorded[StatementAttributed]]", found)

    def _latest(self, register: RegisterKey) -> Recorded[Event] | None:
        if not (decided := self._decided.get(register)):
            return None
        return max((self._events[i] for i in decided), key=lambda each: each.seq)


def joined(*records: TopicRecord) -> TopicRecord:
    """Return the record of all events in any of these records."""
    return TopicRecord(recorded for record in records for recorded in record)


def _register_of(event: Event) -> RegisterKey | None:
    """Return the register that a decision writes; None for what is no decision."""
    match event:
        case (
            SpeakerIdentified(statement=statement)
            | StatementDated(statement=statement)
            | StatementAssessed(statement=statement)
        ):
            return (REGISTERS[type(event)], statement)
        case (
            StatementsLinked(first=a, second=b) | StatementsUnlinked(first=a, second=b)
        ):
            return ordered(a, b)
        case QuestionWithdrawn(question=asked) | QuestionReinstated(question=asked):
            return (asked,)
        case _:
            return None  # an event of a later version that positions do not depend on
