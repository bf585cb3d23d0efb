"""What every store of read models promises while others read it, fill it, or rebuild it."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from adapters import patience, postgresql, sqlite_file
from domain.errors import StoreBusyError, StoreUnavailableError
from domain.ports import ViewStore
from domain.projections.rows import Changes, Table
from tests.support.view_rows import FIRST, SECOND, Open, put, topic, topics


def test_tables_built_beside_are_not_served_until_they_replace(
    views: ViewStore,
) -> None:
    """Who reads sees the old state whole, then the new one whole; time and again."""
    put(views, topic("old"), FIRST)
    for name in ("new", "newer"):
        before = topics(views)
        with views.beside() as fresh:
            assert topics(fresh) == []
            put(fresh, topic(name), FIRST)
            assert topics(views) == before
            with views.snapshot() as served:
                with fresh.replacing() as transaction:
                    transaction.save(Changes.putting(topic("last"), 2), [], SECOND)
                assert list(served.keys(Table.TOPIC)) == before
        assert topics(views) == sorted([(name,), ("last",)])
        with views.snapshot() as served:
            assert served.progress == SECOND


def test_tables_that_did_not_replace_leave_no_trace(views: ViewStore) -> None:
    """A rebuild that fails leaves what is served, and the next begins anew."""
    put(views, topic("old"), FIRST)

    def fail() -> None:
        with views.beside() as fresh:
            assert topics(fresh) == []
            put(fresh, topic("new"), FIRST)
            with fresh.replacing():
                raise ZeroDivisionError

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            fail()
    assert topics(views) == [("old",)]
    put(views, topic("more"), SECOND)


def test_only_one_builds_beside_at_a_time(open_views: Open) -> None:
    """A second rebuild is refused with what to do, and free once the first ends."""
    first, second = open_views(), open_views()
    with (
        first.beside(),
        pytest.raises(StoreUnavailableError, match="rebuilt by another"),
        second.beside(),
    ):
        pass
    with second.beside():
        pass


def test_what_another_has_begun_anew_is_not_gone_on_with(open_views: Open) -> None:
    """A lock may be lost, a parent may die: who builds on then would serve half of it."""
    views, other = open_views(), open_views()
    with views.beside() as fresh:
        put(fresh, topic("harbour"), FIRST)
        left = other.building()
        views._building.release()  # type: ignore[attr-defined] # as if it were lost
        with other.beside() as begun:
            with pytest.raises(StoreUnavailableError, match="begun this rebuild anew"):
                put(fresh, topic("mill"), SECOND)
            with pytest.raises(StoreUnavailableError, match="begun this rebuild anew"):
                put(left, topic("mill"), SECOND)
            put(begun, topic("quarry"), FIRST)
            with begun.replacing():
                pass
        with (
            pytest.raises(StoreUnavailableError, match="begun this rebuild anew"),
            fresh.replacing(),
        ):
            pass
    assert topics(views) == [("quarry",)]


def test_who_reads_when_tables_replace_reads_on(open_views: Open) -> None:
    """Neither waits for the other, in whatever order tables are read."""
    views, other = open_views(), open_views()
    put(views, topic("harbour"), FIRST)
    with other.snapshot() as served:
        assert not served.versions(Table.POSITION, "harbour")
        with views.beside() as fresh, fresh.replacing():
            pass
        assert not served.rows(Table.STATEMENT, "harbour")
        assert served.keys(Table.TOPIC) == [("harbour",)]
    assert topics(other) == []


@pytest.fixture
def soon_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let databases wait for no lock longer than some milliseconds."""
    pragmas = [each.replace("=5000", "=20") for each in sqlite_file._PRAGMAS]
    monkeypatch.setattr(sqlite_file, "_PRAGMAS", pragmas)
    session = postgresql._SESSION.replace("10s", "20ms")
    monkeypatch.setattr(postgresql, "_SESSION", session)


def rebuild_as(views: ViewStore, name: str) -> None:
    """Build read models with one topic, and serve them."""
    with views.beside() as fresh:
        put(fresh, topic(name), FIRST)
        with fresh.replacing():
            pass


@pytest.mark.usefixtures("soon_busy")
def test_a_rebuild_waits_for_those_who_write(
    open_views: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes long, and a page of another process is no reason to give it up."""
    monkeypatch.setattr(patience, "ATTEMPTS", 200)
    views, other = open_views(), open_views()
    with ThreadPoolExecutor(1) as pool:
        with other.transaction():
            rebuilding = pool.submit(rebuild_as, views, "new")
            time.sleep(0.3)
            assert not rebuilding.done()
        rebuilding.result()
    assert topics(other) == [("new",)]


@pytest.mark.usefixtures("soon_busy")
def test_a_rebuild_does_not_wait_for_ever(
    open_views: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It gives up with what to do, serves what was served, and works later."""
    monkeypatch.setattr(patience, "ATTEMPTS", 2)
    views, other = open_views(), open_views()
    put(views, topic("old"), FIRST)
    with (
        other.transaction(),
        pytest.raises(
            StoreBusyError, match=r"when it has finished; what is served stays"
        ),
    ):
        rebuild_as(views, "new")
    assert topics(views) == [("old",)]
    rebuild_as(views, "new")
    assert topics(views) == [("new",)]


def test_one_process_leads_until_it_resigns(open_views: Open) -> None:
    """Who leads stays it; another may follow when it resigned."""
    first, second = open_views(), open_views()
    assert first.lead()
    assert first.lead()
    assert not second.lead()
    second.resign()
    assert first.lead()
    first.resign()
    assert second.lead()
