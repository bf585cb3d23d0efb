"""What every store does with batches: ids, places, and the check of what is there.

A store reads where the streams of some batches stand, and what it holds of their ids
where that may be anything, lets ``Group`` judge them one after the other, and writes
the rows that came of it: all in one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta

import msgspec

from domain.errors import ConflictError, NamedMeanwhileError
from domain.events.base import Actor, Stored
from domain.events.codec import Provenance, content_of, enclose, event_id, head_of
from domain.model.ids import EventId
from domain.ports import AlreadyStored, Answer, Batch, Seen

Known = tuple[int, bytes]
"""Seq and state of an event that is stored."""
UNKNOWN = (
    "whether this was recorded is not known: offer the same again, what is on record "
    "is not recorded twice"
)
"""Said where a transaction failed that may be on the disk all the same."""


class Placed(msgspec.Struct, frozen=True, gc=False):
    """An event of a batch: the place that it asks for, its id, and its JSON."""

    stream: str
    version: int
    id: EventId
    name: str
    content: bytes


def place(batch: Batch) -> list[Placed]:
    """Return the events of a batch with their places and ids."""
    placed = []
    for append in batch.appends:
        stream = append.stream
        for version, event in enumerate(append.events, start=append.expected + 1):
            content = content_of(event)
            identifier = event_id(stream, version, event, content)
            placed.append(Placed(stream, version, identifier, event.name, content))
    return placed


class Group:
    """Batches that go into one transaction, each judged after those before it.

    ``seq`` is the last that was given out, ``versions`` where the streams of the
    batches stand, ``stored`` what is in the log under their ids, ``now`` the time of
    recording; ``named`` tells whether the log has an event after a seq that names one of
    some ids. ``rows`` are what is to be written, with the id of each.
    """

    def __init__(
        self,
        *,
        seq: int,
        now: datetime,
        versions: Mapping[str, int],
        stored: Mapping[EventId, Known],
        named: Callable[[Seen], bool],
    ) -> None:
        self._named = named
        self.rows: list[tuple[EventId, Stored]] = []
        self._seq, self._now = seq, now
        self._versions, self._stored = dict(versions), dict(stored)
        self._heads: dict[tuple[Actor, str | None], bytes] = {}

    def take(self, batch: Batch, placed: list[Placed]) -> Answer:
        """Take in a batch, or tell why not; a refused one leaves nothing behind."""
        try:
            check_itself(placed)
            if (seq := already_stored(placed, self._stored)) is not None:
                return seq
            self._check_versions(batch)
            self._check_seen(batch)
        except ConflictError as conflict:
            return conflict
        self._add(batch, placed)
        return self._seq

    def _check_versions(self, batch: Batch) -> None:
        for append in batch.appends:
            if (found := self._versions.get(append.stream, 0)) != append.expected:
                raise ConflictError(append.stream, append.expected, found)

    def _check_seen(self, batch: Batch) -> None:
        if (seen := batch.seen) is None:
            return
        ours = (row.state for _, row in self.rows)
        if names_one(seen.ids, ours) or self._named(seen):
            first = batch.appends[0]
            raise NamedMeanwhileError(first.stream, first.expected, seen.seq)

    def _add(self, batch: Batch, placed: list[Placed]) -> None:
        head = self._head(batch.actor, batch.causation)
        for seq, each in enumerate(placed, start=self._seq + 1):
            state = enclose(each.id, head, each.content)
            row = Stored(seq, each.stream, each.version, each.name, state)
            self.rows.append((each.id, row))
            self._stored[each.id] = (seq, state)
        self._seq += len(placed)
        for append in batch.appends:
            self._versions[append.stream] = append.expected + len(append.events)

    def _head(self, actor: Actor, causation: str | None) -> bytes:
        """Return what the events of a batch share, written once for all batches alike."""
        if (head := self._heads.get((actor, causation))) is None:
            head = head_of(Provenance(actor, causation, self._now))
            self._heads[actor, causation] = head
        return head


def quoted(ids: Iterable[str]) -> list[bytes]:
    """Return ids as they stand in the JSON of events that name them."""
    return [json.dumps(each, ensure_ascii=False).encode() for each in sorted(ids)]


def names_one(ids: Iterable[str], states: Iterable[bytes]) -> bool:
    """Tell whether an event, by its stored bytes, names one of some ids."""
    wanted = quoted(ids)
    return any(each in state for state in states for each in wanted)


def check_itself(placed: Collection[Placed]) -> None:
    """Refuse a batch that is at odds with itself.

    Raises:
        ConflictError: two of its events claim one place, or are one fact.
    """
    ids = {each.id for each in placed}
    places = {(each.stream, each.version) for each in placed}
    if len(ids) == len(places) == len(placed):
        return
    for each in placed:
        if each.id not in ids or (each.stream, each.version) not in places:
            raise ConflictError(each.stream, each.version - 1)
        ids.remove(each.id)
        places.remove((each.stream, each.version))


def already_stored(
    placed: list[Placed], stored: Mapping[EventId, Known]
) -> AlreadyStored | None:
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
        if told != json.loads(each.content):
            raise ConflictError(each.stream, each.version - 1)
    return AlreadyStored(max(stored[each.id][0] for each in placed))


def only(answers: Iterable[Answer]) -> int:
    """Return the seq that a single batch was answered with.

    Raises:
        ConflictError: it was answered with that.
    """
    (answer,) = answers
    if isinstance(answer, ConflictError):
        raise answer
    return answer


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(instant: datetime) -> int:
    """Return an instant as whole microseconds since 1970, as stores compare it."""
    return (instant - _EPOCH) // _MICROSECOND


def instant(microseconds: int) -> datetime:
    """Return the instant of so many microseconds since 1970."""
    return _EPOCH + microseconds * _MICROSECOND
