"""Answers that are handed on: who waits is told, whoever else fails to wake up."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import pytest

from adapters.eventlog.pending import Pending, tell
from domain.model.ids import topic_stream
from domain.ports import Append, Batch
from tests.support.facts import TESTER, TOPIC, attributed

SOON = 5
"""Seconds in which anybody who is told is awake."""


def one(number: int) -> Batch:
    """Return a batch of one statement, on a stream of its own."""
    stream = f"{topic_stream(TOPIC)}-{number}"
    return Batch((Append(stream, 0, (attributed(number),)),), actor=TESTER)


@pytest.fixture
def asking() -> Iterator[ThreadPoolExecutor]:
    """Return threads that wait for answers; what is not answered is not waited for."""
    pool = ThreadPoolExecutor(max_workers=8)
    yield pool
    pool.shutdown(wait=False, cancel_futures=True)


def test_each_is_told_its_own_answer(asking: ThreadPoolExecutor) -> None:
    """However many are told in one go, seqs and errors reach those they are for."""
    group = [asking.submit(Pending, one(n)).result() for n in range(6)]
    heard = [asking.submit(pending.result) for pending in group]
    tell(group, [1, ValueError("two"), 3, 4, ValueError("five"), 6])
    assert [heard[n].result(SOON) for n in (0, 2, 3, 5)] == [1, 3, 4, 6]
    assert [str(heard[n].exception(SOON)) for n in (1, 4)] == ["two", "five"]


def test_nobody_depends_on_a_thread_that_can_be_interrupted(
    asking: ThreadPoolExecutor,
) -> None:
    """One waits in the main thread and is gone when it is told: all others are."""
    first, last = (asking.submit(Pending, one(n)).result() for n in (1, 3))
    gone = Pending(one(2))
    heard = [asking.submit(pending.result) for pending in (first, last)]
    tell([first, gone, last], [1, 2, 3])
    assert [each.result(SOON) for each in heard] == [1, 3]


def test_the_writer_does_not_wait_for_one_who_never_wakes(
    asking: ThreadPoolExecutor,
) -> None:
    """It has told who can be told, and goes on."""
    dead = asking.submit(Pending, one(1)).result()
    writer = Thread(target=tell, args=([dead], [1]), daemon=True)
    writer.start()
    writer.join(SOON)
    assert not writer.is_alive()
