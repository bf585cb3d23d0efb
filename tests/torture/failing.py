"""Does one thing again and again, and makes each of its calls fail in turn.

Started with the library of ``faults.c``. For n = 1, 2, ... a store is opened afresh, the
n-th write or sync of what is done fails, and the outcome is looked at: what was answered,
whether reads go on, what a restart would find, and whether the same works again. It
ends when there was no n-th call. Prints what it found as JSON.
"""

from __future__ import annotations

import argparse
import errno
import json
import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from shutil import copytree, ignore_patterns, rmtree

from adapters.clock import SystemClock
from adapters.eventlog import checkpoints
from adapters.eventlog.group_commit import GroupCommit
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.sqlite import dbapi
from adapters.views.sqlite import SQLiteViewStore
from domain.errors import StoreUnavailableError
from domain.ports import Batch
from domain.services.log_pages import read_all
from domain.services.projecting import Projector
from tests.torture.facts import A_TOPIC, batch_of
from tests.torture.faults import Call, Faults
from tests.torture.nursery import check_views

STORED = 10
"""Facts that are in the log before anything fails."""
APPENDED = 3
"""Facts that are appended while something fails."""
ADVICE = ("check", "free some space", "start it again", "delete this file")
"""What a message tells to do."""


def the(fact: int) -> Batch:
    """Return the batch of a fact, in a topic of its own."""
    return batch_of(fact * A_TOPIC)


@dataclass
class Store:
    """A store in a folder, in which something is going to fail."""

    folder: Path
    faults: Faults
    acknowledged: dict[int, int] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @contextmanager
    def log(self, where: Path | None = None) -> Iterator[SQLiteEventLog]:
        """Open the log."""
        path = (where or self.folder) / "log.db"
        with SQLiteEventLog(path, SystemClock()) as log:
            yield log

    def append(self, log: GroupCommit, fact: int) -> None:
        """Append a fact; keep what was answered."""
        try:
            self.acknowledged[fact] = log.append(the(fact))
        except StoreUnavailableError as error:
            self.refused[fact] = str(error)
            if not any(each in str(error) for each in ADVICE):
                self.wrong.append(f"no advice: {error}")

    def check(self, log: SQLiteEventLog, name: str) -> None:
        """Look for all that was acknowledged, and that nothing is there in part."""
        stored = list(read_all(log))
        self.expect([s.seq for s in stored] == [*range(1, len(stored) + 1)], name)
        for fact, seq in self.acknowledged.items():
            self.expect(log.find(the(fact)) == seq, f"{name}: {fact} is lost")
        with closing(dbapi.connect(str(log._path))) as file:
            (said,) = file.execute("PRAGMA integrity_check").fetchone()
            self.expect(said == "ok", f"{name}: {said}")

    def check_restart(self) -> None:
        """Look at what a process would find that starts now."""
        copy = self.folder.with_name("restarted")
        copytree(self.folder, copy, ignore=ignore_patterns("*-shm"))
        with self.log(copy) as log:
            self.check(log, "restarted")
            for fact, said in self.refused.items():
                known = log.find(the(fact)) is None or "not known" in said
                self.expect(known, f"{fact} was refused and is there: {said}")
        rmtree(copy)

    def expect(self, fulfilled: bool, what: str) -> None:
        """Keep what is not as it should be."""
        if not fulfilled:
            self.wrong.append(what)


@dataclass(frozen=True)
class Fault:
    """What fails: the n-th call of a kind, ``on`` those after it as well."""

    call: Call
    nth: int
    error: int
    on: bool


def appending(store: Store, fault: Fault) -> bool:
    """Append while calls fail, then go on."""
    with store.log() as log, GroupCommit(log) as shared:
        for fact in range(STORED):
            store.acknowledged[fact] = shared.append(the(fact))
        with armed(store, fault):
            for fact in range(STORED, STORED + APPENDED):
                store.append(shared, fact)
            fired = store.faults.seen(fault.call) >= fault.nth
            store.check(log, "while it fails")
        store.check_restart()
        again(store, shared)
    with store.log() as log, GroupCommit(log) as shared:
        store.check(log, "opened again")
        for fact in store.refused:
            store.acknowledged[fact] = shared.append(the(fact))
        store.check(log, "tried again")
    return fired


def again(store: Store, log: GroupCommit) -> None:
    """Append when nothing fails any more: it works, or says to start again."""
    fact = STORED + APPENDED
    try:
        store.acknowledged[fact] = log.append(the(fact))
    except StoreUnavailableError as error:
        store.expect("start it again" in str(error), f"goes not on: {error}")


def opening(store: Store, fault: Fault) -> bool:
    """Make a store while calls fail; opening one that is there writes nothing."""
    with armed(store, fault):
        try:
            with store.log() as log:
                store.acknowledged[0] = log.append(the(0))
        except StoreUnavailableError as error:
            store.expect(
                any(each in str(error) for each in ADVICE), f"no advice: {error}"
            )
        fired = store.faults.seen(fault.call) >= fault.nth
    store.check_restart()
    with store.log() as log:
        store.check(log, "opened again")
        store.acknowledged[0] = log.append(the(0))
        store.check(log, "appended")
    return fired


def folding(store: Store, fault: Fault) -> bool:
    """Fold the log into the read models while calls fail."""
    path = store.folder / "views.db"
    with store.log() as log:
        for fact in range(STORED):
            store.acknowledged[fact] = log.append(the(fact))
        with SQLiteViewStore(path) as views:
            with armed(store, fault):
                try:
                    Projector(log, views).catch_up()
                except StoreUnavailableError as error:
                    advised = any(each in str(error) for each in ADVICE)
                    store.expect(advised, f"no advice: {error}")
                fired = store.faults.seen(fault.call) >= fault.nth
                store.check(log, "while it fails")
                with views.snapshot() as snapshot:
                    store.expect(snapshot.seq in {0, log.head()}, "half a page")
            try:
                check_views(log, views)
            except StoreUnavailableError as error:
                store.expect("start it again" in str(error), f"no advice: {error}")
        with SQLiteViewStore(path) as views:
            check_views(log, views)
    return fired


@contextmanager
def armed(store: Store, fault: Fault) -> Iterator[None]:
    """Let calls fail, as long as the context lasts."""
    with store.faults.failing(fault.call, fault.nth, fault.error, on=fault.on):
        yield


WORK: dict[str, Callable[[Store, Fault], bool]] = {
    "appending": appending,
    "opening": opening,
    "folding": folding,
}


def main() -> None:
    """Do the work, each of its calls failing in turn."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("work", choices=WORK)
    parser.add_argument("call", choices=Call.__members__)
    parser.add_argument("error", choices=("EIO", "ENOSPC"))
    parser.add_argument("--on", action="store_true", help="all calls after it as well")
    told = parser.parse_args()
    logging.getLogger("onrecord").setLevel(logging.CRITICAL)  # faults are expected
    checkpoints.PAGES = 5
    found, faults = Counter[str](), Faults(told.folder)
    for nth in count(1):
        store = Store(told.folder / "store", faults)
        store.folder.mkdir()
        fault = Fault(Call[told.call], nth, getattr(errno, told.error), told.on)
        fired = WORK[told.work](store, fault)
        rmtree(store.folder)
        for each in store.wrong:
            print(f"{told.work}, {fault}: {each}", file=sys.stderr)
        if not fired:
            break
        found += Counter(tried=1, acknowledged=len(store.acknowledged))
        found += Counter(refused=len(store.refused), wrong=bool(store.wrong))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
