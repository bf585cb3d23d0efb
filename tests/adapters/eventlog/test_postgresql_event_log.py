"""What is particular to the log on PostgreSQL: one order, rights, broken connections."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from eventsourcing.application import Application
from eventsourcing.postgres import PostgresApplicationRecorder

from adapters import postgresql
from adapters.eventlog import postgresql_recorder
from adapters.eventlog.postgresql import PostgresEventLog
from adapters.eventlog.postgresql_recorder import Cursor, LogRecorder
from adapters.postgresql import Address, connect
from domain.errors import ConflictError, StoreRefusesError, StoreUnavailableError
from domain.model.ids import TopicId, topic_stream
from domain.ports import Append, Batch
from tests.support.facts import TESTER, TOPIC, attributed, opened, posed
from tests.support.postgresql import Server, run
from tests.support.stores import SteppingClock, append

pytestmark = pytest.mark.slow
STREAM = topic_stream(TOPIC)
CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE query = 'LISTEN onrecord'"
)
DEPLOY = Path(__file__).parents[3] / "deploy"


def open_log(url: str) -> PostgresEventLog:
    """Open a log with a clock of its own."""
    return PostgresEventLog(Address(url), SteppingClock())


@pytest.fixture
def log(database: str) -> Iterator[PostgresEventLog]:
    """Return an empty log."""
    with open_log(database) as made:
        yield made


@pytest.fixture(scope="module")
def roles(server: Server) -> Server:
    """Return a server with the roles and the database of the service."""
    psql(server, "postgres", "roles.sql", ONRECORD_PASSWORD="open")  # noqa: S106 (of a test)
    return server


@pytest.fixture
def service(roles: Server) -> str:
    """Return the address of a sealed log for the role of the service."""
    roles.empty("onrecord")
    url = roles.url("onrecord", "onrecord", "open")
    open_log(url).close()
    psql(roles, "onrecord", "seal.sql")
    return url


def psql(server: Server, database: str, file: str, **variables: str) -> None:
    """Run one of the files for administrators, as its text says."""
    strict = ("--no-psqlrc", "--set=ON_ERROR_STOP=1")
    run("psql", *strict, f"--file={DEPLOY / file}", server.url(database), **variables)


def test_the_recorder_and_application_of_the_library_are_underneath(
    log: PostgresEventLog,
) -> None:
    """The log stands on eventsourcing's own classes, not beside them."""
    assert isinstance(log._application, Application)
    assert isinstance(log._recorder, LogRecorder)
    assert isinstance(log._recorder, PostgresApplicationRecorder)
    append(log, STREAM, opened(), posed())
    told = log._recorder.select_notifications(start=1, limit=9)
    assert [(n.id, n.topic) for n in told] == [
        (1, "topic-opened.v1"),
        (2, "question-posed.v1"),
    ]
    some = log._recorder.select_notifications(
        start=1, limit=9, stop=2, topics=["question-posed.v1"], inclusive_of_start=False
    )
    assert [n.id for n in some] == [2]
    assert log._recorder.max_notification_id() == 2


def test_the_functions_of_the_library_are_never_made(
    log: PostgresEventLog, database: str
) -> None:
    """With them a reader that follows the log misses events."""
    assert not log._recorder.datastore.enable_db_functions
    with psycopg.connect(database) as connection:
        found = connection.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'onrecord'::regnamespace"
        ).fetchall()
    assert found == [("refuse",)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("POSTGRES_ENABLE_DB_FUNCTIONS", "y"),
        ("ONRECORD_POSTGRES_SCHEMA", "elsewhere"),
        ("CREATE_TABLE", "n"),
        ("ORIGINATOR_ID_TYPE", "uuid"),
    ],
)
def test_the_environment_does_not_reach_the_library(
    database: str, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """The log lies where it was told to, whatever variables the library knows."""
    monkeypatch.setenv(name, value)
    with open_log(database) as log:
        assert append(log, STREAM, opened()) == 1
        assert not log._recorder.datastore.enable_db_functions


@pytest.mark.parametrize("table", ["stored_events", "event_key"])
@pytest.mark.parametrize(
    "change", ["UPDATE {} SET seq = seq + 100", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_stored_rows_cannot_be_changed_by_mistake(
    log: PostgresEventLog, database: str, table: str, change: str
) -> None:
    """Triggers refuse even the owner UPDATE, DELETE and TRUNCATE."""
    append(log, STREAM, opened())
    with (
        psycopg.connect(database) as connection,
        pytest.raises(psycopg.errors.RaiseException, match="append-only"),
    ):
        connection.execute(change.format(f"onrecord.{table}").encode())
    assert log.head() == 1


def test_a_sealed_log_can_be_read_and_added_to_and_no_more(
    service: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The role of the service works on a sealed log, and has no right to change it."""
    caplog.clear()
    with open_log(service) as log:
        assert append(log, STREAM, opened(), posed()) == 2
        assert log.version(STREAM) == 2
        for change in (
            "UPDATE onrecord.stored_events SET topic = 'x'",
            "DELETE FROM onrecord.event_key",
            "TRUNCATE onrecord.stored_events",
            "ALTER TABLE onrecord.stored_events DISABLE TRIGGER ALL",
            "CREATE OR REPLACE FUNCTION onrecord.refuse() RETURNS trigger LANGUAGE sql AS ''",
        ):
            with (
                psycopg.connect(service) as connection,
                pytest.raises(psycopg.errors.InsufficientPrivilege),
            ):
                connection.execute(change.encode())
    assert caplog.messages == []


def test_a_role_that_may_change_the_log_is_told_so(
    database: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Who runs the service as the owner reads in one line what to do."""
    with open_log(database):
        assert "the role 'owner' may change and delete" in caplog.text
        assert "seal it" in caplog.text


def test_a_commit_is_on_disk_whatever_the_role_was_told(
    server: Server, database: str
) -> None:
    """Where asynchronous commits are the default, ours are not."""
    server.execute("ALTER DATABASE record SET synchronous_commit = 'off'")
    try:
        with open_log(database) as log, log._recorder.transaction(commit=False) as c:
            found = c.execute("SHOW synchronous_commit").fetchone()
            waits = c.execute("SHOW lock_timeout").fetchone()
        assert found == ("on",)
        assert waits == ("10s",)
    finally:
        server.execute("ALTER DATABASE record RESET synchronous_commit")


def test_many_events_go_in_by_several_statements(
    log: PostgresEventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch larger than a statement may be is one transaction all the same."""
    monkeypatch.setattr(postgresql_recorder, "CHUNK", 3)
    assert append(log, STREAM, *(attributed(n) for n in range(8))) == 8
    assert [stored.version for stored in log.read_stream(STREAM)] == [*range(1, 9)]


def test_who_follows_the_log_misses_nothing(
    log: PostgresEventLog, database: str
) -> None:
    """Several writers at once, some of which fail: a reader sees no gap, ever."""
    finished = threading.Event()

    def write(writer: int) -> None:
        with open_log(database) as own:
            stream = topic_stream(TopicId(f"topic-{writer}"))
            for number in range(25):
                if number % 5 == 4:
                    late = Append(stream, 99, (attributed(100 * writer + number),))
                    with pytest.raises(ConflictError):
                        own.append(Batch((late,), actor=TESTER))
                append(own, stream, attributed(100 * writer + number))

    def follow() -> list[int]:
        seen: list[int] = []
        while not finished.is_set() or len(seen) < log.head():
            seen += [stored.seq for stored in log.read(after=len(seen))]
        return seen

    with ThreadPoolExecutor(max_workers=5) as pool:
        following = pool.submit(follow)
        list(pool.map(write, range(4)))
        finished.set()
        assert following.result() == [*range(1, 101)]


def test_appends_of_others_are_told(log: PostgresEventLog, database: str) -> None:
    """Who listens hears of an append in another process, and of his own once."""
    told: list[int] = []
    heard = threading.Condition()

    def hear(seq: int) -> None:
        with heard:
            told.append(seq)
            heard.notify_all()

    with open_log(database) as other, log.listen(hear):
        append(log, STREAM, opened())
        with heard:
            while told[-1] < 2:  # until the listener is there, others are not heard
                append(other, STREAM, attributed(len(told) + other.head()))
                heard.wait(0.05)
        append(log, STREAM, posed())
        with heard:
            assert heard.wait_for(lambda: log.head() in told, 30)
    assert told == sorted(set(told))


def test_a_listener_that_lost_the_server_listens_again(
    log: PostgresEventLog,
    server: Server,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A connection that is cut is opened again, as long as somebody listens."""
    monkeypatch.setattr("adapters.eventlog.postgresql_listener.AGAIN", 0.01)
    heard = threading.Event()
    with open_log(database) as other, log.listen(lambda _: heard.set()):
        for cut in (True, False):
            number = 0
            while not heard.wait(0.05):
                number += 1
                append(other, STREAM, attributed(other.head()))
            heard.clear()
            if cut:
                server.execute(CUT)


@contextmanager
def breaking(
    recorder: LogRecorder, *, after_commit: bool, times: int
) -> Iterator[list[bool]]:
    """Break the connection of so many appends, before or after they are committed."""
    broken: list[bool] = []
    original = recorder.transaction

    @contextmanager
    def transaction(*, commit: bool) -> Iterator[Cursor]:
        if not commit or len(broken) >= times:
            with original(commit=commit) as cursor:
                yield cursor
            return
        broken.append(after_commit)
        with recorder.datastore.get_connection() as connection:  # as the library tells
            with original(commit=True) as cursor:
                yield cursor
                if not after_commit:
                    cursor.connection.close()
            connection.close()
            connection.execute("SELECT 1")

    recorder.transaction = transaction  # type: ignore[method-assign] # for a while
    try:
        yield broken
    finally:
        recorder.transaction = original  # type: ignore[method-assign] # back again


@pytest.mark.parametrize("after_commit", [False, True])
def test_a_connection_that_breaks_in_an_append_neither_loses_nor_doubles(
    log: PostgresEventLog, *, after_commit: bool
) -> None:
    """Before or after the commit: the batch is offered again and known by its ids."""
    append(log, STREAM, opened())
    with breaking(log._recorder, after_commit=after_commit, times=2) as broken:
        assert append(log, STREAM, posed(), attributed(1)) == 3
    assert len(broken) == 2
    assert [stored.version for stored in log.read_stream(STREAM)] == [1, 2, 3]
    assert append(log, STREAM, attributed(2)) == 4


def test_a_store_that_breaks_again_and_again_is_one_clear_error(
    log: PostgresEventLog,
) -> None:
    """After some attempts the caller is told; what he offered is found by its ids."""
    batch = Batch((Append(STREAM, 0, (opened(),)),), actor=TESTER)
    with (
        breaking(log._recorder, after_commit=True, times=99),
        pytest.raises(StoreUnavailableError, match="broke the connection"),
    ):
        log.append(batch)
    assert log.find(batch) == 1
    assert log.append(batch) == 1


def test_what_broke_is_not_said_to_be_surely_refused(
    log: PostgresEventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A primary may take a batch in, break, and come back as a replica that refuses."""
    turns, take_turn = count(1), log._recorder.take_turn

    def refuse_later(cursor: Cursor) -> None:
        if next(turns) > 1:
            raise psycopg.errors.ReadOnlySqlTransaction
        take_turn(cursor)

    monkeypatch.setattr(log._recorder, "take_turn", refuse_later)
    with (
        breaking(log._recorder, after_commit=True, times=1),
        pytest.raises(StoreUnavailableError, match="broke the connection") as told,
    ):
        append(log, STREAM, opened())
    assert not isinstance(told.value, StoreRefusesError)
    assert log.head() == 1


def test_a_log_that_somebody_keeps_locked_is_told(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An append does not wait for ever for the lock; reading needs none."""
    impatient = postgresql._SESSION.replace("10s", "10ms")
    monkeypatch.setattr(postgresql, "_SESSION", impatient)
    with open_log(database) as log:
        with connect(Address(database)) as other, other.transaction():
            other.execute("LOCK TABLE onrecord.turn IN EXCLUSIVE MODE")
            with pytest.raises(
                StoreUnavailableError, match="locked by another process"
            ):
                append(log, STREAM, opened())
            assert log.head() == 0
        assert append(log, STREAM, opened()) == 1


def test_a_log_that_several_open_first_is_made_once(database: str) -> None:
    """Processes that find no schema at the same moment all get a usable log."""

    def use(number: int) -> int:
        with open_log(database) as log:
            return append(log, topic_stream(TopicId(f"t-{number}")), attributed(number))

    with ThreadPoolExecutor(max_workers=6) as pool:
        assert sorted(pool.map(use, range(6))) == [*range(1, 7)]


def test_text_that_postgresql_cannot_hold_is_refused_whole(
    log: PostgresEventLog,
) -> None:
    """A NUL in the name of a stream is one clear error, and nothing is stored."""
    odd: Any = Append("topic:a\x00b", 0, (opened(),))
    with pytest.raises(StoreUnavailableError, match="0x00"):
        log.append(Batch((Append(STREAM, 0, (posed(),)), odd), actor=TESTER))
    assert log.head() == 0
