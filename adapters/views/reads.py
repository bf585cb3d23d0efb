"""The queries on rows, as texts for the driver.

A fold asks them by the thousand, and a timeline is read with a few of them: putting one
together anew took longer than the database did, so each is put together once.
Many keys are asked for with one query of a few fixed sizes: what is left of a size is
filled up with the last key, so that the database knows the query too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection

from domain.errors import DamagedRowError
from domain.projections.rows import Key, Table

SIZES = (1, 8, 64, 512)
"""Keys that are asked for in one query."""
_MARK = {"sqlite": "?", "postgresql": "%s"}


def progress(connection: Connection, sql: str) -> tuple[int, str, str, int]:
    """Return seq, fingerprint, generation and version of the fold.

    Raises:
        DamagedRowError: it is not told, or not once.
    """
    text = f"SELECT seq, fingerprint, generation, fold_version FROM {sql}"  # noqa: S608 (a name of ours)
    match [tuple(each) for each in connection.exec_driver_sql(text)]:
        case [(int(seq), str(mark), str(generation), int(version))]:
            return seq, mark, generation, version
        case found:
            raise DamagedRowError("progress", f"{len(found)} rows")


def row(connection: Connection, sql: str, table: Table, key: Key) -> bytes | None:
    """Return the body of one row of the table called so, or None."""
    text = _row(connection.dialect.name, sql, table)
    found = connection.exec_driver_sql(text, key).scalar_one_or_none()
    return None if found is None else _body(table, found)


def bodies(connection: Connection, sql: str, table: Table, prefix: Key) -> list[bytes]:
    """Return the bodies of rows whose key begins so, in the order of keys."""
    text = _bodies(connection.dialect.name, sql, table, len(prefix))
    return [_body(table, each[0]) for each in _ask(connection, text, prefix)]


def known(
    connection: Connection, sql: tuple[str, str], table: Table, prefix: Key, seq: int
) -> list[bytes]:
    """Return the bodies of rows as they were at a seq, of those now and those past."""
    text = _known(connection.dialect.name, *sql, table, len(prefix))
    bound: tuple[str | int, ...] = (*prefix, seq, *prefix, seq, seq)
    return [_body(table, each[-1]) for each in _ask(connection, text, bound)]


def versions(
    connection: Connection, sql: tuple[str, str], table: Table, prefix: Key
) -> Iterator[Any]:
    """Yield key, since, until and body of all versions, by key and then by seq."""
    text = _versions(connection.dialect.name, *sql, table, len(prefix))
    for each in _ask(connection, text, (*prefix, *prefix)):
        _body(table, each[-1])
        yield each


def keys(connection: Connection, sql: str, table: Table, prefix: Key) -> list[Key]:
    """Return the keys that begin so, ascending."""
    text = _keys(connection.dialect.name, sql, table, len(prefix))
    return [tuple(each) for each in _ask(connection, text, prefix)]


def whole(
    connection: Connection, sql: str, table: Table
) -> Iterator[tuple[Key, bytes]]:
    """Yield all rows, in the order of keys."""
    columns = ", ".join(table.columns)
    text = f"SELECT {columns}, body FROM {sql} ORDER BY {columns}"  # noqa: S608 (names are ours)
    rows = _ask(connection, text, ())
    return ((tuple(each[:-1]), _body(table, each[-1])) for each in rows)


def _body(table: Table, found: object) -> bytes:
    """Return what a column of bodies holds: SQLite keeps there whatever it was given."""
    if isinstance(found, bytes):
        return found
    expected = f"{table.label} in bytes"
    raise DamagedRowError(expected, type(found).__name__)


def _ask(
    connection: Connection, text: str, bound: tuple[str | int, ...]
) -> Iterable[Any]:
    return connection.exec_driver_sql(text, bound)


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
            yield tuple(each[:length]), _body(table, each[length])
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
    return f"SELECT {columns}, body FROM {sql} WHERE {where}"  # noqa: S608 (names are ours)


@cache
def _begins(dialect: str, table: Table, length: int) -> str:
    at = [f"{name} = {_MARK[dialect]}" for name in table.columns[:length]]
    return " AND ".join(at or ["1 = 1"])


@cache
def _bodies(dialect: str, sql: str, table: Table, length: int) -> str:
    where = f"{_begins(dialect, table, length)} ORDER BY {', '.join(table.columns)}"
    return f"SELECT body FROM {sql} WHERE {where}"  # noqa: S608 (names are ours)


@cache
def _keys(dialect: str, sql: str, table: Table, length: int) -> str:
    columns = ", ".join(table.columns)
    where = f"{_begins(dialect, table, length)} ORDER BY {columns}"
    return f"SELECT {columns} FROM {sql} WHERE {where}"  # noqa: S608 (names are ours)


@cache
def _known(dialect: str, now: str, past: str, table: Table, length: int) -> str:
    columns, mark = ", ".join(table.columns), _MARK[dialect]
    begins = _begins(dialect, table, length)
    return (
        f"SELECT {columns}, body FROM {now} WHERE {begins} AND since <= {mark} "  # noqa: S608 (names are ours)
        f"UNION ALL SELECT {columns}, body FROM {past} WHERE {begins} "
        f"AND since <= {mark} AND until > {mark} ORDER BY {columns}"
    )


@cache
def _versions(dialect: str, now: str, past: str, table: Table, length: int) -> str:
    columns, begins = ", ".join(table.columns), _begins(dialect, table, length)
    return (
        f"SELECT {columns}, since, until, body FROM {past} WHERE {begins} "  # noqa: S608 (names are ours)
        f"UNION ALL SELECT {columns}, since, NULL, body FROM {now} WHERE {begins} "
        f"ORDER BY {columns}, since"
    )
