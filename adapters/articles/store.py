"""The texts of articles in a SQLite file of their own, named by their hash.

A text is durable before an event refers to it. It can be erased without touching the
log: what is erased leaves no bytes behind (``secure_delete``).
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    MetaData,
    Table,
    Text,
    delete,
    insert,
    select,
)

from adapters.sqlite_file import SQLiteFile
from domain.model.ids import ArticleId, article_id

APPLICATION_ID = 0x4F4E5254
"""Marks the file ("ONRT") in the header of SQLite."""
SCHEMA = 1

_METADATA = MetaData()
TEXTS = Table(
    "article_text",
    _METADATA,
    Column("article", Text, primary_key=True),
    Column("text", LargeBinary, nullable=False),
)


class SQLArticleStore(SQLiteFile):
    """The texts in one SQLite file."""

    def __init__(self, path: Path) -> None:
        """Open or make the file.

        Raises:
            StoreUnavailableError: the file cannot be used.
            NewerStoreError: a newer onrecord wrote it.
        """
        super().__init__(
            path,
            _METADATA,
            application_id=APPLICATION_ID,
            schema=SCHEMA,
            synchronous="FULL",
        )

    def put(self, text: str) -> ArticleId:
        """Store a text durably; storing it again changes nothing."""
        article = article_id(text)
        with self.transaction(writing=True) as connection:
            if _get(connection, article) is None:
                row = {"article": article, "text": text.encode()}
                connection.execute(insert(TEXTS).values(row))
        return article

    def get(self, article: ArticleId) -> str | None:
        """Return a text, or None if it is not (or no longer) there."""
        with self.transaction() as connection:
            found = _get(connection, article)
        return found.decode() if found is not None else None

    def erase(self, article: ArticleId) -> None:
        """Erase a text; erasing it again changes nothing."""
        with self.transaction(writing=True) as connection:
            connection.execute(delete(TEXTS).where(TEXTS.c.article == article))


def _get(connection: Connection, article: ArticleId) -> bytes | None:
    query = select(TEXTS.c.text).where(TEXTS.c.article == article)
    return connection.execute(query).scalar_one_or_none()
