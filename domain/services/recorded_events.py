"""Events by their seq, decoded once: the log never changes, so what was read stays true.

Rows of statements say which events they are read with. Those of one answer are asked for
together; some that were read are kept, up to a bound.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager

from domain.errors import StoreUnavailableError, UndecodableEventError
from domain.events.base import Event, Recorded
from domain.events.codec import decode
from domain.ports import EventLog
from domain.positions.live import LiveStatement, WithdrawnStatement
from domain.projections.statements import Events, StatementRow, WithdrawnRow
from domain.projections.topic_part import all_at

KEPT = 2_000
"""Events that are kept, some kilobytes each."""
ASKED = 1_000
"""Events that are asked for at once."""


class RecordedEvents:
    """Reads events by their seqs."""

    def __init__(self, log: EventLog, *, kept: int = KEPT) -> None:
        """Read from a log; keep so many events."""
        self._log, self._most = log, kept
        self._kept: dict[int, Recorded[Event]] = {}

    def at(self, seqs: Collection[int]) -> Events:
        """Return the events at these seqs; what the log has not is left out.

        Raises:
            UndecodableEventError: one of them cannot be read.
        """
        known = ((seq, self._kept.get(seq)) for seq in seqs)
        found = {seq: recorded for seq, recorded in known if recorded is not None}
        missing = sorted({seq for seq in seqs if seq not in found})
        for start in range(0, len(missing), ASKED):
            for stored in self._log.at(missing[start : start + ASKED]):
                found[stored.seq] = decode(stored)
        self.keep(found[seq] for seq in missing if seq in found)
        return found

    def forget(self) -> None:
        """Read anew what is asked for next."""
        self._kept = {}

    def keep(self, events: Iterable[Recorded[Event]]) -> None:
        """Keep events that were just read; if they are too many, half of them go.

        Threads may share this: what one of them forgets is read again.
        """
        for each in events:
            self._kept[each.seq] = each
        if len(self._kept) > self._most:
            last = list(self._kept.items())[-self._most // 2 :]
            self._kept = dict(last)


class StatementReader:
    """Makes statements of rows, with the events that they are read with.

    Rows name the digests of these. Where the log says something else, nothing is made
    of it: those words are not what was folded.
    """

    def __init__(self, log: EventLog) -> None:
        self._events = RecordedEvents(log)

    def live(self, bodies: Iterable[bytes]) -> tuple[LiveStatement, ...]:
        """Return the statements of rows, in their order.

        Raises:
            StoreUnavailableError: the log has other events than those that were folded.
        """
        rows = [StatementRow.read(body) for body in bodies]
        events = self._of(rows)
        return tuple(row.live(events) for row in rows)

    def withdrawn(self, bodies: Iterable[bytes]) -> tuple[WithdrawnStatement, ...]:
        """Return the withdrawn statements of rows, in their order.

        Raises:
            StoreUnavailableError: the log has other events than those that were folded.
        """
        rows = [WithdrawnRow.read(body) for body in bodies]
        events = self._of(rows)
        return tuple(row.withdrawn(events) for row in rows)

    def listed(self, seqs: Collection[int]) -> list[Recorded[Event]]:
        """Return the events that a row lists, in the order of the log.

        Raises:
            DamagedRowError: the log has not all of them.
            StoreUnavailableError: one of them cannot be read.
        """
        with _readable():
            return all_at(self._events, seqs)

    def _of(self, rows: Sequence[StatementRow | WithdrawnRow]) -> Events:
        """Return the events of rows; what was kept may be of a log that was replaced."""
        seqs = [seq for row in rows for seq in row.seqs]
        with _readable():
            return self._checked(rows, seqs)

    def _checked(
        self, rows: Sequence[StatementRow | WithdrawnRow], seqs: Sequence[int]
    ) -> Events:
        events = self._events.at(seqs)
        if not all(_are_of(row, events) for row in rows):
            self._events.forget()
            events = self._events.at(seqs)
            for row in rows:
                if not _are_of(row, events):
                    message = (
                        f"the log has other events at {' '.join(map(str, row.seqs))} "
                        "than those that were folded: see what onrecord replay says"
                    )
                    raise StoreUnavailableError(message)
        return events


@contextmanager
def _readable() -> Iterator[None]:
    """Say what to do about an event that cannot be read."""
    try:
        yield
    except UndecodableEventError as error:
        message = f"{error}: see what onrecord replay says"
        raise StoreUnavailableError(message) from error


def _are_of(row: StatementRow | WithdrawnRow, events: Events) -> bool:
    """Tell whether events are those of which a row was made."""
    found = (events.get(seq) for seq in row.seqs)
    return row.digests == tuple([each.digest if each else "" for each in found])
