"""Who folds, and when: what is appended becomes visible, whoever appended it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

import api.follower
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.views.sqlite import SQLiteViewStore
from api.follower import Follower
from domain.errors import StoreUnavailableError
from domain.model.ids import topic_stream
from domain.ports import Append, Batch
from domain.services.projecting import Projector, Tick, no_tick
from domain.services.replay import Replay
from tests.support.facts import TESTER, TOPIC, attributed, opened
from tests.support.stores import SteppingClock, append

STREAM = topic_stream(TOPIC)
NEVER = 60.0
"""Seconds between two looks that no test waits for."""


class Process:
    """What one process has of a store: its own log, read models and follower."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.log = stack.enter_context(
            SQLiteEventLog(folder / "log.db", SteppingClock())
        )
        self.views = stack.enter_context(SQLiteViewStore(folder / "views.db"))
        self.projector = Projector(self.log, self.views)
        self.follower = Follower(self.log, self.views, self.projector)


Start = Callable[[], Process]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return a way to open one store as another process would."""
    with ExitStack() as stack:
        yield lambda: Process(tmp_path, stack)


def test_an_append_wakes_the_follower(start: Start) -> None:
    """What this process appends is folded at once, long before the next look."""
    one = start()
    with one.follower.running(every=NEVER):
        for number in range(3):
            seq = append(one.log, STREAM, attributed(number))
            assert one.follower.wait_for(seq) == seq


def test_what_another_process_appends_is_folded_in(start: Start) -> None:
    """A process that died behind its append leaves nothing unseen for long."""
    service, other = start(), start()
    with service.follower.running(every=0.01):
        seq = append(other.log, STREAM, opened())
        assert service.follower.wait_for(seq) == seq


def test_who_waits_for_a_seq_that_does_not_come_is_told_where_it_stands(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Waiting is bounded; the answer is the seq that was reached."""
    monkeypatch.setattr(api.follower, "LOOKS", 2)
    one = start()
    append(one.log, STREAM, opened())
    one.follower.catch_up()
    assert one.follower.wait_for(7) == 1


def test_the_leader_folds_for_the_others(start: Start) -> None:
    """Who does not lead waits for who does, and folds nothing."""
    leader, other = start(), start()
    with leader.follower.running(every=0.01):
        seq = append(leader.log, STREAM, opened())
        leader.follower.wait_for(seq)
        seq = append(other.log, STREAM, attributed(1))
        assert other.follower.catch_up() == seq
        assert not other.views.lead()
        assert other.projector._pages._folding is None


def test_a_leader_that_hangs_holds_up_nobody(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the leader does not get there in time, who needs it folds for itself."""
    monkeypatch.setattr(api.follower, "LOOKS", 2)
    hung, other = start(), start()
    assert hung.views.lead()
    seq = append(other.log, STREAM, opened())
    assert other.follower.catch_up() == seq
    assert Replay(other.log, other.views).all().equal


def test_another_takes_over_from_a_leader_that_ended(start: Start) -> None:
    """Leading ends with the process that leads; a follower that runs is the next."""
    first, second = start(), start()
    assert first.views.lead()
    with second.follower.running(every=0.01):
        assert not second.views.lead()
        first.views.close()
        seq = append(second.log, STREAM, opened())
        assert second.follower.wait_for(seq) == seq
        assert not first.views.lead()


def test_threads_that_need_the_same_fold_share_it(start: Start) -> None:
    """Many who append and fold at once all see their own write, folded exactly."""
    one = start()

    def write(number: int) -> bool:
        stream = topic_stream(TOPIC) + str(number % 3)
        batch = Batch((Append(f"{stream}-{number}", 0, (attributed(number),)),), TESTER)
        return one.log.append(batch) <= one.follower.catch_up()

    with one.follower.running(), ThreadPoolExecutor(max_workers=6) as pool:
        assert all(pool.map(write, range(60)))
    assert Replay(one.log, one.views).all().equal


def test_a_store_that_fails_does_not_end_the_follower(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fold that fails is told and tried again; nothing is parked for it."""
    one = start()
    fold, failing = one.projector.catch_up, [True]

    def fails_once(tick: Callable[[int], object]) -> int:
        if failing:
            failing.clear()
            message = "the disk is full"
            raise StoreUnavailableError(message)
        return fold(tick)

    monkeypatch.setattr(one.projector, "catch_up", fails_once)
    with one.follower.running(every=0.01):
        seq = append(one.log, STREAM, opened())
        assert one.follower.wait_for(seq) == seq
    with one.views.snapshot() as served:
        assert not served.parked()


def test_a_defect_ends_no_thread_that_leads(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told, the lead is given up, and the next look folds again."""
    one = start()
    failed: list[int] = []
    catch_up = one.projector.catch_up

    def broken(tick: Tick = no_tick) -> int:
        if not failed:
            failed.append(1)
            message = "Zorvath said so"
            raise ZeroDivisionError(message)
        return catch_up(tick)

    monkeypatch.setattr(one.projector, "catch_up", broken)
    with one.follower.running(every=0.01):
        seq = append(one.log, STREAM, opened())
        assert one.follower.wait_for(seq) == seq
    assert failed
