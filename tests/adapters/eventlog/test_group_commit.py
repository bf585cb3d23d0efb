"""Many callers, one writer: each gets its own answer, whatever becomes of the others."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread

import pytest

from adapters.eventlog.group_commit import GroupCommit
from adapters.eventlog.memory import MemoryEventLog
from adapters.eventlog.pending import Pending
from adapters.eventlog.sqlite import SQLiteEventLog
from domain.errors import (
    ConflictError,
    QueueFullError,
    ReplicaError,
    StoreUnavailableError,
)
from domain.model.ids import topic_stream
from domain.ports import Answer, Append, Batch
from domain.services.log_pages import read_all
from tests.support.facts import TESTER, TOPIC, attributed
from tests.support.stores import SteppingClock

STREAM = topic_stream(TOPIC)


def one(number: int, stream: str = STREAM, expected: int = 0) -> Batch:
    """Return a batch of one statement."""
    return Batch((Append(stream, expected, (attributed(number),)),), actor=TESTER)


class HeldLog(MemoryEventLog):
    """A log whose transactions wait until they are let go, and can be made to fail."""

    def __init__(self) -> None:
        super().__init__(SteppingClock())
        self.entered, self.go = Event(), Event()
        self.sizes: list[int] = []
        self.before = self.after = self.reading = self.refusing = False

    def append_all(self, batches: Sequence[Batch]) -> Sequence[Answer]:
        """Append, when let go; fail before or after it was stored."""
        self.entered.set()
        self.go.wait(30)
        self.sizes.append(len(batches))
        if self.refusing:
            raise ReplicaError(REPLICA)
        if self.before:
            raise StoreUnavailableError(DISK)
        answers = super().append_all(batches)
        if self.after:
            raise StoreUnavailableError(DISK)
        return answers

    def find(self, batch: Batch) -> int | None:
        """Find, or fail."""
        if self.reading:
            raise StoreUnavailableError(DISK)
        return super().find(batch)


DISK = "the disk failed"
REPLICA = "the store is a read-only replica"


@pytest.fixture
def held() -> HeldLog:
    """Return a log that waits in its first transaction."""
    return HeldLog()


@pytest.fixture
def asking() -> Iterator[ThreadPoolExecutor]:
    """Return threads that append."""
    with ThreadPoolExecutor(max_workers=20) as pool:
        yield pool


def gathered(
    log: GroupCommit, held: HeldLog, asking: ThreadPoolExecutor, batches: list[Batch]
) -> list[Future[int]]:
    """Have batches appended, the first alone, all others in the transaction after it."""
    first = asking.submit(log.append, batches[0])
    assert held.entered.wait(30)
    rest = []
    for number, batch in enumerate(batches[1:], start=1):
        rest.append(asking.submit(log.append, batch))
        while len(log._queue) < number:
            assert not rest[-1].done()
    return [first, *rest]


def test_what_comes_during_a_transaction_shares_the_next(
    held: HeldLog, asking: ThreadPoolExecutor
) -> None:
    """A batch that comes alone is not held up; those behind it are written together."""
    batches = [one(n, f"topic:{n}") for n in range(8)]
    with GroupCommit(held) as log:
        answers = gathered(log, held, asking, batches)
        held.go.set()
        assert [each.result(30) for each in answers] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert held.sizes == [1, 7]


def test_each_caller_hears_its_own_conflict(
    held: HeldLog, asking: ThreadPoolExecutor
) -> None:
    """Of two that want one place the first has it; who stands beside is stored."""
    batches = [one(1), one(2, expected=1), one(3, expected=1), one(4, "topic:other")]
    with GroupCommit(held) as log:
        answers = gathered(log, held, asking, batches)
        held.go.set()
        assert [answers[n].result(30) for n in (0, 1, 3)] == [1, 2, 3]
        with pytest.raises(ConflictError) as refusal:
            answers[2].result(30)
    assert (refusal.value.expected, refusal.value.found) == (1, 2)


def test_a_transaction_takes_in_so_many_events(
    held: HeldLog, asking: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits beyond the bound goes into the transaction after."""
    monkeypatch.setattr("adapters.eventlog.group_commit.EVENTS", 3)
    with GroupCommit(held) as log:
        answers = gathered(log, held, asking, [one(n, f"topic:{n}") for n in range(8)])
        held.go.set()
        assert [each.result(30) for each in answers] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert held.sizes == [1, 3, 3, 1]


def test_a_full_queue_refuses_at_once(
    held: HeldLog, asking: ThreadPoolExecutor
) -> None:
    """Who comes when as many wait as may wait is told so; those who wait are stored."""
    with GroupCommit(held, waiting=2) as log:
        answers = gathered(log, held, asking, [one(n, f"topic:{n}") for n in range(3)])
        with pytest.raises(QueueFullError):
            log.append(one(9, "topic:9"))
        held.go.set()
        assert [each.result(30) for each in answers] == [1, 2, 3]
    assert held.version("topic:9") == 0


def test_closing_writes_what_waits_and_takes_in_no_more(
    held: HeldLog, asking: ThreadPoolExecutor
) -> None:
    """Whoever was taken in is answered, whoever comes later is refused."""
    with GroupCommit(held) as log:
        answers = gathered(log, held, asking, [one(n, f"topic:{n}") for n in range(5)])
        Thread(target=held.go.set).start()
    assert [each.result(30) for each in answers] == [1, 2, 3, 4, 5]
    with pytest.raises(StoreUnavailableError, match="closed"):
        log.append(one(6))
    assert held.head() == 5


@pytest.mark.parametrize("lost", [False, True])
def test_a_failed_transaction_is_resolved_by_looking(
    held: HeldLog, asking: ThreadPoolExecutor, *, lost: bool
) -> None:
    """No caller hears failure for what is stored, or success for what is not."""
    held.before, held.after = lost, not lost
    batches = [one(n, f"topic:{n}") for n in range(4)]
    with GroupCommit(held) as log:
        answers = gathered(log, held, asking, batches)
        held.go.set()
        if lost:
            for each in answers:
                with pytest.raises(StoreUnavailableError, match=DISK):
                    each.result(30)
        else:
            assert [each.result(30) for each in answers] == [1, 2, 3, 4]
    assert held.head() == (0 if lost else 4)


def test_an_outcome_that_cannot_be_looked_up_is_said_to_be_unknown(
    held: HeldLog,
) -> None:
    """Then the same batch is offered again, and answered with where it is."""
    held.go.set()
    held.after = held.reading = True
    with GroupCommit(held) as log:
        with pytest.raises(StoreUnavailableError, match="not known: offer the same"):
            log.append(one(1))
        held.after = held.reading = False
        assert log.append(one(1)) == 1
    assert held.head() == 1


def test_what_was_refused_is_surely_not_recorded(held: HeldLog) -> None:
    """A replica cannot be asked what it has of a batch: that it took nothing is known."""
    held.go.set()
    held.refusing = held.reading = True
    with GroupCommit(held) as log:
        with pytest.raises(ReplicaError) as told:
            log.append(one(1))
        assert str(told.value) == REPLICA


def test_a_defect_that_one_batch_meets_is_told_to_that_caller_alone(
    held: HeldLog, asking: ThreadPoolExecutor
) -> None:
    """What cannot be stored at all holds up no other either."""
    broken = Batch((Append("topic:x", 0, ("no event",)),), actor=TESTER)  # type: ignore[arg-type] # the defect
    with GroupCommit(held) as log:
        answers = gathered(log, held, asking, [one(1), broken, one(2, "topic:y")])
        held.go.set()
        assert [answers[n].result(30) for n in (0, 2)] == [1, 2]
        with pytest.raises(AttributeError):
            answers[1].result(30)


def test_many_threads_append_through_one_writer(
    tmp_path: Path, asking: ThreadPoolExecutor
) -> None:
    """Every acknowledged event is there once, under the seq that its caller heard."""
    with (
        SQLiteEventLog(tmp_path / "log.db", SteppingClock()) as stored,
        GroupCommit(stored) as log,
    ):

        def write(caller: int) -> list[tuple[int, str, int]]:
            stream = f"topic:{caller % 4}"
            heard = []
            for number in range(10):
                while True:
                    version = log.version(stream)
                    try:
                        seq = log.append(one(caller * 10 + number, stream, version))
                    except ConflictError:
                        continue
                    heard.append((seq, stream, version + 1))
                    break
            return heard

        heard = [each for some in asking.map(write, range(12)) for each in some]
        there = [(each.seq, each.stream, each.version) for each in read_all(log)]
    assert sorted(heard) == there
    assert len(there) == 120


class Interrupted(deque[Pending]):
    """A queue in which Ctrl-C comes as soon as the first has queued."""

    pressed = False

    def append(self, pending: Pending) -> None:
        """Append, then be interrupted, once."""
        super().append(pending)
        if not self.pressed:
            self.pressed = True
            raise KeyboardInterrupt


def test_a_caller_that_is_interrupted_leaves_nobody_waiting(
    asking: ThreadPoolExecutor,
) -> None:
    """Whoever queues next is heard, though nobody waits for the first any more."""
    with GroupCommit(MemoryEventLog(SteppingClock())) as log:
        log._queue = Interrupted()
        with pytest.raises(KeyboardInterrupt):
            log.append(one(1))
        assert asking.submit(log.append, one(2, "elsewhere")).result(5) > 0
