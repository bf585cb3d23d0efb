"""What every event is, and what the log adds to it.

An event is a fact in the past tense, frozen, under a short versioned name that is
never a Python path. A new shape is a new name (``.v2``) with an upcaster in the
registry; stored bytes are never rewritten.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Generic, TypeVar

import msgspec

from domain.model.ids import EventId
from domain.model.value import Value
from domain.model.word import Word


class Event(Value):
    """A fact. Subclasses set ``name`` and may tell what makes them the same fact."""

    name: ClassVar[str]

    def identity(self) -> str | None:
        """Return what makes this the same fact wherever in its stream it stands.

        None means that its place in the stream is part of its identity: a decision
        may be taken twice, an article is captured once.
        """
        return None


class ActorKind(Word):
    """Who or what may cause an event."""

    RULE = "rule"
    MODEL = "model"
    PERSON = "person"


class Actor(Value):
    """Who or what caused an event, with its version."""

    kind: ActorKind
    name: str
    version: str | None = None


EventT_co = TypeVar("EventT_co", bound=Event, covariant=True)


class Stored(msgspec.Struct, frozen=True, gc=False):
    """An event as it lies in the log: a name and bytes, at a place.

    ``seq`` is the global sequence number (from 1, ascending, never re-used),
    ``version`` the place in the stream (from 1, without gaps).
    """

    seq: int
    stream: str
    version: int
    name: str
    state: bytes


class Recorded(msgspec.Struct, Generic[EventT_co], frozen=True):
    """An event with what the log knows of it.

    ``digest`` is that of its stored bytes, empty where it was never stored: what is
    derived from an event names it, so that no other event can take its place unseen.
    """

    seq: int
    stream: str
    version: int
    id: EventId
    recorded_at: datetime
    actor: Actor
    causation: str | None
    event: EventT_co
    digest: str = ""
