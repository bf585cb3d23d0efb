"""How well a language is read follows from the name of what read it."""

from __future__ import annotations

import pytest

from domain.model.extraction import Extraction, tier_of


@pytest.mark.parametrize(
    ("extractor", "tier"),
    [
        ("rules 7; lexicon fr 3; spacy fr_core_news_md 3.8.0", "full"),
        ("rules 7; lexicon uk 3; surface 1", "lower"),
        ("rules 7; lexicon uk 3;surface 1", "full"),
        ("rules 7; lexicon uk 3; surfaces 1", "full"),
        ("surface 1", "full"),
        ("by hand", "full"),
        ("", "full"),
    ],
)
def test_a_language_is_read_at_a_lower_tier_by_words_alone(
    extractor: str, tier: str
) -> None:
    """The parser is named behind the rules and the lexicon, by its first word."""
    read = Extraction(extractor=extractor, found=(), boilerplate=(), skipped=())
    assert tier_of(extractor) == read.tier == tier
