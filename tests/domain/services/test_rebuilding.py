"""A rebuild folds topic by topic; what it comes to is what a fold in pages comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from adapters import sqlite_file
from adapters.eventlog.memory import MemoryEventLog
from adapters.views.sqlite import SQLiteViewStore
from domain.errors import StoreUnavailableError
from domain.events.agent import AliasJudged, Verdict
from domain.events.article import ArticleRevised
from domain.events.base import Event, Recorded, Stored
from domain.model.ids import (
    ALIASES,
    AgentId,
    TopicId,
    agent_stream,
    article_stream,
    topic_stream,
)
from domain.ports import Progress, ViewSnapshot
from domain.projections.rows import Table
from domain.services import folding, projecting, rebuilding
from domain.services.projecting import Projector
from domain.services.rebuilding import Rebuilding, Tick
from domain.services.replay import Replay
from tests.support.desk import captured, registered
from tests.support.facts import (
    TOPIC,
    article_of,
    attributed,
    opened,
    reading,
    recorded,
)
from tests.support.histories import ASKED_AGAIN, DOUBLED, REASON, histories
from tests.support.stores import SteppingClock, append

SECOND = TopicId("quarry-tax")
_TWICE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def views(tmp_path: Path) -> Iterator[SQLiteViewStore]:
    """Return empty read models."""
    with SQLiteViewStore(tmp_path / "views.db") as store:
        yield store


def in_second(event: Event) -> Event:
    """Return an event as one of the second topic, if it is of a topic."""
    if "topic" not in type(event).model_fields:
        return event
    return event.model_copy(update={"topic": SECOND})


def log_of(history: list[Recorded[Event]]) -> MemoryEventLog:
    """Return a log of two topics, with articles, agents and judgements in between."""
    log = MemoryEventLog(SteppingClock())
    for number, each in enumerate(history):
        append(log, each.stream, each.event)
        if number == 1:
            poison(log, topic_stream(TOPIC))
        if each.stream == topic_stream(TOPIC):
            append(log, topic_stream(SECOND), in_second(each.event))
        article, before = article_of(number), article_of(max(number - 1, 0))
        append(log, article_stream(article), captured(number, None))
        url = f"https://gull.example/{number}"
        revised = ArticleRevised(article=before, revision=article, url=url)
        append(log, article_stream(before), revised)
        append(log, agent_stream(AgentId(f"agent-{number}")), registered("vesna-orlin"))
    return log


def poison(log: MemoryEventLog, stream: str) -> None:
    """Put an event into the log that no version of ours ever wrote."""
    version = log.version(stream) + 1
    stored = Stored(log.head() + 1, stream, version, "never-heard-of.v1", b"{}")
    log._log.append(stored)
    log._streams.setdefault(stream, []).append(stored)


def everything(served: ViewSnapshot) -> object:
    """Return all rows, their versions, the parked events and the progress."""
    return (
        {t: list(served.versions(t)) for t in Table if t.versioned},
        {t: list(served.beginning(t, [()])) for t in Table if not t.versioned},
        list(served.parked()),
        served.progress,
    )


@_TWICE
@given(history=histories(), page=st.sampled_from([1, 3, 4000]), read=st.integers(1, 3))
@example(history=DOUBLED, page=1, read=1)
@example(history=ASKED_AGAIN, page=4000, read=1)
def test_topic_by_topic_gives_the_rows_of_page_by_page(
    views: SQLiteViewStore, history: list[Recorded[Event]], page: int, read: int
) -> None:
    """All rows are equal, all their versions, the parked events, and the progress."""
    log = log_of(history)
    for stream in (topic_stream(SECOND), ALIASES, "article:none", "elsewhere"):
        poison(log, stream)
    with pytest.MonkeyPatch.context() as few, views.beside() as fresh:
        few.setattr(rebuilding, "OF_A_TOPIC", read)
        few.setattr(folding, "AT_ONCE", read)
        Rebuilding(log, fresh, page=page).run(lambda _: None)
        with fresh.snapshot() as found:
            rebuilt = everything(found)
    with views.transaction() as transaction:
        transaction.clear()
    Projector(log, views, page=5).catch_up()
    with views.snapshot() as served:
        assert rebuilt == everything(served)
    assert Replay(log, views).all().equal


class QuickHands:
    """Hands that have folded every share as soon as the first is asked for."""

    def __init__(self, log: MemoryEventLog, views: SQLiteViewStore) -> None:
        self._others = Rebuilding(log, views.building())

    @contextmanager
    def fold_topics(
        self, shares: Iterable[Sequence[str]], head: int, tick: Tick
    ) -> Iterator[Iterable[Sequence[str]]]:
        """Leave no share."""

        def left() -> Iterator[Sequence[str]]:
            for share in shares:
                self._others.fold_topics(share, head, tick)
            yield from ()

        yield left()


@pytest.mark.parametrize(
    ("page", "by_others"), [(1, False), (4000, False), (4000, True)]
)
def test_a_judgement_on_agents_reaches_each_topic_in_its_place(
    views: SQLiteViewStore, page: int, *, by_others: bool
) -> None:
    """Statements before it are folded again at its seq, those after it once."""
    names = {"first": AgentId("tarek-mool"), "second": AgentId("vesna-orlin")}
    same, other = (
        AliasJudged(**names, verdict=verdict, reason="one person, or two")
        for verdict in (Verdict.POSITIVE, Verdict.NEGATIVE)
    )
    spoken = [
        attributed(number, f"2031-02-0{number}", reading(number % 3), speaker=speaker)
        for number, speaker in enumerate(["vesna-orlin", "tarek-mool"] * 2, start=1)
    ]
    log = log_of(recorded([opened(), *spoken[:2]]))
    append(log, ALIASES, same)
    append(log, topic_stream(SECOND), in_second(spoken[2]))
    append(log, ALIASES, other)
    append(log, topic_stream(TOPIC), spoken[3])
    with views.beside() as fresh:
        hands = QuickHands(log, views) if by_others else None
        Rebuilding(log, fresh, page=page).run(lambda _: None, hands)
        with fresh.snapshot() as found:
            rebuilt = everything(found)
    Projector(log, views).catch_up()
    with views.snapshot() as served:
        assert rebuilt == everything(served)


def test_each_event_is_counted_once(views: SQLiteViewStore) -> None:
    """A progress bar that is as long as the log is full at the end."""
    log = log_of([])
    append(log, topic_stream(TOPIC), opened())
    for number in range(7):
        append(log, topic_stream(TOPIC), attributed(number, "2031-02-01", reading(1)))
        append(log, article_stream(article_of(number)), captured(number, None))
    told: list[int] = []
    with views.beside() as fresh:
        Rebuilding(log, fresh, page=3).run(told.append)
    assert sum(told) == log.head()


class OwnHands:
    """Hands that leave every share to the process that asks for them."""

    def __init__(self) -> None:
        self.shares: list[Sequence[str]] = []

    @contextmanager
    def fold_topics(
        self, shares: Iterable[Sequence[str]], head: int, tick: Tick
    ) -> Iterator[Iterable[Sequence[str]]]:
        """Give all shares back."""
        self.shares = list(shares)
        yield self.shares


def test_shares_begin_with_the_longest_topic_and_become_smaller(
    views: SQLiteViewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever takes the last one is done when the others are; each topic is in one."""
    monkeypatch.setattr(rebuilding, "LEAST", 2)
    log, hands = MemoryEventLog(SteppingClock()), OwnHands()
    for number in range(1, 41):
        topic = topic_stream(TopicId(f"topic-{number}"))
        for version in range(number // 10 + 1):
            poison(log, topic) if version else append(log, topic, opened())
    with views.beside() as fresh:
        Rebuilding(log, fresh).run(lambda _: None, hands)
    sizes = [sum(map(log.version, share)) for share in hands.shares]
    assert topic_stream(TopicId("topic-40")) in hands.shares[0]
    assert sizes[0] > 4 * sizes[-1]
    streams = [stream for share in hands.shares for stream in share]
    assert sorted(streams) == log.streams("topic:")


def test_a_log_with_very_many_judgements_is_left_to_pages(
    views: SQLiteViewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each topic would take in all of them: nothing is folded, and the pages do it."""
    monkeypatch.setattr("domain.services.rebuilding.JUDGEMENTS", 0)
    log = log_of([])
    append(log, topic_stream(TOPIC), opened())
    poison(log, ALIASES)
    with views.beside() as fresh:
        Rebuilding(log, fresh).run(lambda _: None)
        with fresh.snapshot() as found:
            assert found.progress == Progress()
    assert Projector(log, views).rebuild() == log.head()
    assert Replay(log, views).all().equal


def test_what_comes_while_it_runs_is_folded_in_before_it_is_served(
    views: SQLiteViewStore,
) -> None:
    """A rebuild ends where the log ends then, not where it ended at first."""
    log = log_of([])
    append(log, topic_stream(TOPIC), opened())
    told = attributed(1, "2031-02-01", reading(1))

    def late(_: int) -> None:
        if log.head() == 1:
            append(log, topic_stream(TOPIC), told)

    assert Projector(log, views).rebuild(late) == 2
    assert Replay(log, views).all().equal


def test_a_topic_that_is_opened_meanwhile_is_taken_in(views: SQLiteViewStore) -> None:
    """Others append while articles are folded: what is new then waits for the pages."""
    log = log_of(recorded([opened(), attributed(1, "2031-02-01", reading(1))]))
    later = TopicId("salt-road")

    def open_another(_: int) -> None:
        if not log.version(topic_stream(later)):
            event = opened().model_copy(update={"topic": later})
            append(log, topic_stream(later), event)

    assert Projector(log, views).rebuild(open_another) == log.head()
    assert Replay(log, views).all().equal


def test_many_judgements_on_many_topics_are_left_to_pages(
    views: SQLiteViewStore,
) -> None:
    """Short topics would take in more judgements than there are events in the log."""
    log, names = log_of([]), ("tarek-mool", "vesna-orlin")
    for number in range(9):
        topic = TopicId(f"topic-{number}")
        event = opened().model_copy(update={"topic": topic})
        append(log, topic_stream(topic), event)
    for verdict in [Verdict.POSITIVE, Verdict.NEGATIVE] * 4:
        one, other = map(AgentId, names)
        append(
            log,
            ALIASES,
            AliasJudged(first=one, second=other, verdict=verdict, reason=REASON),
        )
    with views.beside() as fresh:
        Rebuilding(log, fresh).run(lambda _: None)
        with fresh.snapshot() as found:
            assert found.progress == Progress()
    assert Projector(log, views).rebuild() == log.head()
    assert Replay(log, views).all().equal


def test_what_has_no_room_for_a_rebuild_is_not_folded_in_its_place(
    views: SQLiteViewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fold in pages would fill the disk that a rebuild was refused for."""
    log = log_of([])
    append(log, topic_stream(TOPIC), opened())
    monkeypatch.setattr(projecting, "MANY", 0)
    monkeypatch.setattr(sqlite_file, "ROOM", 1 << 60)
    projector = Projector(log, views)
    with pytest.raises(StoreUnavailableError):
        projector.catch_up()
    assert projector.seq() == 0
