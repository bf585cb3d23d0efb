"""Processes that fold topics for a rebuild: what they come to is what one comes to."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from adapters.clock import SystemClock
from adapters.hands import Processes
from adapters.store_url import StoreUrl
from adapters.stores import open_stores
from api.memory import collect_seldom
from domain.errors import StoreUnavailableError
from domain.model.ids import TopicId, topic_stream
from domain.services.projecting import Projector
from domain.services.replay import Replay
from tests.support.facts import TOPIC, attributed, opened, posed, reading
from tests.support.stores import append

pytestmark = pytest.mark.slow
TOPICS = [TOPIC, TopicId("quarry-tax"), TopicId("ferry-fares")]


def a_store(kind: str, folder: Path, request: pytest.FixtureRequest) -> StoreUrl:
    """Return where a store lies that has three topics."""
    name = f"sqlite:///{folder}/record.db"
    if kind == "postgresql":
        name = request.getfixturevalue("database")
    chosen = StoreUrl(name)
    with open_stores(chosen, SystemClock()) as stores:
        for topic in TOPICS:
            told = [attributed(n, f"2031-02-0{n}", reading(n % 3)) for n in (1, 2, 3)]
            events = [opened(), posed(), *told]
            of_topic = [each.model_copy(update={"topic": topic}) for each in events]
            append(stores.log, topic_stream(topic), *of_topic)
    return chosen


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_several_processes_fold_what_one_would(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Each event is counted once, and a replay finds every row and version."""
    chosen, told = a_store(kind, tmp_path, request), list[int]()
    with open_stores(chosen, SystemClock()) as stores:
        projector = Projector(stores.log, stores.views, rebuild_page=2)
        hands = Processes(chosen, 2, collect_seldom)
        assert projector.rebuild(told.append, hands) == stores.log.head()
        assert sum(told) == stores.log.head()
        assert Replay(stores.log, stores.views).all().equal


def test_a_process_that_is_killed_ends_a_rebuild_with_what_to_do(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """What is served stays, and the next rebuild begins anew."""
    chosen = a_store("sqlite", tmp_path, request)
    with open_stores(chosen, SystemClock()) as stores:
        projector = Projector(stores.log, stores.views)
        before = projector.catch_up()
        killed = Processes(chosen, 2, partial(os._exit, 1))
        with pytest.raises(StoreUnavailableError, match="rebuild again, with --jobs 1"):
            projector.rebuild(hands=killed)
        assert projector.seq() == before
        assert projector.rebuild() == before
        assert Replay(stores.log, stores.views).all().equal


def test_what_a_process_cannot_open_is_told_as_it_is(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """It was not killed: memory is not short, and one process would fare no better."""
    chosen = a_store("sqlite", tmp_path, request)
    elsewhere = StoreUrl(f"sqlite:///{tmp_path}/nowhere.db")
    with open_stores(chosen, SystemClock()) as stores:
        projector = Projector(stores.log, stores.views)
        blind = Processes(elsewhere, 2, collect_seldom)
        with pytest.raises(StoreUnavailableError, match=r"there is no store .*nowhere"):
            projector.rebuild(hands=blind)
        assert projector.rebuild() == stores.log.head()


PARENT = """
import multiprocessing, os, time
from concurrent.futures import ProcessPoolExecutor
from adapters.hands import end_with_parent

if __name__ == "__main__":
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(1, mp_context=spawn, initializer=end_with_parent)
    print(pool.submit(os.getpid).result(), flush=True)
    time.sleep(60)
"""


def test_a_process_ends_with_its_parent_however_that_ends(tmp_path: Path) -> None:
    """It would wait for work for ever, and hold the store open."""
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    here = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    command = [sys.executable, str(script)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=here
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    for _ in range(200):
        if not is_there(child):
            break
        time.sleep(0.05)
    assert not is_there(child)


def is_there(process: int) -> bool:
    """Tell whether a process is there and no mere remains."""
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False
