"""Read topics and their timelines: now, as of a day, as known at a seq.

``as_of`` is the axis of speaking: only what may have been spoken by that day.
``known_at`` is the axis of the record: only the first so many events of the log, and of
these whole transactions only, since nobody ever saw a part of one. The two combine, and
``known_at`` is exact: rows are read as they were then, or the log up to it is folded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from domain.audit.digest import Line, digest
from domain.errors import NotFoundError
from domain.model.agent import Agent
from domain.model.derived import Derived
from domain.model.ids import (
    AgentId,
    QuestionId,
    TopicId,
    agent_stream,
    topic_stream,
)
from domain.model.kept import read_value
from domain.model.value import Value
from domain.ports import EventLog, ViewSnapshot, ViewStore
from domain.positions.live import LiveStatement
from domain.positions.record import TopicRecord
from domain.positions.timeline import Aside, Position, Timeline, fold
from domain.projections.rows import Table
from domain.projections.statements import StatementRow
from domain.projections.topics import (
    TopicCounts,
    TopicHead,
    TopicSummary,
    spoken_by,
    topic_state,
)
from domain.services.folding import stream_reader
from domain.services.holders import standing_holder
from domain.services.known_at import seq_known_at
from domain.services.listing import listed
from domain.services.log_pages import last_at
from domain.services.recorded_events import StatementReader
from domain.services.transactions import Transactions

DerivedT = TypeVar("DerivedT", bound=Derived)
_TAKEN_BACK = " that is asked: it was taken back, and reinstate-question asks it again"


class TimelineQuery(Value):
    """What of a topic is asked for."""

    topic: TopicId
    as_of: date | None = None
    known_at: int | None = None
    holder: AgentId | None = None
    question: QuestionId | None = None


class TopicTimeline(Value):
    """A topic's positions, what stands beside the line, and the statements.

    ``topic`` counts what had been spoken by ``as_of``, if that was asked for. ``seq`` is
    the state of the log that this shows: where a transaction ends, at or before the
    ``known_at`` that was asked for. ``statements`` are those of the selection, by the day
    of speaking and their place in the article, ``digest`` is of all rows of the topic.
    """

    query: TimelineQuery
    topic: TopicSummary
    seq: int
    positions: tuple[Position, ...]
    asides: tuple[Aside, ...]
    statements: tuple[LiveStatement, ...]
    digest: str

    def emptied(self, query: TimelineQuery, seq: int) -> TopicTimeline:
        """Return the topic with nothing on it yet, as it was at an earlier seq."""
        nothing = {"query": query, "seq": seq, "statements": ()}
        nothing |= {"positions": (), "asides": (), "digest": digest(())}
        return self.model_copy(update=nothing)


class Timelines:
    """Answers questions about topics."""

    def __init__(self, log: EventLog, views: ViewStore) -> None:
        self._log, self._views = log, views
        self._statements = StatementReader(log)

    def topics(self) -> tuple[TopicSummary, ...]:
        """Return all topics, by their id."""
        with self._views.snapshot() as views:
            rows = views.rows(Table.TOPIC)
        return tuple(read_value(TopicSummary, body) for body in rows)

    def topic(self, topic: TopicId) -> TopicSummary:
        """Return one topic.

        Raises:
            NotFoundError: no such topic.
        """
        with self._views.snapshot() as views:
            return topic_at_a_glance(views, topic)

    def agents(self) -> dict[AgentId, Agent]:
        """Return the register of agents."""
        with self._views.snapshot() as views:
            rows = views.rows(Table.AGENT)
        agents = (read_value(Agent, body) for body in rows)
        return {agent.id: agent for agent in agents}

    def read(self, query: TimelineQuery) -> TopicTimeline:
        """Return the timeline that a query selects; it names who stands for its holder.

        Raises:
            NotFoundError: no such topic, question, or holder.
            InvalidInputError: ``known_at`` is beyond the log.
        """
        known = query.known_at and Transactions(self._log).known(query.known_at)
        with self._views.snapshot() as views:
            seq = views.seq if known is None else known
            holder = standing_holder(self._log, query.holder, seq)
            asked = query.model_copy(update={"known_at": known, "holder": holder})
            found = self._served(asked, views, seq) if seq <= views.seq else None
        found = found or self._folded(asked, seq)
        told = query.model_copy(update={"holder": holder})
        return found.model_copy(update={"query": told})

    def seq_known_at(self, text: str) -> int:
        """Return the seq that ``known_at`` names: a seq, or an instant (RFC 3339).

        Raises:
            InvalidInputError: neither of the two, or no log is so long.
        """
        return seq_known_at(self._log, text)

    def _served(
        self, query: TimelineQuery, views: ViewSnapshot, seq: int
    ) -> TopicTimeline:
        """Read the rows as they are, or as they were at a seq."""
        bodies = {
            table: views.rows(table, query.topic, known_at=query.known_at)
            for table in (Table.STATEMENT, Table.POSITION, Table.ASIDE)
        }
        statements = self._statements.live(bodies[Table.STATEMENT])
        positions = _values(Position, bodies[Table.POSITION])
        asides = _values(Aside, bodies[Table.ASIDE])
        timeline = Timeline(positions=positions, asides=asides)
        if query.known_at is None:
            topic = topic_at_a_glance(views, query.topic)
        else:
            topic = self._known(views, query, statements, timeline)
        _check_question(query, topic)
        if query.known_at is None:
            _check_holder(query, views)
        else:
            self._check_known(query)
        return _select(query, topic, seq, statements, timeline, digest_of_topic(bodies))

    def _known(
        self,
        views: ViewSnapshot,
        query: TimelineQuery,
        statements: tuple[LiveStatement, ...],
        timeline: Timeline,
    ) -> TopicSummary:
        """Return what a topic was at a glance, at a past seq.

        Raises:
            NotFoundError: the topic was not open then.
        """
        seq, stream = query.known_at or 0, topic_stream(query.topic)
        parked = {each.seq for each in views.parked()}
        if (last := last_at(self._log, stream, seq, but=parked)) is None:
            raise NotFoundError("topic", query.topic, f" at seq {seq}")
        heads = views.rows(Table.TOPIC_HEAD, query.topic, known_at=seq)
        said = [read_value(TopicHead, body) for body in heads]
        head = said[0] if said else TopicHead.of(query.topic, TopicRecord())
        counts = TopicCounts.of(statements, timeline.positions)
        return TopicSummary.told(query.topic, head, counts, (last.seq, last.version))

    def _folded(self, query: TimelineQuery, seq: int) -> TopicTimeline:
        """Fold the topic up to a seq that the read models have not reached."""
        state = topic_state(stream_reader(self._log), query.topic, seq)
        if not state.seq:
            raise NotFoundError("topic", query.topic)
        statements = state.live()
        whole = fold(statements)
        topic = state.summary(statements, whole)
        _check_question(query, topic)
        self._check_known(query)
        bodies = {
            Table.STATEMENT: [StatementRow.of(each).body for each in statements],
            Table.POSITION: [each.body for each in whole.positions],
            Table.ASIDE: [each.body for each in whole.asides],
        }
        return _select(query, topic, seq, statements, whole, digest_of_topic(bodies))

    def _check_known(self, query: TimelineQuery) -> None:
        """Refuse a holder that nobody knew then, rather than show nothing."""
        if query.holder is not None:
            first = self._log.read_stream(agent_stream(query.holder), limit=1)
            if not first or first[0].seq > (query.known_at or 0):
                raise NotFoundError("holder", query.holder)


def _check_holder(query: TimelineQuery, views: ViewSnapshot) -> None:
    if query.holder is not None and views.row(Table.AGENT, query.holder) is None:
        raise NotFoundError("holder", query.holder)


def _check_question(query: TimelineQuery, topic: TopicSummary) -> None:
    asked = query.question
    if asked is not None and asked not in (each.id for each in topic.questions):
        gone = asked in (each.id for each in topic.withdrawn_questions)
        raise NotFoundError("question", asked, _TAKEN_BACK if gone else "")


def topic_at_a_glance(views: ViewSnapshot, topic: TopicId) -> TopicSummary:
    """Return a topic as it is.

    Raises:
        NotFoundError: no such topic.
    """
    if (body := views.row(Table.TOPIC, topic)) is None:
        raise NotFoundError("topic", topic)
    return read_value(TopicSummary, body)


def _values(shape: type[DerivedT], bodies: Iterable[bytes]) -> tuple[DerivedT, ...]:
    return tuple(shape.read(body) for body in bodies)


def digest_of_topic(bodies: Mapping[Table, Sequence[bytes]]) -> str:
    """Return the digest of a topic's statements, positions and asides.

    Each table is in the order of its keys; a replay of the topic tells the same digest.
    """
    return digest(
        Line(table.label, (f"{number:09d}",), body)
        for table, rows in bodies.items()
        for number, body in enumerate(rows)
    )


def _select(
    query: TimelineQuery,
    topic: TopicSummary,
    seq: int,
    statements: tuple[LiveStatement, ...],
    timeline: Timeline,
    digested: str,
) -> TopicTimeline:
    if query.as_of is not None:
        topic, timeline = spoken_by(query.as_of, topic, statements)
    positions = tuple(each for each in timeline.positions if _wanted(query, each))
    asides = tuple(each for each in timeline.asides if _wanted(query, each))
    shown = {each.statement for each in asides}
    shown |= {statement for each in positions for statement in each.statements}
    return TopicTimeline(
        query=query,
        topic=topic,
        seq=seq,
        positions=positions,
        asides=asides,
        statements=listed(statements, shown),
        digest=digested,
    )


def _wanted(query: TimelineQuery, each: Position | Aside) -> bool:
    return query.question in (None, each.question) and query.holder in (
        None,
        each.holder,
    )
