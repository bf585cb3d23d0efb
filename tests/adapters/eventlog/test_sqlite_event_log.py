"""What is particular to the log on SQLite: settings, guards, clear refusals."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import eventsourcing.sqlite
import pytest
from eventsourcing.application import Application
from eventsourcing.sqlite import SQLiteApplicationRecorder

from adapters.eventlog.recorder import PRAGMAS, LogRecorder
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.sqlite import dbapi, require_safe
from domain.errors import NewerStoreError, StoreUnavailableError
from domain.model.ids import topic_stream
from tests.support.facts import TOPIC, attributed, opened, posed
from tests.support.stores import SteppingClock, append

STREAM = topic_stream(TOPIC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a log may lie."""
    return tmp_path / "log.db"


def open_log(path: Path) -> SQLiteEventLog:
    """Open a log with a clock of its own."""
    return SQLiteEventLog(path, SteppingClock())


def test_the_library_sees_the_safe_sqlite() -> None:
    """The module that eventsourcing imported by name is the one we put in place."""
    seen = vars(eventsourcing.sqlite)["sqlite3"]
    assert seen is dbapi
    assert seen.sqlite_version_info >= (3, 51, 3)


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 52, 0), (3, 53, 4)])
def test_a_sqlite_with_the_fix_is_accepted(version: tuple[int, ...]) -> None:
    """The WAL-reset bug is fixed in 3.51.3."""
    require_safe(version)


@pytest.mark.parametrize(
    "version", [(3, 40, 1), (3, 44, 6), (3, 50, 7), (3, 51, 2), (3, 46, 9)]
)
def test_an_older_sqlite_is_refused(version: tuple[int, ...]) -> None:
    """One clear error says what to install; back-ports of the fix lack what we call."""
    with pytest.raises(StoreUnavailableError, match="WAL-reset"):
        require_safe(version)


def test_every_connection_has_the_settings_of_the_log(path: Path) -> None:
    """Settings are read back on each connection: FULL, WAL, secure_delete, ..."""
    with open_log(path) as log:
        append(log, STREAM, opened())
        pool = log._recorder.datastore.pool
        for _ in range(3):
            connection = pool._create_connection()
            for name, (_, expected) in PRAGMAS.items():
                row = connection._sqlite_conn.execute(f"PRAGMA {name}").fetchone()
                assert row[0] == expected, name
            connection.close()


def test_the_recorder_and_application_of_the_library_are_underneath(path: Path) -> None:
    """The log stands on eventsourcing's own classes, not beside them."""
    with open_log(path) as log:
        assert isinstance(log._application, Application)
        assert isinstance(log._recorder, LogRecorder)
        assert isinstance(log._recorder, SQLiteApplicationRecorder)
        append(log, STREAM, opened(), posed())
        notifications = log._recorder.select_notifications(start=1, limit=10)
        assert [n.topic for n in notifications] == [
            "topic-opened.v1",
            "question-posed.v1",
        ]


def test_no_python_path_is_ever_stored(path: Path) -> None:
    """Neither names nor bytes in the file know a module or class of ours."""
    with open_log(path) as log:
        append(log, STREAM, opened(), posed(), attributed(1))
    stored = path.read_bytes()
    for telling in (
        b"domain.",
        b"events.topic",
        b"StatementAttributed",
        b"TopicOpened",
    ):
        assert telling not in stored


@pytest.mark.parametrize("table", ["stored_events", "event_key"])
@pytest.mark.parametrize("change", ["UPDATE {} SET seq = seq + 100", "DELETE FROM {}"])
def test_stored_rows_cannot_be_changed_by_mistake(
    path: Path, table: str, change: str
) -> None:
    """Triggers refuse UPDATE and DELETE on the tables of the log."""
    with open_log(path) as log:
        append(log, STREAM, opened())
        datastore = log._recorder.datastore
        with (
            datastore.get_connection(commit=True) as connection,
            pytest.raises(dbapi.DatabaseError, match="append-only"),
        ):
            connection._sqlite_conn.execute(change.format(table))
        assert log.head() == 1


def test_what_was_appended_is_there_after_reopening(path: Path) -> None:
    """A log is its file: another process reads the same events and goes on."""
    with open_log(path) as log:
        append(log, STREAM, opened(), posed())
    with open_log(path) as log:
        assert log.head() == 2
        assert append(log, STREAM, attributed(1)) == 3


def test_a_dump_and_restore_keeps_every_seq(path: Path, tmp_path: Path) -> None:
    """``seq`` is a column of its own: dumping and restoring does not renumber."""
    with open_log(path) as log:
        append(log, STREAM, opened(), posed(), attributed(1))
    copy = tmp_path / "copy.db"
    dump = "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).iterdump(), sep='\\n')"
    script = subprocess.run(
        [sys.executable, "-c", dump, path], capture_output=True, text=True, check=True
    )
    source, target = dbapi.connect(str(path)), dbapi.connect(str(copy))
    target.executescript(script.stdout)
    rows = "SELECT seq, originator_id, originator_version, state FROM stored_events"
    assert list(target.execute(rows)) == list(source.execute(rows))
    source.close()
    target.close()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.mkdir(), "is a folder"),
        (
            lambda path: path.write_text("not a database at all " * 50),
            "not a SQLite database",
        ),
        (
            lambda path: dbapi.connect(str(path)).execute("CREATE TABLE t (a)"),
            "not made by onrecord",
        ),
    ],
    ids=["folder", "text", "foreign"],
)
def test_a_file_that_is_no_log_is_refused(path: Path, make: object, said: str) -> None:
    """A wrong path is one clear error at opening, and the file stays as it is."""
    make(path)  # type: ignore[operator] # a maker of files
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StoreUnavailableError, match=said):
        open_log(path)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    """A path into nowhere is one clear error that says what to check."""
    with pytest.raises(StoreUnavailableError, match="does the folder exist"):
        open_log(tmp_path / "nowhere" / "log.db")


def test_a_log_of_a_newer_version_is_refused(path: Path) -> None:
    """A schema from the future is not touched."""
    with open_log(path) as log:
        append(log, STREAM, opened())
    connection = dbapi.connect(str(path))
    connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(NewerStoreError, match="newer onrecord"):
        open_log(path)


def test_a_store_that_may_not_be_written_says_so(path: Path) -> None:
    """Writing to a read-only store is one clear error; reading goes on."""
    with open_log(path) as log:
        append(log, STREAM, opened())
        with log._recorder.datastore.get_connection(commit=True) as connection:
            connection._sqlite_conn.execute("PRAGMA query_only=ON")
        with pytest.raises(StoreUnavailableError, match="read-only"):
            append(log, STREAM, posed())
        assert log.head() == 1


def test_a_locked_store_is_tried_again_and_then_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another process holds the lock, an append ends in one clear error."""
    monkeypatch.setattr("adapters.eventlog.recorder.LOCK_TIMEOUT", 0.01)
    with open_log(path) as log:
        append(log, STREAM, opened())
        other = dbapi.connect(str(path), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailableError, match="locked"):
            append(log, STREAM, posed())
        other.execute("ROLLBACK")
        other.close()
        assert append(log, STREAM, posed()) == 2


def test_upstream_still_has_no_subscriptions_on_sqlite(path: Path) -> None:
    """The day this fails, our own waking of projections can be looked at again."""
    with open_log(path) as log, pytest.raises(NotImplementedError):
        log._recorder.subscribe()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ONRECORD_SQLITE_DBNAME", "elsewhere.db"),
        ("CREATE_TABLE", "n"),
        (
            "APPLICATION_RECORDER_TOPIC",
            "eventsourcing.sqlite:SQLiteApplicationRecorder",
        ),
        ("SQLITE_LOCK_TIMEOUT", "soon"),
    ],
)
def test_the_environment_does_not_reach_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """The log lies where it was told to, whatever variables the library knows."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, value)
    with open_log(tmp_path / "log.db") as log:
        append(log, STREAM, opened())
    assert [each.name for each in tmp_path.iterdir()] == ["log.db"]


@pytest.mark.slow
def test_a_log_that_several_processes_open_first_is_made_once(path: Path) -> None:
    """Processes that find no file at the same moment all get a usable log."""
    script = (
        "import sys; from pathlib import Path;"
        "from adapters.clock import SystemClock;"
        "from adapters.eventlog.sqlite import SQLiteEventLog;"
        "print('ready', flush=True);"
        "[(SQLiteEventLog(Path(line.strip()), SystemClock()).close(),"
        " print('made', flush=True)) for line in sys.stdin]"
    )
    openers = [
        subprocess.Popen(
            [sys.executable, "-c", script, path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for number in range(40):
        for opener in openers:
            assert opener.stdout is not None
            opener.stdout.readline()
        for opener in openers:
            if opener.poll() is None and opener.stdin is not None:
                opener.stdin.write(f"{path}.{number}\n")
                opener.stdin.flush()
    for opener in openers:
        opener.communicate()
    assert [opener.returncode for opener in openers] == [0] * 4
