"""The file of the read models: what is none of ours is told, and that it may go."""

from __future__ import annotations

from pathlib import Path
from shutil import disk_usage

import pytest

from adapters import sqlite_file
from adapters.sqlite import dbapi
from adapters.views.sqlite import SQLiteViewStore
from adapters.views.store import SqlFreshViews
from domain.errors import StoreUnavailableError
from domain.ports import Progress
from domain.projections.rows import Changes, Place, Table


@pytest.mark.parametrize("kind", ["garbage", "foreign"])
def test_a_file_that_is_none_of_ours_is_named_and_may_be_deleted(
    tmp_path: Path, kind: str
) -> None:
    """The read models are rebuilt; the log never is, and the message says so."""
    path = tmp_path / "record.views.db"
    if kind == "garbage":
        path.write_bytes(b"these are no read models" * 100)
    else:
        connection = dbapi.connect(str(path))
        connection.execute("CREATE TABLE sheep (name)")
        connection.close()
    before = path.read_bytes()
    with pytest.raises(
        StoreUnavailableError, match=r"record\.views\.db .*delete this file alone"
    ):
        SQLiteViewStore(path)
    assert path.read_bytes() == before


def test_what_a_killed_rebuild_left_is_dropped(tmp_path: Path) -> None:
    """Tables that nobody put in their place are no part of the next rebuild."""
    path = tmp_path / "record.views.db"
    with SQLiteViewStore(path) as views:
        left = SqlFreshViews(views._database)
        left.empty()
        with left.transaction() as transaction:
            rows = {Place(Table.TOPIC, ("left",)): b"{}"}
            transaction.save(Changes.putting(rows, 1), [], Progress(1, "left"))
    with (
        SQLiteViewStore(path) as views,
        views.beside() as fresh,
        fresh.snapshot() as found,
    ):
        assert found.progress == Progress()
        assert not found.keys(Table.TOPIC)


def test_read_models_of_an_older_schema_are_emptied(tmp_path: Path) -> None:
    """They are folded anew: nothing in them is on record."""
    path = tmp_path / "record.views.db"
    with SQLiteViewStore(path) as views, views.transaction() as transaction:
        rows = {Place(Table.TOPIC, ("old",)): b"{}"}
        transaction.save(Changes.putting(rows, 7), [], Progress(7, "old"))
    connection = dbapi.connect(str(path))
    connection.execute("ALTER TABLE blue_progress DROP COLUMN fingerprint")
    connection.execute("PRAGMA user_version=1")
    connection.close()
    with SQLiteViewStore(path) as views, views.snapshot() as found:
        assert found.progress == Progress()
        assert not found.keys(Table.TOPIC)


def test_articles_lie_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    """Rows by hashes are not put between one another, and are found by their keys."""
    path = tmp_path / "record.views.db"
    ids = [f"{number * 7 % 10:032x}" for number in range(10)]
    with SQLiteViewStore(path) as views:
        for seq, article in enumerate(ids, start=1):
            with views.transaction() as transaction:
                rows = {Place(Table.ARTICLE, (article,)): b"%d" % seq}
                transaction.save(
                    Changes.putting(rows, seq), [], Progress(seq, str(seq))
                )
        with views.snapshot() as found:
            assert found.keys(Table.ARTICLE) == [(each,) for each in sorted(ids)]
            assert found.row(Table.ARTICLE, ids[3]) == b"4"
    connection = dbapi.connect(str(path))
    lying = connection.execute("SELECT article FROM blue_article ORDER BY rowid")
    assert [article for (article,) in lying] == ids
    connection.close()


def test_what_is_copied_into_the_file_already_asks_for_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written ahead keeps its size when it was copied; only the rest counts."""
    path = tmp_path / "record.views.db"
    ahead = path.with_name(f"{path.name}-wal")
    with SQLiteViewStore(path) as views:
        with views.transaction() as transaction:
            rows = {Place(Table.TOPIC, ("large",)): bytes(1 << 20)}
            transaction.save(Changes.putting(rows, 1), [], Progress(1, "large"))
        found = disk_usage(tmp_path)
        room = sqlite_file.ROOM + ahead.stat().st_size - 1
        enough = found._replace(free=room)
        monkeypatch.setattr(sqlite_file, "disk_usage", lambda _: enough)
        with views.beside() as fresh, fresh.transaction():
            assert ahead.stat().st_size < 1 << 20


def test_too_little_room_is_told_in_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is not full: what is free, and what is needed, is said."""
    little = disk_usage(tmp_path)._replace(free=31 << 20)
    monkeypatch.setattr(sqlite_file, "disk_usage", lambda _: little)
    with (
        SQLiteViewStore(tmp_path / "record.views.db") as views,
        views.beside() as fresh,
        pytest.raises(
            StoreUnavailableError,
            match=r"too little room \(31 MB free, 32 needed\).*served stays as it was",
        ),
        fresh.transaction(),
    ):
        pass


def test_what_is_put_in_the_place_of_the_served_asks_for_room_for_its_indices(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them are made at once: of a long log they take more than a page does."""
    little = disk_usage(tmp_path)._replace(free=sqlite_file.ROOM + (1 << 20))
    path = tmp_path / "record.views.db"
    with SQLiteViewStore(path) as views, views.transaction() as transaction:
        rows = {Place(Table.TOPIC, ("large",)): bytes(8 << 20)}
        transaction.save(Changes.putting(rows, 1), [], Progress(1, "large"))
    monkeypatch.setattr(sqlite_file, "disk_usage", lambda _: little)
    with SQLiteViewStore(path) as views, views.beside() as fresh:
        with fresh.transaction():
            pass
        with (
            pytest.raises(StoreUnavailableError, match="too little room"),
            fresh.replacing(),
        ):
            pass
