"""What every store does with a batch: ids, places, and the check of what is there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.errors import ConflictError
from domain.events.base import Event, Recorded
from domain.events.codec import event_id
from domain.model.ids import EventId
from domain.ports import Batch


@dataclass(frozen=True, slots=True)
class Placed:
    """An event of a batch with the place that it asks for, and its id."""

    stream: str
    version: int
    id: EventId
    event: Event

    def recorded(self, batch: Batch, recorded_at: datetime) -> Recorded[Event]:
        """Return the event as it is recorded."""
        return Recorded(
            seq=0,
            stream=self.stream,
            version=self.version,
            id=self.id,
            recorded_at=recorded_at,
            actor=batch.actor,
            causation=batch.causation,
            event=self.event,
        )


def place(batch: Batch) -> list[Placed]:
    """Return the events of a batch with their places and ids.

    Raises:
        ConflictError: two of them claim one place, or are one fact.
    """
    placed = list(_placed(batch))
    seen: set[object] = set()
    for each in placed:
        if each.id in seen or (each.stream, each.version) in seen:
            raise ConflictError(each.stream, each.version - 1)
        seen |= {each.id, (each.stream, each.version)}
    return placed


def _placed(batch: Batch) -> Iterator[Placed]:
    for append in batch.appends:
        for version, event in enumerate(append.events, start=append.expected + 1):
            identifier = event_id(append.stream, version, event)
            yield Placed(append.stream, version, identifier, event)


def already_stored(
    placed: list[Placed], stored: Mapping[EventId, tuple[int, bytes]]
) -> int | None:
    """Return the highest seq of a batch that is stored already, None if none of it is.

    ``stored`` gives seq and state of the ids that are in the log.

    Raises:
        ConflictError: a part of the batch is stored, or other content under an id.
    """
    known = [each for each in placed if each.id in stored]
    if not known:
        return None
    if len(known) < len(placed):
        raise ConflictError(known[0].stream, known[0].version - 1)
    for each in placed:
        told = json.loads(stored[each.id][1])["data"]
        if told != json.loads(each.event.model_dump_json()):
            raise ConflictError(each.stream, each.version - 1)
    return max(stored[each.id][0] for each in placed)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(instant: datetime) -> int:
    """Return an instant as whole microseconds since 1970, as stores compare it."""
    return (instant - _EPOCH) // _MICROSECOND


def instant(microseconds: int) -> datetime:
    """Return the instant of so many microseconds since 1970."""
    return _EPOCH + microseconds * _MICROSECOND
