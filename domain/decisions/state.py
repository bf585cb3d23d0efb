"""What a decision needs to know of the record; read at one seq, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.errors import InvalidCommandError
from domain.events.base import Actor
from domain.events.topic import LinkKind
from domain.model.ids import UNFILED, EventId, QuestionId, StatementId, TopicId
from domain.model.statement import Filing, Statement
from domain.model.topic import Question


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The event that took a statement out of a topic, and of which decision it is.

    The events of one decision are recorded at one instant, by one actor, for one cause.
    Decisions that share all three, as two of one actor with one reason that are stored
    in one commit, count as one: they are put back together.
    """

    event: EventId
    seq: int
    decision: tuple[datetime, Actor, str | None]


@dataclass(frozen=True, slots=True)
class InTopic:
    """A statement as it stands in one topic.

    ``recordings`` are those in force, none if it was withdrawn; ``withdrawal`` is what
    took it out, if anything did. ``questions`` are asked there, ``taken_back`` no more.
    """

    topic: TopicId
    questions: tuple[Question, ...]
    statement: Statement
    filing: Filing
    recordings: tuple[EventId, ...]
    withdrawal: Withdrawal | None = None
    taken_back: tuple[Question, ...] = ()

    @property
    def is_live(self) -> bool:
        """Whether it is on record there."""
        return bool(self.recordings)

    def took_back(self, question: QuestionId | None) -> bool:
        """Whether a question was asked there, and was taken back."""
        return question in {each.id for each in self.taken_back}

    @property
    def answers(self) -> EventId | None:
        """The withdrawal that a recording there would follow, if there is one."""
        return self.withdrawal.event if self.withdrawal is not None else None


@dataclass(frozen=True, slots=True)
class StatementState:
    """A statement in all topics that carry or carried it.

    ``last_day`` is the last on which it can have been spoken: that of publication, or
    of recording where no publication is known.
    """

    id: StatementId
    last_day: date
    topics: tuple[InTopic, ...]

    def live(self) -> tuple[InTopic, ...]:
        """Return the statement in the topics where it is on record.

        Raises:
            InvalidCommandError: it was withdrawn from all of them.
        """
        if found := tuple(each for each in self.topics if each.is_live):
            return found
        message = f"statement {self.id} was withdrawn: reinstate it first"
        raise InvalidCommandError(message)

    def claiming(self) -> tuple[TopicId, ...]:
        """Return the topics where it is on record, ``unfiled`` not among them."""
        return tuple(e.topic for e in self.topics if e.is_live and e.topic != UNFILED)


@dataclass(frozen=True, slots=True)
class Links:
    """The links in force in one topic around two statements.

    ``first_group`` and ``second_group`` are the statements that are one utterance
    with either, itself included; ``kinds`` the links of all of these, by ordered pair.
    """

    topic: TopicId
    first_group: frozenset[StatementId]
    second_group: frozenset[StatementId]
    kinds: Mapping[tuple[StatementId, StatementId], LinkKind]
