"""Starts the processes of ``workers.py``, kills them, and hears what they acknowledge."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.ports import EventLog, ViewStore
from domain.services.projecting import Projector
from domain.services.replay import Replay

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("ONRECORD_KILLS", "16"))
"""How many processes are killed, at least; ``make torture`` raises it."""
AS_REPLAYED = "the read models are what a replay gives"
"""Said of a store when ``check_views`` has passed."""


class Nursery:
    """The workers of one store, and what they acknowledged before they died."""

    def __init__(self, forking: subprocess.Popen[str]) -> None:
        self._forking = forking
        self.acknowledged: list[int] = []

    def start(self, kind: str, number: int = 0) -> int:
        """Start a worker; return the id of its process."""
        return self._tell(f"start {kind} {number}", "pid")

    def kill(self, pid: int) -> None:
        """Kill a worker, and wait until it is gone."""
        os.kill(pid, signal.SIGKILL)
        assert self._tell(f"reap {pid}", "dead") == -signal.SIGKILL, "it died by itself"

    def _tell(self, command: str, until: str) -> int:
        """Give a command; take in what is acknowledged until it is answered."""
        assert self._forking.stdin is not None
        assert self._forking.stdout is not None
        self._forking.stdin.write(f"{command}\n")
        self._forking.stdin.flush()
        for line in self._forking.stdout:
            word, number = line.split()
            if word == until:
                return int(number)
            self.acknowledged.append(int(number))
        message = "the nursery is gone"
        raise AssertionError(message)


@contextmanager
def nursery(folder: Path) -> Iterator[Nursery]:
    """Keep a nursery for the store in a folder."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.torture.workers", str(folder)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as forking:
        yield Nursery(forking)


def check_views(log: EventLog, views: ViewStore) -> None:
    """Bring the read models up from wherever they are: they are what the log gives."""
    assert Projector(log, views).catch_up() == log.head()
    replayed = Replay(log, views).all()
    assert replayed.equal, replayed.difference
    assert replayed.parked == 0
