"""A captured article and what was found in it become facts on several streams."""

from __future__ import annotations

from collections import defaultdict

from domain.events.article import ArticleCaptured, ArticleRevised
from domain.events.base import Event
from domain.events.topic import StatementAttributed
from domain.model.article import Article, Capture
from domain.model.extraction import Extraction
from domain.model.ids import ArticleId, article_stream, topic_stream

PUBLICATION = ("language", "title", "outlet", "url", "published_at")
"""What is handed in with a text."""
Streams = dict[str, tuple[Event, ...]]
"""New events by stream, in the order in which they are appended."""


def decide_capture(
    article: Article,
    capture: Capture,
    extraction: Extraction,
    *,
    earlier: ArticleId | None = None,
) -> Streams:
    """Return the facts that follow from capturing an article that is not on record.

    ``earlier`` is the latest article captured under the same url; with another
    text, it is now known to have been revised.
    """
    streams: dict[str, list[Event]] = defaultdict(list)
    streams[article_stream(article.id)].append(_captured(article, capture, extraction))
    for found in extraction.found:
        for filed in found.filed:
            streams[topic_stream(filed.topic)].append(
                StatementAttributed(
                    topic=filed.topic,
                    statement=found.id,
                    article=article.id,
                    filing=filed.filing,
                    attribution=found.attribution,
                    identification=found.identification,
                    dating=found.dating,
                    assessment=filed.assessment,
                )
            )
    if earlier is not None and earlier != article.id and article.url is not None:
        streams[article_stream(earlier)].append(
            ArticleRevised(article=earlier, revision=article.id, url=article.url)
        )
    return {stream: tuple(events) for stream, events in streams.items()}


def differing(article: Article, captured: ArticleCaptured) -> tuple[str, ...]:
    """Return what is said of an article, and is other than when it was captured."""
    said = ((name, getattr(article, name)) for name in PUBLICATION)
    return tuple(
        name
        for name, value in said
        if value is not None and value != getattr(captured, name)
    )


def _captured(
    article: Article, capture: Capture, extraction: Extraction
) -> ArticleCaptured:
    return ArticleCaptured(
        article=article.id,
        length=len(article.text),
        language=article.language,
        title=article.title,
        outlet=article.outlet,
        url=article.url,
        published_at=article.published_at,
        published_at_basis=article.published_at_basis,
        published_at_note=article.published_at_note,
        capture=capture,
        extractor=extraction.extractor,
        boilerplate=extraction.boilerplate,
        skipped=extraction.skipped,
        statements=tuple(found.id for found in extraction.found),
    )
