"""The queries that a fold asks by the thousand, as texts for the driver.

Each is compiled once and then given to the driver with plain tuples, as in ``writes``.
Many keys are asked for with one query of a few fixed sizes: what is left of a size is
filled up with the last key, so that the database knows the query too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection

from domain.projections.rows import Key, Table

SIZES = (1, 8, 64, 512)
"""Keys that are asked for in one query."""
_MARK = {"sqlite": "?", "postgresql": "%s"}


def row(connection: Connection, sql: str, table: Table, key: Key) -> bytes | None:
    """Return the body of one row of the table called so, or None."""
    text = _row(connection.dialect.name, sql, table)
    return connection.exec_driver_sql(text, key).scalar_one_or_none()


def beginning(
    connection: Connection, sql: str, table: Table, prefixes: Sequence[Key]
) -> Iterator[tuple[Key, bytes]]:
    """Yield rows whose key begins with one of these, which are of one length."""
    length = len(table.columns)
    start = 0
    while start < len(prefixes):
        left = len(prefixes) - start
        size = next((each for each in SIZES if each >= left), SIZES[-1])
        some = prefixes[start : start + size]
        some = [*some, *[some[-1]] * (size - len(some))]
        text = _beginning(connection.dialect.name, sql, table, len(some[0]), size)
        bound = tuple(part for prefix in some for part in prefix)
        found: Any = connection.exec_driver_sql(text, bound)
        for each in found:
            yield tuple(each[:length]), each[length]
        start += size


def keys_with(
    connection: Connection, sql: str, table: Table, value: str, prefix: Key
) -> list[Key]:
    """Return keys that begin so and whose indexed column holds a value, ascending."""
    mark, columns = _MARK[connection.dialect.name], ", ".join(table.columns)
    at = (table.indexed, *table.columns[: len(prefix)])
    where = " AND ".join(f"{name} = {mark}" for name in at)
    text = f"SELECT {columns} FROM {sql} WHERE {where} ORDER BY {columns}"  # noqa: S608 (names are ours)
    found: Any = connection.exec_driver_sql(text, (value, *prefix))
    return [tuple(each) for each in found]


@cache
def _row(dialect: str, sql: str, table: Table) -> str:
    at = " AND ".join(f"{name} = {_MARK[dialect]}" for name in table.columns)
    return f"SELECT body FROM {sql} WHERE {at}"  # noqa: S608 (names are ours)


@cache
def _beginning(dialect: str, sql: str, table: Table, length: int, size: int) -> str:
    columns = ", ".join(table.columns)
    names = ", ".join(table.columns[:length])
    one = f"({', '.join([_MARK[dialect]] * length)})"
    asked = ", ".join([one] * size)
    where = f"({names}) IN (VALUES {asked}) ORDER BY {columns}"
    return f"SELECT {columns}, body FROM {sql} WHERE {where}"  # noqa: S608 (as above)
