"""Trying again where a store is busy, within bounds."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
ATTEMPTS = 6
"""How often a busy store is tried; its database waits for its lock each time as well."""


def try_while(busy: Callable[[Exception], bool], work: Callable[[], T]) -> T:
    """Return what the work returns; while its errors say busy, try again, within bounds."""
    for attempt in range(1, ATTEMPTS):
        try:
            return work()
        except Exception as error:
            if not busy(error):
                raise
        time.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311 (jitter)
    return work()
