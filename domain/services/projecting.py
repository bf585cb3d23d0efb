"""Keeps the read models up with the log.

1. The log is read in pages; each event is decoded once and fed to every projection.
2. The rows of a page, its parked events and its last seq are stored in one
   transaction: a crash leaves a whole page or none of it.
3. The seq goes on over events that no projection wants.
4. An event that cannot be decoded or taken in is parked with its reason, and the
   rest goes on. Whether an event is parked depends on it and on those before it.
5. Another process may have moved the read models on: the folded state is a cache,
   dropped when the stored seq is not its own.
6. Read models ahead of the log were folded from another one (an older copy was put
   back, or the log is gone): what they hold is not on record, so they are emptied
   and folded anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from domain.errors import OnrecordError
from domain.events.base import Event, Recorded, Stored
from domain.events.codec import decode
from domain.events.topic import TopicOpened
from domain.model.ids import TopicId
from domain.ports import EventLog, Parked, ViewStore, read_whole_stream
from domain.projections.agents import AgentsProjection
from domain.projections.articles import ArticlesProjection
from domain.projections.projection import Projection, StreamReader
from domain.projections.rows import Changes
from domain.projections.topics import TopicLister, TopicsProjection

PAGE = 500
"""Events a page; a page is one transaction of the read models."""


def stream_reader(log: EventLog) -> StreamReader:
    """Return a reader of the events of a stream that can be decoded."""

    def read(stream: str, until: int) -> Iterator[Recorded[Event]]:
        for stored in read_whole_stream(log, stream, until=until):
            try:
                yield decode(stored)
            except OnrecordError:
                continue  # parked when it came

    return read


def topic_lister(log: EventLog, page: int = PAGE) -> TopicLister:
    """Return a lister of the topics that were opened."""

    def opened(until: int) -> Iterator[TopicId]:
        after, names = 0, (TopicOpened.name,)
        while found := log.read(after=after, until=until, limit=page, names=names):
            yield from (TopicId(each.stream.partition(":")[2]) for each in found)
            after = found[-1].seq

    return opened


class Folding:
    """All projections together, folded up to ``seq``."""

    def __init__(self, log: EventLog, seq: int = 0) -> None:
        self.seq = seq
        read = stream_reader(log)
        self._projections: tuple[Projection, ...] = (
            TopicsProjection(read, topic_lister(log)),
            ArticlesProjection(read),
            AgentsProjection(read),
        )

    def take_in(self, page: Sequence[Stored]) -> tuple[Changes, list[Parked]]:
        """Fold a page; return the changed rows and the events that were parked."""
        parked = [refusal for stored in page if (refusal := self._take(stored))]
        changes = Changes()
        for projection in self._projections:
            changes.merge(projection.changes())
        self.seq = page[-1].seq
        return changes, parked

    def _take(self, stored: Stored) -> Parked | None:
        try:
            recorded = decode(stored)
            for projection in self._projections:
                projection.apply(recorded)
        except OnrecordError as error:
            return Parked(stored.seq, stored.stream, stored.name, str(error))
        except Exception as error:  # noqa: BLE001 (no event may stop the others)
            told = f"{type(error).__name__}: {error}"
            return Parked(stored.seq, stored.stream, stored.name, told)
        return None


class Projector:
    """Brings the read models up to the head of the log."""

    def __init__(self, log: EventLog, views: ViewStore, *, page: int = PAGE) -> None:
        self._log, self._views, self._page = log, views, page
        self._folding: Folding | None = None

    def catch_up(self, tick: Callable[[int], object] = lambda steps: None) -> int:
        """Fold what the log has and the read models have not; return their seq."""
        with self._views.snapshot() as served:
            if served.seq == self._log.head():
                return served.seq
        while (taken := self._next_page()) is not None:
            tick(taken)
        with self._views.snapshot() as served:
            return served.seq  # others may have gone on meanwhile

    def rebuild(self, tick: Callable[[int], object] = lambda steps: None) -> int:
        """Drop all rows and fold the log from its first event."""
        with self._views.transaction() as transaction:
            transaction.clear()
        self._folding = None
        return self.catch_up(tick)

    def _next_page(self) -> int | None:
        """Fold one page in one transaction; return its size, None at the head."""
        with self._views.transaction() as transaction:
            if transaction.seq > self._log.head():
                transaction.clear()
            folding = self._folding
            if folding is None or folding.seq != transaction.seq:
                folding = Folding(self._log, transaction.seq)
            self._folding = None  # unless this page commits, the cache is stale
            page = self._log.read(after=folding.seq, limit=self._page)
            if page:
                changes, parked = folding.take_in(page)
                transaction.save(changes, parked, folding.seq)
        self._folding = folding
        return len(page) or None


def refold(
    log: EventLog, *, until: int | None = None, page: int = PAGE
) -> Iterable[tuple[Changes, list[Parked], int]]:
    """Fold the log from nothing, page by page, storing nothing."""
    folding = Folding(log)
    while events := log.read(after=folding.seq, until=until, limit=page):
        changes, parked = folding.take_in(events)
        yield changes, parked, len(events)
