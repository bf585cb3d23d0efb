"""Folds events into the rows of all projections, decoding each event once.

An event that cannot be decoded or taken in is parked with its reason, and the rest
goes on. Whether an event is parked depends on it and on those before it; so a store
that fails parks nothing, it ends the fold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from domain.errors import OnrecordError, StoreError
from domain.events.base import Event, Recorded, Stored
from domain.events.codec import decode, fingerprint
from domain.ports import EventLog, Parked, Progress
from domain.projections.agents import AgentsProjection
from domain.projections.articles import ArticlesProjection
from domain.projections.overlay import Overlay, StoredRowsError
from domain.projections.projection import Projection, StreamReader
from domain.projections.rows import Changes, StoredRows
from domain.projections.standing import JudgedStandings, Standings
from domain.projections.topic_fold import TopicsProjection
from domain.services.log_pages import read_whole_stream
from domain.services.recorded_events import RecordedEvents

Read = tuple[Stored, Recorded[Event]]
"""An event as it is stored, and as it was read."""
PAGE = 500
"""Events a page; a page is one transaction of the read models."""
AT_ONCE = 256
"""Events that are decoded one after another before they are folded: decoding and folding
in turns drive each other's code and data out of the caches of a processor."""
POSITIONS = 20_000
"""Positions that are kept in memory between pages."""


def stream_reader(log: EventLog) -> StreamReader:
    """Return a reader of the events of a stream that can be decoded."""

    def read(stream: str, until: int) -> Iterator[Recorded[Event]]:
        for stored in read_whole_stream(log, stream, until=until):
            try:
                yield decode(stored)
            except OnrecordError:
                continue  # parked when it came

    return read


class LogReader(RecordedEvents):
    """Reads earlier events: of a stream, or by their seqs."""

    def __init__(self, log: EventLog) -> None:
        super().__init__(log)
        self.stream = stream_reader(log)


class Folding:
    """All projections together, folded up to ``progress``.

    Rows are read from what is stored, under the changes that were not yet handed over.
    """

    def __init__(
        self,
        log: EventLog,
        progress: Progress | None = None,
        *,
        most: int | None = POSITIONS,
        standings: Standings | None = None,
    ) -> None:
        """Go on from ``progress``, and keep at most so many positions in memory.

        None keeps all, for a fold from nothing of which nothing is stored meanwhile.
        """
        self.progress = progress or Progress()
        self._rows, self._log = Overlay(), LogReader(log)
        standings = standings or JudgedStandings(self._log.stream)
        self._projections: tuple[Projection, ...] = (
            TopicsProjection(self._rows, self._log, standings, most=most),
            ArticlesProjection(self._rows),
            AgentsProjection(self._rows),
        )
        self._of = {kind: each for each in self._projections for kind in each.kinds}

    def take_in(
        self, page: Sequence[Stored], stored: StoredRows | None = None
    ) -> list[Parked]:
        """Fold a page over what is stored; return the events that were parked."""
        if stored is not None:
            self._rows.stored = stored
        try:
            return self._take_in(page, stored)
        except StoredRowsError as error:
            raise error.__cause__ or error from None  # in the words of the store

    def _take_in(
        self, page: Sequence[Stored], stored: StoredRows | None
    ) -> list[Parked]:
        parked: list[Parked] = []
        read: Iterable[Read] = (
            (event, each) for event in page if (each := _read(event, parked))
        )
        read = _ahead(read) if stored is None else self._expect(list(read))
        for event, recorded in read:
            self._log.keep((recorded,))
            if refusal := self._apply(event, recorded):
                parked.append(refusal)
        for projection in self._projections:
            projection.settle()
        self.progress = progress_at(page[-1])
        return sorted(parked, key=lambda each: each.seq)

    def _expect(self, read: list[Read]) -> list[Read]:
        """Tell what comes, so that the store is asked few questions."""
        own: dict[Projection, list[Recorded[Event]]] = defaultdict(list)
        for _, recorded in read:
            if projection := self._projection(recorded):
                own[projection].append(recorded)
        for projection, events in own.items():
            projection.expect(events)
        return read

    def hand_over(self) -> Changes:
        """Return the changes of the rows since the last time."""
        return self._rows.hand_over()

    def _projection(self, recorded: Recorded[Event]) -> Projection | None:
        """Return the projection that takes an event in, if any does."""
        return self._of.get(recorded.stream.partition(":")[0])

    def _apply(self, stored: Stored, recorded: Recorded[Event]) -> Parked | None:
        try:
            if projection := self._projection(recorded):
                projection.apply(recorded)
        except (StoreError, StoredRowsError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 (no event may stop the others)
            return _parked(stored, error)
        return None


def _ahead(read: Iterable[Read]) -> Iterator[Read]:
    """Yield events that are decoded some at a time, before the first of them is folded."""
    left = iter(read)
    while some := list(islice(left, AT_ONCE)):
        yield from some


def _read(stored: Stored, parked: list[Parked]) -> Recorded[Event] | None:
    try:
        return decode(stored)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 (no event may stop the others)
        parked.append(_parked(stored, error))
        return None


def _parked(stored: Stored, error: Exception) -> Parked:
    known = isinstance(error, OnrecordError)
    told = str(error) if known else f"{type(error).__name__}: {error}"
    return Parked(stored.seq, stored.stream, stored.name, told)


def progress_at(last: Stored) -> Progress:
    """Return the progress of a fold whose last event is this."""
    return Progress(last.seq, fingerprint(last))


def refold(
    log: EventLog,
    *,
    until: int | None = None,
    page: int = PAGE,
    tick: Callable[[int], object] = lambda _: None,
) -> tuple[Changes, list[Parked], int]:
    """Fold the log from nothing, storing nothing; return all steps of all rows.

    ``tick`` is told the number of events of each page; their sum comes last.
    """
    folding, parked, events = Folding(log, most=None), list[Parked](), 0
    while found := log.read(after=folding.progress.seq, until=until, limit=page):
        parked += folding.take_in(found)
        events += len(found)
        tick(len(found))
    return folding.hand_over(), parked, events
