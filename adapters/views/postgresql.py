"""Read models in a schema of their own in PostgreSQL, beside the log.

Promises: one transaction a page, with the progress in it; readers see one consistent
state and hold up no writer; rows of an older fold are emptied and folded anew, those of
a newer fold are refused. The schema can be dropped at any time: it is rebuilt.

There are two sets of tables, and a row that names the one that is served. A rebuild
fills the other and writes its name into that row: whoever reads meanwhile reads on in
the set that it found, and nobody waits for anybody, as swapping tables would demand.
Therefore nothing is dropped or truncated either: rows are deleted, and whoever still
reads them does so.

Who leads, and who rebuilds, is told by advisory locks; they end with their connection.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from sqlalchemy import Column, Connection, MetaData, Table, Text, select, update

from adapters.postgresql import Address
from adapters.postgresql_lock import AdvisoryLock
from adapters.postgresql_schema import PostgresSchema
from adapters.views.tables import view_tables
from adapters.views.transaction import (
    SqlSnapshot,
    SqlTransaction,
    begin,
    is_of_this_fold,
)
from domain.errors import StoreUnavailableError

NAME = "onrecord_views"
VERSION = 2
CURE = f"drop the schema {NAME} to rebuild it"
SETS = {name: view_tables(f"{name}_") for name in ("blue", "green")}
SERVING = Table("serving", MetaData(), Column("name", Text, nullable=False))
"""One row: which set is served."""
_LEADING, _BUILDING = 1, 2
"""The numbers of our locks."""


class PostgresFreshViews:
    """The set that a rebuild fills: the one that is not served when it begins."""

    def __init__(self, schema: PostgresSchema) -> None:
        self._schema = schema
        with schema.transaction(writing=True) as connection:
            served = _served(connection)
            self._name = next(name for name in SETS if name != served)
            begin(connection, SETS[self._name])

    @contextmanager
    def snapshot(self) -> Iterator[SqlSnapshot]:
        """Open a consistent view for reading."""
        with self._schema.transaction() as connection:
            yield SqlSnapshot(connection, SETS[self._name])

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        """Open the one writing transaction."""
        with self._schema.transaction(writing=True) as connection:
            yield SqlTransaction(connection, SETS[self._name])

    @contextmanager
    def replacing(self) -> Iterator[SqlTransaction]:
        """Open a writing transaction that puts these in the place of the served ones."""
        with self._schema.transaction(writing=True) as connection:
            _served(connection, lock=True)
            yield SqlTransaction(connection, SETS[self._name])
            connection.execute(update(SERVING).values(name=self._name))


class PostgresViewStore:
    """The read models in one database."""

    def __init__(self, address: Address) -> None:
        """Open or make the schema.

        Raises:
            StoreUnavailableError: the database cannot be used.
            NewerStoreError: a newer onrecord made or folded it.
        """
        self._schema = PostgresSchema(
            address,
            NAME,
            "views",
            [SERVING, *(t for s in SETS.values() for t in s.metadata.sorted_tables)],
            version=VERSION,
            rows=["INSERT INTO serving VALUES ('blue')"],
            droppable=True,
        )
        self._leading = AdvisoryLock(address, _LEADING)
        self._building = AdvisoryLock(address, _BUILDING)
        try:
            self._begin()
        except BaseException:
            self.close()
            raise

    def _begin(self) -> None:
        """Empty the rows of an older fold; where there are none, a replica will do."""
        with self._schema.transaction() as connection:
            current = _is_of_this_fold(connection, _served(connection))
        if not current:
            with self._schema.transaction(writing=True) as connection:
                served = _served(connection, lock=True)
                if not _is_of_this_fold(connection, served):
                    begin(connection, SETS[served])

    def close(self) -> None:
        """Close all connections, and lead no more."""
        self._schema.close()
        self._leading.close()
        self._building.close()

    def __enter__(self) -> Self:
        """Use as a context manager."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close on leaving."""
        self.close()

    @contextmanager
    def snapshot(self) -> Iterator[SqlSnapshot]:
        """Open a consistent view for reading."""
        with self._schema.transaction() as connection:
            yield SqlSnapshot(connection, SETS[_served(connection)])

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        """Open the one writing transaction."""
        with self._schema.transaction(writing=True) as connection:
            yield SqlTransaction(connection, SETS[_served(connection, lock=True)])

    def lead(self) -> bool:
        """Become the one process that folds, or stay it; tell whether it is so.

        On a replica nobody does.
        """
        return self._leading.held or self._leading.acquire()

    def resign(self) -> None:
        """Lead no more."""
        self._leading.release()

    @contextmanager
    def beside(self) -> Iterator[PostgresFreshViews]:
        """Open empty read models beside the served ones."""
        if not self._building.acquire():
            message = (
                f"the store {self._schema.address.shown} is being rebuilt by another "
                "process: try again when it has finished"
            )
            raise StoreUnavailableError(message)
        try:
            yield PostgresFreshViews(self._schema)
        finally:
            try:
                PostgresFreshViews(self._schema)  # empties what is not served
            finally:
                self._building.release()


def _served(connection: Connection, *, lock: bool = False) -> str:
    """Return the name of the set that is served; ``lock`` keeps other writers off."""
    query = select(SERVING.c.name)
    name: str = connection.execute(
        query.with_for_update() if lock else query
    ).scalar_one()
    return name


def _is_of_this_fold(connection: Connection, name: str) -> bool:
    return is_of_this_fold(connection, SETS[name], name=NAME, cure=CURE)
