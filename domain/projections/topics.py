"""Topics, their statements on record or withdrawn, and the timeline of positions.

A judgement whether two agents are one changes whose positions they are, in every
topic: all topics are folded again when one comes, which is seldom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from domain.audit.digest import digest
from domain.errors import InvalidCommandError
from domain.events.base import Event, Recorded
from domain.model.ids import ALIASES, TopicId, topic_stream
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
from domain.positions.timeline import Aside, Position, Timeline, aside_key, fold
from domain.projections.projection import StreamReader
from domain.projections.rows import (
    Changes,
    Key,
    Place,
    Rows,
    Table,
    difference,
    lines,
)

TopicLister = Callable[[int], Iterable[TopicId]]
"""Returns the topics that were opened up to and including a seq."""
_PREFIX = topic_stream(TopicId(""))
_NO_CHANGE = {Label.STATED, Label.REAFFIRMED}


class TopicSummary(Value):
    """A topic at a glance.

    ``seq`` and ``version`` are those of the last event of its stream, ``digest`` that
    of its rows. ``withdrawn_questions`` are those that were taken back.
    """

    id: TopicId
    labels: Labels
    fiction: bool
    questions: tuple[Question, ...]
    withdrawn_questions: tuple[Question, ...] = ()
    statements: int
    positions: int
    changes: int
    articles: int
    earliest: date | None
    latest: date | None
    seq: int
    version: int
    digest: str


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
        named = getattr(recorded.event, "topic", self.topic)
        if named != self.topic:
            message = f"an event of topic {named!r} in the stream of {self.topic!r}"
            raise InvalidCommandError(message)
        self.record.add(recorded)
        self.seq, self.version = recorded.seq, recorded.version


class TopicsProjection:
    """Folds the streams of topics; a stream is loaded when an event of it comes."""

    def __init__(self, read_stream: StreamReader, list_topics: TopicLister) -> None:
        self._read_stream, self._list_topics = read_stream, list_topics
        self._aliases: Aliases | None = None
        self._states: dict[TopicId, TopicState] = {}
        self._rows: dict[TopicId, Rows] = {}
        self._touched: set[TopicId] = set()
        self._has_all = False

    def apply(self, recorded: Recorded[Event]) -> None:
        """Take in an event of a topic, or of aliases; others are none of it."""
        if recorded.stream == ALIASES:
            self._judge(recorded)
        elif recorded.stream.startswith(_PREFIX):
            topic = TopicId(recorded.stream.removeprefix(_PREFIX))
            self._loaded(topic, recorded.seq - 1).add(recorded)
            self._touched.add(topic)

    def _judge(self, recorded: Recorded[Event]) -> None:
        """Fold every topic again, with other agents standing for others."""
        before = recorded.seq - 1
        if not self._has_all:
            for topic in self._list_topics(before):
                self._loaded(topic, before)
            self._has_all = True
        self._aliases_until(before).add(recorded)
        self._touched |= self._states.keys()

    def _loaded(self, topic: TopicId, until: int) -> TopicState:
        if topic not in self._states:
            state = topic_state(self._read_stream, topic, until)
            state.aliases = self._aliases_until(until)
            self._states[topic], self._rows[topic] = state, topic_rows(state)
        return self._states[topic]

    def _aliases_until(self, until: int) -> Aliases:
        if self._aliases is None:
            self._aliases = Aliases(self._read_stream(ALIASES, until))
        return self._aliases

    def changes(self) -> Changes:
        """Return the changed rows of all topics with new events."""
        changed = Changes()
        for topic in sorted(self._touched):
            rows = topic_rows(self._states[topic])
            changed.merge(difference(self._rows[topic], rows))
            self._rows[topic] = rows
        self._touched.clear()
        return changed


def topic_state(read_stream: StreamReader, topic: TopicId, until: int) -> TopicState:
    """Fold a topic's stream up to and including a seq, as it was parked and taken in."""
    state = TopicState(topic, aliases=Aliases(read_stream(ALIASES, until)))
    for recorded in read_stream(topic_stream(topic), until):
        try:
            state.add(recorded)
        except Exception:  # noqa: BLE001, S112 (parked when it came, by the same rule)
            continue
    return state


def topic_rows(state: TopicState) -> Rows:
    """Return all rows of a topic; none before its first event."""
    if not state.seq:
        return {}
    topic = state.topic
    statements = live_statements(state.record, state.aliases.standing())
    timeline = fold(statements)
    values: dict[Place, Value] = {}
    for live in statements:
        values[Place(Table.STATEMENT, (topic, live.id))] = live
        values[Place(Table.STATEMENT_TOPIC, (live.id, topic))] = live.filing
    for gone in withdrawn_statements(state.record):
        values[Place(Table.WITHDRAWN, (gone.statement.id, topic))] = gone
    for each in timeline.positions:
        values[Place(Table.POSITION, _position_key(topic, each))] = each
    for aside in timeline.asides:
        values[Place(Table.ASIDE, _aside_key(topic, aside))] = aside
    rows = {place: body.model_dump_json().encode() for place, body in values.items()}
    whole = _summary(state, statements, timeline, digest(lines(rows)))
    rows[Place(Table.TOPIC, (topic,))] = whole.model_dump_json().encode()
    return rows


def summary_of(state: TopicState) -> TopicSummary:
    """Return a topic at a glance, as its row says it."""
    body = topic_rows(state)[Place(Table.TOPIC, (state.topic,))]
    return TopicSummary.model_validate_json(body)


def _position_key(topic: TopicId, position: Position) -> Key:
    earliest = position.earliest.isoformat()
    return (topic, position.question, position.holder, earliest)


def _aside_key(topic: TopicId, aside: Aside) -> Key:
    return (topic, *aside_key(aside))


def _summary(
    state: TopicState,
    statements: tuple[LiveStatement, ...],
    timeline: Timeline,
    digested: str,
) -> TopicSummary:
    """Return a topic at a glance."""
    opened, questions = state.record.opened, state.record.questions
    took_back = state.record.took_back
    placed = timeline.positions
    labels = [each.transition.label for each in placed]
    return TopicSummary(
        id=state.topic,
        labels=opened.labels if opened else {"en": state.topic},
        fiction=opened.fiction if opened else False,
        questions=tuple(q for q in questions if not took_back(q.id)),
        withdrawn_questions=tuple(q for q in questions if took_back(q.id)),
        statements=len(statements),
        positions=len(placed),
        changes=sum(label not in _NO_CHANGE for label in labels),
        articles=len({live.statement.article for live in statements}),
        earliest=min((each.earliest for each in placed), default=None),
        latest=max((each.latest for each in placed), default=None),
        seq=state.seq,
        version=state.version,
        digest=digested,
    )
