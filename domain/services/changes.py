"""Tell what changed a timeline last: the states of a record that are worth comparing.

A change is a transaction after which something on the timeline, or beside it, was not as
before. It is told by the seqs on both sides of it and by what happened in it; what else
the transaction recorded is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from domain.model.ids import StatementId, TopicId
from domain.model.statement import Attribution, Dating
from domain.model.value import Value
from domain.ports import EventLog, ViewSnapshot, ViewStore
from domain.positions.causes import Cause
from domain.projections.rows import Table
from domain.projections.topic_part import statements_named
from domain.services.causes import cause_of
from domain.services.recorded_events import StatementReader
from domain.services.timelines import topic_at_a_glance
from domain.services.transactions import Transactions


class Said(Value):
    """A statement that a change is about: its words, and when they were spoken."""

    id: StatementId
    attribution: Attribution
    dating: Dating


class Change(Value):
    """What happened to a timeline between two states of the record.

    ``cause`` is what did it; where several events of one kind did, the last of them.
    ``statements`` are those that they are about: of an article, all that came.
    """

    before: int
    after: int
    cause: Cause
    statements: tuple[Said, ...]


class LastChanges:
    """Answers what changed a timeline last."""

    def __init__(self, log: EventLog, views: ViewStore) -> None:
        self._log, self._views = log, views

    def last(self, topic: TopicId, most: int) -> tuple[Change, ...]:
        """Return the last changes of a topic, at most so many, the last one first.

        Raises:
            NotFoundError: no such topic.
        """
        events = Transactions(self._log)
        with self._views.snapshot() as views:
            topic_at_a_glance(views, topic)
            parts = list(_last(_changing(views, topic), events, most))
            named = {
                statement
                for part in parts
                for seq in part
                for statement in statements_named(events.at(seq).event)
            }
            said = dict(_said(StatementReader(self._log), views, topic, named))
        return tuple(_change(part, events, said) for part in parts)


def _changing(views: ViewSnapshot, topic: TopicId) -> list[int]:
    """Return the seqs at which something came or went, the last one first."""
    seqs = {
        seq
        for table in (Table.POSITION, Table.ASIDE)
        for version in views.versions(table, topic)
        for seq in (version.since, version.until)
        if seq is not None
    }
    return sorted(seqs, reverse=True)


def _last(
    seqs: Iterable[int], events: Transactions, most: int
) -> Iterator[tuple[int, ...]]:
    """Yield the seqs of each of the last transactions, in their order."""
    part: list[int] = []
    for seq in seqs:
        if part and events.recorded_at(seq) != events.recorded_at(part[0]):
            yield tuple(part)
            part, most = [], most - 1
            if not most:
                return
        part.insert(0, seq)
    if part:
        yield tuple(part)


def _change(
    part: tuple[int, ...],
    events: Transactions,
    said: Mapping[StatementId, Said],
) -> Change:
    """Return what happened at some seqs of one transaction, which are of one kind."""
    told = events.at(part[-1])
    named = dict.fromkeys(
        statement
        for seq in part
        if events.at(seq).event.name == told.event.name
        for statement in statements_named(events.at(seq).event)
    )
    return Change(
        before=events.before(part[-1]),
        after=events.end_of(part[-1]),
        cause=cause_of(told),
        statements=tuple(said[each] for each in named if each in said),
    )


def _said(
    reader: StatementReader,
    views: ViewSnapshot,
    topic: TopicId,
    named: Iterable[StatementId],
) -> Iterator[tuple[StatementId, Said]]:
    """Yield the statements of a topic, withdrawn ones among them."""
    listed = sorted(named)
    live = views.beginning(Table.STATEMENT, [(topic, each) for each in listed])
    gone = views.beginning(Table.WITHDRAWN, [(each, topic) for each in listed])
    told = [each.statement for each in reader.withdrawn(body for _, body in gone)]
    told += [each.statement for each in reader.live(body for _, body in live)]
    for each in told:
        yield (
            each.id,
            Said(id=each.id, attribution=each.attribution, dating=each.dating),
        )
