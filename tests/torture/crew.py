"""Writers and followers of one store, each a process that works until it is killed.

A nursery forks them, so that a kill costs no start of Python. It reads commands:
``writer N`` and ``follower`` start one and print ``pid``, ``reap PID`` waits for a dead
one and prints ``dead``. A writer has several threads that append through one group
commit; each prints ``stored`` with the number of a fact after its append returned.
"""

from __future__ import annotations

import os
import sys
import time
from itertools import count
from pathlib import Path
from threading import Thread

from adapters.clock import SystemClock
from adapters.eventlog.group_commit import GroupCommit
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.views.sqlite import SQLiteViewStore
from api.follower import Follower
from domain.errors import StoreUnavailableError
from domain.model.ids import TopicId, topic_stream
from domain.ports import Append, Batch
from domain.services.projecting import Projector
from tests.support.facts import TESTER, attributed, reading

THREADS = 4
"""Of a writer; the first two append the same facts, as a client that tries twice does."""
FACTS = 100_000
"""Numbers that one thread may use."""
A_TOPIC = 20
"""Facts a topic, so that no topic grows without bound."""


def batch_of(number: int) -> Batch:
    """Return the batch of a fact: the next statement of its topic."""
    topic = TopicId(f"crew-{number // A_TOPIC}")
    version = number % A_TOPIC
    fact = attributed(number, f"2031-02-{version + 1:02d}", reading(version % 7 - 3))
    fact = fact.model_copy(update={"topic": topic})
    return Batch((Append(topic_stream(topic), version, (fact,)),), actor=TESTER)


def write(folder: Path, number: int) -> None:
    """Append facts in several threads, for ever."""
    log = GroupCommit(SQLiteEventLog(folder / "log.db", SystemClock())).__enter__()

    def append(thread: int) -> None:
        for fact in count((number * THREADS + max(thread, 1)) * FACTS):
            while True:
                try:
                    log.append(batch_of(fact))
                except StoreUnavailableError:  # busy: the same again
                    continue
                break
            say(f"stored {fact}")

    for thread in range(THREADS):
        Thread(target=append, args=(thread,), daemon=True).start()


def follow(folder: Path) -> None:
    """Fold whatever is appended, or wait to take over."""
    log = SQLiteEventLog(folder / "log.db", SystemClock())
    views = SQLiteViewStore(folder / "views.db")
    Follower(log, views, Projector(log, views)).running(every=0.01).__enter__()


def main(folder: Path) -> None:
    """Do as the lines that are read say."""
    for line in sys.stdin:
        what, *number = line.split()
        if what == "reap":
            _, status = os.waitpid(int(number[0]), 0)
            say(f"dead {os.waitstatus_to_exitcode(status)}")
            continue
        if not (child := os.fork()):
            write(folder, int(number[0])) if what == "writer" else follow(folder)
            time.sleep(3600)
        say(f"pid {child}")


def say(line: str) -> None:
    """Let a line leave the process, whole."""
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
