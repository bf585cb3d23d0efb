"""Read models in a schema of their own in PostgreSQL, beside the log.

The schema can be dropped at any time: it is rebuilt. Who leads, and who rebuilds, is told
by advisory locks; they end with their connection. On a replica nobody does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from adapters.postgresql import Address, explain
from adapters.postgresql_lock import AdvisoryLock
from adapters.postgresql_schema import PostgresSchema
from adapters.views.store import SqlFreshViews, SqlViewStore
from adapters.views.tables import FIRST, METADATA

NAME = "onrecord_views"
VERSION = 3
CURE = f"drop the schema {NAME} to rebuild it"
_LEADING, _BUILDING = 1, 2
"""The numbers of our locks."""


class PostgresViewStore(SqlViewStore):
    """The read models in one database."""

    def __init__(self, address: Address, *, mend: bool = False) -> None:
        """Open or make the schema; to ``mend`` it, empty it where tables are gone.

        Raises:
            StoreUnavailableError: the database cannot be used.
            NewerStoreError: a newer onrecord made or folded it.
        """
        schema = PostgresSchema(
            address,
            NAME,
            "views",
            METADATA.sorted_tables,
            version=VERSION,
            rows=[f"INSERT INTO serving VALUES ('{FIRST}')"],  # noqa: S608 (ours)
            droppable=True,
            mend=mend,
        )
        self._schema = schema
        self._locks = [AdvisoryLock(address, each) for each in (_LEADING, _BUILDING)]
        try:
            super().__init__(
                schema,
                *self._locks,
                shown=address.shown,
                name=NAME,
                cure=CURE,
                mend=mend,
            )
        except BaseException:
            schema.close()
            raise

    @contextmanager
    def beside(self) -> Iterator[SqlFreshViews]:
        """Open empty read models beside the served ones.

        Raises:
            ReplicaError: it is one, on which nobody rebuilds.
            StoreUnavailableError: another process rebuilds.
        """
        with self._schema.transaction() as connection:
            if connection.exec_driver_sql("SELECT pg_is_in_recovery()").scalar():
                refusal = psycopg.errors.ReadOnlySqlTransaction()
                raise explain(self._schema.address, refusal)
        with super().beside() as fresh:
            yield fresh

    def close(self) -> None:
        """Close all connections, and lead no more."""
        super().close()
        for lock in self._locks:
            lock.close()
