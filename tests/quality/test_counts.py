"""Confidence is how often a rule was right, counted and not guessed."""

from __future__ import annotations

from pathlib import Path

from domain.attribution import confidence
from domain.attribution.measured import SPEAKERS, WORDS
from tests.quality import counts
from tests.quality.annotated import AnnotatedArticle, Extracted, Statement
from tests.quality.matching import match

FOUND = Extracted(
    content=((0, 7),), rule="gerund-colon", speaker_rule="speaker-by-elided"
)


def article(language: str) -> AnnotatedArticle:
    """Return an article with one statement, of an unnamed speaker."""
    return AnnotatedArticle(
        id=language,
        language=language,
        text="Le port rouvre.",
        statements=(Statement(content=((0, 7),)),),
    )


def test_counts_are_written_as_the_extractor_reads_them(tmp_path: Path) -> None:
    """Only languages with a parser count; a rule without a name is counted apart."""
    file = tmp_path / "measured.py"
    pairs = [p for each in ("fr", "en", "uk") for p in match(article(each), [FOUND])]
    counts.write(pairs, file)
    written: dict[str, dict[str, tuple[int, int]]] = {}
    exec(file.read_text(encoding="utf-8"), written)  # noqa: S102 (our own module)
    assert written["WORDS"] == {"colon": (2, 2)}
    assert written["SPEAKERS"] == {"speaker-by-elided, no name": (2, 2)}


def test_confidence_is_the_smoothed_share() -> None:
    """It stays away from certainty, and a rule that was never seen is even."""
    for rule, (right, of) in WORDS.items():
        assert confidence.of_words(rule) == round((right + 1) / (of + 2), 2)
        assert confidence.of_words(f"gerund-{rule}") == confidence.of_words(rule)
    for rule, (right, of) in SPEAKERS.items():
        bare = rule.partition(confidence.NAMELESS)[0]
        named = None if confidence.NAMELESS in rule else "Mira Solen"
        assert confidence.of_speaker(bare, named) == round((right + 1) / (of + 2), 2)
    assert confidence.of_words("unheard-of") == 0.5
    assert confidence.of_speaker("unheard-of", None) == 0.5
