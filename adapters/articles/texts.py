"""Putting, getting and erasing the texts of articles, the same on every database."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, ClassVar, Protocol

from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    MetaData,
    Table,
    Text,
    delete,
    select,
)

from domain.model.ids import ArticleId, article_id

METADATA = MetaData()
TEXTS = Table(
    "article_text",
    METADATA,
    Column("article", Text, primary_key=True),
    Column("text", LargeBinary, nullable=False),
)


class SqlTexts(Protocol):
    """What an article store does in the transactions of its database.

    ``insert`` is that of the database: the standard has no "unless it is there".
    """

    insert: ClassVar[Callable[..., Any]]

    def transaction(
        self, *, writing: bool = False
    ) -> AbstractContextManager[Connection]:
        """Open a transaction."""
        ...

    def put(self, text: str) -> ArticleId:
        """Store a text durably; storing it again changes nothing."""
        article = article_id(text)
        row = {"article": article, "text": text.encode()}
        with self.transaction(writing=True) as connection:
            connection.execute(
                type(self).insert(TEXTS).values(row).on_conflict_do_nothing()
            )
        return article

    def get(self, article: ArticleId) -> str | None:
        """Return a text, or None if it is not (or no longer) there."""
        query = select(TEXTS.c.text).where(TEXTS.c.article == article)
        with self.transaction() as connection:
            found: bytes | None = connection.execute(query).scalar_one_or_none()
        return found.decode() if found is not None else None

    def erase(self, article: ArticleId) -> None:
        """Erase a text; erasing it again changes nothing."""
        with self.transaction(writing=True) as connection:
            connection.execute(delete(TEXTS).where(TEXTS.c.article == article))
