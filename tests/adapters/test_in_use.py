"""A file that was in use when the power failed is not trusted, any other is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from adapters import in_use
from adapters.in_use import InUse
from adapters.views.sqlite import SQLiteViewStore
from domain.errors import StoreUnavailableError
from domain.ports import Progress
from domain.projections.rows import Changes, Place, Table
from tests.support.facts import TOPIC

MARK = "views.db-open"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where read models lie."""
    return tmp_path / "views.db"


@pytest.fixture
def restarted(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what starts the machine anew."""
    return lambda: monkeypatch.setattr(in_use, "boot", lambda: b"the next start")


def put(views: SQLiteViewStore) -> None:
    """Store a row."""
    changes = Changes.putting({Place(Table.TOPIC_HEAD, (TOPIC,)): b"{}"}, 1)
    with views.transaction() as transaction:
        transaction.save(changes, [], Progress(1, "first"))


def put_and_die(path: Path) -> None:
    """Store a row in a process that is gone before it closes anything."""
    code = (
        "import os, sys; from pathlib import Path; from tests.adapters import test_in_use;"
        "test_in_use.put(test_in_use.SQLiteViewStore(Path(sys.argv[1]))); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, path], check=True)


def seq(views: SQLiteViewStore) -> int:
    """Return the seq that read models have reached."""
    with views.snapshot() as served:
        return served.progress.seq


def test_what_was_in_use_when_the_power_failed_is_folded_anew(
    path: Path, restarted: Callable[[], None]
) -> None:
    """Some of its pages may be missing, and nothing in it would show it."""
    put_and_die(path)
    restarted()
    with SQLiteViewStore(path) as views:
        assert seq(views) == 0


def test_what_a_killed_process_left_is_kept_while_the_machine_runs(path: Path) -> None:
    """The system has all that it wrote."""
    put_and_die(path)
    with SQLiteViewStore(path) as views:
        assert seq(views) == 1


def test_what_was_closed_before_the_machine_was_started_anew_is_kept(
    path: Path, restarted: Callable[[], None]
) -> None:
    """All of it was synced, and nobody wrote to it since."""
    with SQLiteViewStore(path) as first, SQLiteViewStore(path) as second:
        put(first)
        put(second)
    assert path.with_name(MARK).read_bytes() == b""
    restarted()
    with SQLiteViewStore(path) as views:
        assert seq(views) == 1


def test_who_closes_first_leaves_the_mark_to_the_others(path: Path) -> None:
    """He does not speak for those who write on."""
    with SQLiteViewStore(path):
        with SQLiteViewStore(path) as first:
            put(first)
        assert path.with_name(MARK).read_bytes() == in_use.boot()


def test_where_no_start_can_be_told_apart_all_is_trusted(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system that does not tell gives no reason to drop anything."""
    monkeypatch.setattr(in_use, "boot", lambda: b"")
    put(SQLiteViewStore(path))
    with SQLiteViewStore(path) as views:
        assert seq(views) == 1


def test_a_mark_that_cannot_be_synced_lets_nobody_in(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written without it could not be judged later."""

    def fail(_: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(in_use, "sync_folder", fail)
    with pytest.raises(StoreUnavailableError, match="could not be written by the disk"):
        SQLiteViewStore(path)
    monkeypatch.undo()
    with SQLiteViewStore(path):
        pass


def test_a_mark_is_told_by_its_file_and_forgotten_with_it(path: Path) -> None:
    """Leaving twice is leaving once."""
    mark = InUse(path)
    mark.enter(lambda: None)
    mark.leave(synced=True)
    mark.leave(synced=True)
    assert path.with_name(MARK).read_bytes() == b""
