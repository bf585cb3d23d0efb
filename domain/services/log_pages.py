"""Reading the log in pages, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from domain.events.base import Stored
from domain.ports import EventLog


def read_all(
    log: EventLog,
    *,
    after: int = 0,
    until: int | None = None,
    page: int = 1000,
    outside: str = "",
) -> Iterator[Stored]:
    """Yield the events of the log in pages, so that memory stays bounded."""
    while events := log.read(after=after, until=until, limit=page, outside=outside):
        yield from events
        after = events[-1].seq


def read_whole_stream(
    log: EventLog, stream: str, *, until: int | None = None, page: int = 1000
) -> Iterable[Stored]:
    """Yield the events of a stream in pages, up to and including a seq."""
    after = 0
    while events := log.read_stream(stream, after=after, limit=page):
        for stored in events:
            if until is not None and stored.seq > until:
                return
            yield stored
        after = events[-1].version


def last_at(
    log: EventLog, stream: str, seq: int, *, but: Collection[int] = ()
) -> Stored | None:
    """Return the last event of a stream up to and including a seq, None if none is.

    ``but`` are the seqs of events that do not count.
    """
    for version in range(log.version(stream, until=seq), 0, -1):
        (last,) = log.read_stream(stream, after=version - 1, limit=1)
        if last.seq not in but:
            return last
    return None
