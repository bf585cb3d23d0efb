"""How batches are recorded in a database, whichever it is: in one open transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol, TypeVar

from adapters.eventlog.batch import Group, Known, Placed, instant, microseconds, quoted
from domain.errors import ConflictError
from domain.events.base import Stored
from domain.model.ids import EventId
from domain.ports import Answer, Batch, Seen

Offered = Sequence[tuple[Batch, list[Placed]]]
"""Batches with their events as they were placed."""
Cursor_contra = TypeVar("Cursor_contra", contravariant=True)


class Standing(NamedTuple):
    """Where a log and some of its streams stand.

    ``recorded_at`` is when the last seq was recorded, in microseconds.
    """

    seq: int
    recorded_at: int
    versions: Mapping[str, int]


class Recorder(Protocol[Cursor_contra]):
    """What a store reads and writes in a transaction that nobody else writes beside."""

    def standing(self, c: Cursor_contra, streams: Sequence[str]) -> Standing:
        """Return where the log and some streams stand."""
        ...

    def known(self, c: Cursor_contra, ids: Sequence[EventId]) -> dict[EventId, Known]:
        """Return seq and state of those ids that are in the log."""
        ...

    def names(self, c: Cursor_contra, after: int, quoted: Sequence[bytes]) -> bool:
        """Tell whether an event after a seq has one of some stretches of bytes."""
        ...

    def insert(
        self, c: Cursor_contra, rows: Sequence[tuple[EventId, Stored]], recorded_at: int
    ) -> None:
        """Insert events with their ids and seqs."""
        ...


def record(
    recorder: Recorder[Cursor_contra],
    c: Cursor_contra,
    clock: Callable[[], datetime],
    offered: Offered,
    *,
    look: bool,
) -> tuple[list[Answer], int]:
    """Record what is offered; return the answers and the last seq.

    Hardly ever is anything of it stored already. So it is looked for where a batch is
    refused without that; elsewhere the store finds an id twice, and is told to ``look``.
    """
    streams = {append.stream for batch, _ in offered for append in batch.appends}
    seq, recorded, versions = recorder.standing(c, [*streams])
    now = max(microseconds(clock()), recorded + 1)

    def named(seen: Seen) -> bool:
        return seen.seq < seq and recorder.names(c, seen.seq, quoted(seen.ids))

    def judged(stored: Mapping[EventId, Known]) -> tuple[Group, list[Answer]]:
        group = Group(
            seq=seq, now=instant(now), versions=versions, stored=stored, named=named
        )
        return group, [group.take(*each) for each in offered]

    group, answers = judged({})
    if look or any(isinstance(answer, ConflictError) for answer in answers):
        ids = [each.id for _, placed in offered for each in placed]
        group, answers = judged(recorder.known(c, ids))
    recorder.insert(c, group.rows, now)
    return answers, seq + len(group.rows)
