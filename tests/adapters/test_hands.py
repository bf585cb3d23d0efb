"""Processes that fold topics for a rebuild: what they come to is what one comes to."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest

from adapters.clock import SystemClock
from adapters.hands import Processes
from adapters.settings import Settings
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


def settings(kind: str, folder: Path, request: pytest.FixtureRequest) -> Settings:
    """Return settings of a store that has three topics."""
    name = f"sqlite:///{folder}/record.db"
    if kind == "postgresql":
        name = request.getfixturevalue("database")
    chosen = Settings(store=name)
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
    chosen, told = settings(kind, tmp_path, request), list[int]()
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
    chosen = settings("sqlite", tmp_path, request)
    with open_stores(chosen, SystemClock()) as stores:
        projector = Projector(stores.log, stores.views)
        before = projector.catch_up()
        killed = Processes(chosen, 1, partial(os._exit, 1))
        with pytest.raises(StoreUnavailableError, match="rebuild again, with --jobs 1"):
            projector.rebuild(hands=killed)
        assert projector.seq() == before
        assert projector.rebuild() == before
        assert Replay(stores.log, stores.views).all().equal
