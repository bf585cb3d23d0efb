"""Between the stored events of the eventsourcing library and those of the domain.

Stored are a short versioned name and the bytes of ``domain.events.codec``; the
library's transcoder, which would store Python paths, is not used.
"""

from __future__ import annotations

from typing import Any

from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from domain.events.base import Event, Recorded, Stored
from domain.events.codec import Provenance, decode, encode


class EventMapper(Mapper[str]):
    """Maps by the registry of event names."""

    def __init__(self) -> None:
        super().__init__(transcoder=JSONTranscoder())

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        """Return what is stored for a recorded event."""
        recorded: Recorded[Event] = domain_event
        provenance = Provenance(
            recorded.actor, recorded.causation, recorded.recorded_at
        )
        return StoredEvent(
            originator_id=recorded.stream,
            originator_version=recorded.version,
            topic=recorded.event.name,
            state=encode(recorded.id, recorded.event, provenance),
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """Return the recorded event; its seq is known to the log only and 0 here.

        Raises:
            UnknownEventError: the name is not in the registry.
            UndecodableEventError: the bytes are not that event.
        """
        return decode(
            Stored(
                seq=getattr(stored_event, "id", 0),
                stream=str(stored_event.originator_id),
                version=stored_event.originator_version,
                name=stored_event.topic,
                state=stored_event.state,
            )
        )
