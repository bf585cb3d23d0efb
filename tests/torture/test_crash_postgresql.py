"""PostgreSQL is killed in mid-append and started again: nothing acknowledged is lost."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from adapters.clock import SystemClock
from adapters.eventlog.postgresql import PostgresEventLog
from adapters.postgresql import Address
from domain.errors import StoreUnavailableError
from domain.events.codec import decode
from domain.model.ids import TopicId, topic_stream
from domain.ports import Append, Batch
from domain.services.log_pages import read_all
from tests.support.facts import TESTER, attributed
from tests.support.postgresql import running
from tests.torture.conftest import Outcome, Tally

CRASHES = int(os.environ.get("ONRECORD_CRASHES", "3"))
"""How often the server goes down; ``make torture`` raises it."""
WRITERS = 4
BATCH = 5
"""Events of a batch."""
LONGEST = 0.1
"""Seconds that a server lives on, at most, once the writers are at work again."""


@dataclass
class Writer:
    """One who appends to a stream of its own, and what it was answered."""

    number: int
    acknowledged: list[int] = field(default_factory=list)
    unknown: int = 0
    stored_all_the_same: int = 0

    def batch(self, number: int) -> Batch:
        """Return the batch with a number; all its facts are this writer's alone."""
        first = (self.number * 1_000_000) + number * BATCH
        stream = topic_stream(TopicId(f"writer-{self.number}"))
        events = tuple(attributed(first + n) for n in range(BATCH))
        return Batch((Append(stream, number * BATCH, events),), actor=TESTER)

    def write(self, url: str, stopped: threading.Event) -> None:
        """Append until it is told to stop; what is unknown is offered again."""
        with PostgresEventLog(Address(url), SystemClock()) as log:
            while not stopped.is_set():
                batch = self.batch(len(self.acknowledged))
                try:
                    seq = log.append(batch)
                except StoreUnavailableError:
                    self.unknown += 1
                    seq = self.resolve(log, batch)
                self.acknowledged.append(seq)

    def resolve(self, log: PostgresEventLog, batch: Batch) -> int:
        """Find out, once the server is back, and offer again what is not stored."""
        while True:
            try:
                found = log.find(batch)
                self.stored_all_the_same += found is not None
                return log.append(batch)
            except StoreUnavailableError:
                time.sleep(0.05)


def wait_for_work(writers: list[Writer], writing: list[Future[None]]) -> None:
    """Wait until each writer was answered again; one that has ended, failed."""
    before = [len(each.acknowledged) for each in writers]
    while any(
        len(each.acknowledged) == n for each, n in zip(writers, before, strict=True)
    ):
        assert not any(each.done() for each in writing)
        time.sleep(0.01)


@pytest.mark.slow
def test_a_server_that_crashes_loses_nothing_and_doubles_nothing(
    monkeypatch: pytest.MonkeyPatch, tally: Tally
) -> None:
    """Killed or stopped at once: each answer is there, once, at the seq it was given.

    The log's own attempts are taken away, so that callers meet what it would resolve.
    """
    monkeypatch.setattr("adapters.eventlog.postgresql.ATTEMPTS", 1)
    chance, stopped = random.Random(7), threading.Event()
    writers = [Writer(number) for number in range(WRITERS)]
    with running("crashing") as server, ThreadPoolExecutor(WRITERS) as pool:
        server.execute("CREATE DATABASE record")
        url = server.url("record")
        PostgresEventLog(Address(url), SystemClock()).close()
        writing = [pool.submit(each.write, url, stopped) for each in writers]
        try:
            for _ in range(CRASHES):
                wait_for_work(writers, writing)
                time.sleep(chance.uniform(0, LONGEST))
                if chance.random() < 0.5:
                    server.kill()
                else:
                    server.stop(signal.SIGQUIT)
                server.start()
        finally:
            stopped.set()
        for each in writing:
            each.result()
        with PostgresEventLog(Address(url), SystemClock()) as log:
            stored = list(read_all(log))
    facts = Counter((s.stream, decode(s).event.model_dump_json()) for s in stored)
    last = {(s.stream, s.version): s.seq for s in stored}
    lost = [
        (writer.number, number)
        for writer in writers
        for number, seq in enumerate(writer.acknowledged)
        if last.get((f"topic:writer-{writer.number}", (number + 1) * BATCH)) != seq
    ]
    acknowledged = sum(len(each.acknowledged) for each in writers)
    unknown = sum(each.unknown for each in writers)
    stored_all_the_same = sum(each.stored_all_the_same for each in writers)
    tally(
        Outcome(
            f"batches of {BATCH} facts, PostgreSQL crashed",
            CRASHES,
            "crashes",
            acknowledged,
            len(lost),
            f"{sum(n > 1 for n in facts.values())} doubled, "
            f"{unknown} unknown, of which {stored_all_the_same} were stored",
        )
    )
    assert lost == []
    assert set(facts.values()) == {1}
    assert len(stored) == acknowledged * BATCH
    assert [s.seq for s in stored] == [*range(1, len(stored) + 1)]
