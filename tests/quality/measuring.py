"""Runs the extractor that the service uses over annotated articles.

The language is the annotated one, so that identification is not measured here. An
article that is refused gives no statement and its reason: all that it holds is missed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from api.app import load, make_extractor
from domain.attribution.extract import Extractor
from domain.attribution.record import record_of
from domain.errors import OnrecordError
from domain.model.article import Article
from domain.model.extraction import Extraction
from domain.model.moment import Moment
from tests.quality.annotated import HELD, AnnotatedArticle, Extracted, Place, read_file
from tests.quality.matching import Pair, match
from tests.quality.scoring import Scores, score

Tick = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured on one file of gold."""

    file: Path
    sha256: str
    articles: list[AnnotatedArticle]
    pairs: list[Pair]
    lines: list[str] = field(default_factory=list)
    """What was found, one JSON object an article."""
    marked: list[tuple[AnnotatedArticle, tuple[Place, ...]]] = field(
        default_factory=list
    )
    """What was marked as not the article."""
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def is_held(self) -> bool:
        """Tell whether nobody may look at the articles, only at the figures."""
        return self.file.stem == HELD

    @property
    def languages(self) -> list[str]:
        """The languages of its articles."""
        return sorted({each.language for each in self.articles})

    def of(self, language: str) -> list[Pair]:
        """Return the pairs of the articles in one language."""
        return [pair for pair in self.pairs if pair.article.language == language]

    def scores(self) -> dict[str, Scores]:
        """Return the figures of each language."""
        return {language: score(self.of(language)) for language in self.languages}


@cache
def extractor() -> Extractor:
    """Return the extractor over the shipped seeds."""
    return make_extractor(load())


def measure(file: Path, tick: Tick = lambda _: None) -> Measured:
    """Extract the articles of a file, and pair what is found with what is annotated."""
    measured = Measured(
        file=file,
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        articles=read_file(file),
        pairs=[],
    )
    for annotated in measured.articles:
        article = _article(annotated)
        try:
            extraction = extractor().extract(article)
        except OnrecordError as error:
            measured.refused[annotated.id] = str(error)
            measured.marked.append((annotated, ()))
            measured.pairs.extend(match(annotated, ()))
        else:
            record = record_of(annotated.id, article, extraction)
            measured.marked.append((annotated, record.boilerplate))
            measured.lines.append(record.model_dump_json())
            found = extracted(extraction, [s.model_dump() for s in record.statements])
            measured.pairs.extend(match(annotated, found))
        tick(1)
    return measured


def extracted(
    extraction: Extraction, records: Sequence[dict[str, object]]
) -> list[Extracted]:
    """Return the statements of an extraction as they are printed, with their rules."""
    in_order = sorted(
        extraction.found, key=lambda each: each.attribution.content[0].start
    )
    return [
        Extracted.model_validate(
            {
                **record,
                "rule": found.attribution.rule,
                "confidence": found.attribution.confidence,
                "speaker_rule": found.identification.rule,
                "speaker_confidence": found.identification.confidence,
                "date_basis": found.dating.basis.value,
                "date_confidence": found.dating.confidence,
            }
        )
        for found, record in zip(in_order, records, strict=True)
    ]


def pooled(measured: Iterable[Measured]) -> list[Pair]:
    """Return the pairs of several files, those that are held back left out."""
    return [pair for each in measured if not each.is_held for pair in each.pairs]


def _article(annotated: AnnotatedArticle) -> Article:
    published = annotated.published_at
    return Article(
        text=annotated.text,
        language=annotated.language,
        published_at=Moment.parse(published) if published else None,
        published_at_basis="stated" if published else None,
    )
