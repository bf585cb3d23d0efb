"""Reading and changing one set of tables of the read models, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
from sqlalchemy.dialects import postgresql, sqlite

from adapters.views.tables import ViewTables
from domain.errors import NewerStoreError
from domain.ports import Parked, Progress
from domain.projections.projection import FOLD_VERSION
from domain.projections.rows import Changes, Key, Place, Table

_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""Inserting of which the standard lacks "or put it in the place of what is there"."""


class SqlSnapshot:
    """One consistent state of the rows."""

    def __init__(self, connection: Connection, tables: ViewTables) -> None:
        self._connection, self._tables = connection, tables
        query = select(tables.progress.c.seq, tables.progress.c.fingerprint)
        seq, fingerprint = connection.execute(query).one()
        self._progress = Progress(seq, fingerprint)

    @property
    def progress(self) -> Progress:
        """How far the log is folded in."""
        return self._progress

    @property
    def seq(self) -> int:
        """The seq up to which the log is folded in."""
        return self._progress.seq

    def rows(self, table: Table, *prefix: str) -> Sequence[bytes]:
        """Return the bodies of all rows whose key begins so, in the order of keys."""
        sql = self._tables.rows[table]
        query = select(sql.c.body).where(self._begins(table, prefix))
        return (
            self._connection.execute(query.order_by(*self._keys(table))).scalars().all()
        )

    def row(self, table: Table, *key: str) -> bytes | None:
        """Return the body of one row, or None."""
        query = select(self._tables.rows[table].c.body).where(self._begins(table, key))
        return self._connection.execute(query).scalar_one_or_none()

    def keys(self, table: Table, *prefix: str) -> Sequence[Key]:
        """Return the keys of all rows whose key begins so, ascending."""
        columns = self._keys(table)
        query = select(*columns).where(self._begins(table, prefix)).order_by(*columns)
        return [tuple(row) for row in self._connection.execute(query)]

    def parked(self) -> Sequence[Parked]:
        """Return the events that could not be taken in, by seq."""
        parked = self._tables.parked
        query = select(parked).order_by(parked.c.seq)
        return [Parked(*row) for row in self._connection.execute(query)]

    def _keys(self, table: Table) -> list[ColumnElement[str]]:
        return [self._tables.rows[table].c[name] for name in table.columns]

    def _begins(self, table: Table, prefix: Sequence[str]) -> ColumnElement[bool]:
        columns = self._keys(table)
        equal = (column == part for column, part in zip(columns, prefix, strict=False))
        return and_(True, *equal)


class SqlTransaction(SqlSnapshot):
    """The one writer; commits when its context ends well."""

    def save(
        self, changes: Changes, parked: Sequence[Parked], progress: Progress
    ) -> None:
        """Store changed rows, parked events and the progress they come to."""
        for table in Table:
            self._drop(table, [p for p in changes.drop if p.table is table])
            put = [(p, body) for p, body in changes.put.items() if p.table is table]
            self._put(table, put)
        if parked:
            values = [
                {"seq": p.seq, "stream": p.stream, "name": p.name, "error": p.error}
                for p in parked
            ]
            self._connection.execute(insert(self._tables.parked), values)
        self._reach(progress)

    def clear(self) -> None:
        """Empty all tables and go back to seq 0."""
        for sql in (*self._tables.rows.values(), self._tables.parked):
            self._connection.execute(delete(sql))
        self._reach(Progress())

    def _reach(self, progress: Progress) -> None:
        values = {"seq": progress.seq, "fingerprint": progress.fingerprint}
        self._connection.execute(update(self._tables.progress).values(values))
        self._progress = progress

    def _put(self, table: Table, rows: list[tuple[Place, bytes]]) -> None:
        if not rows:
            return
        sql = self._tables.rows[table]
        inserting = _INSERT[self._connection.dialect.name](sql)
        statement = inserting.on_conflict_do_update(
            index_elements=table.columns, set_={"body": inserting.excluded.body}
        )
        values = [_columns(place) | {"body": body} for place, body in rows]
        self._connection.execute(statement, values)

    def _drop(self, table: Table, places: list[Place]) -> None:
        if not places:
            return
        sql = self._tables.rows[table]
        at = (sql.c[name] == bindparam(f"_{name}") for name in table.columns)
        rows = [
            {f"_{name}": part for name, part in _columns(place).items()}
            for place in places
        ]
        self._connection.execute(delete(sql).where(and_(*at)), rows)


def is_of_this_fold(
    connection: Connection, tables: ViewTables, *, name: str, cure: str
) -> bool:
    """Return whether the rows were folded by this version of the fold.

    ``name`` is how the tables are called, ``cure`` what to do about a newer version.

    Raises:
        NewerStoreError: a newer version folded them.
    """
    found = connection.execute(select(tables.progress.c.fold_version)).scalar()
    if found is not None and found > FOLD_VERSION:
        message = (
            f"{name} was folded by a newer onrecord (fold {found}, this one knows "
            f"{FOLD_VERSION}): update onrecord, or {cure}"
        )
        raise NewerStoreError(message)
    return found == FOLD_VERSION


def begin(connection: Connection, tables: ViewTables) -> None:
    """Empty the tables: nothing is folded in yet, by this version of the fold."""
    for sql in tables.metadata.sorted_tables:
        connection.execute(delete(sql))
    fresh = {"id": 1, "seq": 0, "fingerprint": "", "fold_version": FOLD_VERSION}
    connection.execute(insert(tables.progress).values(fresh))


def _columns(place: Place) -> dict[str, Any]:
    return dict(zip(place.table.columns, place.key, strict=True))
