"""The event log in memory: for tests, and to try things without a file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from threading import Lock

from adapters.eventlog.batch import (
    Group,
    Known,
    Placed,
    already_stored,
    instant,
    microseconds,
    names_one,
    only,
    place,
)
from adapters.eventlog.listeners import Listeners, Told
from domain.events.base import Stored
from domain.model.ids import EventId
from domain.ports import Answer, Batch, Clock, Seen


class MemoryEventLog:
    """Keeps the log in a list; what it acknowledged is gone with the process."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._listeners = clock, Listeners()
        self._log: list[Stored] = []
        self._times: list[int] = []
        self._streams: dict[str, list[Stored]] = {}
        self._keys: dict[EventId, int] = {}
        self._lock = Lock()

    def append(self, batch: Batch) -> int:
        """Store all events of the batch, or none."""
        return only(self.append_all([batch]))

    def append_all(self, batches: Sequence[Batch]) -> Sequence[Answer]:
        """Store all batches but those that conflict."""
        placed = [place(batch) for batch in batches]
        with self._lock:
            last = self._times[-1] if self._times else 0
            now = max(microseconds(self._clock.now()), last + 1)
            group = Group(
                seq=len(self._log),
                now=instant(now),
                versions={s: len(events) for s, events in self._streams.items()},
                stored=self._known(each for some in placed for each in some),
                named=self._named,
            )
            answers = [*map(group.take, batches, placed)]
            for identifier, row in group.rows:
                self._log.append(row)
                self._times.append(now)
                self._streams.setdefault(row.stream, []).append(row)
                self._keys[identifier] = row.seq
        self._listeners.tell(len(self._log))
        return answers

    def find(self, batch: Batch) -> int | None:
        """Return the last seq of a batch that is stored, None if none of it is."""
        placed = place(batch)
        with self._lock:
            return already_stored(placed, self._known(placed))

    def _named(self, seen: Seen) -> bool:
        return names_one(seen.ids, (each.state for each in self._log[seen.seq :]))

    def _known(self, placed: Iterable[Placed]) -> dict[EventId, Known]:
        return {
            each.id: (seq, self._log[seq - 1].state)
            for each in placed
            if (seq := self._keys.get(each.id))
        }

    def read(
        self,
        *,
        after: int = 0,
        until: int | None = None,
        limit: int = 500,
        names: Collection[str] = (),
        outside: str = "",
    ) -> Sequence[Stored]:
        """Return events by seq."""
        wanted = (
            stored
            for stored in self._log[after:until]
            if not names or stored.name in names
            if not outside or not stored.stream.startswith(outside)
        )
        return [stored for stored, _ in zip(wanted, range(limit), strict=False)]

    def at(self, seqs: Collection[int]) -> Sequence[Stored]:
        """Return the events at these seqs."""
        there = range(1, len(self._log) + 1)
        return [self._log[seq - 1] for seq in sorted(set(seqs)) if seq in there]

    def read_stream(
        self, stream: str, *, after: int = 0, limit: int = 500
    ) -> Sequence[Stored]:
        """Return events of a stream by version."""
        return self._streams.get(stream, [])[after : after + limit]

    def streams(self, beginning: str) -> Sequence[str]:
        """Return the streams whose name begins so."""
        return sorted(each for each in self._streams if each.startswith(beginning))

    def version(self, stream: str, *, until: int | None = None) -> int:
        """Return the version of a stream."""
        events = self._streams.get(stream, [])
        if until is None:
            return len(events)
        return bisect_right(events, until, key=lambda each: each.seq)

    def head(self) -> int:
        """Return the highest seq."""
        return len(self._log)

    def seq_at(self, moment: datetime) -> int:
        """Return the highest seq recorded at or before an instant."""
        return bisect_right(self._times, microseconds(moment))

    def check(self) -> None:
        """Take everything in."""

    def listen(self, told: Told) -> AbstractContextManager[None]:
        """Tell of each append through this object; others' are not heard here."""
        return self._listeners.listen(told)
