"""Keeps the rows of topics up to date, event by event.

An event changes the statements of its part, and the lines on which these come to lie:
that is what is folded, and its rows get a new version at the seq of the event. A
judgement whether two agents are one concerns the statements that name them, in every
topic; a question that is taken back, those with a reading on it, and one that is asked
again, those with a reading on none: their rows tell which.

The rows are those of ``topics.topic_rows``, after each event.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import ClassVar, NamedTuple, cast

from domain.events.base import Event, Recorded
from domain.events.topic import (
    QuestionReinstated,
    QuestionWithdrawn,
    StatementAttributed,
    StatementsLinked,
    StatementsUnlinked,
)
from domain.model.ids import (
    ALIASES,
    TOPICS,
    AgentId,
    QuestionId,
    StatementId,
    TopicId,
)
from domain.positions.live import (
    Folded,
    linked_statements,
    live_statement,
    unlinked_statements,
    withdrawn_statements,
)
from domain.positions.record import TopicRecord
from domain.positions.timeline import Key as LineKey
from domain.projections.overlay import Overlay
from domain.projections.projection import EventReader
from domain.projections.rows import Key, Table
from domain.projections.standing import Standings
from domain.projections.statements import StatementRow
from domain.projections.topic_lines import LinePlace, Lines
from domain.projections.topic_part import OF_TOPIC, TopicEvents, statements_named
from domain.projections.topic_rows import Moved, TopicRows
from domain.projections.topic_tally import Tallies
from domain.projections.topics import TopicHead, check_topic

AT_A_TIME = 500
"""Statements that are folded again together."""


class Change(NamedTuple):
    """What readings are folded by, before and after, and the events that are new."""

    before: Folded
    after: Folded
    new: tuple[Recorded[Event], ...] = ()

    @property
    def links_only(self) -> bool:
        """Whether statements change but in what they are linked to."""
        links = (StatementsLinked, StatementsUnlinked)
        return bool(self.new) and all(
            isinstance(each.event, links) for each in self.new
        )


class TopicsProjection:
    """Folds the streams of topics, and who stands for whom."""

    kinds: ClassVar[frozenset[str]] = frozenset({"topic", ALIASES})

    def __init__(
        self,
        rows: Overlay,
        log: EventReader,
        standings: Standings,
        *,
        most: int | None = None,
    ) -> None:
        """Fold into rows; ``most`` bounds the positions kept in memory."""
        self._rows, self._log = rows, log
        self._events = TopicEvents(rows, log)
        self._lines = Lines(rows, most)
        self._tallies = Tallies(rows)
        self._writer = TopicRows(rows, self._lines)
        self._standings = standings

    def expect(self, page: Sequence[Recorded[Event]]) -> None:
        """Read at once what the page will need."""
        own = [each for each in page if each.stream != ALIASES]
        self._events.prefetch(
            (_topic_of(each), statement)
            for each in own
            for statement in statements_named(each.event)
        )
        told = [*_recordings(own)]
        self._rows.prefetch(Table.TOPIC_ARTICLE, map(_topic_article, told))
        standing = self._standings.before(page[0].seq)
        self._lines.prefetch(set(_line_places(told, standing)))

    def apply(self, recorded: Recorded[Event]) -> None:
        """Take in an event of a topic, or of aliases."""
        if recorded.stream == ALIASES:
            self._judge(recorded)
            return
        topic = _topic_of(recorded)
        check_topic(topic, recorded.event)
        tally = self._tallies.at(topic)
        if named := statements_named(recorded.event):
            if not tally.seq:
                self._put_head(topic, recorded.seq, tally.head)
            self._fold_part(topic, recorded, named)
        else:
            self._take_in_topic(topic, recorded)
        tally.reach(recorded)

    def settle(self) -> None:
        """Write what the topics are at a glance."""
        self._tallies.settle()

    def _fold_part(
        self, topic: TopicId, recorded: Recorded[Event], named: Sequence[StatementId]
    ) -> None:
        """Fold the statements that an event is about, and those linked to them."""
        event = recorded.event
        if isinstance(event, StatementAttributed) and not self._events.seqs(
            topic, event.statement
        ):
            self._begin(topic, cast("Recorded[StatementAttributed]", recorded))
            return
        taken_back = self._tallies.at(topic).taken_back
        by = Folded(self._standings.before(recorded.seq), taken_back)
        known = {each: self._events.seqs(topic, each) for each in named}
        self._fold(topic, recorded.seq, named, Change(by, by, (recorded,)))
        for statement, seqs in known.items():
            self._events.keep(topic, statement, [*seqs, recorded.seq])

    def _begin(self, topic: TopicId, told: Recorded[StatementAttributed]) -> None:
        """Put a statement on record of which nothing was known: it is linked to none."""
        tally = self._tallies.at(topic)
        by = Folded(self._standings.before(told.seq), tally.taken_back)
        tally.count(self._writer.begin(topic, live_statement([told], (), by)))

    def _fold(
        self,
        topic: TopicId,
        seq: int,
        statements: Iterable[StatementId],
        change: Change,
    ) -> None:
        """Fold a part as it was and as it is; change its rows at a seq."""
        record = TopicRecord(self._events.part(topic, statements))
        alone, gone = (
            unlinked_statements(record, change.before),
            withdrawn_statements(record),
        )
        before = linked_statements(alone, record.links())
        for recorded in change.new:
            record.add(recorded)
        if not change.links_only:
            alone = unlinked_statements(record, change.after)
        after = linked_statements(alone, record.links())
        self._tallies.at(topic).count(
            self._writer.move(Moved(topic, seq, before, after))
        )
        self._writer.withdraw(topic, seq, gone, withdrawn_statements(record))

    def _take_in_topic(self, topic: TopicId, recorded: Recorded[Event]) -> None:
        """Take in an event on the topic itself."""
        tally, standing = self._tallies.at(topic), self._standings.before(recorded.seq)
        before = Folded(standing, tally.taken_back)
        events = [*self._events.on(topic), recorded]
        self._put_head(topic, recorded.seq, TopicHead.of(topic, TopicRecord(events)))
        self._events.keep(topic, OF_TOPIC, [each.seq for each in events])
        match recorded.event:
            case QuestionWithdrawn(question=question):
                concerned = self._folded_on(topic, question)
            case QuestionReinstated():
                concerned = self._folded_on(topic, None)
            case _:
                return
        change = Change(before, Folded(standing, tally.taken_back))
        self._fold_many(topic, recorded.seq, concerned, change)

    def _folded_on(
        self, topic: TopicId, question: QuestionId | None
    ) -> Iterator[StatementId]:
        """Yield the statements with a reading that is folded on a question, or on none."""
        for (_, statement), body in self._rows.rows(Table.STATEMENT, topic):
            if any(on == question for on, _ in StatementRow.read(body).readings):
                yield StatementId(statement)

    def _put_head(self, topic: TopicId, seq: int, head: TopicHead) -> None:
        self._tallies.at(topic).head = head
        body = head.model_dump_json().encode()
        if body != self._rows.row(Table.TOPIC_HEAD, topic):
            self._rows.change(seq, Table.TOPIC_HEAD, (topic,), body)

    def _judge(self, recorded: Recorded[Event]) -> None:
        """Fold the statements of agents for whom another stands now."""
        judged = self._standings.judge(recorded)
        named: dict[TopicId, set[StatementId]] = defaultdict(set)
        for holder in judged.held:
            for topic, statement in self._writer.held_by(holder):
                named[topic].add(statement)
        for topic in sorted(named):
            taken_back = self._tallies.at(topic).taken_back
            change = Change(
                Folded(judged.before, taken_back), Folded(judged.now, taken_back)
            )
            self._fold_many(topic, recorded.seq, sorted(named[topic]), change)

    def _fold_many(
        self,
        topic: TopicId,
        seq: int,
        statements: Iterable[StatementId],
        change: Change,
    ) -> None:
        """Fold statements again, some at a time: a topic may hold any number."""
        left = iter(statements)
        while some := list(islice(left, AT_A_TIME)):
            self._events.prefetch((topic, each) for each in some)
            self._fold(topic, seq, some, change)


def _topic_of(recorded: Recorded[Event]) -> TopicId:
    return TopicId(recorded.stream[len(TOPICS) :])


def _recordings(
    page: Iterable[Recorded[Event]],
) -> Iterable[tuple[TopicId, StatementAttributed]]:
    for each in page:
        if isinstance(each.event, StatementAttributed):
            yield _topic_of(each), each.event


def _topic_article(recording: tuple[TopicId, StatementAttributed]) -> Key:
    topic, told = recording
    return (topic, told.article)


def _line_places(
    recordings: Iterable[tuple[TopicId, StatementAttributed]],
    standing: Mapping[AgentId, AgentId],
) -> Iterable[LinePlace]:
    """Yield the lines on which recordings will likely lie."""
    for topic, told in recordings:
        speaker = told.identification.agent
        for reading in told.assessment.readings:
            holder = reading.whose(speaker)
            if holder is not None and reading.question is not None:
                key = LineKey(reading.question, standing.get(holder, holder))
                yield LinePlace(topic, key)
