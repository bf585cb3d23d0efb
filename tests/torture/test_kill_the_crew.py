"""SIGKILL among several writers and followers of one store loses and doubles nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from adapters.clock import SystemClock
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.views.sqlite import SQLiteViewStore
from domain.events.codec import decode
from domain.services.log_pages import read_all
from domain.services.projecting import Projector
from domain.services.replay import Replay
from tests.torture.crew import batch_of
from tests.torture.test_kill_in_ingest import KILLS, ROOT

CREW = ("writer", "writer", "writer", "follower", "follower")
LONGEST = 0.12
"""Seconds between two kills, at most."""


class Crew:
    """The processes that work, and what they acknowledged."""

    def __init__(self, nursery: subprocess.Popen[str]) -> None:
        self._nursery, self._numbers = nursery, count()
        self.acknowledged: list[int] = []
        self.killed: Counter[str] = Counter()
        self._working = [(kind, self._start(kind)) for kind in CREW]

    def kill_one(self, which: int, *, replace: bool = True) -> None:
        """Kill one, and let another take its place."""
        kind, pid = self._working.pop(which)
        os.kill(pid, signal.SIGKILL)
        assert self._tell(f"reap {pid}", "dead") == -signal.SIGKILL, "it died by itself"
        self.killed[kind] += 1
        if replace:
            self._working.append((kind, self._start(kind)))

    def kill_all(self) -> None:
        """Kill all that are left."""
        while self._working:
            self.kill_one(0, replace=False)

    def _start(self, kind: str) -> int:
        number = f" {next(self._numbers)}" if kind == "writer" else ""
        return self._tell(kind + number, "pid")

    def _tell(self, command: str, until: str) -> int:
        """Give a command; take in what is acknowledged until it is answered."""
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.write(f"{command}\n")
        self._nursery.stdin.flush()
        for line in self._nursery.stdout:
            word, number = line.split()
            if word == until:
                return int(number)
            self.acknowledged.append(int(number))
        message = "the nursery is gone"
        raise AssertionError(message)


@contextmanager
def crew(folder: Path) -> Iterator[Crew]:
    """Keep writers and followers at work on one store."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.torture.crew", str(folder)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as nursery:
        yield Crew(nursery)


@pytest.mark.slow
def test_killed_writers_and_followers_lose_and_double_nothing(tmp_path: Path) -> None:
    """Every acknowledged fact is there once, and the read models are what the log gives."""
    chance = random.Random(11)
    with crew(tmp_path) as working:
        for _ in range(KILLS):
            time.sleep(chance.uniform(0, LONGEST))
            working.kill_one(chance.randrange(len(CREW)))
        working.kill_all()
        killed, acknowledged = working.killed, working.acknowledged
    lost, doubled = look(tmp_path, acknowledged)
    print(
        f"{killed['writer']} writers and {killed['follower']} followers killed, "
        f"{len(set(acknowledged))} acknowledged, {lost} lost, {doubled} doubled"
    )
    assert len(set(acknowledged)) >= KILLS
    assert (lost, doubled) == (0, 0)


def look(folder: Path, acknowledged: list[int]) -> tuple[int, int]:
    """Return how many facts are lost or doubled; hold the read models against a replay."""
    with (
        SQLiteEventLog(folder / "log.db", SystemClock()) as log,
        SQLiteViewStore(folder / "views.db") as views,
    ):
        recorded = [decode(stored) for stored in read_all(log)]
        assert [each.seq for each in recorded] == [*range(1, len(recorded) + 1)]
        facts = Counter(each.event.model_dump_json() for each in recorded)
        doubled = sum(times > 1 for times in facts.values())
        lost = sum(log.find(batch_of(fact)) is None for fact in set(acknowledged))
        with views.snapshot() as served:
            assert served.seq, "no follower folded anything"
        assert Projector(log, views).catch_up() == log.head()
        replayed = Replay(log, views).all()
        assert replayed.equal, replayed.difference
        assert replayed.parked == 0
    return lost, doubled
