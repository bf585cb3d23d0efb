"""The texts of articles in a SQLite file of their own, named by their hash.

A text is durable before an event refers to it. It can be erased without touching the
log: what is erased leaves no bytes behind (``secure_delete``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    MetaData,
    Table,
    Text,
    create_engine,
    delete,
    event,
    insert,
    select,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from adapters.sqlite import dbapi, explain
from domain.model.ids import ArticleId, article_id

_METADATA = MetaData()
TEXTS = Table(
    "article_text",
    _METADATA,
    Column("article", Text, primary_key=True),
    Column("text", LargeBinary, nullable=False),
)
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "cell_size_check=ON",
    "trusted_schema=OFF",
    "mmap_size=0",
    "busy_timeout=5000",
)


class SQLArticleStore:
    """The texts in one SQLite file."""

    def __init__(self, path: Path) -> None:
        """Open or make the file.

        Raises:
            StoreUnavailableError: the file cannot be used.
        """
        self._path = path
        self._engine = create_engine(f"sqlite:///{path}", module=dbapi)
        event.listen(self._engine, "connect", _prepare)
        event.listen(self._engine, "begin", lambda c: c.exec_driver_sql("BEGIN"))
        with self._connection() as connection:
            _METADATA.create_all(connection)

    def put(self, text: str) -> ArticleId:
        """Store a text durably; storing it again changes nothing."""
        article = article_id(text)
        with self._connection() as connection:
            if _get(connection, article) is None:
                try:
                    row = {"article": article, "text": text.encode()}
                    connection.execute(insert(TEXTS).values(row))
                except IntegrityError:
                    pass  # another process stored the same text
        return article

    def get(self, article: ArticleId) -> str | None:
        """Return a text, or None if it is not (or no longer) there."""
        with self._connection() as connection:
            found = _get(connection, article)
        return found.decode() if found is not None else None

    def erase(self, article: ArticleId) -> None:
        """Erase a text; erasing it again changes nothing."""
        with self._connection() as connection:
            connection.execute(delete(TEXTS).where(TEXTS.c.article == article))

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        """Use as a context manager."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close on leaving."""
        self.close()

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise explain(self._path, error.orig or error) from error
        except dbapi.Error as error:
            raise explain(self._path, error) from error


def _get(connection: Connection, article: ArticleId) -> bytes | None:
    query = select(TEXTS.c.text).where(TEXTS.c.article == article)
    return connection.execute(query).scalar_one_or_none()


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions are ours to begin
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
