"""The tables of the read models: for each kind of row its key columns and a body.

There are two sets of them: those that are served, and those that a rebuild fills
beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Column, LargeBinary, MetaData, Text
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

    metadata: MetaData
    rows: dict[Table, SqlTable]
    past: dict[Table, SqlTable]
    parked: SqlTable
    progress: SqlTable


def view_tables(prefix: str = "") -> ViewTables:
    """Return a set whose tables are named so."""
    metadata = MetaData()

    def table(name: str, *columns: Column[Any]) -> SqlTable:
        return SqlTable(prefix + name, metadata, *columns)

    return ViewTables(
        metadata,
        rows={
            each: table(
                each.label,
                *_keys(each),
                *([_seq("since")] if each.versioned else []),
                Column("body", LargeBinary, nullable=False),
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


SERVED = view_tables()
FRESH = view_tables("fresh_")
