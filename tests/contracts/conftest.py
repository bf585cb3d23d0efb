"""Stores that the contracts are held against."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from adapters.eventlog.memory import MemoryEventLog
from adapters.eventlog.postgresql import PostgresEventLog
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.postgresql import Address
from adapters.views.postgresql import PostgresViewStore
from adapters.views.sqlite import SQLiteViewStore
from domain.ports import Clock, GroupLog, ViewStore
from tests.support.stores import KINDS, OpenLog, SteppingClock
from tests.support.view_rows import Open


@pytest.fixture(params=KINDS)
def open_log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenLog]:
    """Return a way to open a fresh log of each kind."""
    with ExitStack() as stack:

        def open_one(clock: Clock) -> GroupLog:
            match request.param:
                case "memory":
                    return MemoryEventLog(clock)
                case "sqlite":
                    path = tmp_path / "log.db"
                    return stack.enter_context(SQLiteEventLog(path, clock))
                case _:
                    address = Address(request.getfixturevalue("database"))
                    return stack.enter_context(PostgresEventLog(address, clock))

        yield open_one


@pytest.fixture
def log(open_log: OpenLog) -> GroupLog:
    """Return an empty log."""
    return open_log(SteppingClock())


@pytest.fixture(params=KINDS[1:])
def open_views(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Return a way to open one store, as often as processes would."""

    def open_one() -> ViewStore:
        if request.param == "sqlite":
            return stack.enter_context(SQLiteViewStore(tmp_path / "views.db"))
        return stack.enter_context(PostgresViewStore(address))

    if request.param != "sqlite":
        address = Address(request.getfixturevalue("database"))
    with ExitStack() as stack:
        yield open_one


@pytest.fixture
def views(open_views: Open) -> ViewStore:
    """Return empty read models."""
    return open_views()
