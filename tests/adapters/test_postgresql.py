"""Whatever is wrong with a PostgreSQL is one clear line, without the password."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator

import psycopg
import pytest

from adapters.articles.postgresql import PostgresArticleStore
from adapters.clock import SystemClock
from adapters.eventlog import postgresql_recorder
from adapters.eventlog.postgresql import PostgresEventLog
from adapters.postgresql import Address, check_server, connect, explain
from api.app import Settings, open_services
from domain.errors import InvalidInputError, NewerStoreError, StoreUnavailableError
from domain.ports import Append, Batch
from tests.support.facts import TESTER, opened
from tests.support.postgresql import PASSWORD, Server, running
from tests.support.stores import append

STREAM = "topic:harbour-treaty"


def open_log(url: str) -> PostgresEventLog:
    """Open a log."""
    return PostgresEventLog(Address(url), SystemClock())


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://clerk:hush@db:6432/record", "postgresql://clerk@db:6432/record"),
        ("postgresql://db/record?sslmode=require", "postgresql://db/record"),
        ("postgresql:///record", "postgresql:///record"),
        ("postgresql://clerk@db/r?password=hush", "postgresql://clerk@db/r"),
        ("postgresql://a:h%25sh@one,two:5433/r", "postgresql://a@one,two:5433/r"),
    ],
)
def test_an_address_is_shown_without_its_password(url: str, shown: str) -> None:
    """Messages name user, host, port and database, and nothing that opens them."""
    assert Address(url).shown == shown


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://clerk:hush%zz@db/record",
        "postgresql://clerk:hush@db/record?colour=hush",
        "postgresql://clerk:hush@[db/record",
    ],
)
def test_an_address_that_is_none_is_told_without_repeating_it(url: str) -> None:
    """What libpq says of a URL may hold a part of the password; ours never does."""
    with pytest.raises(InvalidInputError, match=r"^ONRECORD_STORE: expected") as told:
        open_log(url)
    assert "hush" not in str(told.value)
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"password": "guess"}, "refuses the password: correct it"),
        ({"password": ""}, "wants a password"),
        ({"database": "nowhere"}, "has no database of that name: create it"),
        ({"role": "nobody-here"}, "refuses the password"),
    ],
)
def test_who_is_not_let_in_reads_why(
    server: Server, change: dict[str, str], said: str
) -> None:
    """Password, database and role: one line names the store and what to do."""
    url = server.url(**({"database": "record"} | change))
    with pytest.raises(StoreUnavailableError, match=said) as told:
        open_log(url)
    line = str(told.value)
    assert line.startswith("the store postgresql://")
    assert PASSWORD not in line
    assert "guess" not in line
    assert "\n" not in line


@pytest.mark.slow
@pytest.mark.parametrize("host", ["127.0.0.1:1", "no-such-host.invalid", "db:many"])
def test_a_server_that_is_not_there_is_told(host: str) -> None:
    """Nobody listens, or there is no such machine."""
    with pytest.raises(StoreUnavailableError, match="cannot be reached: is") as told:
        open_log(f"postgresql://owner:hush@{host}/record")
    assert "hush" not in str(told.value)


@pytest.mark.slow
def test_a_server_that_does_not_answer_is_given_up() -> None:
    """A firewall that swallows everything ends in one line, after some seconds."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        url = f"postgresql://owner:hush@127.0.0.1:{port}/record?connect_timeout=2"
        with pytest.raises(StoreUnavailableError, match="it does not answer"):
            open_log(url)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ("sslmode=require", "speaks no TLS"),
        ("sslmode=perhaps", "sslmode is one of"),
    ],
)
def test_what_is_wrong_with_tls_is_not_taken_for_an_absent_server(
    server: Server, parameters: str, said: str
) -> None:
    """It runs, and host and port are right: the message is about TLS."""
    with pytest.raises(StoreUnavailableError, match=said) as told:
        open_log(f"{server.url('record')}?{parameters}")
    assert "cannot be reached" not in str(told.value)
    assert PASSWORD not in str(told.value)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('FATAL:  no pg_hba.conf entry for host "h", no encryption', "sslmode=require"),
        ('FATAL:  no pg_hba.conf entry for host "h", SSL encryption', "pg_hba.conf"),
        ('FATAL:  permission denied for database "record"', "grant its rights"),
        ('FATAL:  role "x" is not permitted to log in', "give it LOGIN"),
        ('FATAL:  database "x" is not currently accepting connections', "allow"),
        ('FATAL:  too many connections for role "x"', "no more connections of this"),
        ('root certificate file "/x.pem" does not exist', "with sslrootcert"),
        ("SSL error: certificate verify failed", "of no authority"),
        ('server certificate for "a" does not match host name "b"', "of another host"),
    ],
)
def test_what_is_said_before_one_is_let_in_is_told_apart(words: str, said: str) -> None:
    """No code comes with it; the words "role" and "database" stand in many."""
    address = Address("postgresql://clerk@db/record")
    assert said in str(explain(address, psycopg.OperationalError(words)))


@pytest.mark.slow
def test_a_role_with_rights_on_the_log_alone_is_told_what_else(
    server: Server, database: str
) -> None:
    """Who may add to the log and not keep read models hears so before it adds."""
    with open_services(Settings(store=database)) as services:
        head = services.log.head()
    server.execute(
        "DO $$ BEGIN CREATE ROLE half LOGIN PASSWORD 'open'; "
        "EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
        "GRANT USAGE ON SCHEMA onrecord, onrecord_articles TO half;"
        "GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA onrecord, onrecord_articles "
        "TO half",
        "record",
    )
    url = server.url("record", "half", "open")
    refused = "may not use the schema onrecord_views"
    with (
        pytest.raises(StoreUnavailableError, match=refused),
        open_services(Settings(store=url)),
    ):
        pass
    server.execute("GRANT USAGE ON SCHEMA onrecord_views TO half", "record")
    with (
        pytest.raises(StoreUnavailableError, match="grant its rights"),
        open_services(Settings(store=url)),
    ):
        pass
    with open_log(database) as log:
        assert log.head() == head


@pytest.mark.slow
def test_a_role_without_rights_is_told_what_to_grant(
    server: Server, database: str
) -> None:
    """Neither a role that may make nothing, nor one that may not use what is there."""
    server.execute(
        "DO $$ BEGIN CREATE ROLE stranger LOGIN PASSWORD 'open'; "
        "EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    )
    stranger = server.url("record", "stranger", "open")
    with pytest.raises(StoreUnavailableError, match="grant its rights"):
        open_log(stranger)
    open_log(database).close()
    with pytest.raises(StoreUnavailableError, match="may not use the schema onrecord"):
        open_log(stranger)
    server.execute("GRANT USAGE ON SCHEMA onrecord TO stranger", "record")
    with pytest.raises(StoreUnavailableError, match="grant its rights"):
        open_log(stranger).head()


@pytest.mark.slow
def test_a_role_that_may_only_read_reads(server: Server, database: str) -> None:
    """An auditor's role reads the log; adding is refused, and nothing is stored."""
    with open_log(database) as log:
        append(log, STREAM, opened())
    server.execute(
        "DO $$ BEGIN CREATE ROLE auditor LOGIN PASSWORD 'open'; "
        "EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
        "GRANT USAGE ON SCHEMA onrecord TO auditor;"
        "GRANT SELECT ON ALL TABLES IN SCHEMA onrecord TO auditor",
        "record",
    )
    with open_log(server.url("record", "auditor", "open")) as log:
        assert [stored.seq for stored in log.read()] == [1]
        with pytest.raises(StoreUnavailableError, match="grant its rights"):
            append(log, STREAM, opened())
        assert log.head() == 1


@pytest.mark.slow
@pytest.mark.parametrize("schema", ["onrecord", "onrecord_articles"])
@pytest.mark.parametrize(
    ("statement", "error", "said"),
    [
        (
            "COMMENT ON SCHEMA {} IS 'onrecord {kind}, schema 99'",
            NewerStoreError,
            r"newer onrecord \(schema 99, this one knows 1\): update",
        ),
        ("COMMENT ON SCHEMA {} IS 'sheep'", StoreUnavailableError, "not made by"),
        ("COMMENT ON SCHEMA {} IS NULL", StoreUnavailableError, "not made by onrecord"),
        (
            "COMMENT ON SCHEMA {} IS 'onrecord sheep, schema 1'",
            StoreUnavailableError,
            "not made by onrecord: name another database",
        ),
    ],
    ids=["newer", "foreign", "unmarked", "another kind"],
)
def test_a_schema_that_is_none_of_ours_is_refused(
    server: Server,
    database: str,
    schema: str,
    statement: str,
    error: type[Exception],
    said: str,
) -> None:
    """What another program or a newer onrecord made is not touched."""
    opener = open_log
    if schema == "onrecord_articles":
        opener = lambda url: PostgresArticleStore(Address(url))  # type: ignore[assignment, return-value] # noqa: E731
    opener(database).close()
    kind = "log" if schema == "onrecord" else "articles"
    server.execute(statement.format(schema, kind=kind), "record")
    with pytest.raises(error, match=said):
        opener(database)


@pytest.mark.slow
def test_a_schema_that_was_made_for_us_and_is_empty_is_used(
    server: Server, database: str
) -> None:
    """An administrator may make it and give it to a role that may make none."""
    server.execute("CREATE SCHEMA onrecord", "record")
    with open_log(database) as log:
        assert append(log, STREAM, opened()) == 1


@pytest.fixture(scope="module")
def careless() -> Iterator[Server]:
    """Return a server that is quick and forgets, without checksums."""
    server = Server("careless")
    server.make("--no-sync", "--no-data-checksums")
    server.start(fsync="off")
    yield server
    server.stop(signal.SIGQUIT)


@pytest.mark.slow
def test_a_server_that_may_forget_is_refused(careless: Server) -> None:
    """With fsync off, what is acknowledged may be lost with the power."""
    with pytest.raises(StoreUnavailableError, match="set fsync=on and restart"):
        open_log(careless.url("postgres"))


@pytest.mark.slow
def test_a_database_that_cannot_hold_every_language_is_refused(
    careless: Server,
) -> None:
    """A database in Latin 1 would lose most of what is said."""
    careless.execute(
        "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'"
    )
    with pytest.raises(StoreUnavailableError, match="with ENCODING 'UTF8'"):
        open_log(careless.url("latin"))


@pytest.mark.slow
def test_missing_checksums_are_told(
    careless: Server, caplog: pytest.LogCaptureFixture
) -> None:
    """A disk that goes bad unnoticed is worth a line, not a refusal."""
    careless.stop()
    careless.start()
    with connect(Address(careless.url("postgres"))) as connection:
        check_server(connection)
    assert "pg_checksums --enable" in caplog.text


@pytest.mark.slow
def test_a_server_that_is_too_old_is_refused(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only releases that were tried are used."""
    monkeypatch.setattr("adapters.postgresql.OLDEST", 99)
    with pytest.raises(StoreUnavailableError, match="too old: onrecord needs 99"):
        open_log(database)


@pytest.mark.slow
def test_a_server_that_goes_away_and_comes_back_is_used_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While it is away that is one clear error; then the same log goes on."""
    monkeypatch.setattr(postgresql_recorder, "CONNECT_TIMEOUT", 0.5)
    with running("coming-and-going") as server:
        server.execute("CREATE DATABASE record")
        with open_log(server.url("record")) as log:
            append(log, STREAM, opened())
            batch = Batch((Append(STREAM, 0, (opened(),)),), actor=TESTER)
            server.stop()
            with pytest.raises(StoreUnavailableError, match="cannot be reached"):
                log.append(batch)
            with pytest.raises(StoreUnavailableError, match="cannot be reached"):
                log.head()
            server.start()
            assert log.append(batch) == 1
            assert log.find(batch) == 1


@pytest.mark.slow
def test_a_full_disk_and_a_lost_table_are_told(database: str) -> None:
    """Codes of the server, not its words, which may be in any language, tell what is."""
    address = Address(database)
    for error, said in (
        (psycopg.errors.DiskFull("kein Platz"), "on a full disk"),
        (psycopg.errors.UndefinedTable("gibt es nicht"), "restore the database"),
        (psycopg.errors.AdminShutdown("Abbruch"), "broke the connection"),
        (psycopg.errors.DataException(f"odd: {PASSWORD}"), "cannot be used: odd: …"),
    ):
        assert said in str(explain(address, error))
