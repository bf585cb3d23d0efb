"""Folds events into the rows of all projections, decoding each event once.

An event that cannot be decoded or taken in is parked with its reason, and the rest
goes on. Whether an event is parked depends on it and on those before it; so a store
that fails parks nothing, it ends the fold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from domain.errors import OnrecordError, StoreError
from domain.events.base import Event, Recorded, Stored
from domain.events.codec import decode, fingerprint
from domain.events.topic import TopicOpened
from domain.model.ids import TopicId
from domain.ports import EventLog, Parked, Progress, read_whole_stream
from domain.projections.agents import AgentsProjection
from domain.projections.articles import ArticlesProjection
from domain.projections.projection import Projection, StreamReader
from domain.projections.rows import Changes
from domain.projections.topics import TopicLister, TopicsProjection

PAGE = 500
"""Events a page; a page is one transaction of the read models."""
REPLAY_PAGE = 5000
"""Events a page where nothing is stored: a topic's rows are made once a page."""


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
    """All projections together, folded up to ``progress``.

    ``events`` counts those that they hold the state of: taken in, or loaded from the
    stream of one that was.
    """

    def __init__(self, log: EventLog, progress: Progress | None = None) -> None:
        self.progress = progress or Progress()
        self.events = 0
        self._read = stream_reader(log)
        self._projections: tuple[Projection, ...] = (
            TopicsProjection(self._load, topic_lister(log)),
            ArticlesProjection(self._load),
            AgentsProjection(self._load),
        )

    def take_in(self, page: Sequence[Stored]) -> tuple[Changes, list[Parked]]:
        """Fold a page; return the changed rows and the events that were parked."""
        parked = [refusal for stored in page if (refusal := self._take(stored))]
        changes = Changes()
        for projection in self._projections:
            changes.merge(projection.changes())
        self.progress = progress_at(page[-1])
        self.events += len(page)
        return changes, parked

    def _load(self, stream: str, until: int) -> Iterator[Recorded[Event]]:
        for recorded in self._read(stream, until):
            self.events += 1
            yield recorded

    def _take(self, stored: Stored) -> Parked | None:
        try:
            recorded = decode(stored)
            for projection in self._projections:
                projection.apply(recorded)
        except StoreError:
            raise
        except OnrecordError as error:
            return Parked(stored.seq, stored.stream, stored.name, str(error))
        except Exception as error:  # noqa: BLE001 (no event may stop the others)
            told = f"{type(error).__name__}: {error}"
            return Parked(stored.seq, stored.stream, stored.name, told)
        return None


def progress_at(last: Stored) -> Progress:
    """Return the progress of a fold whose last event is this."""
    return Progress(last.seq, fingerprint(last))


def refold(
    log: EventLog, *, until: int | None = None, page: int = REPLAY_PAGE
) -> Iterable[tuple[Changes, list[Parked], int]]:
    """Fold the log from nothing, page by page, storing nothing."""
    folding = Folding(log)
    while events := log.read(after=folding.progress.seq, until=until, limit=page):
        changes, parked = folding.take_in(events)
        yield changes, parked, len(events)
