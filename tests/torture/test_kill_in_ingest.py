"""SIGKILL in the middle of an ingest leaves a whole article or none of it."""

from __future__ import annotations

import random
import time
from collections import Counter
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
from tests.support.words import WordExtractor
from tests.torture.conftest import Outcome, Tally
from tests.torture.facts import A_URL, CAPTURE, article_of, topics_of
from tests.torture.nursery import AS_REPLAYED, KILLS, check_views, nursery

LOOKS = 4
"""How often the whole store is looked at on the way."""
LONGEST = 0.6
"""Seconds that an ingester may live: from before it opened the stores to many articles."""

Fact = tuple[str, str]
"""A stream and the content of an event."""


@pytest.mark.slow
def test_a_killed_ingest_loses_nothing_and_tears_nothing(
    tmp_path: Path, tally: Tally
) -> None:
    """Acknowledged articles are there; each is whole, with its text, or absent."""
    chance = random.Random(7)
    lost: set[int] = set()
    torn: set[int] = set()
    with nursery(tmp_path) as started:
        for kill in range(1, KILLS + 1):
            first = max(started.acknowledged, default=-1) + 1
            pid = started.start("ingester", first)
            time.sleep(chance.uniform(0, LONGEST))
            started.kill(pid)
            if kill % max(1, KILLS // LOOKS) == 0 or kill == KILLS:
                missing, halved = look(tmp_path, started.acknowledged)
                lost, torn = lost | missing, torn | halved
    total = len(started.acknowledged)
    tally(
        Outcome(
            "articles, ingest killed",
            KILLS,
            "kills",
            total,
            len(lost),
            f"{len(torn)} torn or doubled; {AS_REPLAYED}",
        )
    )
    assert started.acknowledged == list(range(total))
    assert total >= KILLS // 10, "hardly any of them came to work"
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
        check_views(log, views)
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
