"""A topic folded from its whole stream: its rows, and what it is at a glance.

This says what the rows of a topic are. They are kept up to date by parts
(``topic_fold``), and a replay compares both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from domain.errors import InvalidCommandError
from domain.events.base import Event, Recorded
from domain.model.derived import Derived
from domain.model.ids import ALIASES, QuestionId, TopicId, topic_stream
from domain.model.topic import Labels, Question
from domain.model.value import Value
from domain.positions.aliases import Aliases
from domain.positions.labels import Label
from domain.positions.live import (
    LiveStatement,
    live_statements,
    withdrawn_statements,
)
from domain.positions.record import TopicRecord
from domain.positions.timeline import Position, Timeline, aside_key, fold
from domain.projections.projection import StreamReader
from domain.projections.rows import Key, Place, Rows, Table
from domain.projections.statements import StatementRow, WithdrawnRow

_NO_CHANGE = {Label.STATED, Label.REAFFIRMED}


class TopicHead(Value):
    """What a topic is about. ``taken_back`` are questions that are not asked any more."""

    labels: Labels
    fiction: bool
    questions: tuple[Question, ...]
    taken_back: tuple[QuestionId, ...] = ()

    @classmethod
    def of(cls, topic: TopicId, record: TopicRecord) -> TopicHead:
        """Return what the events on a topic say of it."""
        opened = record.opened
        return cls(
            labels=opened.labels if opened else {"en": topic},
            fiction=opened.fiction if opened else False,
            questions=record.questions,
            taken_back=tuple(sorted(record.taken_back())),
        )


class TopicCounts(Value):
    """How much a topic holds; ``changes`` are positions that differ from the last."""

    statements: int = 0
    positions: int = 0
    changes: int = 0
    articles: int = 0
    earliest: date | None = None
    latest: date | None = None

    @classmethod
    def of(
        cls, statements: Iterable[LiveStatement], positions: Iterable[Position]
    ) -> TopicCounts:
        """Count statements and positions."""
        live, placed = list(statements), list(positions)
        return cls(
            statements=len(live),
            positions=len(placed),
            changes=sum(is_change(each) for each in placed),
            articles=len({each.statement.article for each in live}),
            earliest=min((each.earliest for each in placed), default=None),
            latest=max((each.latest for each in placed), default=None),
        )


class TopicSummary(TopicCounts):
    """A topic at a glance.

    ``seq`` and ``version`` are those of the last event of its stream.
    ``withdrawn_questions`` are those that were taken back.
    """

    id: TopicId
    labels: Labels
    fiction: bool
    questions: tuple[Question, ...]
    withdrawn_questions: tuple[Question, ...] = ()
    seq: int
    version: int

    @classmethod
    def told(
        cls, topic: TopicId, head: TopicHead, counts: TopicCounts, at: tuple[int, int]
    ) -> TopicSummary:
        """Return a topic at a glance, with the seq and version of its last event."""
        asked = [q for q in head.questions if q.id not in head.taken_back]
        gone = [q for q in head.questions if q.id in head.taken_back]
        return cls(
            **dict(counts),
            id=topic,
            labels=head.labels,
            fiction=head.fiction,
            questions=tuple(asked),
            withdrawn_questions=tuple(gone),
            seq=at[0],
            version=at[1],
        )


def spoken_by(
    day: date, topic: TopicSummary, statements: Iterable[LiveStatement]
) -> tuple[TopicSummary, Timeline]:
    """Return a topic and its timeline as they are of what may have begun by a day."""
    begun = [live for live in statements if live.begun_by(day)]
    timeline = fold(begun)
    counts = dict(TopicCounts.of(begun, timeline.positions))
    return topic.model_copy(update=counts), timeline


def is_change(position: Position) -> bool:
    """Tell whether a position differs from the one before it."""
    return position.transition.label not in _NO_CHANGE


@dataclass(slots=True)
class TopicState:
    """A topic folded up to its last event, and who stands for whom by then."""

    topic: TopicId
    record: TopicRecord = field(default_factory=TopicRecord)
    aliases: Aliases = field(default_factory=Aliases)
    seq: int = 0
    version: int = 0

    def add(self, recorded: Recorded[Event]) -> None:
        """Take in the next event of the stream.

        Raises:
            InvalidCommandError: it names another topic, or repeats an id.
        """
        check_topic(self.topic, recorded.event)
        self.record.add(recorded)
        self.seq, self.version = recorded.seq, recorded.version

    def live(self) -> tuple[LiveStatement, ...]:
        """Return the statements on record."""
        return live_statements(self.record, self.aliases.standing())

    def summary(
        self, statements: Iterable[LiveStatement], timeline: Timeline
    ) -> TopicSummary:
        """Return the topic at a glance."""
        counts = TopicCounts.of(statements, timeline.positions)
        head = TopicHead.of(self.topic, self.record)
        return TopicSummary.told(self.topic, head, counts, (self.seq, self.version))


@cache
def _names_topic(shape: type[Event]) -> bool:
    return "topic" in shape.model_fields


def check_topic(topic: TopicId, event: Event) -> None:
    """Refuse an event that names another topic than its stream.

    Raises:
        InvalidCommandError: it does.
    """
    if _names_topic(type(event)) and (named := event.topic) != topic:  # type: ignore[attr-defined] # it does
        message = f"an event of topic {named!r} in the stream of {topic!r}"
        raise InvalidCommandError(message)


def topic_state(read_stream: StreamReader, topic: TopicId, until: int) -> TopicState:
    """Fold a topic's stream up to and including a seq, as it was parked and taken in."""
    state = TopicState(topic, aliases=Aliases(read_stream(ALIASES, until)))
    for recorded in fitting(read_stream, topic, until):
        with suppress(InvalidCommandError):  # parked when it came, by the same rule
            state.add(recorded)
    return state


def fitting(
    read_stream: StreamReader, topic: TopicId, until: int
) -> Iterator[Recorded[Event]]:
    """Yield the events of a topic's stream that fit into it; the others are parked."""
    for recorded in read_stream(topic_stream(topic), until):
        try:
            check_topic(topic, recorded.event)
        except InvalidCommandError:
            continue
        yield recorded


def topic_rows(state: TopicState) -> Rows:
    """Return the rows of a topic; none before its first event."""
    if not state.seq:
        return {}
    topic = state.topic
    statements = state.live()
    timeline = fold(statements)
    glance, head = (
        state.summary(statements, timeline),
        TopicHead.of(topic, state.record),
    )
    values: dict[Place, Derived] = {}
    for live in statements:
        values[Place(Table.STATEMENT, (topic, live.id))] = StatementRow.of(live)
    for gone in withdrawn_statements(state.record):
        values[Place(Table.WITHDRAWN, (gone.statement.id, topic))] = WithdrawnRow.of(
            gone
        )
    for each in timeline.positions:
        values[Place(Table.POSITION, position_key(topic, each))] = each
    for aside in timeline.asides:
        values[Place(Table.ASIDE, (topic, *aside_key(aside)))] = aside
    return {
        Place(Table.TOPIC, (topic,)): glance.model_dump_json().encode(),
        Place(Table.TOPIC_HEAD, (topic,)): head.model_dump_json().encode(),
        **{place: value.body for place, value in values.items()},
    }


def position_key(topic: TopicId, position: Position) -> Key:
    """Return the key of the row of a position."""
    earliest = position.earliest.isoformat()
    return (topic, position.question, position.holder, earliest)
