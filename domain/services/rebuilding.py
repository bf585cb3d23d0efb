"""Folds a whole log into empty read models, one topic after another.

The rows of a topic follow from its stream and from who stands for whom. So a rebuild
need not read the log in its order, where every page touches every topic: it folds a
topic from its first event to its last, which asks the store for nothing that it just
wrote and fills the tables in the order of their keys.

1. What is of no topic is folded first, in the order of the log.
2. Each topic is then folded from its stream, with the judgements on agents in between.
   One that is longer than a page is folded in pages, over what is stored of it: memory
   is bounded by pages, not by topics.
3. Until the last topic is there the progress is nothing: what was begun and not finished
   is begun anew. At the end it is where the log ended when this began.

The rows, their versions and the parked events are those of a fold in pages.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from heapq import merge
from itertools import islice
from operator import attrgetter

from domain.errors import OnrecordError
from domain.events.base import Event, Recorded, Stored
from domain.events.codec import decode
from domain.model.ids import ALIASES, is_of_topic
from domain.ports import EventLog, Parked, Progress, Views, ViewTransaction
from domain.projections.rows import Changes, Key, StoredRows, Table
from domain.projections.standing import AllStandings, Standings
from domain.services.folding import Folding, progress_at
from domain.services.log_pages import read_all, read_whole_stream

PAGE = 4_000
"""Events that are folded and stored together."""
JUDGEMENTS = 1_000
"""Judgements on agents beyond which a log is left to pages: each topic takes in all."""
Tick = Callable[[int], object]


class Rebuilding:
    """Folds a log up to where it ends now into read models that are empty."""

    def __init__(self, log: EventLog, views: Views, *, page: int = PAGE) -> None:
        """Fold so many events at once."""
        self._log, self._views, self._page = log, views, page

    def run(self, tick: Tick) -> None:
        """Fold; ``tick`` is told the number of events of each page.

        What is folded when this returns is told by the progress.
        """
        head, judged = self._log.head(), self._log.version(ALIASES)
        if head and judged <= JUDGEMENTS:
            topics = self._fold_others(head, tick)
            self._fold_topics(topics, head, tick)
            (last,) = self._log.at([head])
            with self._views.transaction() as transaction:
                transaction.save(Changes(), [], progress_at(last))

    def _fold_others(self, head: int, tick: Tick) -> list[str]:
        """Fold what is of no topic; return the streams of topics, ascending."""
        folding, topics, page = Folding(self._log), set[str](), list[Stored]()
        for stored in read_all(self._log, until=head):
            if is_of_topic(stored.stream):
                topics.add(stored.stream)
            else:
                page.append(stored)
            if len(page) == self._page:
                self._store(folding, page, tick)
                page = []
        self._store(folding, page, tick)
        return sorted(topics)

    def _store(self, folding: Folding, page: Sequence[Stored], tick: Tick) -> None:
        if page:
            with self._views.transaction() as transaction:
                parked = folding.take_in(page, transaction)
                transaction.save(folding.hand_over(), parked, Progress())
            tick(len(page))

    def _fold_topics(self, topics: Sequence[str], head: int, tick: Tick) -> None:
        """Fold topics, as many in a transaction as make up a page."""
        judgements = [*read_whole_stream(self._log, ALIASES, until=head)]
        fold = partial(
            _Topic, self._log, judgements, AllStandings(_decoded(judgements))
        )
        left = deque(topics)
        while left:
            with self._views.transaction() as transaction:
                changes, parked, done = Changes(), list[Parked](), 0
                while left and done < self._page:
                    topic = fold(left.popleft(), head)
                    if topic.events > self._page:
                        done += topic.store(transaction, self._page)
                    else:
                        changes.join(topic.whole(parked))
                        done += topic.events
                transaction.save(changes, parked, Progress())
            tick(done)


class _Topic:
    """One topic: its stream up to the head, with the judgements since its first event."""

    def __init__(
        self,
        log: EventLog,
        judgements: Sequence[Stored],
        standings: Standings,
        stream: str,
        head: int,
    ) -> None:
        self._log, self._judgements, self._standings = log, judgements, standings
        self._stream, self._head = stream, head
        self.events = log.version(stream, until=head)

    def whole(self, parked: list[Parked]) -> Changes:
        """Fold it at once, over nothing; add what was parked."""
        folding = Folding(self._log, most=None, standings=self._standings)
        parked += _of_topic(folding.take_in(list(self)))
        return folding.hand_over()

    def store(self, transaction: ViewTransaction, size: int) -> int:
        """Fold it in pages, over what is stored of it; return its events."""
        folding, events = Folding(self._log, standings=self._standings), iter(self)
        own = _OwnRows(transaction, self._stream.partition(":")[2])
        while page := list(islice(events, size)):
            parked = _of_topic(folding.take_in(page, own))
            transaction.save(folding.hand_over(), parked, Progress())
        return self.events

    def __iter__(self) -> Iterator[Stored]:
        own = read_whole_stream(self._log, self._stream, until=self._head)
        if not self._judgements:
            return iter(own)
        return merge(own, self._judgements, key=attrgetter("seq"))


class _OwnRows:
    """Stored rows, of which a judgement on agents finds those of one topic alone."""

    def __init__(self, stored: StoredRows, topic: str) -> None:
        self.row, self.beginning = stored.row, stored.beginning
        self._stored, self._topic = stored, topic

    def keys_with(self, table: Table, value: str) -> Iterable[Key]:
        """Return the keys of this topic whose indexed column holds a value."""
        found = self._stored.keys_with(table, value)
        return (key for key in found if key[0] == self._topic)


def _of_topic(parked: Iterable[Parked]) -> list[Parked]:
    """Leave out judgements, which were parked before."""
    return [each for each in parked if each.stream != ALIASES]


def _decoded(judgements: Sequence[Stored]) -> Iterator[Recorded[Event]]:
    """Yield the judgements that can be read; the others are parked by now."""
    for stored in judgements:
        with suppress(OnrecordError):
            yield decode(stored)
