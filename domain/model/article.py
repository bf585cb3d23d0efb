"""An article: a text as it was captured, and what is known of its publication."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from domain.model.commitment import Confidence
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


class Marked(Value):
    """A stretch of the text that is not the article, and why; marked, not deleted."""

    start: int
    end: int
    reason: str
    confidence: Confidence


class Skipped(Value):
    """A stretch that looked like a statement and was passed over, and why."""

    start: int
    end: int
    reason: str


def skipped_by_reason(skipped: Iterable[Skipped]) -> dict[str, int]:
    """Return how many stretches were passed over for each reason, most first."""
    return dict(Counter(each.reason for each in skipped).most_common())


def marked_by_reason(marks: Iterable[Marked]) -> dict[str, int]:
    """Return how many characters are not the article for each reason, most first."""
    characters: Counter[str] = Counter()
    for mark in marks:
        characters[mark.reason] += mark.end - mark.start
    return dict(characters.most_common())


class Capture(Value):
    """How the text was read from its bytes."""

    media_type: str
    encoding: str
    byte_length: int
    repairs: tuple[str, ...] = ()
