"""The outside face of the API: what readers get, stable whatever the inside becomes.

Dates are EDTF texts with their outer days beside them; offsets are half-open code
points of the captured text, without any normalisation. ``label`` is in the language
that was asked for, ids are stable.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """Base of all response shapes."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)


class Named(Shape):
    """Something with an id and a label; ``id`` is None for what is on no register."""

    id: str | None
    label: str


class QuestionOut(Shape):
    """A closed question of a topic."""

    id: str
    kind: str
    label: str


class TopicOut(Shape):
    """A topic at a glance."""

    id: str
    label: str
    labels: dict[str, str]
    fiction: bool
    questions: tuple[QuestionOut, ...]
    statements: int
    positions: int
    changes: int
    articles: int
    earliest: date | None
    latest: date | None
    seq: int
    version: int


class ExcerptOut(Shape):
    """Words at their place in the captured text."""

    start: int
    end: int
    words: str


class FrameOut(Shape):
    """Addressee, medium and occasion, as the text says."""

    addressee: ExcerptOut | None
    medium: ExcerptOut | None
    occasion: ExcerptOut | None


class SpeakerOut(Shape):
    """Who spoke; ``name`` is None for an unnamed source."""

    name: str | None
    agent: Named | None
    resolution: str
    role_as_stated: str | None
    on_behalf_of: Named | None
    rule: str
    confidence: float


class SpokenAtOut(Shape):
    """When it was spoken, and what that rests on."""

    edtf: str | None
    earliest: date | None
    latest: date | None
    basis: str
    raw: str | None
    rule: str
    confidence: float


class ConditionOut(Shape):
    """A condition of a reading."""

    id: str
    kind: str
    words: str | None


class ReadingOut(Shape):
    """What a statement says on one question.

    ``taken_back`` is the question that it answered, where that is not asked any more;
    ``named`` is whom it names, where the holder stands for another.
    """

    question: QuestionOut | None
    taken_back: QuestionOut | None
    holder: Named
    named: Named | None
    relation: str
    act: str
    commitment: int
    conditions: tuple[ConditionOut, ...]
    rule: str


class DecisionOut(Shape):
    """A decision in force that replaced what was recorded first."""

    of: str
    event: str
    seq: int
    actor: str
    reason: str


class StatementOut(Shape):
    """A statement with its judgements in force.

    ``review`` names those that are too unsure to pass for sure: words, speaker, date.
    """

    id: str
    topic: str
    article: str
    language: str
    kind: str
    words: str
    content: tuple[ExcerptOut, ...]
    cue: ExcerptOut | None
    source: ExcerptOut | None
    frame: FrameOut
    inherited: FrameOut
    speaker: SpeakerOut
    spoken_at: SpokenAtOut
    act: str
    polarity: str
    commitment: int
    conditions: tuple[ExcerptOut, ...]
    readings: tuple[ReadingOut, ...]
    filed_by: str
    filed_on: tuple[str, ...]
    decisions: tuple[DecisionOut, ...]
    linked: tuple[str, ...]
    rule: str
    confidence: float
    review: tuple[str, ...]
    recorded_at: datetime
    seq: int


class DeltaOut(Shape):
    """What changed between two stances."""

    commitment: int
    gained: tuple[str, ...]
    dropped: tuple[str, ...]


class PositionOut(Shape):
    """A holder's position over a block of time, and the label of how it came there.

    ``value`` is ``stance``, ``ambivalent`` or ``none``; only a stance has a
    commitment. ``rule`` is the number of the label's rule, ``explanation`` one
    sentence in English or French. ``stands_for`` are the agents whom the evidence names
    and who were judged to be one with the holder.
    """

    question: QuestionOut
    holder: Named
    stands_for: tuple[Named, ...]
    earliest: date
    latest: date
    value: str
    commitment: int | None
    conditions: tuple[str, ...]
    label: str
    rule: int
    explanation: str
    delta: DeltaOut | None
    evidence: tuple[str, ...]
    previous_evidence: tuple[str, ...]
    chained: bool


class AsideOut(Shape):
    """Evidence beside the line, and why.

    ``taken_back`` are the questions that it answered, where it answers none any more.
    """

    statement: str
    reason: str
    question: QuestionOut | None
    holder: Named | None
    taken_back: tuple[QuestionOut, ...]


class TimelineOut(Shape):
    """A topic's timeline."""

    topic: TopicOut
    positions: tuple[PositionOut, ...]
    asides: tuple[AsideOut, ...]
    statements: tuple[StatementOut, ...]


class MarkedOut(Shape):
    """A stretch of an article that is not the article, or was passed over."""

    start: int
    end: int
    reason: str


class ArticleOut(Shape):
    """An article on record; ``text`` is None if it was taken down.

    ``tier`` is ``lower`` where its language is read by words alone, else ``full``.
    """

    id: str
    language: str
    title: str | None
    outlet: str | None
    url: str | None
    published_at: str | None
    published_at_basis: str | None
    published_at_note: str | None
    recorded_at: datetime
    extractor: str
    tier: str
    text: str | None
    boilerplate: tuple[MarkedOut, ...]
    skipped: tuple[MarkedOut, ...]
    statements: tuple[str, ...]
    revisions: tuple[str, ...]


class EventOut(Shape):
    """A raw event, as it is stored; ``stored`` is the JSON of the log, unaltered."""

    seq: int
    stream: str
    version: int
    name: str
    stored: object


class AgentOut(Shape):
    """An agent of the register."""

    id: str
    kind: str
    label: str
    labels: dict[str, str]
    names: tuple[str, ...]
    roles: tuple[str, ...]


class Meta(Shape):
    """What a response shows: the state of the log, and the selection.

    ``digest`` is that of all rows of the topic at ``seq``, whatever is selected.
    """

    seq: int
    known_at: int | None = None
    as_of: date | None = None
    holder: str | None = None
    question: str | None = None
    digest: str | None = None


T = TypeVar("T")


class Envelope(Shape, Generic[T]):
    """Every successful response: data, what it shows, where to go on."""

    data: T
    meta: Meta
    links: dict[str, str] = {}
