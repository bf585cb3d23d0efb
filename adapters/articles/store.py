"""The texts of articles in a SQLite file of their own, named by their hash.

A text is durable before an event refers to it. It can be erased without touching the
log: what is erased leaves no bytes behind (``secure_delete``).
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.dialects import sqlite

from adapters.articles.texts import METADATA, SqlTexts
from adapters.sqlite_file import SQLiteFile

APPLICATION_ID = 0x4F4E5254
"""Marks the file ("ONRT") in the header of SQLite."""
SCHEMA = 1


class SQLArticleStore(SQLiteFile, SqlTexts):
    """The texts in one SQLite file."""

    insert = sqlite.insert

    def __init__(self, path: Path) -> None:
        """Open or make the file.

        Raises:
            StoreUnavailableError: the file cannot be used.
            NewerStoreError: a newer onrecord wrote it.
        """
        super().__init__(
            path,
            METADATA,
            application_id=APPLICATION_ID,
            schema=SCHEMA,
            synchronous="FULL",
        )
