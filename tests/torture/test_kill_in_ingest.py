"""SIGKILL in the middle of an ingest leaves a whole article or none of it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from adapters.articles.store import SQLArticleStore
from adapters.clock import SystemClock
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.views.sqlite import SQLiteViewStore
from domain.decisions.capture import decide_capture
from domain.events.codec import decode
from domain.model.ids import ArticleId, article_stream
from domain.services.log_pages import read_all
from domain.services.projecting import Projector
from domain.services.replay import Replay
from tests.support.words import WordExtractor
from tests.torture.writer import A_URL, CAPTURE, article_of, topics_of

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("ONRECORD_KILLS", "16"))
"""How many writers are killed; ``make torture`` raises it."""
LOOKS = 4
"""How often the whole store is looked at on the way."""
LONGEST = 0.6
"""Seconds that a writer may live: from before it opened the stores to many articles."""

Fact = tuple[str, str]
"""A stream and the content of an event."""


@dataclass
class Writers:
    """The nursery of writers, and what they acknowledged before they died."""

    nursery: subprocess.Popen[str]
    acknowledged: list[int] = field(default_factory=list)

    def kill_one(self, after: float) -> None:
        """Start a writer behind the last acknowledged article; kill it after a time."""
        assert self.nursery.stdin is not None
        first = max(self.acknowledged, default=-1) + 1
        self.nursery.stdin.write(f"{first}\n")
        self.nursery.stdin.flush()
        pid = self._listen("pid")
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
        assert self._listen("dead") == -signal.SIGKILL, "it died by itself"

    def _listen(self, until: str) -> int:
        """Take in acknowledgements up to a message; return what that says."""
        assert self.nursery.stdout is not None
        for line in self.nursery.stdout:
            word, _, number = line.rstrip("\n").rpartition(" ")
            if word == until:
                return int(number)
            self.acknowledged.append(int(number))
        message = "the nursery is gone"
        raise AssertionError(message)


@contextmanager
def writers(folder: Path) -> Iterator[Writers]:
    """Keep a nursery of writers."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.torture.writer", str(folder)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as nursery:
        yield Writers(nursery)


@pytest.mark.slow
def test_a_killed_ingest_loses_nothing_and_tears_nothing(tmp_path: Path) -> None:
    """Acknowledged articles are there; each is whole, with its text, or absent."""
    chance = random.Random(7)
    lost: set[int] = set()
    torn: set[int] = set()
    with writers(tmp_path) as started:
        for kill in range(1, KILLS + 1):
            started.kill_one(after=chance.uniform(0, LONGEST))
            if kill % max(1, KILLS // LOOKS) == 0 or kill == KILLS:
                missing, halved = look(tmp_path, started.acknowledged)
                lost, torn = lost | missing, torn | halved
        total = len(started.acknowledged)
    print(f"{KILLS} kills, {total} acknowledged, {len(lost)} lost, {len(torn)} torn")
    assert started.acknowledged == list(range(total))
    assert total >= KILLS // 2
    assert (lost, torn) == (set(), set())


def look(folder: Path, acknowledged: list[int]) -> tuple[set[int], set[int]]:
    """Open the stores; return which articles are lost, and which are there in part.

    The read models are brought up from wherever the kill left them, and must be what
    the log gives from its first event.
    """
    with (
        SQLiteEventLog(folder / "log.db", SystemClock()) as log,
        SQLArticleStore(folder / "texts.db") as texts,
        SQLiteViewStore(folder / "views.db") as views,
    ):
        recorded = [decode(stored) for stored in read_all(log)]
        assert [each.seq for each in recorded] == sorted({r.seq for r in recorded})
        facts = Counter((r.stream, r.event.model_dump_json()) for r in recorded)
        lost, torn, expected = set(), set(), Counter[Fact]()
        for number in range(len(acknowledged) + 2):
            whole = facts_of(number)
            there = {fact for fact in whole if facts[fact]}
            expected.update(there)
            if any(facts[fact] > 1 for fact in whole) or there not in (set(), whole):
                torn.add(number)
            if there and texts.get(article_of(number).id) != article_of(number).text:
                torn.add(number)
            if number < len(acknowledged) and not there:
                lost.add(number)
        strange = {fact for fact in facts if fact not in expected}
        assert {stream for stream, _ in strange} <= {"topic:unfiled"}
        assert Projector(log, views).catch_up() == log.head()
        replayed = Replay(log, views).all()
        assert replayed.equal, replayed.difference
        assert replayed.parked == 0
    return lost, torn


def facts_of(number: int) -> set[Fact]:
    """Return all facts of an article: captured, each statement filed, a revision."""
    article = article_of(number)
    extraction = WordExtractor(*topics_of(number)).extract(article)
    earlier: ArticleId | None = article_of(number - 1).id if number % A_URL else None
    streams = decide_capture(article, CAPTURE, extraction, earlier=earlier)
    assert len(streams) == (4 if earlier else 3)
    assert article_stream(article.id) in streams
    return {
        (stream, event.model_dump_json())
        for stream, events in streams.items()
        for event in events
    }
