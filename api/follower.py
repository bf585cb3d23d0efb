"""Decides who folds the log into the read models, and when; the domain does the folding.

- While a service runs, a thread of it folds: woken by each append of this process, and
  looking from time to time for those of others.
- Of several processes one leads and folds for all. Who needs the read models brought up
  waits for it, and folds for itself only where it does not get there in good time: a
  leader that hangs holds up nobody for long, one that dies is followed by another.
- Threads of this process fold one at a time; who waited finds the work done.
- A reader that knows a seq waits on a condition until it is there.
- What a service folds, parks and leads is told.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, Event, Lock, Thread
from time import perf_counter

from api.logs import tell, tell_broken
from domain.errors import StoreError
from domain.ports import EventLog, ViewStore
from domain.services.projecting import Projector, Tick, no_tick
from domain.services.rebuilding import Hands

EVERY = 0.1
"""Seconds between two looks for what other processes append."""
STEP = 0.005
"""Seconds between two looks at what another process folds."""
LOOKS = 400
"""How often is looked; with ``STEP``, how long is waited: about two seconds."""


class Follower:
    """Keeps the read models of a store up with its log."""

    def __init__(self, log: EventLog, views: ViewStore, projector: Projector) -> None:
        self._log, self._views, self._projector = log, views, projector
        self._one_at_a_time, self._moved = Lock(), Condition()
        self._running, self._reached = False, 0
        self._leads, self._parked = False, 0

    def catch_up(self, tick: Tick = no_tick) -> int:
        """Have folded what the log has and the read models have not; return their seq.

        Raises:
            StoreUnavailableError: the log or the read models are busy.
        """
        if self._projector.is_current():
            return self._projector.seq()
        if self._views.lead() or not self._wait(self._projector.is_current):
            self._fold(tick)
        if not self._running:
            self._views.resign()
        return self._projector.seq()

    def wait_for(self, seq: int) -> int:
        """Wait a while for the read models to reach a seq; return where they are."""
        if self._reached < seq:
            self._wait(lambda: self._reached >= seq or self._projector.seq() >= seq)
        return self._projector.seq()

    def rebuild(self, tick: Tick = no_tick, hands: Hands | None = None) -> int:
        """Fold the log from its first event, beside what is served.

        ``hands`` fold topics beside this process.

        Raises:
            StoreUnavailableError: another process does so, or the store is busy.
        """
        return self._projector.rebuild(tick, hands)

    @contextmanager
    def running(self, every: float = EVERY) -> Iterator[None]:
        """Fold in a thread, as long as the context lasts."""
        stopped, woken = Event(), Event()

        def run() -> None:
            while not stopped.is_set():
                self._fold_if_leading()
                woken.wait(every)
                woken.clear()

        thread = Thread(target=run, name="follower", daemon=True)
        self._running = True
        with self._log.listen(lambda _: woken.set()):
            thread.start()
            try:
                yield
            finally:
                stopped.set()
                woken.set()
                thread.join()
                self._running = False
                self._views.resign()
                self._tell_lead(leads=False)

    def _fold_if_leading(self) -> None:
        try:
            leads = self._views.lead()
            self._tell_lead(leads=leads)
            if leads:
                self._fold(no_tick)
        except StoreError as error:
            tell("fold_failed", logging.WARNING, reason=str(error))
        except Exception as error:  # noqa: BLE001 (a defect ends no thread that leads)
            tell_broken("fold_failed", error)
            self._views.resign()
            self._tell_lead(leads=False)

    def _fold(self, tick: Tick) -> None:
        pages: list[int] = []

        def count(events: int) -> None:
            pages.append(events)
            tick(events)

        with self._one_at_a_time:
            begun = perf_counter()
            reached = self._projector.catch_up(count)
            ms = round((perf_counter() - begun) * 1000, 1)
        with self._moved:
            self._reached = reached
            self._moved.notify_all()
        if pages and self._running:
            tell("folded", events=sum(pages), seq=reached, ms=ms)
            self._tell_parked()

    def _tell_lead(self, *, leads: bool) -> None:
        if leads != self._leads:
            self._leads = leads
            tell("lead_taken" if leads else "lead_lost")

    def _tell_parked(self) -> None:
        """Tell of events that were parked; their reasons may hold words of articles."""
        with self._views.snapshot() as views:
            parked = views.parked()
        for each in parked[self._parked :]:
            tell("parked", logging.WARNING, seq=each.seq, name=each.name)
        self._parked = len(parked)

    def _wait(self, done: Callable[[], bool]) -> bool:
        for _ in range(LOOKS):
            if done():
                return True
            with self._moved:
                self._moved.wait(STEP)
        return False
