"""Hears what other processes append to the log, over LISTEN and NOTIFY."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread

import psycopg

from adapters.eventlog.listeners import Listeners, Told
from adapters.eventlog.postgresql_recorder import CHANNEL
from adapters.postgresql import Address, connect

LOOK = 0.2
"""Seconds between two looks whether it shall stop."""
AGAIN = 1.0
"""Seconds before it tries again after it lost the server."""


class PostgresListeners(Listeners):
    """Listeners that are told of others' appends too, by a thread while there are any.

    ``own`` are the process ids, on the server, of who appends through this object. A
    replica notifies nobody: there nothing is told.
    """

    def __init__(self, address: Address, own: Collection[int]) -> None:
        super().__init__()
        self._address, self._own = address, own
        self._starting, self._count = Lock(), 0
        self._stopped, self._thread = Event(), Thread()

    @contextmanager
    def listen(self, told: Told) -> Iterator[None]:
        """Call ``told`` from now on, as long as the context lasts."""
        with super().listen(told):
            self._add(1)
            try:
                yield
            finally:
                self._add(-1)

    def _add(self, change: int) -> None:
        with self._starting:
            before, self._count = self._count, self._count + change
            if not before:
                self._stopped.clear()
                self._thread = Thread(target=self._run, name="listener", daemon=True)
                self._thread.start()
            elif not self._count:
                self._stopped.set()
                self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._hear()
            except psycopg.Error:  # who listens also looks from time to time
                self._stopped.wait(AGAIN)

    def _hear(self) -> None:
        with connect(self._address) as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            while not self._stopped.is_set():
                for notice in connection.notifies(timeout=LOOK):
                    if notice.pid not in self._own:
                        self.tell(int(notice.payload))
