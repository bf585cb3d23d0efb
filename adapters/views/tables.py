"""The tables of the read models: for each kind of row its key columns and a body."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, LargeBinary, MetaData, Text
from sqlalchemy import Table as SqlTable

from domain.projections.rows import Table

METADATA = MetaData()

ROWS: dict[Table, SqlTable] = {
    table: SqlTable(
        table.label,
        METADATA,
        *(Column(name, Text, primary_key=True) for name in table.columns),
        Column("body", LargeBinary, nullable=False),
    )
    for table in Table
}

PARKED = SqlTable(
    "parked",
    METADATA,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("stream", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("error", Text, nullable=False),
)

PROGRESS = SqlTable(
    "progress",
    METADATA,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("fold_version", BigInteger, nullable=False),
)
"""One row: how far the log is folded in, and by which version of the fold."""
