"""The statements that change rows, as texts for the driver.

A page changes thousands of rows in the same few ways. Each way is compiled once and
then given to the driver with plain tuples: binding every row anew through SQLAlchemy
took longer than the database did.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    LargeBinary,
    Text,
    bindparam,
    delete,
    insert,
    select,
)
from sqlalchemy import Table as SqlTable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine import Dialect

from adapters.views.tables import ViewTables
from domain.ports import Progress
from domain.projections.rows import Table

_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""Inserting of which the standard lacks "or put it in the place of what is there"."""
_DIALECTS: dict[str, Dialect] = {
    "sqlite": sqlite.dialect(paramstyle="qmark"),
    "postgresql": PGDialect_psycopg(paramstyle="format"),  # type: ignore[no-untyped-call] # theirs
}
Row = tuple[str | int | bytes, ...]


class Write(Enum):
    """A way to change rows: put them as they are, drop them, keep them as they were."""

    PUT = "put"
    """Bound are key, since (of a versioned table) and body."""
    ADD = "add"
    """Put new rows; bound is the same."""
    DROP = "drop"
    """Bound is the key."""
    END = "end"
    """Keep the row that is there as past; bound are until and key."""
    KEEP = "keep"
    """Put a past version; bound are key, since, until and body."""


_COPIED = {Write.ADD, Write.KEEP}
MANY = 50
"""Rows from which a stream is faster than a statement for each."""
_TYPES = {Text: "text", BigInteger: "int8", LargeBinary: "bytea"}


def reach(connection: Connection, sql: str, progress: Progress) -> None:
    """Keep how far the log is folded in."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    text = f"UPDATE {sql} SET seq = {mark}, fingerprint = {mark}"  # noqa: S608 (a name of ours)
    connection.exec_driver_sql(text, (progress.seq, progress.fingerprint))


def write(
    connection: Connection,
    tables: ViewTables,
    table: Table,
    how: Write,
    rows: Sequence[Row],
) -> None:
    """Change rows of one table in one way."""
    if not rows:
        return
    now = tables.rows[table]
    past, dialect = tables.past.get(table, now), connection.dialect.name
    if dialect == "postgresql" and how in _COPIED and len(rows) >= MANY:
        _copy(connection, past if how is Write.KEEP else now, rows)
    else:
        text = _text(dialect, now, past, table, how)
        connection.exec_driver_sql(text, list(rows))


def _copy(connection: Connection, to: SqlTable, rows: Sequence[Row]) -> None:
    """Send new rows to PostgreSQL in one stream, several times faster than one by one."""
    columns = ", ".join(each.name for each in to.c)
    text = f"COPY {to.name} ({columns}) FROM STDIN (FORMAT BINARY)"
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(text) as copy:
        copy.set_types([_TYPES[type(each.type)] for each in to.c])
        for row in rows:
            copy.write_row(row)


@cache
def _text(dialect: str, now: SqlTable, past: SqlTable, table: Table, how: Write) -> str:
    """Return the statement, whose parameters are in the order that ``Write`` tells."""
    statement = _statement(dialect, now, past, table, how)
    return str(statement.compile(dialect=_DIALECTS[dialect]))


def _statement(
    dialect: str, now: SqlTable, past: SqlTable, table: Table, how: Write
) -> Any:
    at = [now.c[name] == bindparam(f"_{name}") for name in table.columns]
    if how is Write.DROP:
        return delete(now).where(*at)
    if how is Write.PUT:
        inserting = _INSERT[dialect](now)
        carried = [each.name for each in now.c if each.name not in table.columns]
        return inserting.on_conflict_do_update(
            index_elements=table.columns,
            set_={name: inserting.excluded[name] for name in carried},
        )
    if how is Write.ADD:
        return insert(now)
    if how is Write.KEEP:
        return insert(past)
    keys = [now.c[name] for name in table.columns]
    ending = select(*keys, now.c.since, bindparam("_until"), now.c.body).where(*at)
    return insert(past).from_select(past.c.keys(), ending)
