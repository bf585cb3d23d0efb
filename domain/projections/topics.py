"""Topics, their statements on record, and the timeline of positions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.audit.digest import digest
from domain.errors import InvalidCommandError
from domain.events.base import Event, Recorded
from domain.model.ids import TopicId, topic_stream
from domain.model.topic import Labels, Question
from domain.model.value import Value
from domain.positions.labels import Label
from domain.positions.live import LiveStatement, live_statements
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

_PREFIX = topic_stream(TopicId(""))
_NO_CHANGE = {Label.STATED, Label.REAFFIRMED}


class TopicSummary(Value):
    """A topic at a glance.

    ``seq`` and ``version`` are those of its last event, ``digest`` that of its
    rows: equal digests at equal seqs mean that the same is served.
    """

    id: TopicId
    labels: Labels
    fiction: bool
    questions: tuple[Question, ...]
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
    """A topic folded up to its last event."""

    topic: TopicId
    record: TopicRecord
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

    def __init__(self, read_stream: StreamReader) -> None:
        self._read_stream = read_stream
        self._states: dict[TopicId, TopicState] = {}
        self._rows: dict[TopicId, Rows] = {}
        self._touched: set[TopicId] = set()

    def apply(self, recorded: Recorded[Event]) -> None:
        """Take in an event of a topic; events of other streams are none of it."""
        if not recorded.stream.startswith(_PREFIX):
            return
        topic = TopicId(recorded.stream.removeprefix(_PREFIX))
        if topic not in self._states:
            state = topic_state(self._read_stream, topic, recorded.seq - 1)
            self._states[topic], self._rows[topic] = state, topic_rows(state)
        self._states[topic].add(recorded)
        self._touched.add(topic)

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
    state = TopicState(topic, TopicRecord())
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
    topic, statements = state.topic, live_statements(state.record)
    timeline = fold(statements)
    values: dict[Place, Value] = {}
    for live in statements:
        values[Place(Table.STATEMENT, (topic, live.id))] = live
        values[Place(Table.STATEMENT_TOPIC, (live.id, topic))] = live.filing
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
    opened = state.record.opened
    placed = timeline.positions
    labels = [each.transition.label for each in placed]
    return TopicSummary(
        id=state.topic,
        labels=opened.labels if opened else {"en": state.topic},
        fiction=opened.fiction if opened else False,
        questions=state.record.questions,
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
