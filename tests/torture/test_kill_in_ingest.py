"""SIGKILL in the middle of an ingest leaves a whole article or none of it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.views.sqlite import SQLiteViewStore
from domain.events.codec import decode
from domain.ports import read_all
from domain.services.projecting import Projector
from domain.services.replay import Replay
from tests.support.facts import statement_of
from tests.support.stores import SteppingClock
from tests.torture.writer import SIZE

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("ONRECORD_KILLS", "12"))
"""How many writers are killed; ``make torture`` raises it."""


@pytest.mark.slow
def test_a_killed_writer_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    """Every acknowledged article is there whole and once; none is there in part."""
    path = tmp_path / "log.db"
    chance = random.Random(7)
    acknowledged: list[int] = []
    for _ in range(KILLS):
        acknowledged += _kill_a_writer(path, chance, first=_next(acknowledged))
    with SQLiteEventLog(path, SteppingClock()) as log:
        kept = [decode(stored).event.statement for stored in read_all(log)]  # type: ignore[attr-defined] # all are recordings
        lost = [n for n in acknowledged if not set(_statements(n)) <= set(kept)]
        print(f"{len(acknowledged)} acknowledged in {KILLS} kills, {len(lost)} lost")
        assert acknowledged
        assert not lost
        assert len(kept) == len(set(kept)), "an article is there twice"
        assert len(kept) % SIZE == 0, "an article is there in part"
        with SQLiteViewStore(tmp_path / "views.db") as views:
            Projector(log, views).catch_up()
            assert Replay(log, views).all().equal


def _kill_a_writer(path: Path, chance: random.Random, first: int) -> list[int]:
    """Let a writer run for a while, kill it, and return what it acknowledged."""
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.torture.writer", str(path), str(first)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    numbers = [int(writer.stdout.readline())]
    time.sleep(chance.uniform(0.01, 0.25))
    writer.send_signal(signal.SIGKILL)
    numbers += [int(line) for line in writer.stdout if line.endswith("\n")]
    writer.wait()
    writer.stdout.close()
    return numbers


def _next(acknowledged: list[int]) -> int:
    """Leave a gap: the last article may be stored without its acknowledgement."""
    return max(acknowledged, default=0) + 2


def _statements(number: int) -> list[str]:
    return [statement_of(number * SIZE + n) for n in range(SIZE)]
