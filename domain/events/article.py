"""Facts about articles. The text itself lies in the article store, named by its hash."""

from __future__ import annotations

from typing import ClassVar

from domain.events.base import Event
from domain.model.article import Capture, Marked, Skipped
from domain.model.ids import ArticleId, StatementId
from domain.model.moment import Moment


class ArticleCaptured(Event):
    """A text was captured, and what extraction made of it.

    Its existence makes a second capture of the same text a no-op.
    """

    name: ClassVar[str] = "article-captured.v1"

    article: ArticleId
    length: int
    language: str
    title: str | None
    outlet: str | None
    url: str | None
    published_at: Moment | None
    published_at_basis: str | None
    published_at_note: str | None
    capture: Capture
    extractor: str
    boilerplate: tuple[Marked, ...]
    skipped: tuple[Skipped, ...]
    statements: tuple[StatementId, ...]

    def identity(self) -> str:
        """One capture per text."""
        return self.article


class ArticleRevised(Event):
    """A later capture of the same url has another text than this article."""

    name: ClassVar[str] = "article-revised.v1"

    article: ArticleId
    revision: ArticleId
    url: str

    def identity(self) -> str:
        """One fact per pair of texts."""
        return f"{self.article} {self.revision}"
