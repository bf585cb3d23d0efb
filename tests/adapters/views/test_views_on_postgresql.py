"""Read models in PostgreSQL: what is special to a schema."""

from __future__ import annotations

from threading import Thread
from time import monotonic, sleep

import psycopg
import pytest

from adapters.postgresql import Address
from adapters.postgresql_schema import _ONE_MAKER
from adapters.views.postgresql import NAME, PostgresViewStore
from domain.ports import Progress
from domain.projections.rows import Changes, Place, Table


@pytest.mark.slow
def test_read_models_of_an_older_schema_are_made_anew(database: str) -> None:
    """Their tables are dropped and made as they are now: nothing in them is on record."""
    with PostgresViewStore(Address(database)) as views:
        rows = {Place(Table.TOPIC, ("old",)): b"{}"}
        with views.transaction() as transaction:
            transaction.save(Changes.putting(rows, 7), [], Progress(7, "old"))
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"DROP TABLE {NAME}.blue_past_position".encode())
        connection.execute(f"ALTER TABLE {NAME}.blue_topic DROP COLUMN body".encode())
        mark = f"COMMENT ON SCHEMA {NAME} IS 'onrecord views, schema 1'"
        connection.execute(mark.encode())
    for _ in range(2):
        with PostgresViewStore(Address(database)) as views, views.snapshot() as found:
            assert found.progress == Progress()
            assert not found.keys(Table.TOPIC)
            assert not found.versions(Table.POSITION)


@pytest.mark.slow
def test_of_two_that_mend_at_once_the_second_leaves_what_the_first_made(
    database: str,
) -> None:
    """It looks again when it is its turn: there is nothing to mend any more."""
    lost = f"{NAME}.blue_parked"
    with PostgresViewStore(Address(database)):
        pass
    with psycopg.connect(database, autocommit=True) as first:
        first.execute(f"CREATE TABLE kept AS TABLE {lost}".encode())
        first.execute(f"DROP TABLE {lost}".encode())
        with first.transaction():
            first.execute("SELECT pg_advisory_xact_lock(%s)", (_ONE_MAKER,))
            second = Thread(target=_mend, args=(database,))
            second.start()
            _await_a_waiting_lock(database)
            first.execute(f"CREATE TABLE {lost} AS TABLE kept".encode())
            first.execute(f"COMMENT ON TABLE {lost} IS 'made by the first'".encode())
        second.join()
        told = first.execute(f"SELECT obj_description('{lost}'::regclass)".encode())
        assert told.fetchone() == ("made by the first",)


def _mend(database: str) -> None:
    with PostgresViewStore(Address(database), mend=True):
        pass


def _await_a_waiting_lock(database: str) -> None:
    """Return when somebody waits for an advisory lock."""
    waiting = (
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    )
    until = monotonic() + 20
    with psycopg.connect(database, autocommit=True) as connection:
        while connection.execute(waiting).fetchone() != (1,):
            assert monotonic() < until, "nobody waits"
            sleep(0.01)
