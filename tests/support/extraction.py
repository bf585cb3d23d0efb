"""Extractors over the shipped seeds; the models are loaded once a test process."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from adapters.language.identify import LanguageIdentifier
from adapters.language.surface_parser import SurfaceParser
from api.app import parser
from domain.attribution.draft import Draft
from domain.attribution.extract import Dater as DaterOf
from domain.attribution.extract import Extractor, Filer
from domain.model.article import Article
from domain.model.extraction import Extraction, Filed
from domain.model.ids import UNFILED
from domain.model.statement import DateBasis, Dating, Filing
from tests.support.seeds import SEEDS


def undated(drafts: Sequence[Draft], article: Article) -> list[Dating]:
    """Date nothing: dating has tests of its own."""
    nothing = Dating(
        spoken_at=None, basis=DateBasis.BOUND_ONLY, rule="none", confidence=0.0
    )
    return [nothing for _ in drafts]


def unfiled(drafts: Sequence[Draft], article: Article) -> list[tuple[Filed, ...]]:
    """File everything under no topic: filing has tests of its own."""
    return [
        (
            Filed(
                topic=UNFILED,
                filing=Filing(rule="unfiled"),
                assessment=draft.assessment,
            ),
        )
        for draft in drafts
    ]


@cache
def extractor(filer: Filer = unfiled, dater: DaterOf = undated) -> Extractor:
    """Return an extractor for all languages; a model is loaded when it is needed."""
    return Extractor(
        parsers={
            **{language: parser(language) for language in ("fr", "en", "ru")},
            "uk": SurfaceParser(SEEDS.lexicons["uk"]),
            "ar": SurfaceParser(SEEDS.lexicons["ar"]),
        },
        lexicons=dict(SEEDS.lexicons),
        register=SEEDS.register,
        dater=dater,
        filer=filer,
        language_of=LanguageIdentifier().identify,
    )


def extract(text: str, language: str = "fr") -> Extraction:
    """Return what a text attributes to whom."""
    return extractor().extract(Article(text=text, language=language))
