"""Folds a whole log into empty read models, one topic after another.

The rows of a topic follow from its stream and from who stands for whom. So a rebuild
need not read the log in its order, where every page touches every topic: it folds a
topic from its first event to its last, which asks the store for nothing that it just
wrote and fills the tables in the order of their keys.

1. What is of no topic is folded first, in the order of the log: judgements on agents
   that found rows of topics would change what is to come of them.
2. Each topic is then folded from its stream, with the judgements on agents in between.
   One that is longer than a page is folded in pages, over what is stored of it: memory
   is bounded by pages, not by topics.
3. Until the last topic is there the progress is nothing: what was begun and not finished
   is begun anew. At the end it is where the log ended when this began.

The rows, their versions and the parked events are those of a fold in pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import Protocol

from domain.errors import OnrecordError
from domain.events.base import Event, Recorded, Stored
from domain.events.codec import decode
from domain.model.ids import ALIASES, TOPICS
from domain.ports import EventLog, Parked, Progress, Views
from domain.projections.rows import Changes, Key, StoredRows, Table
from domain.projections.standing import AllStandings
from domain.services.folding import Folding, progress_at
from domain.services.log_pages import read_all, read_whole_stream

PAGE = 8_000
"""Events of topics that are folded and stored together."""
OF_A_TOPIC = 2_000
"""Events of a page of a topic that is longer: all of them are held, decoded."""
LEAST = 500
"""Events of topics that are worth handing to another process together."""
PARTS = 8
"""The part of what is left that one process takes at a time, so that all end together."""
JUDGEMENTS = 2
"""Judgements on agents an event, beyond which a log is left to pages: each topic takes in
all of them, which costs a topic the more the less it has of its own."""
Tick = Callable[[int], object]


class Hands(Protocol):
    """Other processes, which fold topics into the same read models."""

    def fold_topics(
        self, shares: Iterable[Sequence[str]], head: int, tick: Tick
    ) -> AbstractContextManager[Iterable[Sequence[str]]]:
        """Fold the streams of shares up to a seq, until the context ends.

        It gives the shares that are left for this process: each is folded by whoever
        is free first, and none before the first is asked for. ``tick`` is told how many
        events the others folded.

        Raises:
            StoreUnavailableError: one of them died, or cannot use the store.
        """
        ...


class Rebuilding:
    """Folds a log up to where it ends now into read models that are empty."""

    def __init__(self, log: EventLog, views: Views, *, page: int = PAGE) -> None:
        """Fold so many events at once."""
        self._log, self._views, self._page = log, views, page

    def run(self, tick: Tick, hands: Hands | None = None) -> None:
        """Fold; ``tick`` is told the number of events of each page.

        What is folded when this returns is told by the progress.
        """
        head, judged = self._log.head(), self._log.version(ALIASES)
        streams = self._log.streams(TOPICS)
        if head and judged * len(streams) <= JUDGEMENTS * head:
            if hands is None:
                self._fold_others(head, tick)
                self.fold_topics(streams, head, tick)
            else:
                shares = self._shares(streams, head)
                with hands.fold_topics(shares, head, tick) as left:
                    self._fold_others(head, tick)
                    for share in left:
                        self.fold_topics(share, head, tick)
            (last,) = self._log.at([head])
            with self._views.transaction() as transaction:
                transaction.save(Changes(), [], progress_at(last))

    def _fold_others(self, head: int, tick: Tick) -> None:
        """Fold what is of no topic; many are stored at once, for they lie anywhere."""
        others = read_all(self._log, until=head, page=self._page, outside=TOPICS)
        self._fold_pages(Folding(self._log), others, tick, least=self._page)

    def _shares(self, streams: Iterable[str], head: int) -> Iterator[list[str]]:
        """Yield streams to be folded together, the longest first, ever fewer events."""
        sizes = [(self._log.version(each, until=head), each) for each in streams]
        left, events, share = sum(size for size, _ in sizes), 0, list[str]()
        for size, stream in sorted(sizes, reverse=True):
            share.append(stream)
            events += size
            if events >= min(self._page, max(LEAST, left // PARTS)):
                yield sorted(share)
                left, events, share = left - events, 0, []
        if share:
            yield sorted(share)

    def fold_topics(self, streams: Iterable[str], head: int, tick: Tick) -> None:
        """Fold topics up to a seq, as many at once as make up a page."""
        judgements = [*read_whole_stream(self._log, ALIASES, until=head)]
        standings = AllStandings(_decoded(judgements))
        some = _Folded(ALIASES)
        for stream in streams:
            if not (events := self._log.version(stream, until=head)):
                continue  # opened since: the pages after this rebuild take it in
            topic = _Topic(self._log, stream, head, judgements)
            if events > self._page:
                folding = Folding(self._log, standings=standings)
                self._fold_pages(folding, topic, tick, topic)
            else:
                folding = Folding(self._log, most=None, standings=standings)
                some.fold(folding, list(topic))
                some.take(folding)
            if some.events >= self._page:
                self._save(some, tick)
                some = _Folded(ALIASES)
        self._save(some, tick)

    def _fold_pages(
        self,
        folding: Folding,
        events: Iterable[Stored],
        tick: Tick,
        topic: _Topic | None = None,
        *,
        least: int = 0,
    ) -> None:
        """Fold page by page; nobody else writes what is read here.

        What came of ``least`` so many events is stored together: only of what is of no
        topic, for lines are read from what is stored.
        """
        left, some = iter(events), _Folded(ALIASES if topic else "")
        while page := list(islice(left, min(self._page, OF_A_TOPIC))):
            with self._views.snapshot() as stored:
                some.fold(folding, page, topic.own_rows(stored) if topic else stored)
            if some.events >= least:
                some.take(folding)
                self._save(some, tick)
                some = _Folded(some.but)
        if some.events:
            some.take(folding)
            self._save(some, tick)

    def _save(self, some: _Folded, tick: Tick) -> None:
        """Store what was folded; others who write wait for no more than this."""
        with self._views.transaction() as transaction:
            transaction.save(some.changes, some.parked, Progress())
        tick(some.events)


class _Folded:
    """What some events came to; ``but`` is a stream that was counted before."""

    def __init__(self, but: str = "") -> None:
        self.changes, self.parked, self.events = Changes(), list[Parked](), 0
        self.but = but

    def fold(
        self, folding: Folding, page: Sequence[Stored], stored: StoredRows | None = None
    ) -> None:
        """Fold events, whose rows stay with the fold."""
        parked = folding.take_in(page, stored)
        self.parked += [each for each in parked if each.stream != self.but]
        self.events += sum(each.stream != self.but for each in page)

    def take(self, folding: Folding) -> None:
        """Take over the rows of a fold, to be stored."""
        self.changes.join(folding.hand_over())


class _Topic:
    """The events of a topic up to the head, and the judgements since its first event."""

    def __init__(
        self, log: EventLog, stream: str, head: int, judgements: Sequence[Stored]
    ) -> None:
        self._log, self._stream, self._head = log, stream, head
        self._judgements = judgements

    def __iter__(self) -> Iterator[Stored]:
        own = iter(read_whole_stream(self._log, self._stream, until=self._head))
        for first in own:
            later = (each for each in self._judgements if each.seq > first.seq)
            yield first
            yield from merge(own, later, key=attrgetter("seq"))

    def own_rows(self, stored: StoredRows) -> StoredRows:
        """Return stored rows, of which judgements find those of this topic alone."""
        return _OwnRows(stored, self._stream.removeprefix(TOPICS))


class _OwnRows:
    """Stored rows, of which those of one topic alone are found by an agent."""

    def __init__(self, stored: StoredRows, topic: str) -> None:
        self.row, self.beginning = stored.row, stored.beginning
        self._stored, self._topic = stored, topic

    def keys_with(self, table: Table, value: str, *prefix: str) -> Iterable[Key]:
        """Return the keys of this topic whose indexed column holds a value."""
        return self._stored.keys_with(table, value, *(prefix or (self._topic,)))


def _decoded(judgements: Sequence[Stored]) -> Iterator[Recorded[Event]]:
    """Yield the judgements that can be read; the others are parked by now."""
    for stored in judgements:
        with suppress(OnrecordError):
            yield decode(stored)
