"""A schema of ours in PostgreSQL, opened through SQLAlchemy, for what is not the log.

Each store has a schema of its own, as it has a file of its own on SQLite. The comment
on the schema is the mark that it is ours, and of which version. Who may not make a
schema gets on with one that was made for it, empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Self, cast

import psycopg
from psycopg.sql import SQL, Identifier, Literal
from sqlalchemy import Connection, Table, create_engine
from sqlalchemy.exc import DBAPIError, NoSuchTableError
from sqlalchemy.schema import CreateIndex, CreateTable

from adapters.postgresql import CONNECTIONS, HOW_TO, Address, connect, explain
from domain.errors import NewerStoreError, StoreUnavailableError

_MARK = re.compile(r"onrecord (\w+), schema (\d+)")
_FOUND = """
SELECT obj_description(oid, 'pg_namespace'), has_schema_privilege(oid, 'USAGE'),
       EXISTS (SELECT FROM pg_class WHERE relnamespace = pg_namespace.oid)
FROM pg_namespace WHERE nspname = %s
"""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = %s"
_ONE_MAKER = 0x4F4E5243
"""The advisory lock of who makes a schema ("ONRC"): others wait and find it made."""


class PostgresSchema:
    """A schema with some tables, which is made where it is not there.

    ``rows`` are statements that fill the tables when they are made. One that is
    ``droppable`` is made anew where it is of an older version, and, to ``mend`` it, where
    tables are gone; else that is refused.
    """

    def __init__(
        self,
        address: Address,
        name: str,
        kind: str,
        tables: Sequence[Table],
        *,
        version: int,
        rows: Sequence[str] = (),
        droppable: bool = False,
        mend: bool = False,
    ) -> None:
        """Open or make the schema.

        Raises:
            StoreUnavailableError: the database cannot be used.
            NewerStoreError: a newer onrecord made it.
        """
        self.address, self.name, self._droppable = address, name, droppable
        self._engine = create_engine(
            "postgresql+psycopg://",
            creator=partial(connect, address, name),
            pool_pre_ping=True,
            pool_size=CONNECTIONS,
            max_overflow=0,
        )
        making: list[CreateTable | CreateIndex] = [CreateTable(each) for each in tables]
        making += [CreateIndex(index) for each in tables for index in each.indexes]
        made = [str(each.compile(self._engine)) for each in making]
        names = frozenset(each.name for each in tables)
        with self._errors(), connect(address, name) as connection:
            ensure(
                connection,
                name,
                kind,
                version=version,
                made_by=[*made, *rows],
                oldest=version if droppable else 0,
                needed=names if mend else frozenset(),
            )
            if gone := ", ".join(sorted(names - _names(connection, name))):
                raise NoSuchTableError(gone)

    @contextmanager
    def transaction(self, *, writing: bool = False) -> Iterator[Connection]:
        """Open a transaction; commits at the end, or changes nothing.

        One that does not write sees a single state from its first query on.
        """
        level = "READ COMMITTED" if writing else "REPEATABLE READ"
        with self._errors(), self._engine.connect() as connection:
            connection.execution_options(isolation_level=level)
            opened = cast(
                "psycopg.Connection[Any]", connection.connection.driver_connection
            )
            # SQLAlchemy's own option asks for READ WRITE: a replica refuses that oddly
            opened.read_only = None if writing else True
            with connection.begin():
                yield connection

    def check_room(self, *, share: float = 0) -> None:
        """Leave its disk to the server, which says when it is full."""

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        """Use as a context manager."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close on leaving."""
        self.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn what PostgreSQL raises into our errors."""
        try:
            yield
        except NoSuchTableError as error:
            raise self._lacks(str(error)) from error
        except DBAPIError as error:
            if isinstance(error.orig, psycopg.errors.UndefinedTable):
                raise self._lacks(str(error.orig).splitlines()[0]) from error
            raise explain(self.address, error.orig or error) from error
        except psycopg.Error as error:
            raise explain(self.address, error) from error

    def _lacks(self, tables: str) -> StoreUnavailableError:
        """Return the error about tables that are gone."""
        cure = "restore the database from a backup"
        if self._droppable:
            cure = f"run onrecord rebuild, or drop the schema {self.name} to rebuild it"
        message = (
            f"the store {self.address.shown} lacks tables ({tables}) of its schema "
            f"{self.name}: {cure}"
        )
        return StoreUnavailableError(message)


def is_there(
    connection: psycopg.Connection[Any],
    schema: str,
    kind: str,
    *,
    newest: int,
    oldest: int = 0,
) -> bool:
    """Return whether a schema of ours is there, refusing what is none.

    One of a version before ``oldest`` counts as not there.

    Raises:
        StoreUnavailableError: another program made it, or this role may not use it.
        NewerStoreError: a newer onrecord made it.
    """
    found = _row(connection, schema)
    if found is None:
        return False
    told, usable, holds_something = found
    mark = _MARK.fullmatch(told or "")
    if mark is None and not holds_something:
        return False
    if mark is None or mark[1] != kind:
        message = f"the schema {schema} was not made by onrecord: name another database"
        raise StoreUnavailableError(message)
    if int(mark[2]) > newest:
        message = (
            f"the schema {schema} was written by a newer onrecord (schema {mark[2]}, "
            f"this one knows {newest}): update onrecord"
        )
        raise NewerStoreError(message)
    if not usable:
        message = (
            f"this role may not use the schema {schema}: grant it as {HOW_TO} says"
        )
        raise StoreUnavailableError(message)
    return int(mark[2]) >= oldest


def ensure(
    connection: psycopg.Connection[Any],
    schema: str,
    kind: str,
    *,
    version: int,
    made_by: Iterable[str],
    oldest: int = 0,
    needed: frozenset[str] = frozenset(),
) -> None:
    """Make a schema with its tables where it is not there, in one transaction.

    One of a version before ``oldest``, or without a table that is ``needed``, is emptied
    and made anew. Of several who find that, one does it and the others find it done.

    Raises:
        StoreUnavailableError: another program made it, or this role may not use it.
        NewerStoreError: a newer onrecord made it.
    """

    def is_whole() -> bool:
        return is_there(
            connection, schema, kind, newest=version, oldest=oldest
        ) and needed <= _names(connection, schema)

    if is_whole():
        return
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_ONE_MAKER,))
        if is_whole():
            return
        name = Identifier(schema)
        if _row(connection, schema) is None:
            connection.execute(SQL("CREATE SCHEMA {}").format(name))
        for table in _names(connection, schema):
            connection.execute(SQL("DROP TABLE {}").format(Identifier(schema, table)))
        for statement in made_by:
            connection.execute(statement.encode())
        mark = Literal(f"onrecord {kind}, schema {version}")
        connection.execute(SQL("COMMENT ON SCHEMA {} IS {}").format(name, mark))


def _names(connection: psycopg.Connection[Any], schema: str) -> set[str]:
    """Return the names of the tables in a schema."""
    return {name for (name,) in connection.execute(_TABLES, (schema,)).fetchall()}


def _row(
    connection: psycopg.Connection[Any], schema: str
) -> tuple[str | None, bool, bool] | None:
    """Return comment, right to use it and whether it holds anything, of a schema."""
    with connection.cursor(row_factory=psycopg.rows.tuple_row) as cursor:
        return cursor.execute(_FOUND, (schema,)).fetchone()
