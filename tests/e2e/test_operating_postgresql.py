"""What an administrator of PostgreSQL is told to do works as it is written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.administrator import Administrator
from tests.support.postgresql import Server, running

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def administered() -> Iterator[Server]:
    """Return a server on which nothing was made yet."""
    with running("administered") as server:
        yield server


@pytest.fixture(scope="module")
def desk(
    administered: Server, tmp_path_factory: pytest.TempPathFactory
) -> Administrator:
    """Return an administrator whose roles, database, record and seal are made."""
    folder = tmp_path_factory.mktemp("administrator") / "desk"
    administrator = Administrator(administered, folder)
    done = administrator.documented("ONRECORD_PASSWORD=")
    assert done.returncode == 0, done.stderr
    filled = administrator.onrecord("demo", "--check", "--port", "0")
    assert filled.returncode == 0, filled.stderr
    sealed = administrator.documented("psql -d onrecord -f deploy/seal.sql")
    assert sealed.returncode == 0, sealed.stderr
    return administrator


def test_a_seal_that_fails_does_not_look_done(desk: Administrator) -> None:
    """On a database without the schemas psql ends with its exit code for an error."""
    done = desk.shell(
        "createdb empty && psql -d empty -f deploy/seal.sql; code=$?; dropdb empty; "
        "exit $code"
    )
    assert done.returncode == 3
    assert 'schema "onrecord" does not exist' in done.stderr
    assert done.stderr.count("ERROR") == 1


def test_the_seal_takes_from_the_service_the_right_to_change(
    desk: Administrator,
) -> None:
    """Afterwards its role reads and adds; a second seal changes nothing of it."""
    again = desk.documented("psql -d onrecord -f deploy/seal.sql")
    assert again.returncode == 0, again.stderr
    started = desk.onrecord("topics")
    assert started.returncode == 0
    assert "may change and delete" not in started.stderr
    changing = 'psql --dbname=onrecord --command="{} onrecord.stored_events{}"'
    for words in (("DELETE FROM", ""), ("TRUNCATE", ""), ("UPDATE", " SET seq = 0")):
        refused = desk.shell(changing.format(*words), role="onrecord")
        assert "permission denied" in refused.stderr


def test_a_sealed_log_is_backed_up_and_restored_by_the_book(
    desk: Administrator,
) -> None:
    """The service's role dumps it; restored and folded anew, its digest is the same."""
    dumped = desk.documented("pg_dump")
    assert dumped.returncode == 0, dumped.stderr
    restored = desk.documented("createdb")
    assert restored.returncode == 0, restored.stderr
    read = desk.documented("ONRECORD_STORE=")
    assert read.returncode == 0, read.stderr
    assert "may change and delete" not in read.stderr
    original = desk.onrecord("replay")
    assert original.returncode == 0
    assert read.stdout.endswith(original.stdout)


def test_an_auditor_reads_and_does_nothing_else(desk: Administrator) -> None:
    """With the documented rights the audit works; what writes is told which it lacks."""
    told = desk.documented("createuser --pwprompt auditor")
    assert told.returncode == 0, told.stderr
    for command in ("replay", "laws lake-ardan", "timeline lake-ardan", "topics"):
        done = desk.onrecord(*command.split(), role="auditor")
        assert done.returncode == 0, done.stderr
    refused = desk.onrecord("rebuild", role="auditor")
    assert refused.returncode == 4
    assert "refuses this role a right (permission denied for table" in refused.stderr
    assert "grant its rights as docs/how-to/run-on-postgresql.md" in refused.stderr
    question = ("lake-ardan", "met", "state", "--labels", "en=Met?", "--reason", "x")
    refused = desk.onrecord("correct", "pose", *question, "--by", "x", role="auditor")
    assert refused.returncode == 4
    assert refused.stderr.endswith("run-on-postgresql.md says\n")


def test_an_auditor_reads_on_when_read_models_are_made_anew(
    desk: Administrator,
) -> None:
    """An update drops the tables of read models of an older version, and with them rights."""
    remade = desk.shell(
        'psql -d onrecord -c "COMMENT ON SCHEMA onrecord_views IS '
        "'onrecord views, schema 1'\""
    )
    assert remade.returncode == 0
    assert desk.onrecord("rebuild").returncode == 0
    done = desk.onrecord("replay", role="auditor")
    assert done.returncode == 0, done.stderr


def test_who_may_make_no_schema_is_told_which_right_is_lacking(
    desk: Administrator,
) -> None:
    """A database to restore into lets its role in, but not make the schemas."""
    made = desk.shell("createdb --template=template0 --encoding=UTF8 bare")
    assert made.returncode == 0, made.stderr
    refused = desk.onrecord("topics", ONRECORD_STORE=desk.store("bare"))
    told = "refuses this role a right (permission denied for database bare)"
    assert told in refused.stderr


def test_a_replica_made_by_the_book_serves_what_the_primary_holds(
    desk: Administrator,
) -> None:
    """Its role, the copy with a slot, and a server that follows and is only read."""
    told = desk.documented("createuser --replication --pwprompt replica")
    assert told.returncode == 0, told.stderr
    replica = Server("by-the-book")
    copied = desk.documented("pg_basebackup", PGDATA=str(replica.data))
    assert copied.returncode == 0, copied.stderr
    replica.own()
    replica.start()
    try:
        here = f"postgresql://onrecord@127.0.0.1:{replica.port}/onrecord"
        read = desk.onrecord("replay", ONRECORD_STORE=here)
        assert read.stdout == desk.onrecord("replay").stdout
        slots = "SELECT slot_name, active FROM pg_replication_slots"
        shown = desk.shell(f'psql -At --command="{slots}"')
        assert shown.stdout == "onrecord|t\n"
    finally:
        replica.kill()
