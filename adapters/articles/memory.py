"""The texts of articles in memory, for tests."""

from __future__ import annotations

from domain.model.ids import ArticleId, article_id


class MemoryArticleStore:
    """Keeps texts in a mapping."""

    def __init__(self) -> None:
        self._texts: dict[ArticleId, str] = {}

    def put(self, text: str) -> ArticleId:
        """Store a text; storing it again changes nothing."""
        article = article_id(text)
        self._texts[article] = text
        return article

    def get(self, article: ArticleId) -> str | None:
        """Return a text, or None if it is not there."""
        return self._texts.get(article)

    def erase(self, article: ArticleId) -> None:
        """Erase a text."""
        self._texts.pop(article, None)
