"""Statements are read with the events that were folded, and with no others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from adapters.eventlog.memory import MemoryEventLog
from adapters.views.sqlite import SQLiteViewStore
from domain.errors import StoreUnavailableError
from domain.model.ids import topic_stream
from domain.services.projecting import Projector
from domain.services.timelines import TimelineQuery, Timelines
from tests.support.facts import TOPIC, attributed, opened, posed, reading
from tests.support.stores import SteppingClock, append

QUERY = TimelineQuery(topic=TOPIC)


class Replaced:
    """A log in whose place another is put, as where a replica takes over."""

    def __init__(self, log: MemoryEventLog) -> None:
        self.log = log

    def __getattr__(self, name: str) -> Any:
        """Do what the log does that is there now."""
        return getattr(self.log, name)


@pytest.fixture
def views(tmp_path: Path) -> Iterator[SQLiteViewStore]:
    """Return empty read models."""
    with SQLiteViewStore(tmp_path / "views.db") as store:
        yield store


def spoken_by(speaker: str) -> MemoryEventLog:
    """Return a log with one statement."""
    log = MemoryEventLog(SteppingClock())
    told = attributed(1, "2031-02-01", reading(1), speaker=speaker)
    append(log, topic_stream(TOPIC), opened(), posed(), told)
    return log


def test_words_of_a_log_that_was_replaced_are_not_shown(views: SQLiteViewStore) -> None:
    """What was kept of an event goes where the log has another one at its seq."""
    log: Any = Replaced(spoken_by("vesna-orlin"))
    timelines, projector = Timelines(log, views), Projector(log, views)
    projector.catch_up()
    timelines.read(QUERY)
    log.log = spoken_by("tarek-mool")
    projector.catch_up()
    (found,) = timelines.read(QUERY).statements
    assert found.statement.identification.agent == "tarek-mool"


def test_words_that_were_changed_in_the_log_are_not_shown(
    views: SQLiteViewStore,
) -> None:
    """Rows name the digests of their events: another speaker is not put to a position."""
    log = spoken_by("vesna-orlin")
    Projector(log, views).catch_up()
    told = log.at([3])[0]
    changed = told.state.replace(b"vesna-orlin", b"tarek-mool")
    log._log[2] = replace(told, state=changed)
    with pytest.raises(StoreUnavailableError, match="has other events at 3 "):
        Timelines(log, views).read(QUERY)


def test_words_that_the_log_has_no_more_are_told(views: SQLiteViewStore) -> None:
    """Until the read models are emptied, reading them says what is wrong."""
    log: Any = Replaced(spoken_by("vesna-orlin"))
    Projector(log, views).catch_up()
    log.log = MemoryEventLog(SteppingClock())
    with pytest.raises(StoreUnavailableError, match="has other events at 3 "):
        Timelines(log, views).read(QUERY)
