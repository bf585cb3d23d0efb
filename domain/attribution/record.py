"""An extraction in the public format: one JSON object an article, spans as pairs.

The shape of ``onrecord extract --jsonl``. Offsets are half-open code points of
``text``. Inherited slots, confidences and readings are not part of the format.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from domain.model.article import Article, Marked, Skipped
from domain.model.extraction import Extraction, Found
from domain.model.review import Unsure, to_review
from domain.model.span import Excerpt
from domain.model.value import Value

Offset = Annotated[int, Field(strict=True)]
Place = tuple[Offset, Offset]


class StatementRecord(Value):
    """One statement: where its parts stand and what was judged of it."""

    content: tuple[Place, ...]
    cue: Place | None
    source: Place | None
    speaker: str | None
    resolution: str
    on_behalf_of: str | None
    kind: str
    addressee: Place | None
    medium: Place | None
    occasion: Place | None
    spoken_at: str | None
    polarity: str | None
    commitment: int | None
    conditions: tuple[Place, ...]
    review: tuple[Unsure, ...]


class ArticleRecord(Value):
    """One article with its statements, in order of their first content."""

    id: str
    language: str
    text: str
    published_at: str | None
    outlet: str | None
    url: str | None
    boilerplate: tuple[Place, ...]
    statements: tuple[StatementRecord, ...]
    extractor: str
    tier: str
    skipped: tuple[Skipped, ...]


def record_of(name: str, article: Article, extraction: Extraction) -> ArticleRecord:
    """Return the public record of an article under a name."""
    found = sorted(extraction.found, key=lambda each: each.attribution.content[0].start)
    published = article.published_at
    return ArticleRecord(
        id=name,
        language=article.language,
        text=article.text,
        published_at=str(published) if published is not None else None,
        outlet=article.outlet,
        url=article.url,
        boilerplate=tuple(_marked(each) for each in extraction.boilerplate),
        statements=tuple(_statement(each) for each in found),
        extractor=extraction.extractor,
        tier=extraction.tier,
        skipped=extraction.skipped,
    )


def _statement(found: Found) -> StatementRecord:
    """Return one statement; its assessment is the same under every topic."""
    attribution, who = found.attribution, found.identification
    assessment = found.filed[0].assessment if found.filed else None
    spoken = found.dating.spoken_at if found.dating.basis.is_told else None
    return StatementRecord(
        content=tuple((each.start, each.end) for each in attribution.content),
        cue=_place(attribution.cue),
        source=_place(attribution.source),
        speaker=who.speaker,
        resolution=who.resolution.value,
        on_behalf_of=who.on_behalf_of,
        kind=attribution.kind.value,
        addressee=_place(attribution.frame.addressee),
        medium=_place(attribution.frame.medium),
        occasion=_place(attribution.frame.occasion),
        spoken_at=str(spoken) if spoken is not None else None,
        polarity=assessment.polarity.value if assessment else None,
        commitment=assessment.commitment if assessment else None,
        conditions=tuple((c.start, c.end) for c in assessment.conditions)
        if assessment
        else (),
        review=to_review(found),
    )


def _place(excerpt: Excerpt | None) -> Place | None:
    return (excerpt.start, excerpt.end) if excerpt is not None else None


def _marked(marked: Marked) -> Place:
    return marked.start, marked.end
