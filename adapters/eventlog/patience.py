"""Trying again where SQLite is busy, within bounds."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from eventsourcing.persistence import PersistenceError

from adapters.sqlite import dbapi

T = TypeVar("T")
ATTEMPTS = 6
"""How often a busy store is tried; SQLite waits for its lock each time as well."""


def while_busy(work: Callable[[], T]) -> T:
    """Return what the work returns; while the store is busy, try again, within bounds."""
    for attempt in range(1, ATTEMPTS):
        try:
            return work()
        except (PersistenceError, dbapi.Error) as error:
            if not _is_busy(error):
                raise
        time.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311 (jitter)
    return work()


def _is_busy(error: Exception) -> bool:
    return "locked" in str(error) or "busy" in str(error)
