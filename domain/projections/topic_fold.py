"""Keeps the rows of topics up to date, event by event.

An event changes the statements of its part, and the lines on which these come to lie:
that is what is folded, and its rows get a new version at the seq of the event. A
judgement whether two agents are one concerns the statements that name them, in every
topic; a question that is taken back or asked again concerns all of its topic.

The rows are those of ``topics.topic_rows``, after each event.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from domain.events.base import Event, Recorded
from domain.events.topic import (
    QuestionReinstated,
    QuestionWithdrawn,
    StatementAttributed,
)
from domain.model.ids import ALIASES, AgentId, StatementId, TopicId, topic_stream
from domain.positions.aliases import Aliases
from domain.positions.live import (
    live_statements,
    withdrawn_statements,
)
from domain.positions.record import TopicRecord
from domain.positions.timeline import Key as LineKey
from domain.projections.overlay import Overlay
from domain.projections.projection import EventReader
from domain.projections.rows import Key, Table
from domain.projections.topic_lines import LinePlace, Lines
from domain.projections.topic_part import OF_TOPIC, TopicEvents, statements_named
from domain.projections.topic_rows import Moved, TopicRows
from domain.projections.topic_tally import Tallies
from domain.projections.topics import TopicHead, check_topic

_PREFIX = topic_stream(TopicId(""))
AT_A_TIME = 500
"""Statements that are folded again together."""


class TopicsProjection:
    """Folds the streams of topics, and who stands for whom."""

    def __init__(
        self, rows: Overlay, log: EventReader, *, most: int | None = None
    ) -> None:
        """Fold into rows; ``most`` bounds the positions kept in memory."""
        self._rows, self._log = rows, log
        self._events = TopicEvents(rows, log)
        self._lines = Lines(rows, most)
        self._tallies = Tallies(rows)
        self._writer = TopicRows(rows, self._lines)
        self._aliases = Aliases()
        self._stands: Mapping[AgentId, AgentId] | None = None

    def expect(self, page: Sequence[Recorded[Event]]) -> None:
        """Read at once what the page will need."""
        own = [each for each in page if each.stream.startswith(_PREFIX)]
        named = [
            (_topic_of(each), statement)
            for each in own
            for statement in statements_named(each.event)
        ]
        self._rows.prefetch(Table.STATEMENT_EVENTS, named)
        known = [key for key in named if self._rows.row(Table.STATEMENT_EVENTS, *key)]
        self._rows.prefetch(Table.STATEMENT, known)
        self._rows.prefetch(Table.TOPIC_ARTICLE, map(_topic_article, _recordings(own)))
        standing = self._standing(page[0].seq - 1) if page else {}
        self._lines.prefetch(set(_line_places(_recordings(own), standing)))

    def apply(self, recorded: Recorded[Event]) -> None:
        """Take in an event of a topic, or of aliases; others are none of it."""
        if recorded.stream == ALIASES:
            self._judge(recorded)
        elif recorded.stream.startswith(_PREFIX):
            topic = _topic_of(recorded)
            check_topic(topic, recorded.event)
            if named := statements_named(recorded.event):
                if not (tally := self._tallies.at(topic)).seq:
                    self._put_head(topic, recorded.seq, tally.head)
                self._fold_part(topic, recorded, named)
            else:
                self._take_in_topic(topic, recorded)
            self._tallies.at(topic).reach(recorded)

    def settle(self) -> None:
        """Write what the topics are at a glance."""
        self._tallies.settle()

    def _fold_part(
        self, topic: TopicId, recorded: Recorded[Event], named: Sequence[StatementId]
    ) -> None:
        """Fold the statements that an event is about, and those linked to them."""
        self._fold(topic, recorded.seq, named, [recorded])
        for statement in named:
            self._events.add(topic, statement, recorded.seq)

    def _fold(
        self,
        topic: TopicId,
        seq: int,
        statements: Iterable[StatementId],
        new: Sequence[Recorded[Event]] = (),
    ) -> None:
        """Fold a part from the events on it, and new ones; change its rows at a seq."""
        part, events = self._events.part(topic, statements)
        record = TopicRecord([*events.values(), *new])
        standing = self._standing(seq - 1)
        tally = self._tallies.at(topic)
        live = live_statements(record, standing, tally.head.taken_back)
        before = self._writer.live(topic, part) if events else {}
        moved = Moved(topic, seq, before, {each.id: each for each in live})
        tally.count(self._writer.move(moved))
        if events:
            self._writer.withdraw(moved, part, withdrawn_statements(record))

    def _take_in_topic(self, topic: TopicId, recorded: Recorded[Event]) -> None:
        """Take in an event on the topic itself."""
        events = [*self._events.on(topic), recorded]
        head = TopicHead.of(topic, TopicRecord(events))
        self._put_head(topic, recorded.seq, head)
        self._events.add(topic, OF_TOPIC, recorded.seq)
        if isinstance(recorded.event, QuestionWithdrawn | QuestionReinstated):
            keys = (key for key, _ in self._rows.rows(Table.STATEMENT_EVENTS, topic))
            every = (StatementId(key[1]) for key in keys if key[1] != OF_TOPIC)
            self._fold_many(topic, recorded.seq, every)

    def _put_head(self, topic: TopicId, seq: int, head: TopicHead) -> None:
        self._tallies.at(topic).head = head
        body = head.model_dump_json().encode()
        if body != self._rows.row(Table.TOPIC_HEAD, topic):
            self._rows.change(seq, Table.TOPIC_HEAD, (topic,), body)

    def _judge(self, recorded: Recorded[Event]) -> None:
        """Fold the statements that name agents for whom another stands now."""
        before = self._standing(recorded.seq - 1)
        self._aliases.add(recorded)
        now = self._stands = self._aliases.standing()
        either = sorted(before.keys() | now.keys())
        named: dict[TopicId, set[StatementId]] = defaultdict(set)
        for agent in either:
            if before.get(agent, agent) != now.get(agent, agent):
                for key, _ in self._rows.rows(Table.AGENT_STATEMENT, agent):
                    named[TopicId(key[1])].add(StatementId(key[2]))
        for topic in sorted(named):
            self._fold_many(topic, recorded.seq, sorted(named[topic]))

    def _fold_many(
        self, topic: TopicId, seq: int, statements: Iterable[StatementId]
    ) -> None:
        """Fold statements again, some at a time: a topic may hold any number."""
        left = iter(statements)
        while some := list(islice(left, AT_A_TIME)):
            keys = [(topic, each) for each in some]
            self._rows.prefetch(Table.STATEMENT_EVENTS, keys)
            self._rows.prefetch(Table.STATEMENT, keys)
            self._rows.prefetch(Table.WITHDRAWN, [key[::-1] for key in keys])
            self._fold(topic, seq, some)

    def _standing(self, until: int) -> Mapping[AgentId, AgentId]:
        """Return who stands for whom, from the log once and then as it is judged."""
        if self._stands is None:
            self._aliases = Aliases(self._log.stream(ALIASES, until))
            self._stands = self._aliases.standing()
        return self._stands


def _topic_of(recorded: Recorded[Event]) -> TopicId:
    return TopicId(recorded.stream.removeprefix(_PREFIX))


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
            holder = speaker if reading.holder == "self" else AgentId(reading.holder)
            if holder is not None and reading.question is not None:
                key = LineKey(reading.question, standing.get(holder, holder))
                yield LinePlace(topic, key)
