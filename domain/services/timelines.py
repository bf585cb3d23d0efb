"""Read topics and their timelines: now, as of a day, as known at a seq.

``as_of`` is the axis of speaking: only what may have been spoken by that day.
``known_at`` is the axis of the record: only the first so many events of the log.
The two combine, and ``known_at`` is exact: the prefix of the log is folded again.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from domain.errors import InvalidInputError, NotFoundError
from domain.model.agent import Agent
from domain.model.ids import AgentId, QuestionId, TopicId, agent_stream
from domain.model.value import Value
from domain.ports import EventLog, ViewSnapshot, ViewStore
from domain.positions.live import LiveStatement, live_statements
from domain.positions.timeline import Aside, Position, Timeline, fold
from domain.projections.rows import Table
from domain.projections.topics import TopicState, TopicSummary, summary_of, topic_state
from domain.services.folding import stream_reader

LONGEST_SEQ = 19
"""Digits from which a number is no seq (SQLite counts to 2^63)."""
ValueT = TypeVar("ValueT", bound=Value)


class TimelineQuery(Value):
    """What of a topic is asked for."""

    topic: TopicId
    as_of: date | None = None
    known_at: int | None = None
    holder: AgentId | None = None
    question: QuestionId | None = None


class TopicTimeline(Value):
    """A topic's positions, what stands beside the line, and the statements.

    ``seq`` is the state of the log that this shows. ``statements`` are those of
    the selection, by the day of speaking and then by their place in the article.
    """

    query: TimelineQuery
    topic: TopicSummary
    seq: int
    positions: tuple[Position, ...]
    asides: tuple[Aside, ...]
    statements: tuple[LiveStatement, ...]


class Timelines:
    """Answers questions about topics."""

    def __init__(self, log: EventLog, views: ViewStore) -> None:
        self._log, self._views = log, views

    def topics(self) -> tuple[TopicSummary, ...]:
        """Return all topics, by their id."""
        with self._views.snapshot() as views:
            rows = views.rows(Table.TOPIC)
        return tuple(TopicSummary.model_validate_json(body) for body in rows)

    def topic(self, topic: TopicId) -> TopicSummary:
        """Return one topic.

        Raises:
            NotFoundError: no such topic.
        """
        with self._views.snapshot() as views:
            return _summary(views, topic)

    def agents(self) -> dict[AgentId, Agent]:
        """Return the register of agents."""
        with self._views.snapshot() as views:
            rows = views.rows(Table.AGENT)
        agents = (Agent.model_validate_json(body) for body in rows)
        return {agent.id: agent for agent in agents}

    def read(self, query: TimelineQuery) -> TopicTimeline:
        """Return the timeline that a query selects.

        Raises:
            NotFoundError: no such topic, question, or holder.
            InvalidInputError: ``known_at`` is beyond the log.
        """
        if query.known_at is not None:
            return self._known_at(query, query.known_at)
        with self._views.snapshot() as views:
            topic = _summary(views, query.topic)
            statements = _read(views, Table.STATEMENT, LiveStatement, query.topic)
            if query.as_of is None:
                positions = _read(views, Table.POSITION, Position, query.topic)
                asides = _read(views, Table.ASIDE, Aside, query.topic)
                timeline = Timeline(positions=positions, asides=asides)
            else:
                timeline = fold(statements, as_of=query.as_of)
            self._check_filters(views, query, topic)
            return _select(query, topic, views.seq, statements, timeline)

    def seq_known_at(self, text: str) -> int:
        """Return the seq that ``known_at`` names: a seq, or an instant (RFC 3339).

        Raises:
            InvalidInputError: neither of the two.
        """
        if text.isascii() and text.isdecimal() and len(text) < LONGEST_SEQ:
            return int(text)
        try:
            instant = datetime.fromisoformat(text)
        except ValueError:
            instant = None
        if instant is None or instant.tzinfo is None:
            message = (
                f"known_at: expected a seq (42) or an instant with its zone "
                f"(2025-09-07T12:00:00Z), got {text[:40]!r}"
            )
            raise InvalidInputError(message)
        return self._log.seq_at(instant)

    def _known_at(self, query: TimelineQuery, seq: int) -> TopicTimeline:
        if seq > (head := self._log.head()):
            message = f"known_at: the log ends at seq {head}, got {seq}"
            raise InvalidInputError(message)
        state = topic_state(stream_reader(self._log), query.topic, seq)
        topic = _known_summary(state)
        statements = live_statements(state.record, state.aliases.standing())
        timeline = fold(statements, as_of=query.as_of)
        if query.holder is not None and not self._was_registered(query.holder, seq):
            raise NotFoundError("holder", query.holder)
        _check_question(query, topic)
        return _select(query, topic, seq, statements, timeline)

    def _was_registered(self, holder: AgentId, seq: int) -> bool:
        """Tell whether an agent was on record at a seq."""
        first = self._log.read_stream(agent_stream(holder), limit=1)
        return bool(first) and first[0].seq <= seq

    def _check_filters(
        self, views: ViewSnapshot, query: TimelineQuery, topic: TopicSummary
    ) -> None:
        """Refuse a question or holder that nobody knows, rather than show nothing."""
        _check_question(query, topic)
        if query.holder is not None and views.row(Table.AGENT, query.holder) is None:
            raise NotFoundError("holder", query.holder)


def _check_question(query: TimelineQuery, topic: TopicSummary) -> None:
    if query.question is None:
        return
    if query.question not in (question.id for question in topic.questions):
        raise NotFoundError("question", query.question)


def _known_summary(state: TopicState) -> TopicSummary:
    """Return the summary of a topic at a past seq.

    Raises:
        NotFoundError: the topic was not open then.
    """
    if not state.seq:
        raise NotFoundError("topic", state.topic)
    return summary_of(state)


def _summary(views: ViewSnapshot, topic: TopicId) -> TopicSummary:
    if (body := views.row(Table.TOPIC, topic)) is None:
        raise NotFoundError("topic", topic)
    return TopicSummary.model_validate_json(body)


def _read(
    views: ViewSnapshot, table: Table, shape: type[ValueT], topic: TopicId
) -> tuple[ValueT, ...]:
    return tuple(shape.model_validate_json(body) for body in views.rows(table, topic))


def _select(
    query: TimelineQuery,
    topic: TopicSummary,
    seq: int,
    statements: tuple[LiveStatement, ...],
    timeline: Timeline,
) -> TopicTimeline:
    positions = tuple(each for each in timeline.positions if _wanted(query, each))
    asides = tuple(each for each in timeline.asides if _wanted(query, each))
    shown = {each.statement for each in asides}
    shown |= {statement for each in positions for statement in each.evidence}
    listed = sorted((live for live in statements if live.id in shown), key=_order)
    return TopicTimeline(
        query=query,
        topic=topic,
        seq=seq,
        positions=positions,
        asides=asides,
        statements=tuple(listed),
    )


def _wanted(query: TimelineQuery, each: Position | Aside) -> bool:
    return query.question in (None, each.question) and query.holder in (
        None,
        each.holder,
    )


def _order(live: LiveStatement) -> tuple[date, date, str, int]:
    """Order for display only; no label depends on it."""
    interval = live.interval
    return (
        interval.earliest or interval.latest or date.max,
        interval.latest or date.max,
        live.statement.article,
        live.statement.attribution.content[0].start,
    )
