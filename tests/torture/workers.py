"""Processes that work on one store until they are killed.

They are forked, so that a kill costs no start of Python. Commands are read from
standard input: ``start KIND NUMBER`` is answered with ``pid``, ``reap PID``, which
waits for one that was killed, with ``dead``. Between the answers stands ``stored``
with the number of each fact or article whose append, or ingest, has returned.
"""

from __future__ import annotations

import os
import sys
import time
from itertools import count
from pathlib import Path
from threading import Thread

from adapters.articles.store import SQLArticleStore
from adapters.clock import SystemClock
from adapters.eventlog.group_commit import GroupCommit
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.views.sqlite import SQLiteViewStore
from api.follower import Follower
from domain.errors import StoreUnavailableError
from domain.services.ingest import Ingest
from domain.services.projecting import Projector
from domain.services.seeding import Seeding
from tests.support.words import WordExtractor
from tests.torture.facts import CAPTURE, article_of, batch_of, topics_of

THREADS = 4
"""Of a writer; the first two append the same facts, as a client that tries twice does."""
FACTS = 100_000
"""Numbers that one thread may use."""


def ingest(folder: Path, number: int) -> None:
    """Ingest articles from a number on: the real use case, but for a quick extractor."""
    log = SQLiteEventLog(folder / "log.db", SystemClock())
    texts = SQLArticleStore(folder / "texts.db")
    views = SQLiteViewStore(folder / "views.db")
    projector = Projector(log, views)
    Seeding(log, views, projector).ensure((), ())
    for each in count(number):
        one = Ingest(
            log=log,
            texts=texts,
            views=views,
            follower=projector,
            extractor=WordExtractor(*topics_of(each)),
        )
        one(article_of(each), CAPTURE)
        say(f"stored {each}")


def write(folder: Path, number: int) -> None:
    """Append facts in several threads through one group commit."""
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


def follow(folder: Path, _: int) -> None:
    """Fold whatever is appended, or wait to take over."""
    log = SQLiteEventLog(folder / "log.db", SystemClock())
    views = SQLiteViewStore(folder / "views.db")
    Follower(log, views, Projector(log, views)).running(every=0.01).__enter__()


KINDS = {"ingester": ingest, "writer": write, "follower": follow}


def main(folder: Path) -> None:
    """Do as the lines that are read say."""
    for line in sys.stdin:
        match line.split():
            case ["reap", pid]:
                _, status = os.waitpid(int(pid), 0)
                say(f"dead {os.waitstatus_to_exitcode(status)}")
            case ["start", kind, number]:
                if not (child := os.fork()):
                    KINDS[kind](folder, int(number))
                    time.sleep(3600)
                say(f"pid {child}")
            case _:
                raise ValueError(line)


def say(line: str) -> None:
    """Let a line leave the process, whole."""
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
