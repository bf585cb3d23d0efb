"""Facts on the stream of a topic: its questions, its statements, what was decided.

A recording or withdrawal counts as a set: order does not matter. A decision
(identified, dated, assessed, linked; a question withdrawn or reinstated) is a
register: the last one in the log holds, whole; it belongs to the statement and
outlives a withdrawal. What the first recording says of speaker, date and readings
holds until a decision replaces it.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from domain.events.base import Event
from domain.model.ids import ArticleId, EventId, QuestionId, StatementId, TopicId
from domain.model.statement import (
    Assessment,
    Attribution,
    Dating,
    Filing,
    Identification,
)
from domain.model.topic import Labels, Question
from domain.model.word import Word


class TopicOpened(Event):
    """A topic was opened for statements."""

    name: ClassVar[str] = "topic-opened.v1"

    topic: TopicId
    labels: Labels
    fiction: bool = False

    def identity(self) -> str:
        """A topic opens once."""
        return self.topic


class QuestionPosed(Event):
    """A closed question was posed in a topic."""

    name: ClassVar[str] = "question-posed.v1"

    topic: TopicId
    question: Question

    def identity(self) -> str:
        """A question is posed once."""
        return f"{self.topic} {self.question.id}"


class QuestionWithdrawn(Event):
    """A question was taken back: what answered it is beside the line from now on."""

    name: ClassVar[str] = "question-withdrawn.v1"

    topic: TopicId
    question: QuestionId
    reason: str


class QuestionReinstated(Event):
    """A question that was taken back is asked again, as it was posed."""

    name: ClassVar[str] = "question-reinstated.v1"

    topic: TopicId
    question: QuestionId
    reason: str


class StatementAttributed(Event):
    """A statement was recorded: words, speaker, cue, date, medium, and its readings.

    ``answers`` names the withdrawal that this re-recording follows, so that the
    same statement can be put on record again.
    """

    name: ClassVar[str] = "statement-attributed.v1"

    topic: TopicId
    statement: StatementId
    article: ArticleId
    filing: Filing
    attribution: Attribution
    identification: Identification
    dating: Dating
    assessment: Assessment
    answers: EventId | None = None

    def identity(self) -> str:
        """A statement is recorded once a topic, and once after each withdrawal."""
        return f"{self.topic} {self.statement} {self.answers or ''}"


class StatementWithdrawn(Event):
    """Evidence was taken out of the record, as if it had never been recorded.

    ``undoes`` names the recordings. Not to be confused with a holder who takes
    words back: that is a statement of its own.
    """

    name: ClassVar[str] = "statement-withdrawn.v1"

    statement: StatementId
    undoes: Annotated[tuple[EventId, ...], Field(min_length=1)]
    reason: str


class SpeakerIdentified(Event):
    """It was decided who uttered a statement."""

    name: ClassVar[str] = "speaker-identified.v1"

    statement: StatementId
    identification: Identification
    reason: str


class StatementDated(Event):
    """It was decided when a statement was spoken."""

    name: ClassVar[str] = "statement-dated.v1"

    statement: StatementId
    dating: Dating
    reason: str


class StatementAssessed(Event):
    """It was decided what a statement says on the questions of the topic."""

    name: ClassVar[str] = "statement-assessed.v1"

    statement: StatementId
    assessment: Assessment
    reason: str


class LinkKind(Word):
    """How two statements are linked."""

    SAME_STATEMENT = "same_statement"
    REPEATS = "repeats"
    CONTRADICTS = "contradicts"


class StatementsLinked(Event):
    """Two statements were judged to be linked (unordered pair, ids ascending)."""

    name: ClassVar[str] = "statements-linked.v1"

    first: StatementId
    second: StatementId
    kind: LinkKind
    reason: str


class StatementsUnlinked(Event):
    """Two statements were judged not to be linked."""

    name: ClassVar[str] = "statements-unlinked.v1"

    first: StatementId
    second: StatementId
    reason: str
