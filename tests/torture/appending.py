"""Appends to a SQLite log while every call on its files is recorded.

Started with the library of ``faults.c``. Several threads append through one group
commit, a follower folds, a reader holds up checkpoints, another connection makes them;
the log is closed and opened again on the way. Checkpoints come every few pages, so that
one recording has many. After each append that returned, the number of the fact and its
seq are noted in the recording.
"""

from __future__ import annotations

import argparse
import errno
import logging
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from adapters.clock import SystemClock
from adapters.eventlog import checkpoints
from adapters.eventlog.group_commit import GroupCommit
from adapters.eventlog.recorder import PRAGMAS
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.sqlite import dbapi
from adapters.views.sqlite import SQLiteViewStore
from api.follower import Follower
from domain.errors import StoreUnavailableError
from domain.services.projecting import Projector
from tests.torture.facts import batch_of
from tests.torture.faults import Call, Faults

THREADS = 4
FACTS = 20
"""Appended by a thread in a life."""
LIVES = 2
"""How often a process opens the log."""
CHECKPOINTS = ("PASSIVE", "FULL", "RESTART", "TRUNCATE")
"""Made from outside; not where syncs fail, of which they would not tell the log."""
CHANCE = random.Random()
MODES = {"FULL": 2, "NORMAL": 1, "OFF": 0}


def set_up(synchronous: str) -> None:
    """Make checkpoints and truncations frequent, and syncing as it is asked for."""
    PRAGMAS["synchronous"] = (synchronous, MODES[synchronous])
    checkpoints.PAGES = 12
    PRAGMAS["journal_size_limit"] = ("60000", 60000)


def append(log: GroupCommit, faults: Faults, first: int, often: float) -> None:
    """Append some facts, and make a sync fail so often."""
    for fact in range(first, first + FACTS):
        if CHANCE.random() < often:
            faults.fail(Call.SYNC, CHANCE.randint(1, 3), errno.EIO)
        faults.note(f"{fact} {log.append(batch_of(fact))}")


@contextmanager
def disturbing(path: Path, kinds: Sequence[str]) -> Iterator[None]:
    """Hold read transactions and make checkpoints, from outside."""
    stopped = Event()

    def disturb() -> None:
        other = dbapi.connect(str(path), isolation_level=None, timeout=0.05)
        while not stopped.wait(CHANCE.uniform(0, 0.02)):
            kind = CHANCE.choice([*kinds, None])
            try:
                if kind:
                    other.execute(f"PRAGMA wal_checkpoint({kind})")
                else:
                    other.execute("BEGIN")
                    other.execute("SELECT COUNT(*) FROM stored_events").fetchone()
                    time.sleep(CHANCE.uniform(0, 0.02))
                    other.execute("ROLLBACK")
            except dbapi.OperationalError:  # busy, or a sync that was made to fail
                continue
        other.close()

    thread = Thread(target=disturb)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()


def live(folder: Path, faults: Faults, first: int, often: float) -> None:
    """Open the log, append in threads, close it."""
    path = folder / "log.db"
    with (
        SQLiteEventLog(path, SystemClock()) as log,
        SQLiteViewStore(folder / "views.db") as views,
        Follower(log, views, Projector(log, views)).running(every=0.01),
        disturbing(path, () if often else CHECKPOINTS),
        GroupCommit(log) as shared,
        ThreadPoolExecutor(THREADS) as pool,
    ):
        starts = range(first, first + THREADS * FACTS, FACTS)
        for done in [
            pool.submit(append, shared, faults, start, often) for start in starts
        ]:
            done.result()


def main() -> None:
    """Append as told."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("recording", type=Path)
    parser.add_argument("first", type=int)
    parser.add_argument("--synchronous", default="FULL")
    parser.add_argument(
        "--failing", type=float, default=0, help="how often a sync does"
    )
    told = parser.parse_args()
    logging.getLogger("onrecord").setLevel(logging.CRITICAL)  # faults are expected
    CHANCE.seed(told.first)
    set_up(told.synchronous)
    faults = Faults(told.folder)
    faults.record(told.recording)
    for life in range(LIVES):
        first = told.first + life * THREADS * FACTS
        while True:
            try:
                live(told.folder, faults, first, told.failing)
            except StoreUnavailableError:  # a sync failed: opened again, the same again
                continue
            break


if __name__ == "__main__":
    main()
