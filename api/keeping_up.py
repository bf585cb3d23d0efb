"""Folding in what other processes append, while the service runs.

Whoever ingests folds its own events in before it answers. Where another process died
between the two, or only appends, nobody would: so the service looks every second.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from domain.errors import StoreError
from domain.services.projecting import Projector

EVERY = 1.0
"""Seconds between two looks."""
logger = logging.getLogger("onrecord")


@contextmanager
def keeping_up(projector: Projector, every: float = EVERY) -> Iterator[None]:
    """Keep the read models up with the log, in a thread, as long as the context lasts."""
    stopped = threading.Event()

    def run() -> None:
        while not stopped.wait(every):
            try:
                projector.catch_up()
            except StoreError as error:
                logger.warning("the read models could not be brought up: %s", error)

    thread = threading.Thread(target=run, name="keeping-up", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()
