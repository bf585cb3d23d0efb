"""Trying again where SQLite is busy, within bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from eventsourcing.persistence import PersistenceError

from adapters.patience import try_while
from adapters.sqlite import dbapi

T = TypeVar("T")


def while_busy(work: Callable[[], T]) -> T:
    """Return what the work returns; while the store is busy, try again, within bounds."""
    return try_while(_is_busy, work)


def _is_busy(error: Exception) -> bool:
    said = str(error)
    return isinstance(error, PersistenceError | dbapi.Error) and (
        "locked" in said or "busy" in said
    )
