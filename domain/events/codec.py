"""Events to bytes and back: the one place that knows the stored form.

The stored state is one JSON object ``{id, recorded_at, actor, causation, data}``;
the name stands beside it. ``recorded_at`` is inside the bytes because reading as of
a past moment depends on it. The id is derived, so that storing the same fact again
is recognised: from the fact's identity, or from its place and content.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    SerializeAsAny,
    ValidationError,
    create_model,
)

from domain.errors import UndecodableEventError
from domain.events.base import Actor, Event, Recorded, Stored
from domain.events.registry import event_class, upcast
from domain.model.ids import EventId


class _Envelope(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: EventId
    recorded_at: AwareDatetime
    actor: Actor
    causation: str | None
    data: SerializeAsAny[Event]


@cache
def _envelope(event: type[Event]) -> type[_Envelope]:
    return create_model(
        f"{event.__name__}Envelope", __base__=_Envelope, data=(event, ...)
    )


def content_of(event: Event) -> bytes:
    """Return the JSON of an event alone, as it lies in the stored state."""
    return event.__pydantic_serializer__.to_json(event)


def event_id(
    stream: str, version: int, event: Event, content: bytes | None = None
) -> EventId:
    """Return the id of an event: equal for the same fact, in whatever process.

    ``content`` is the JSON of the event, where it is written already.
    """
    fact = f"onrecord-event/v1\n{event.name}\n{stream}\n"
    if identity := event.identity():
        digest = hashlib.sha256(f"{fact}={identity}".encode())
    else:
        digest = hashlib.sha256(f"{fact}#{version}\n".encode())
        digest.update(content or content_of(event))
    return EventId(digest.hexdigest()[:32])


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who recorded an event, because of what, and when."""

    actor: Actor
    causation: str | None
    recorded_at: datetime


class _Head(BaseModel):
    """The members of an envelope that all events of a batch share."""

    recorded_at: AwareDatetime
    actor: Actor
    causation: str | None


def head_of(provenance: Provenance) -> bytes:
    """Return the JSON of what all events of a batch share, without its braces."""
    head = _Head(
        recorded_at=provenance.recorded_at,
        actor=provenance.actor,
        causation=provenance.causation,
    )
    return head.model_dump_json()[1:-1].encode()


def enclose(identifier: EventId, head: bytes, content: bytes) -> bytes:
    """Return the bytes that are stored for an event, given by its id and JSON.

    The JSON is put into the envelope as it is: writing it twice would cost more than
    all the rest of an append.
    """
    return b'{"id":"%b",%b,"data":%b}' % (identifier.encode(), head, content)


def encode(identifier: EventId, event: Event, provenance: Provenance) -> bytes:
    """Return the bytes that are stored for an event."""
    return enclose(identifier, head_of(provenance), content_of(event))


def fingerprint(stored: Stored) -> str:
    """Return what tells a stored event from all others, whatever bytes it holds."""
    place = f"{stored.seq}\n{stored.stream}\n{stored.version}\n{stored.name}\n"
    return hashlib.sha256(place.encode() + stored.state).hexdigest()[:32]


def recorded_at(stored: Stored) -> datetime:
    """Return when an event was recorded, without reading what it says.

    Raises:
        UndecodableEventError: the stored bytes are no envelope.
    """
    try:
        return _Head.model_validate_json(stored.state).recorded_at
    except ValidationError as error:
        message = f"{stored.name} at seq {stored.seq}: no envelope"
        raise UndecodableEventError(message) from error


def are_together(first: Stored, second: Stored) -> bool:
    """Tell whether two events were recorded in one transaction; not if one is unreadable."""
    try:
        return recorded_at(first) == recorded_at(second)
    except UndecodableEventError:
        return False


def decode(stored: Stored) -> Recorded[Event]:
    """Read an event from its stored bytes.

    Raises:
        UnknownEventError: the name is not in the registry.
        UndecodableEventError: the bytes are not that event.
    """
    try:
        envelope = _envelope(event_class(stored.name)).model_validate_json(stored.state)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole"
        message = f"{stored.name} at seq {stored.seq}: {where}: {first['msg']}"
        raise UndecodableEventError(message) from error
    try:
        event = upcast(envelope.data)
    except Exception as error:
        message = f"{stored.name} at seq {stored.seq}: cannot be upcast: {error}"
        raise UndecodableEventError(message) from error
    return Recorded(
        seq=stored.seq,
        stream=stored.stream,
        version=stored.version,
        id=envelope.id,
        recorded_at=envelope.recorded_at,
        actor=envelope.actor,
        causation=envelope.causation,
        event=event,
        digest=hashlib.sha256(stored.state).hexdigest()[:32],
    )
