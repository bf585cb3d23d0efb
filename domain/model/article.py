"""An article: a text as it was captured, and what is known of its publication."""

from __future__ import annotations

from domain.model.ids import ArticleId, article_id
from domain.model.moment import Moment
from domain.model.value import Value


class Article(Value):
    """A captured text with its metadata; never altered after capture.

    ``published_at`` is a claim with a basis (``stated``: handed in with the
    article; ``inferred``: from its story, the reason given in
    ``published_at_note``), never a truth.
    """

    text: str
    language: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published_at: Moment | None = None
    published_at_basis: str | None = None
    published_at_note: str | None = None

    @property
    def id(self) -> ArticleId:
        """The id, derived from the text alone."""
        return article_id(self.text)
