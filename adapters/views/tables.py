"""The tables of the read models: for each kind of row its key columns and a body.

There are two sets of them, and a row that names the one that is served. A rebuild fills
the other and writes its name into that row: whoever reads meanwhile reads on in the set
that it found, and nobody waits for anybody, as swapping tables would demand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Column, Index, LargeBinary, MetaData, Text
from sqlalchemy import Table as SqlTable

from domain.projections.rows import Table

KEY = Text().with_variant(Text(collation="C"), "postgresql")
"""A text that is compared by its bytes, as SQLite does, and not by a language."""


@dataclass(frozen=True, slots=True)
class ViewTables:
    """One set: a table for each kind of row, the parked events, and the progress.

    ``rows`` hold what is so now, and ``past`` what was so ``since`` one seq and
    ``until`` before another. ``progress`` has one row: how far the log is folded in, up
    to which event, and by which version of the fold; ``generation`` is another wherever the
    rows were begun anew.
    """

    rows: dict[Table, SqlTable]
    past: dict[Table, SqlTable]
    parked: SqlTable
    progress: SqlTable

    @property
    def every(self) -> list[SqlTable]:
        """All tables of the set."""
        return [*self.rows.values(), *self.past.values(), self.parked, self.progress]

    @property
    def indices(self) -> list[Index]:
        """What finds rows by more than the beginning of their key."""
        return [index for each in self.rows.values() for index in each.indexes]


def view_tables(metadata: MetaData, prefix: str) -> ViewTables:
    """Return a set whose tables are named so.

    SQLite keeps them in the order of their keys: a row is found in one step. Articles
    alone lie as they came, with their keys beside them. Those are hashes and their rows
    are long: put in their order, each would be written into another page of the file.
    """

    def table(
        name: str, *columns: Column[Any] | Index, as_it_came: bool = False
    ) -> SqlTable:
        return SqlTable(prefix + name, metadata, *columns, sqlite_with_rowid=as_it_came)

    def index(each: Table) -> Iterator[Index]:
        if each.indexed is not None:
            yield Index(f"{prefix}{each.label}_{each.indexed}", each.indexed)

    return ViewTables(
        rows={
            each: table(
                each.label,
                *_keys(each),
                *([_seq("since")] if each.versioned else []),
                Column("body", LargeBinary, nullable=False),
                *index(each),
                as_it_came=each is Table.ARTICLE,
            )
            for each in Table
        },
        past={
            each: table(
                f"past_{each.label}",
                *_keys(each),
                _seq("since", primary_key=True),
                _seq("until"),
                Column("body", LargeBinary, nullable=False),
            )
            for each in Table
            if each.versioned
        },
        parked=table(
            "parked",
            Column("seq", BigInteger, primary_key=True, autoincrement=False),
            Column("stream", Text, nullable=False),
            Column("name", Text, nullable=False),
            Column("error", Text, nullable=False),
        ),
        progress=table(
            "progress",
            Column("id", BigInteger, primary_key=True, autoincrement=False),
            Column("seq", BigInteger, nullable=False),
            Column("fingerprint", Text, nullable=False),
            Column("fold_version", BigInteger, nullable=False),
            Column("generation", Text, nullable=False),
        ),
    )


def _keys(table: Table) -> list[Column[str]]:
    return [Column(name, KEY, primary_key=True) for name in table.columns]


def _seq(name: str, *, primary_key: bool = False) -> Column[int]:
    return Column(
        name, BigInteger, primary_key=primary_key, autoincrement=False, nullable=False
    )


METADATA = MetaData()
SETS = {name: view_tables(METADATA, f"{name}_") for name in ("blue", "green")}
FIRST = next(iter(SETS))
"""The set that is served first."""
SERVING = SqlTable(
    "serving", METADATA, Column("name", Text, primary_key=True, nullable=False)
)
"""One row: which set is served."""
