"""Read models in PostgreSQL: what is special to a schema."""

from __future__ import annotations

import psycopg
import pytest

from adapters.postgresql import Address
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
