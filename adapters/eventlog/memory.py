"""The event log in memory: for tests, and to try things without a file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import datetime
from threading import Lock

from adapters.eventlog.batch import already_stored, instant, microseconds, place
from adapters.eventlog.mapper import EventMapper
from domain.errors import ConflictError
from domain.events.base import Stored
from domain.model.ids import EventId
from domain.ports import Batch, Clock


class MemoryEventLog:
    """Keeps the log in a list; what it acknowledged is gone with the process."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._mapper = clock, EventMapper()
        self._log: list[Stored] = []
        self._times: list[int] = []
        self._streams: dict[str, list[Stored]] = {}
        self._keys: dict[EventId, int] = {}
        self._lock = Lock()

    def append(self, batch: Batch) -> int:
        """Store all events of the batch, or none."""
        placed = place(batch)
        with self._lock:
            known = {
                each.id: (seq, self._log[seq - 1].state)
                for each in placed
                if (seq := self._keys.get(each.id))
            }
            if (seq := already_stored(placed, known)) is not None:
                return seq
            for append in batch.appends:
                if (found := self.version(append.stream)) != append.expected:
                    raise ConflictError(append.stream, append.expected, found)
            now = max([microseconds(self._clock.now()), *self._times[-1:]])
            for each in placed:
                row = self._mapper.to_stored_event(each.recorded(batch, instant(now)))
                stored = Stored(
                    len(self._log) + 1, each.stream, each.version, row.topic, row.state
                )
                self._log.append(stored)
                self._times.append(now)
                self._streams.setdefault(each.stream, []).append(stored)
                self._keys[each.id] = stored.seq
            return len(self._log)

    def read(
        self,
        *,
        after: int = 0,
        until: int | None = None,
        limit: int = 500,
        names: Collection[str] = (),
    ) -> Sequence[Stored]:
        """Return events by seq."""
        wanted = (
            stored
            for stored in self._log[after:until]
            if not names or stored.name in names
        )
        return [stored for stored, _ in zip(wanted, range(limit), strict=False)]

    def read_stream(
        self, stream: str, *, after: int = 0, limit: int = 500
    ) -> Sequence[Stored]:
        """Return events of a stream by version."""
        return self._streams.get(stream, [])[after : after + limit]

    def version(self, stream: str) -> int:
        """Return the version of a stream."""
        return len(self._streams.get(stream, ()))

    def head(self) -> int:
        """Return the highest seq."""
        return len(self._log)

    def seq_at(self, moment: datetime) -> int:
        """Return the highest seq recorded at or before an instant."""
        return bisect_right(self._times, microseconds(moment))
