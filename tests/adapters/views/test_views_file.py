"""The file of the read models: what is none of ours is told, and that it may go."""

from __future__ import annotations

from pathlib import Path

import pytest

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
