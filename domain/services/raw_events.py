"""Read the raw events of a topic, page by page; nothing is interpreted."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors import NotFoundError
from domain.events.base import Stored
from domain.model.ids import TopicId, topic_stream
from domain.ports import EventLog


@dataclass(frozen=True, slots=True)
class EventPage:
    """Some events of a stream; ``version`` is where the stream stands."""

    events: tuple[Stored, ...]
    version: int


class RawEvents:
    """Gives auditors what is stored, as it is stored."""

    def __init__(self, log: EventLog) -> None:
        self._log = log

    def of_topic(self, topic: TopicId, *, after: int, limit: int) -> EventPage:
        """Return at most ``limit`` events of a topic with a version above ``after``.

        Raises:
            NotFoundError: no such topic.
        """
        stream = topic_stream(topic)
        version = self._log.version(stream)
        if not version:
            raise NotFoundError("topic", topic)
        events = self._log.read_stream(stream, after=after, limit=limit)
        return EventPage(tuple(events), version)
