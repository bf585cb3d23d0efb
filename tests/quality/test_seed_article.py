"""The real seed article comes out as reviewed: twelve statements, nothing spurious."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adapters.lexicons.seeds import shipped
from domain.attribution.record import record_of
from domain.model.article import Article
from tests.support.extraction import extractor

GOLDEN = Path(__file__).parents[1] / "golden" / "peskov-2025.fr.extracted.json"


@pytest.mark.slow
@pytest.mark.quality
def test_the_seed_article_gives_the_reviewed_statements() -> None:
    """Every field of every statement equals the reviewed record."""
    path = shipped() / "articles" / "peskov-2025.fr.txt"
    article = Article(text=path.read_bytes().decode(), language="fr")
    record = record_of("peskov-2025.fr", article, extractor().extract(article))
    reviewed = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert len(record.statements) == 12
    assert json.loads(record.model_dump_json()) == reviewed
