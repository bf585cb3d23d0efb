"""What decisions need to know of the record, from the read models at one seq."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from operator import attrgetter

from domain.decisions.linking import Linked, Pairing
from domain.decisions.state import InTopic, Links, StatementState, Withdrawal
from domain.errors import NotFoundError
from domain.events.agent import RoleHeld, RoleReinstated, RoleWithdrawn, Verdict
from domain.events.topic import LinkKind, StatementsLinked, StatementsUnlinked
from domain.model.agent import Agent, RoleHolding
from domain.model.grouping import ordered
from domain.model.ids import (
    ALIASES,
    AgentId,
    ArticleId,
    QuestionId,
    StatementId,
    TopicId,
    agent_stream,
)
from domain.model.kept import read_value
from domain.ports import EventLog, ViewSnapshot
from domain.positions.aliases import AgentPair, Aliases
from domain.positions.live import LiveStatement
from domain.positions.record import TopicRecord
from domain.projections.articles import ArticleRow
from domain.projections.overlay import Overlay
from domain.projections.rows import Table
from domain.projections.topic_part import TopicEvents
from domain.projections.topics import TopicSummary
from domain.services.folding import LogReader
from domain.services.recorded_events import StatementReader


class States:
    """Reads states for decisions out of one snapshot, and the log up to its seq."""

    def __init__(self, views: ViewSnapshot, log: EventLog) -> None:
        self._views, self._events = views, LogReader(log)
        self._read_stream = self._events.stream
        self._statements = StatementReader(log)
        self.seq = views.seq

    def topic(self, topic: TopicId) -> TopicSummary:
        """Return a topic.

        Raises:
            NotFoundError: no such topic.
        """
        if (body := self._views.row(Table.TOPIC, topic)) is None:
            raise NotFoundError("topic", topic)
        return read_value(TopicSummary, body)

    def asking(self, question: QuestionId) -> list[TopicId]:
        """Return the topics that ask a question."""
        bodies = self._views.rows(Table.TOPIC)
        topics = (read_value(TopicSummary, body) for body in bodies)
        return [
            topic.id
            for topic in topics
            if question in {each.id for each in topic.questions}
        ]

    def agents(self) -> list[Agent]:
        """Return the register of agents, by id."""
        rows = self._views.rows(Table.AGENT)
        return [read_value(Agent, body) for body in rows]

    def agent(self, agent: AgentId) -> Agent:
        """Return an agent of the register.

        Raises:
            NotFoundError: no such agent.
        """
        if (body := self._views.row(Table.AGENT, agent)) is None:
            raise NotFoundError("agent", agent)
        return read_value(Agent, body)

    def withdrawn_roles(self, agent: AgentId) -> list[RoleHolding]:
        """Return the roles of an agent that are withdrawn, what was so last at the end."""
        withdrawn: list[RoleHolding] = []
        for each in self._read_stream(agent_stream(agent), self.seq):
            if isinstance(
                event := each.event, RoleHeld | RoleWithdrawn | RoleReinstated
            ):
                withdrawn = [other for other in withdrawn if other != event.role]
            if isinstance(event, RoleWithdrawn):
                withdrawn.append(event.role)
        return withdrawn

    def judged_aliases(self) -> Mapping[AgentPair, Verdict]:
        """Return the judgement in force of each pair of agents."""
        return Aliases(self._read_stream(ALIASES, self.seq)).judgements()

    def statement(self, statement: StatementId) -> StatementState:
        """Return a statement in all topics that carry or carried it.

        Raises:
            NotFoundError: it was never recorded.
        """
        if (found := self.statement_if_known(statement)) is None:
            raise NotFoundError("statement", statement)
        return found

    def statement_if_known(self, statement: StatementId) -> StatementState | None:
        """Return a statement in all topics; None if it was never recorded."""
        topics = (*self._live(statement), *self._withdrawn(statement))
        if not topics:
            return None
        return StatementState(
            id=statement,
            last_day=self._article(topics[0].statement.article).last_day,
            topics=topics,
        )

    def article_if_known(self, article: ArticleId) -> ArticleRow | None:
        """Return what is on record of an article, None if it was never captured."""
        body = self._views.row(Table.ARTICLE, article)
        return read_value(ArticleRow, body) if body is not None else None

    def latest_capture(self, url: str | None) -> ArticleId | None:
        """Return the latest article captured under a url, if there is one."""
        keys = self._views.keys(Table.ARTICLE_URL, url) if url is not None else ()
        rows = (self._article(ArticleId(article)) for _, article in keys)
        latest = max(rows, key=lambda row: row.seq, default=None)
        return latest.captured.article if latest is not None else None

    def links(self, first: StatementId, second: StatementId) -> Iterator[Links]:
        """Yield the links around two statements, in each topic that carries both.

        Raises:
            NotFoundError: one of them was never recorded.
        """
        for each in (first, second):
            self.statement(each)
        for topic in self._topics(first):
            one, other = self._row(topic, first), self._row(topic, second)
            if one is None or other is None:
                continue
            members = {first, second, *one.linked, *other.linked}
            kinds: dict[tuple[StatementId, StatementId], LinkKind] = {}
            for member in members:
                row = self._row(topic, member)
                for link in row.links if row is not None else ():
                    kinds[ordered(member, link.other)] = link.kind
            yield Links(
                topic=topic,
                first_group=frozenset((first, *one.linked)),
                second_group=frozenset((second, *other.linked)),
                kinds=kinds,
            )

    def links_once_back(
        self, topic: TopicId, statements: Collection[StatementId]
    ) -> list[Linked]:
        """Return the links around statements that are in force when they are on record."""
        events = TopicEvents(Overlay(self._views), self._events)
        record = TopicRecord(events.part(topic, statements))
        back = {s for s in record.statements() if record.live_recordings(s)}
        back.update(statements)
        return [link for link in record.links() if back.issuperset(link[:2])]

    def pairings(self, statement: StatementId) -> list[Pairing]:
        """Return what was decided last of a statement and each other, in any topic.

        In the order of the log; of topics that it was withdrawn from as well.
        """
        events = TopicEvents(Overlay(self._views), self._events)
        carrying = {
            *self._topics(statement),
            *(TopicId(t) for _, t in self._views.keys(Table.WITHDRAWN, statement)),
        }
        told = sorted(
            (each for topic in carrying for each in events.on(topic, statement)),
            key=attrgetter("seq"),
        )
        last: dict[tuple[StatementId, StatementId], LinkKind | None] = {}
        for event in (each.event for each in told):
            if isinstance(event, StatementsLinked | StatementsUnlinked):
                last.pop(pair := (event.first, event.second), None)
                last[pair] = getattr(event, "kind", None)
        return [(*pair, kind) for pair, kind in last.items() if pair[0] != pair[1]]

    def carries(self, topic: TopicId, statement: StatementId) -> bool:
        """Tell whether a statement is on record in a topic."""
        return self._views.row(Table.STATEMENT, topic, statement) is not None

    def _live(self, statement: StatementId) -> Iterator[InTopic]:
        for topic in self._topics(statement):
            if (live := self._row(topic, statement)) is not None:
                summary = self.topic(topic)
                yield InTopic(
                    topic=topic,
                    questions=summary.questions,
                    taken_back=summary.withdrawn_questions,
                    statement=live.statement,
                    filing=live.filing,
                    recordings=live.recordings,
                )

    def _withdrawn(self, statement: StatementId) -> Iterator[InTopic]:
        keys = self._views.keys(Table.WITHDRAWN, statement)
        bodies = self._views.rows(Table.WITHDRAWN, statement)
        for (_, topic), gone in zip(
            keys, self._statements.withdrawn(bodies), strict=True
        ):
            summary = self.topic(TopicId(topic))
            yield InTopic(
                topic=summary.id,
                questions=summary.questions,
                taken_back=summary.withdrawn_questions,
                statement=gone.statement,
                filing=gone.filing,
                recordings=(),
                withdrawal=Withdrawal(
                    event=gone.withdrawal,
                    seq=gone.seq,
                    decision=gone.decision,
                ),
            )

    def _topics(self, statement: StatementId) -> list[TopicId]:
        keys = self._views.keys_with(Table.STATEMENT, statement)
        return [TopicId(topic) for topic, _ in keys]

    def _row(self, topic: TopicId, statement: StatementId) -> LiveStatement | None:
        rows = self._views.rows(Table.STATEMENT, topic, statement)
        return next(iter(self._statements.live(rows)), None)

    def _article(self, article: ArticleId) -> ArticleRow:
        if (row := self.article_if_known(article)) is None:
            raise NotFoundError("article", article)
        return row
