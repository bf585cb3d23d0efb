"""The same history as a user of the eventsourcing library would keep it.

Its own JSON transcoder over events that say as much: id, actor, causation, and all that
ours hold, as plain dictionaries that nothing checks. A topic is an aggregate which keeps
its statements and the decisions on them; it makes no positions. So what the library does
here is less than what it is compared with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import StoredEvent

from domain.events.base import Event, Recorded
from domain.events.codec import decode
from domain.ports import EventLog
from domain.services.log_pages import read_all
from tests.benchmarks.history.store import Store, bar

PAGE = 1000
"""Events of a page, and of a transaction of the building."""
TOPIC = "topic:"


class Topic(Aggregate):
    """A topic of the library: its statements, and what was decided of each."""

    def __init__(self) -> None:
        self.statements: dict[str, Any] = {}
        self.decided: dict[tuple[str, str], Any] = {}
        self.others: list[Any] = []

    @dataclass(frozen=True)
    class Fact(Aggregate.Event):
        """Any event of ours, with all that it says."""

        fact: str
        id: str
        actor: dict[str, Any]
        causation: str | None
        data: dict[str, Any]

        def apply(self, aggregate: Any) -> None:
            """Take in a fact."""
            statement = self.data.get("statement")
            match self.fact:
                case "statement-attributed.v1":
                    aggregate.statements[statement] = self.data
                case "statement-withdrawn.v1":
                    aggregate.statements.pop(statement, None)
                case _ if statement:
                    aggregate.decided[statement, self.fact] = self.data
                case _:
                    aggregate.others.append(self.data)


def opened(store: Store) -> Application[UUID]:
    """Open the library's store of a history; fill it where it is not there."""
    fresh = not store.library.exists()
    library: Application[UUID] = Application(
        {
            "PERSISTENCE_MODULE": "eventsourcing.sqlite",
            "SQLITE_DBNAME": str(store.library),
        }
    )
    if fresh:
        with store.opened() as log:
            _fill(library, log, store.events)
    return library


def _fill(library: Application[UUID], log: EventLog, events: int) -> None:
    rows: list[StoredEvent] = []
    with bar(events, "the same for the library") as shown:
        for stored in read_all(log):
            rows += map(library.mapper.to_stored_event, _as_library(decode(stored)))
            if len(rows) >= PAGE:
                library.recorder.insert_events(rows)
                shown.update(len(rows))
                rows.clear()
    library.recorder.insert_events(rows)


def _as_library(recorded: Recorded[Event]) -> Iterator[Any]:
    """Yield an event as the library has it; the first of a topic makes the aggregate."""
    of, version = uuid5(NAMESPACE_URL, recorded.stream), recorded.version
    if recorded.stream.startswith(TOPIC):
        if version == 1:
            yield Topic.Created(
                originator_id=of,
                originator_version=1,
                originator_topic="tests.benchmarks.history.library:Topic",
                timestamp=recorded.recorded_at,
            )
        version += 1
    yield Topic.Fact(
        originator_id=of,
        originator_version=version,
        timestamp=recorded.recorded_at,
        fact=recorded.event.name,
        id=recorded.id,
        actor=recorded.actor.model_dump(mode="json"),
        causation=recorded.causation,
        data=recorded.event.model_dump(mode="json"),
    )


def read_all_facts(library: Application[UUID]) -> int:
    """Read the whole log as the library does: pages of notifications, each mapped."""
    start, found = 1, 0
    while page := library.recorder.select_notifications(start, PAGE):
        for each in page:
            library.mapper.to_domain_event(each)
        found += len(page)
        start = page[-1].id + 1
    return found


def get_all(library: Application[UUID], streams: list[str]) -> int:
    """Get the aggregates of all topics, one after another."""
    return sum(
        library.repository.get(uuid5(NAMESPACE_URL, stream)).version
        for stream in streams
    )
