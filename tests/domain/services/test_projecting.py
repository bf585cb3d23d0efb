"""The read models follow the log, page by page, whatever lies in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy.exc import OperationalError

from adapters.eventlog.memory import MemoryEventLog
from adapters.sqlite import dbapi
from adapters.views.sqlite import SQLiteViewStore
from domain.errors import StoreUnavailableError
from domain.events.base import Event, Recorded, Stored
from domain.events.codec import decode
from domain.events.topic import StatementDated
from domain.model.ids import topic_stream
from domain.ports import FreshViews, ViewTransaction
from domain.projections.rows import Changes, Place, Rows, Table
from domain.projections.topics import topic_rows, topic_state
from domain.services.folding import Folding, refold, stream_reader
from domain.services.projecting import Projector
from domain.services.replay import Replay
from tests.support.facts import (
    TOPIC,
    attributed,
    dated,
    opened,
    posed,
    reading,
    statement_of,
    withdrawn,
)
from tests.support.histories import ASKED_AGAIN, DOUBLED, histories
from tests.support.rows import KeptRows
from tests.support.stores import SteppingClock, append

STREAM = topic_stream(TOPIC)
SUMMARY = Place(Table.TOPIC, (TOPIC,))
OF_TOPIC = {
    Table.TOPIC,
    Table.TOPIC_HEAD,
    Table.STATEMENT,
    Table.POSITION,
    Table.ASIDE,
    Table.WITHDRAWN,
}


@pytest.fixture
def log() -> MemoryEventLog:
    """Return an empty log."""
    return MemoryEventLog(SteppingClock())


@pytest.fixture
def views(tmp_path: Path) -> Iterator[SQLiteViewStore]:
    """Return empty read models."""
    with SQLiteViewStore(tmp_path / "views.db") as store:
        yield store


def poison(log: MemoryEventLog, name: str, state: bytes) -> None:
    """Put bytes into the log that no version of ours ever wrote."""
    version = log.version(STREAM) + 1
    stored = Stored(log.head() + 1, STREAM, version, name, state)
    log._log.append(stored)
    log._streams.setdefault(STREAM, []).append(stored)


def fill(log: MemoryEventLog, history: list[Recorded[Event]]) -> None:
    """Append a generated history, each fact once."""
    for each in history:
        append(log, each.stream, each.event)


def dated_later(number: int) -> StatementDated:
    """Return the decision that a statement was spoken on another day."""
    said = statement_of(number)
    return StatementDated(statement=said, dating=dated("2031-03-01"), reason="checked")


def folded(log: MemoryEventLog, size: int) -> KeptRows:
    """Fold the log in pages of a size, stored each, with little kept in memory."""
    kept, folding = KeptRows(), Folding(log, most=2)
    while page := log.read(after=folding.progress.seq, limit=size):
        assert folding.take_in(page, kept) == []
        kept.save(folding.hand_over())
    return kept


def test_the_read_models_reach_the_head_of_the_log(
    log: MemoryEventLog, views: SQLiteViewStore
) -> None:
    """After catching up, the stored seq is the head and every topic has its row."""
    append(log, STREAM, opened(), posed(), attributed(1, "2031-02-01", reading(2)))
    assert Projector(log, views).catch_up() == 3
    with views.snapshot() as served:
        assert served.seq == 3
        assert served.keys(Table.TOPIC) == [(TOPIC,)]
        assert len(served.rows(Table.POSITION, TOPIC)) == 1


def test_an_event_that_cannot_be_read_is_parked_and_the_rest_goes_on(
    log: MemoryEventLog, views: SQLiteViewStore
) -> None:
    """Poison is stored with its seq and reason; later events are folded in."""
    append(log, STREAM, opened())
    poison(log, "never-heard-of.v1", b"{}")
    poison(log, "topic-opened.v1", b"not json")
    append(log, STREAM, attributed(1, "2031-02-01", reading(2)))
    assert Projector(log, views).catch_up() == 4
    with views.snapshot() as served:
        assert [(each.seq, each.name) for each in served.parked()] == [
            (2, "never-heard-of.v1"),
            (3, "topic-opened.v1"),
        ]
        assert "does not know" in served.parked()[0].error
        assert len(served.rows(Table.STATEMENT, TOPIC)) == 1
    assert Replay(log, views).all().equal


def test_an_event_in_the_stream_of_another_topic_is_parked(
    log: MemoryEventLog, views: SQLiteViewStore
) -> None:
    """An event names its topic; in another stream it is refused, not misfiled."""
    append(log, "topic:elsewhere", opened())
    Projector(log, views).catch_up()
    with views.snapshot() as served:
        assert [each.stream for each in served.parked()] == ["topic:elsewhere"]
        assert not served.rows(Table.TOPIC)
    assert Replay(log, views).all().equal


def test_a_second_process_takes_over_where_the_first_stopped(
    log: MemoryEventLog, views: SQLiteViewStore
) -> None:
    """Two projectors that take turns give what one gives: their state is a cache."""
    first, second = Projector(log, views), Projector(log, views)
    for number in range(6):
        append(log, STREAM, attributed(number, "2031-02-01", reading(number % 3)))
        (first if number % 2 else second).catch_up()
    assert Replay(log, views).all().equal


@given(histories(), st.integers(1, 5))
@example(DOUBLED, 2)
@example(ASKED_AGAIN, 3)
def test_all_versions_of_all_rows_are_the_same_in_pages_of_any_size(
    history: list[Recorded[Event]], size: int
) -> None:
    """Folding page by page over a store gives what one fold from nothing gives."""
    log = MemoryEventLog(SteppingClock())
    fill(log, history)
    kept, whole = folded(log, size), KeptRows()
    whole.save(refold(log)[0])
    assert kept.versions() == whole.versions()
    assert kept.at() == whole.at()


@given(histories(), st.sampled_from([1, 2, 500]))
@example(DOUBLED, 500)
@example(ASKED_AGAIN, 2)
def test_the_rows_at_every_seq_are_those_of_the_whole_stream_up_to_it(
    history: list[Recorded[Event]], at_a_time: int
) -> None:
    """Folding by parts, event by event, gives what folding the topic from nothing gives."""
    log = MemoryEventLog(SteppingClock())
    fill(log, history)
    kept = KeptRows()
    with pytest.MonkeyPatch.context() as few:
        few.setattr("domain.projections.topic_fold.AT_A_TIME", at_a_time)
        kept.save(refold(log)[0])
    for seq in range(1, log.head() + 1):
        rows = topic_rows(topic_state(stream_reader(log), TOPIC, seq))
        expected = {p: body for p, body in rows.items() if p.table.versioned}
        found = kept.at(seq)
        assert {p: found[p] for p in found if p.table.versioned} == expected
    found = kept.at()
    assert {p: found[p] for p in found if p.table in OF_TOPIC} == rows
    assert count_of_articles(found) == json.loads(rows[SUMMARY])["articles"]


def count_of_articles(rows: Rows) -> int:
    """Return how many articles have a statement on record."""
    return sum(place.table is Table.TOPIC_ARTICLE for place in rows)


def test_a_replay_names_the_first_row_that_differs(
    log: MemoryEventLog, views: SQLiteViewStore
) -> None:
    """A changed row is found, with its field, what was served and what is right."""
    append(log, STREAM, opened(), posed(), attributed(1, "2031-02-01", reading(2)))
    Projector(log, views).catch_up()
    with views.transaction() as tampering:
        key = tampering.keys(Table.POSITION, TOPIC)[0]
        body = tampering.row(Table.POSITION, *key)
        assert body is not None
        forged = body.replace(b'"value":{"commitment":2', b'"value":{"commitment":-2')
        assert forged != body
        crime = Changes.putting({Place(Table.POSITION, key): forged}, tampering.seq)
        tampering.save(crime, [], tampering.progress)
    for found in (Replay(log, views).all(), Replay(log, views).topic(TOPIC)):
        assert not found.equal
        assert found.difference is not None
        assert found.difference.table == "position"
        assert found.difference.field == "/value/commitment"
        assert (found.difference.replayed, found.difference.served) == ("2", "-2")


@pytest.mark.parametrize("withdrawn_since", [False, True])
def test_words_that_were_changed_in_the_log_are_found_by_a_replay(
    log: MemoryEventLog, views: SQLiteViewStore, *, withdrawn_since: bool
) -> None:
    """Rows copy no words, and still differ from those of a log that says something else."""
    append(log, STREAM, opened(), attributed(1, "2031-02-01", reading(2)))
    if withdrawn_since:
        append(log, STREAM, withdrawn(decode(log.read()[-1])))
    Projector(log, views).catch_up()
    assert Replay(log, views).all().equal
    told = log._log[1]
    changed = told.state.replace(b'"words":"Arti"', b'"words":"Anti"')
    assert changed != told.state
    log._log[1] = log._streams[STREAM][1] = replace(told, state=changed)
    for found in (Replay(log, views).all(), Replay(log, views).topic(TOPIC)):
        assert found.equal is (withdrawn_since and found.topic is not None)
    difference = Replay(log, views).all().difference
    assert difference is not None
    assert "digests" in (difference.field or "")


def test_a_rebuild_gives_the_same_rows(
    log: MemoryEventLog, views: SQLiteViewStore
) -> None:
    """Dropping the read models and folding the log again changes no digest."""
    append(log, STREAM, opened(), posed(), attributed(1, "2031-02-01", reading(2)))
    projector = Projector(log, views)
    projector.catch_up()
    before = Replay(log, views).all().served_digest
    assert projector.rebuild() == 3
    assert Replay(log, views).all().served_digest == before


def test_a_rebuild_serves_a_whole_state_to_who_reads_and_appends_meanwhile(
    log: MemoryEventLog, views: SQLiteViewStore
) -> None:
    """Every read during a rebuild sees all rows; what is appended during it is there."""
    for fact in (opened(), *(attributed(n) for n in range(8))):
        append(log, STREAM, fact)
    Projector(log, views).catch_up()
    seen: list[tuple[int, int]] = []

    def look(_: int) -> None:
        with views.snapshot() as served:
            seen.append((served.seq, len(served.rows(Table.STATEMENT, TOPIC))))
        if len(seen) < 4:
            append(log, STREAM, attributed(100 + len(seen)))
            Projector(log, views).catch_up()

    assert Projector(log, views, page=2, rebuild_page=2).rebuild(look) == 12
    assert seen[:4] == [(9, 8), (10, 9), (11, 10), (12, 11)]
    assert set(seen[4:]) == {(12, 11)}
    assert Replay(log, views).all().equal


def test_a_rebuild_is_not_behind_what_was_served(
    log: MemoryEventLog, views: SQLiteViewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was folded in between the last page and the swap is in the new tables."""
    append(log, STREAM, opened())
    beside = views.beside

    @contextmanager
    def served_meanwhile() -> Iterator[FreshViews]:
        with beside() as fresh:
            yield Late(fresh, lambda: Projector(log, views).catch_up())

    class Late:
        """Fresh views before whose swap something more is appended and served."""

        def __init__(self, fresh: FreshViews, serve: Callable[[], int]) -> None:
            self.snapshot, self.transaction = fresh.snapshot, fresh.transaction
            self._fresh, self._serve = fresh, serve

        def replacing(self) -> AbstractContextManager[ViewTransaction]:
            append(log, STREAM, attributed(1))
            assert self._serve() == 2
            return self._fresh.replacing()

    monkeypatch.setattr(views, "beside", served_meanwhile)
    assert Projector(log, views).rebuild() == 2
    assert Replay(log, views).all().equal


def test_another_log_that_ends_at_the_same_seq_is_noticed(
    log: MemoryEventLog, views: SQLiteViewStore
) -> None:
    """Read models are of the log whose event lies at their seq, not of any as long."""
    append(log, STREAM, opened(), attributed(1))
    Projector(log, views).catch_up()
    other = MemoryEventLog(SteppingClock())
    append(other, STREAM, opened(), attributed(2))
    assert Projector(other, views).catch_up() == 2
    assert Replay(other, views).all().equal
    append(other, STREAM, attributed(3))
    append(log, STREAM, attributed(4), attributed(5))
    assert Projector(log, views).catch_up() == 4
    assert Replay(log, views).all().equal


def test_a_store_that_fails_in_a_fold_parks_nothing(
    log: MemoryEventLog, views: SQLiteViewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy log ends the fold, and the same events are folded the next time."""
    append(log, STREAM, opened())
    read_stream = log.read_stream

    def busy(*_: object, **__: object) -> Sequence[Stored]:
        message = "the store is locked"
        raise StoreUnavailableError(message)

    monkeypatch.setattr(log, "read_stream", busy)
    with pytest.raises(StoreUnavailableError):
        Projector(log, views).catch_up()
    monkeypatch.setattr(log, "read_stream", read_stream)
    assert Projector(log, views).catch_up() == 1
    with views.snapshot() as served:
        assert not served.parked()
        assert served.keys(Table.TOPIC) == [(TOPIC,)]


def test_rows_that_cannot_be_read_park_nothing(
    log: MemoryEventLog, views: SQLiteViewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fails under a fold is no fault of the event that it came with."""
    append(log, STREAM, opened(), attributed(1, "2031-02-01", reading(2)))
    Projector(log, views).catch_up()
    append(log, STREAM, dated_later(1))

    def broken(*_: object) -> bytes:
        cause = dbapi.OperationalError("disk I/O error")
        raise OperationalError("SELECT", {}, cause)

    with monkeypatch.context() as failing:
        for name in ("row", "beginning"):
            failing.setattr(f"adapters.views.transaction.SqlSnapshot.{name}", broken)
        with pytest.raises(StoreUnavailableError, match="disk"):
            Projector(log, views).catch_up()
    assert Projector(log, views).catch_up() == 3
    with views.snapshot() as served:
        assert not served.parked()
    assert Replay(log, views).all().equal


def test_what_was_folded_before_a_rebuild_is_not_gone_on_with(
    log: MemoryEventLog, views: SQLiteViewStore
) -> None:
    """A service that runs on does not write into rebuilt rows what it held of others."""
    append(log, STREAM, opened(), posed(), attributed(1, "2031-02-01", reading(2)))
    running = Projector(log, views)
    running.catch_up()
    with views.transaction() as damaged:
        key = damaged.keys(Table.POSITION, TOPIC)[0]
        body = damaged.row(Table.POSITION, *key) or b""
        wrong = {Place(Table.POSITION, key): body.replace(b'"rule":', b'"rule":1')}
        damaged.save(Changes.putting(wrong, damaged.seq), [], damaged.progress)
    append(log, STREAM, attributed(2, "2031-02-03", reading(2)))
    running.catch_up()
    Projector(log, views).rebuild()
    append(log, STREAM, attributed(3, "2031-02-05", reading(1)))
    running.catch_up()
    assert Replay(log, views).all().equal


def test_a_transaction_is_folded_whole(
    log: MemoryEventLog, views: SQLiteViewStore
) -> None:
    """Whoever reads sees all of a transaction or nothing, however small the pages."""
    append(log, STREAM, opened())
    append(log, STREAM, *(attributed(n) for n in range(7)))
    append(log, STREAM, attributed(8))
    seen: list[int] = []
    projector = Projector(log, views, page=2)
    projector.catch_up(lambda _: seen.append(projector.seq()))
    assert seen == [8, 9]


@pytest.mark.parametrize("left", [0, 1, 2])
def test_read_models_ahead_of_the_log_are_folded_anew(
    log: MemoryEventLog, views: SQLiteViewStore, left: int
) -> None:
    """An older log was put back, or none: nothing that is not on record is served."""
    facts = [opened(), posed(), attributed(1, "2031-02-01", reading(2))]
    append(log, STREAM, *facts)
    Projector(log, views).catch_up()
    older = MemoryEventLog(SteppingClock())
    if left:
        append(older, STREAM, *facts[:left])
    assert Projector(older, views).catch_up() == left
    with views.snapshot() as served:
        assert served.seq == left
        assert not served.rows(Table.POSITION)
    assert Replay(older, views).all().equal
