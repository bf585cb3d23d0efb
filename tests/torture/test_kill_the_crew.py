"""SIGKILL among several writers and followers of one store loses and doubles nothing."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from itertools import count
from pathlib import Path

import pytest

from adapters.clock import SystemClock
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.views.sqlite import SQLiteViewStore
from domain.events.codec import decode
from domain.services.log_pages import read_all
from tests.torture.conftest import Outcome, Tally
from tests.torture.facts import batch_of
from tests.torture.nursery import (
    AS_REPLAYED,
    KILLS,
    Nursery,
    check_views,
    nursery,
)

CREW = ("writer", "writer", "writer", "follower", "follower")
ACKNOWLEDGED = int(os.environ.get("ONRECORD_ACKNOWLEDGED", "0"))
"""Facts that are to be acknowledged; until then killing goes on."""
LONGEST = 0.2
"""Seconds between two kills, at most."""


class Crew:
    """Writers and followers at work, each replaced when it is killed."""

    def __init__(self, nursery: Nursery) -> None:
        self._nursery, self._numbers = nursery, count()
        self.killed: Counter[str] = Counter()
        self._working = [(kind, self._start(kind)) for kind in CREW]

    def kill_one(self, which: int, *, replace: bool = True) -> None:
        """Kill one, and let another take its place."""
        kind, pid = self._working.pop(which)
        self._nursery.kill(pid)
        self.killed[kind] += 1
        if replace:
            self._working.append((kind, self._start(kind)))

    def kill_all(self) -> None:
        """Kill all that are left."""
        while self._working:
            self.kill_one(0, replace=False)

    def _start(self, kind: str) -> int:
        return self._nursery.start(kind, next(self._numbers))


@pytest.mark.slow
def test_killed_writers_and_followers_lose_and_double_nothing(
    tmp_path: Path, tally: Tally
) -> None:
    """Every acknowledged fact is there once, and the read models are what the log gives."""
    chance = random.Random(11)
    with nursery(tmp_path) as started:
        crew = Crew(started)
        while (
            crew.killed.total() < KILLS or len(set(started.acknowledged)) < ACKNOWLEDGED
        ):
            time.sleep(chance.uniform(0, LONGEST))
            crew.kill_one(chance.randrange(len(CREW)))
        crew.kill_all()
    acknowledged = set(started.acknowledged)
    lost, doubled = look(tmp_path, acknowledged)
    tally(
        Outcome(
            "facts, one of a crew killed",
            crew.killed.total(),
            "kills",
            len(acknowledged),
            lost,
            f"{doubled} doubled, {crew.killed['writer']:,} of them writers, "
            f"{crew.killed['follower']:,} followers; {AS_REPLAYED}",
        )
    )
    assert len(acknowledged) >= KILLS
    assert (lost, doubled) == (0, 0)


def look(folder: Path, acknowledged: set[int]) -> tuple[int, int]:
    """Return how many facts are lost or doubled; hold the read models against a replay."""
    with (
        SQLiteEventLog(folder / "log.db", SystemClock()) as log,
        SQLiteViewStore(folder / "views.db") as views,
    ):
        recorded = [decode(stored) for stored in read_all(log)]
        assert [each.seq for each in recorded] == [*range(1, len(recorded) + 1)]
        facts = Counter(each.event.model_dump_json() for each in recorded)
        doubled = sum(times > 1 for times in facts.values())
        lost = sum(log.find(batch_of(fact)) is None for fact in acknowledged)
        with views.snapshot() as served:
            assert served.seq, "no follower folded anything"
        check_views(log, views)
    return lost, doubled
