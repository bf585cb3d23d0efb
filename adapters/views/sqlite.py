"""Read models in a SQLite file of their own, beside the log.

Promises: one transaction a page, with the seq in it; readers see one consistent
state and hold up no writer; a file of an older fold is emptied and folded anew, one
of a newer fold is refused. The file can be deleted at any time: it is rebuilt.
``synchronous=NORMAL`` is enough here: after a power loss the rows may fall back to
an earlier page, never to half of one, and are folded forward again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from adapters.sqlite_file import SQLiteFile
from adapters.views.tables import METADATA, PARKED, PROGRESS, ROWS
from domain.errors import NewerStoreError
from domain.ports import Parked
from domain.projections.projection import FOLD_VERSION
from domain.projections.rows import Changes, Key, Place, Table

APPLICATION_ID = 0x4F4E5256
"""Marks the file ("ONRV") in the header of SQLite."""
SCHEMA = 1
CURE = "delete this file alone, never the log, from which it is rebuilt"


class SQLiteViewStore:
    """The read models in one SQLite file."""

    def __init__(self, path: Path) -> None:
        """Open or make the file.

        Raises:
            StoreUnavailableError: the file cannot be used.
            NewerStoreError: a newer onrecord folded it.
        """
        self._file = SQLiteFile(
            path,
            METADATA,
            application_id=APPLICATION_ID,
            schema=SCHEMA,
            synchronous="NORMAL",
            cure=CURE,
        )
        with self._file.transaction(writing=True) as connection:
            self._check_fold(connection)

    def close(self) -> None:
        """Close all connections."""
        self._file.close()

    def __enter__(self) -> Self:
        """Use as a context manager."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close on leaving."""
        self.close()

    @contextmanager
    def snapshot(self) -> Iterator[SQLiteSnapshot]:
        """Open a consistent view for reading."""
        with self._file.transaction() as connection:
            yield SQLiteSnapshot(connection)

    @contextmanager
    def transaction(self) -> Iterator[SQLiteTransaction]:
        """Open the one writing transaction."""
        with self._file.transaction(writing=True) as connection:
            yield SQLiteTransaction(connection)

    def _check_fold(self, connection: Connection) -> None:
        found = connection.execute(select(PROGRESS.c.fold_version)).scalar()
        if found is None:
            fresh = {"id": 1, "seq": 0, "fold_version": FOLD_VERSION}
            connection.execute(insert(PROGRESS).values(fresh))
        elif found > FOLD_VERSION:
            message = (
                f"{self._file.path} was folded by a newer onrecord (fold {found}, this one "
                f"knows {FOLD_VERSION}): update onrecord, or delete the file to rebuild it"
            )
            raise NewerStoreError(message)
        elif found < FOLD_VERSION:
            SQLiteTransaction(connection).clear()
            connection.execute(update(PROGRESS).values(fold_version=FOLD_VERSION))


class SQLiteSnapshot:
    """One consistent state of the rows."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._seq = int(connection.execute(select(PROGRESS.c.seq)).scalar_one())

    @property
    def seq(self) -> int:
        """The seq up to which the log is folded in."""
        return self._seq

    def rows(self, table: Table, *prefix: str) -> Sequence[bytes]:
        """Return the bodies of all rows whose key begins so, in the order of keys."""
        sql = ROWS[table]
        query = select(sql.c.body).where(_begins(table, prefix))
        return self._connection.execute(query.order_by(*_keys(table))).scalars().all()

    def row(self, table: Table, *key: str) -> bytes | None:
        """Return the body of one row, or None."""
        query = select(ROWS[table].c.body).where(_begins(table, key))
        return self._connection.execute(query).scalar_one_or_none()

    def keys(self, table: Table, *prefix: str) -> Sequence[Key]:
        """Return the keys of all rows whose key begins so, ascending."""
        columns = _keys(table)
        query = select(*columns).where(_begins(table, prefix)).order_by(*columns)
        return [tuple(row) for row in self._connection.execute(query)]

    def parked(self) -> Sequence[Parked]:
        """Return the events that could not be taken in, by seq."""
        query = select(PARKED).order_by(PARKED.c.seq)
        return [Parked(*row) for row in self._connection.execute(query)]


class SQLiteTransaction(SQLiteSnapshot):
    """The one writer; commits when its context ends well."""

    def save(self, changes: Changes, parked: Sequence[Parked], seq: int) -> None:
        """Store changed rows, parked events and the seq they bring the rows to."""
        for table in Table:
            self._drop(table, [p for p in changes.drop if p.table is table])
            put = {p: body for p, body in changes.put.items() if p.table is table}
            self._drop(table, list(put))
            if put:
                rows = [_columns(place) | {"body": body} for place, body in put.items()]
                self._connection.execute(insert(ROWS[table]), rows)
        if parked:
            values = [
                {"seq": p.seq, "stream": p.stream, "name": p.name, "error": p.error}
                for p in parked
            ]
            self._connection.execute(insert(PARKED), values)
        self._connection.execute(update(PROGRESS).values(seq=seq))
        self._seq = seq

    def clear(self) -> None:
        """Empty all tables and go back to seq 0."""
        for sql in (*ROWS.values(), PARKED):
            self._connection.execute(delete(sql))
        self._connection.execute(update(PROGRESS).values(seq=0))
        self._seq = 0

    def _drop(self, table: Table, places: list[Place]) -> None:
        if not places:
            return
        sql = ROWS[table]
        at = (sql.c[name] == bindparam(f"_{name}") for name in table.columns)
        rows = [
            {f"_{name}": part for name, part in _columns(place).items()}
            for place in places
        ]
        self._connection.execute(delete(sql).where(and_(*at)), rows)


def _keys(table: Table) -> list[ColumnElement[str]]:
    return [ROWS[table].c[name] for name in table.columns]


def _begins(table: Table, prefix: Sequence[str]) -> ColumnElement[bool]:
    columns = _keys(table)
    equal = (column == part for column, part in zip(columns, prefix, strict=False))
    return and_(True, *equal)


def _columns(place: Place) -> dict[str, Any]:
    return dict(zip(place.table.columns, place.key, strict=True))
