"""Tell how the record of a topic changed: its revisions, and what differs between two.

Revisions are read from the versions of the rows of positions; their causes, from the
log. A transaction of which only a part is folded in is left out, whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.errors import NotFoundError
from domain.model.ids import AgentId, QuestionId, StatementId, TopicId, agent_stream
from domain.model.value import Value
from domain.ports import EventLog, ViewSnapshot, ViewStore
from domain.positions.differences import Differences, differences
from domain.positions.live import LiveStatement
from domain.positions.revisions import (
    Held,
    Revision,
    Stretch,
    revised,
    stretches,
)
from domain.positions.timeline import Position, Timeline
from domain.projections.rows import Table
from domain.projections.topics import TopicSummary
from domain.services.causes import Mentioned, cause_of, mentioned
from domain.services.recorded_events import StatementReader
from domain.services.timelines import (
    TimelineQuery,
    Timelines,
    TopicTimeline,
    topic_at_a_glance,
)
from domain.services.transactions import Transactions


class HistoryQuery(Value):
    """Which revisions of a topic are asked for.

    ``changed_only`` leaves out statements that have read the same ever since they came.
    Of the revisions selected, those after the number ``after`` are given, at most
    ``limit`` of them (None: all). The numbers never change: what is recorded later
    comes later.
    """

    topic: TopicId
    holder: AgentId | None = None
    question: QuestionId | None = None
    statement: StatementId | None = None
    changed_only: bool = False
    after: int = 0
    limit: int | None = None


class History(Value):
    """Revisions by the event that caused each.

    ``next_after`` is the number of the last one where others follow, else None.
    """

    query: HistoryQuery
    topic: TopicSummary
    seq: int
    revisions: tuple[Revision, ...]
    statements: tuple[Mentioned, ...]
    next_after: int | None


class TopicDifferences(Value):
    """What differs between two timelines of a topic.

    ``statements`` are those it is about, as they stand on the later side where they do;
    ``withdrawn`` names those of them that are not on record any more.
    """

    before: TopicTimeline
    after: TopicTimeline
    found: Differences
    statements: tuple[LiveStatement, ...]
    withdrawn: tuple[StatementId, ...]


class Histories:
    """Answers questions about what the record said, and why it says something else."""

    def __init__(self, log: EventLog, views: ViewStore, timelines: Timelines) -> None:
        self._log, self._views, self._timelines = log, views, timelines
        self._statements = StatementReader(log)

    def revisions(self, query: HistoryQuery) -> History:
        """Return the revisions that a query selects.

        Raises:
            NotFoundError: no such topic, question, holder, or statement in it.
        """
        events = Transactions(self._log)
        with self._views.snapshot() as views:
            topic = self._checked(views, query)
            known_at = events.whole(views.seq)
            selected = _selected(views, query, events, known_at)
            numbered = [each for each in selected if each[0] > query.after]
            page = numbered[: query.limit]
            revisions = tuple(_revision(stretch, events) for _, stretch in page)
            named = {(query.topic, each) for each in _of_revisions(revisions)}
            statements = mentioned(views, self._statements, named)
        return History(
            query=query,
            topic=topic,
            seq=known_at,
            revisions=revisions,
            statements=statements,
            next_after=page[-1][0] if len(page) < len(numbered) else None,
        )

    def holders(self, topic: TopicId) -> Sequence[AgentId]:
        """Return all who ever held a position in a topic, by id."""
        with self._views.snapshot() as views:
            found = views.versions(Table.POSITION, topic)
        return sorted({AgentId(version.key[2]) for version in found})

    def between(self, before: TimelineQuery, after: TimelineQuery) -> TopicDifferences:
        """Return what differs from one timeline of a topic to another.

        Raises:
            NotFoundError: no such topic then.
            InvalidInputError: ``known_at`` is beyond the log.
        """
        old = self._before(before, after)
        pinned = after
        if before.known_at is None and after.known_at is None:  # others write meanwhile
            pinned = after.model_copy(update={"known_at": old.seq})
        new = self._timelines.read(pinned).model_copy(update={"query": after})
        found = differences(
            Timeline(positions=old.positions, asides=old.asides),
            Timeline(positions=new.positions, asides=new.asides),
        )
        known = {live.id: live for live in (*old.statements, *new.statements)}
        named = sorted(_named(found))
        with self._views.snapshot() as views:
            keys = [(before.topic, each) for each in named]
            live = {key[1] for key, _ in views.beginning(Table.STATEMENT, keys)}
        return TopicDifferences(
            before=old,
            after=new,
            found=found,
            statements=tuple(known[each] for each in named),
            withdrawn=tuple(each for each in named if each not in live),
        )

    def _before(self, before: TimelineQuery, after: TimelineQuery) -> TopicTimeline:
        """Return the older timeline; of a topic not yet open, the empty one."""
        try:
            return self._timelines.read(before)
        except NotFoundError:
            if before.known_at is None:
                raise
            seq = Transactions(self._log).whole(before.known_at)
            return self._timelines.read(after).emptied(before, seq)

    def _checked(self, views: ViewSnapshot, query: HistoryQuery) -> TopicSummary:
        """Refuse what nobody knew, rather than show nothing."""
        topic = topic_at_a_glance(views, query.topic)
        asked = {q.id for q in (*topic.questions, *topic.withdrawn_questions)}
        if query.question is not None and query.question not in asked:
            raise NotFoundError("question", query.question)
        holder, statement = query.holder, query.statement
        if holder is not None and not self._log.version(agent_stream(holder)):
            raise NotFoundError("holder", holder)
        if statement is not None and not any(
            views.row(table, query.topic, statement)
            for table in (Table.STATEMENT, Table.STATEMENT_EVENTS)
        ):
            raise NotFoundError("statement", statement)
        return topic


def _revision(stretch: Stretch, events: Transactions) -> Revision:
    """Return a revision with the events that began and ended it."""
    over = stretch.ended_by
    return Revision(
        question=stretch.key.question,
        holder=stretch.key.holder,
        statement=stretch.key.statement,
        labelled=stretch.labelled,
        before=stretch.before,
        since=events.end_of(stretch.cause),
        until=events.end_of(over) if over is not None else None,
        cause=cause_of(events.at(stretch.cause)),
        ended_by=cause_of(events.at(over)) if over is not None else None,
    )


def _of_revisions(revisions: Iterable[Revision]) -> set[StatementId]:
    """Return the statements that revisions and their causes are about."""
    causes = ((each, (each.cause, each.ended_by)) for each in revisions)
    return {
        statement
        for revision, both in causes
        for cause in both
        if cause is not None
        for statement in (revision.statement, *cause.statements)
    }


def _named(found: Differences) -> set[StatementId]:
    """Return the statements that differences are about."""
    positions = [*found.added, *found.gone]
    positions += [side for each in found.changed for side in (each.before, each.after)]
    named = {statement for each in positions for statement in each.statements}
    asides = (*found.asides_added, *found.asides_gone)
    return named | {each.statement for each in asides}


def _selected(
    views: ViewSnapshot, query: HistoryQuery, events: Transactions, known_at: int
) -> Sequence[tuple[int, Stretch]]:
    """Return the revisions that a query selects, with their numbers."""
    question, holder, statement = query.question, query.holder, query.statement
    prefix: tuple[str, ...] = (query.topic,)
    if question is not None:
        prefix = (*prefix, question)
        if holder is not None and not query.changed_only:
            prefix = (*prefix, holder)  # else others who held a statement count too
    held = (
        Held(Position.read(version.body), version.since, version.until)
        for version in views.versions(Table.POSITION, *prefix)
        if statement is None or statement.encode() in version.body
    )
    found = stretches(held, events.recorded_at, known_at=known_at)
    changed = revised(found) if query.changed_only else None
    numbered = enumerate(
        (
            each
            for each in found
            if holder in (None, each.key.holder)
            and statement in (None, each.key.statement)
        ),
        start=1,
    )
    return [
        (number, each)
        for number, each in numbered
        if changed is None or (each.key.question, each.key.statement) in changed
    ]
