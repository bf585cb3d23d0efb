"""The WAL is written to the file; where the disk fails, the log stops and keeps it."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from adapters.eventlog import checkpoints
from adapters.eventlog.group_commit import GroupCommit
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.sqlite import dbapi
from domain.errors import StoreUnavailableError
from domain.model.ids import topic_stream
from domain.services.log_pages import read_all
from tests.support.facts import TOPIC, attributed, opened, posed
from tests.support.stores import SteppingClock, append, batch

STREAM = topic_stream(TOPIC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a log may lie."""
    return tmp_path / "log.db"


def open_log(path: Path) -> SQLiteEventLog:
    """Open a log with a clock of its own."""
    return SQLiteEventLog(path, SteppingClock())


@contextmanager
def failing(path: Path) -> Iterator[None]:
    """Let the WAL grow by two pages and no further: the system refuses with EFBIG."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    limit = path.with_name("log.db-wal").stat().st_size + 2 * 4120
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_fails_in_an_append_is_not_called_full(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However little room there is: making room does not let the log go on."""
    monkeypatch.setattr("adapters.sqlite.ROOM", 1 << 62)
    with open_log(path) as log:
        append(log, STREAM, opened())
        with failing(path), pytest.raises(StoreUnavailableError, match="by the disk"):
            append(log, STREAM, *map(attributed, range(100)))
        with pytest.raises(StoreUnavailableError, match="its disk failed"):
            append(log, STREAM, posed())


def test_a_long_wal_is_written_to_the_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From so many pages on, what was appended is in the file, and the WAL used anew."""
    monkeypatch.setattr(checkpoints, "PAGES", 20)
    with open_log(path) as log:
        for number in range(60):
            append(log, STREAM, attributed(number))
        with closing(dbapi.connect(f"file:{path}?immutable=1", uri=True)) as file:
            (there,) = file.execute("SELECT COUNT(*) FROM stored_events").fetchone()
        wal = path.with_name("log.db-wal").stat().st_size
    assert there >= 50
    assert wal < 40 * 4200


def test_processes_that_append_little_each_keep_the_wal_short_as_well(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who opens the log looks at the WAL with its first append."""
    monkeypatch.setattr(checkpoints, "PAGES", 100)
    with open_log(path) as service:
        for number in range(60):
            with open_log(path) as log:
                append(log, STREAM, attributed(number))
        assert path.with_name("log.db-wal").stat().st_size < 200 * 4200
        assert service.head() == 60


def test_after_a_failure_of_the_disk_nothing_is_taken_in_until_it_is_opened_again(
    path: Path,
) -> None:
    """Reads go on; the error says what is open and what to do; nothing recorded is lost."""
    with open_log(path) as log:
        append(log, STREAM, opened())
        with (
            failing(path),
            pytest.raises(StoreUnavailableError, match=r"check it.*is not known"),
        ):
            append(log, STREAM, posed())
        with pytest.raises(StoreUnavailableError, match="stop every onrecord"):
            append(log, STREAM, posed())
        assert log.head() == 1
    with open_log(path) as log:
        assert append(log, STREAM, posed()) == 2


def test_after_a_failure_of_the_disk_the_wal_is_kept(path: Path) -> None:
    """Closing makes no checkpoint; what was not synced is cut off from the WAL."""
    wal = path.with_name("log.db-wal")
    with open_log(path) as log:
        append(log, STREAM, opened())
        size, file = wal.stat().st_size, path.read_bytes()
        with failing(path), pytest.raises(StoreUnavailableError):
            append(log, STREAM, posed())
    assert wal.stat().st_size == size
    assert path.read_bytes() == file
    with open_log(path) as log:
        assert len(list(read_all(log))) == 1
    assert not wal.exists()


def test_who_appends_with_others_hears_that_the_outcome_is_open(path: Path) -> None:
    """A group commit passes on what is not known, and then that the log has stopped."""
    with open_log(path) as log, GroupCommit(log) as shared:
        shared.append(batch(log, {STREAM: [opened()]}))
        shared.check()
        second = batch(log, {STREAM: [posed()]})
        with failing(path), pytest.raises(StoreUnavailableError, match="not known"):
            shared.append(second)
        for asked in (lambda: shared.append(second), shared.check):
            with pytest.raises(StoreUnavailableError, match="takes nothing in"):
                asked()
        assert shared.head() == 1


def test_opening_a_log_that_is_there_writes_nothing(path: Path) -> None:
    """Only a new one is made."""
    with open_log(path) as log:
        append(log, STREAM, opened())
    before = path.read_bytes()
    with open_log(path) as log:
        assert log.head() == 1
    assert path.read_bytes() == before


def test_a_log_whose_making_was_cut_short_is_opened(path: Path) -> None:
    """What a process that died left half made is undone, and made."""
    with closing(dbapi.connect(str(path), isolation_level=None)) as file:
        file.execute("PRAGMA cache_size=1")
        file.execute("CREATE TABLE half (a)")
        file.execute("BEGIN")
        file.executemany("INSERT INTO half VALUES (?)", [("x" * 3000,)] * 50)
        halves = {
            name: path.with_name(name).read_bytes()
            for name in ("log.db", "log.db-journal")
        }
        file.execute("ROLLBACK")
        file.execute("DROP TABLE half")
    died = path.with_name("died")
    died.mkdir()
    for name, content in halves.items():
        (died / name).write_bytes(content)
    with pytest.raises(StoreUnavailableError, match="not made by onrecord"):
        open_log(died / "log.db")
    assert not (died / "log.db-journal").exists()
