"""The laws of positions, tried on the live log of a topic by whoever doubts them.

1. shuffle: events read in another order give the same timeline.
2. late: a recording that had come last, with a later seq, gives the same timeline.
3. twice: the same events twice give the same timeline.
4. prefix: what is read as known at a seq is the fold of the events up to it.
5. partition: the events split in two and joined either way give the same timeline.
6. withdrawn: a statement that is withdrawn is as if never recorded.
7. reinstated: put back, it gives the timeline of before.
8. order: consecutive positions of a holder on a question share no day.
9. complete: every statement on record is evidence of a position, or beside the line.
10. served: what is served is the fold of the log.

Samples are drawn by hashes, not at random: the same log is tried in the same way.
Nothing is recorded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import cast

from msgspec.structs import replace

from domain.errors import NotFoundError
from domain.events.base import Event, Recorded
from domain.events.topic import StatementAttributed, StatementWithdrawn
from domain.model.ids import ALIASES, EventId, StatementId, TopicId
from domain.model.value import Value
from domain.ports import EventLog
from domain.positions.aliases import Aliases
from domain.positions.live import live_statements
from domain.positions.record import TopicRecord, joined
from domain.positions.timeline import Timeline, fold
from domain.projections.topics import fitting
from domain.services.folding import stream_reader
from domain.services.timelines import TimelineQuery, Timelines
from domain.services.transactions import Transactions

SAMPLES = 20
"""How often each law is tried where it can be tried without end."""
History = Sequence[Recorded[Event]]
Trial = Iterator[bool]


class Tried(Value):
    """How often a law was tried on a log, and how often it failed."""

    law: str
    tried: int
    failed: int


class Laws:
    """Tries the laws on a topic as it is on record."""

    def __init__(self, log: EventLog, timelines: Timelines) -> None:
        self._read, self._head = stream_reader(log), log.head
        self._transactions = Transactions(log)
        self._timelines = timelines

    def of_topic(self, topic: TopicId, *, samples: int = SAMPLES) -> tuple[Tried, ...]:
        """Try each law; the reads that are tried are those of the service.

        Raises:
            NotFoundError: no such topic.
        """
        head = self._head()
        own = list(fitting(self._read, topic, head))
        if not own:
            raise NotFoundError("topic", topic)
        aliases = self._read(ALIASES, head)
        history = sorted((*own, *aliases), key=lambda each: each.seq)
        trials: dict[str, Trial] = {
            "shuffle": _shuffled(history, samples),
            "late": _late(history, samples),
            "twice": iter([timeline_of((*history, *history)) == timeline_of(history)]),
            "prefix": self._prefixes(topic, history, own[0].seq, samples),
            "partition": _partitioned(history, samples),
            "withdrawn": _withdrawn(history, samples),
            "reinstated": _reinstated(history, samples),
            "order": _ordered(timeline_of(history)),
            "complete": _complete(history),
            "served": iter([self._said(topic, None) == timeline_of(history)]),
        }
        return tuple(_count(law, trial) for law, trial in trials.items())

    def _prefixes(
        self, topic: TopicId, history: History, first: int, samples: int
    ) -> Trial:
        # what is known inside of the first transaction is what was so before the topic
        begun = self._transactions.end_of(first)
        known = [each for each in history if each.seq >= begun]
        for last in _sample(known, samples, "prefix"):
            whole = self._transactions.whole(last.seq)
            until = [each for each in history if each.seq <= whole]
            yield self._said(topic, last.seq) == timeline_of(until)

    def _said(self, topic: TopicId, known_at: int | None) -> Timeline:
        found = self._timelines.read(TimelineQuery(topic=topic, known_at=known_at))
        return Timeline(positions=found.positions, asides=found.asides)


def timeline_of(history: History) -> Timeline:
    """Fold a history, with the agents that were judged to be one in it."""
    return _fold(TopicRecord(history))


def _fold(record: TopicRecord) -> Timeline:
    return fold(live_statements(record, Aliases(record).standing()))


def _shuffled(history: History, samples: int) -> Trial:
    expected = timeline_of(history)
    for number in range(samples):
        salt = f"shuffle {number}"
        yield timeline_of(_sample(history, len(history), salt)) == expected


def _late(history: History, samples: int) -> Trial:
    expected, last = timeline_of(history), history[-1].seq + 1
    recordings = [*_recordings(history)]
    once = [r for r in recordings if len(_of(r.event.statement, recordings)) == 1]
    for moved in _sample(once, samples, "late"):
        others = [each for each in history if each is not moved]
        yield timeline_of([*others, replace(moved, seq=last)]) == expected


def _partitioned(history: History, samples: int) -> Trial:
    expected = timeline_of(history)
    for number in range(samples):
        salt = f"partition {number}"
        one = [each for each in history if _hash(each.id, salt)[0] % 2]
        other = [each for each in history if not _hash(each.id, salt)[0] % 2]
        left, right = TopicRecord(one), TopicRecord(other)
        yield _fold(joined(left, right)) == _fold(joined(right, left)) == expected


def _withdrawn(history: History, samples: int) -> Trial:
    for statement in _live(history, samples, "withdrawn"):
        never = [
            each
            for each in history
            if not isinstance(each.event, StatementAttributed)
            or each.event.statement != statement
        ]
        undone = [*history, _withdrawal(history, statement)]
        yield timeline_of(undone) == timeline_of(never)


def _reinstated(history: History, samples: int) -> Trial:
    expected = timeline_of(history)
    for statement in _live(history, samples, "reinstated"):
        undone = _withdrawal(history, statement)
        first = TopicRecord(history).live_recordings(statement)[0]
        answer = first.event.model_copy(update={"answers": undone.id})
        back = replace(first, seq=undone.seq + 1, id=EventId("put back"), event=answer)
        yield timeline_of([*history, undone, back]) == expected


def _ordered(timeline: Timeline) -> Trial:
    for before, after in pairwise(timeline.positions):
        if (before.question, before.holder) == (after.question, after.holder):
            yield before.latest < after.earliest


def _complete(history: History) -> Trial:
    timeline = timeline_of(history)
    shown = {each.statement for each in timeline.asides}
    shown |= {each for position in timeline.positions for each in position.statements}
    for live in live_statements(TopicRecord(history)):
        yield live.id in shown


def _withdrawal(history: History, statement: StatementId) -> Recorded[Event]:
    """Return the withdrawal of a statement as it would be recorded next."""
    recordings = _of(statement, [*_recordings(history)])
    event = StatementWithdrawn(
        statement=statement, undoes=tuple(r.id for r in recordings), reason="a trial"
    )
    last = history[-1]
    return replace(last, seq=last.seq + 1, id=EventId("withdrawn"), event=event)


def _recordings(history: History) -> Iterator[Recorded[StatementAttributed]]:
    for each in history:
        if isinstance(each.event, StatementAttributed):
            yield cast("Recorded[StatementAttributed]", each)


def _of(
    statement: StatementId, recordings: Sequence[Recorded[StatementAttributed]]
) -> list[Recorded[StatementAttributed]]:
    return [each for each in recordings if each.event.statement == statement]


def _live(history: History, samples: int, salt: str) -> list[StatementId]:
    live = [each.id for each in live_statements(TopicRecord(history))]
    return sorted(live, key=lambda each: _hash(each, salt))[:samples]


def _sample(events: History, samples: int, salt: str) -> History:
    return sorted(events, key=lambda each: _hash(each.id, salt))[:samples]


def _hash(text: str, salt: str) -> bytes:
    return hashlib.sha256(f"{salt}\n{text}".encode()).digest()


def _count(law: str, trial: Trial) -> Tried:
    held = list(trial)
    return Tried(law=law, tried=len(held), failed=held.count(False))
