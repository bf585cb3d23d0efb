"""Several articles at once: each comes out as it would alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import copy
from pathlib import Path

import pytest

from domain.attribution.extract import Extractor
from domain.attribution.parsing import ParsedLine, Parser
from domain.errors import ExtractionError, OnrecordError, UnsupportedLanguageError
from domain.model.article import Article
from domain.model.extraction import Extraction
from tests.support.extraction import extractor

pytestmark = pytest.mark.slow

GOLD = Path(__file__).parents[2] / "quality" / "gold" / "open.jsonl"
FRENCH = "Mira Solen a déclaré que le port d'Orsk restera fermé."


def articles() -> list[Article]:
    """Return the project's own articles, all languages mixed."""
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    return [Article(text=each["text"], language=each["language"]) for each in told]


class Stumbling:
    """A parser that fails on every line with a certain word, and counts its calls."""

    def __init__(self, behind: Parser, word: str) -> None:
        self._behind, self._word = behind, word
        self.name, self.trust = behind.name, behind.trust
        self.calls = 0

    def parse(self, lines: Sequence[str]) -> list[ParsedLine]:
        """Parse, or fail."""
        self.calls += 1
        if any(self._word in line for line in lines):
            message = "stumbled"
            raise ValueError(message)
        return self._behind.parse(lines)


def stumbling(word: str) -> tuple[Extractor, Stumbling]:
    """Return an extractor whose French parser fails on a word, and that parser."""
    made = copy(extractor())
    parser = Stumbling(made._parsers["fr"], word)
    made._parsers = {**made._parsers, "fr": parser}
    return made, parser


def test_together_is_the_same_as_one_by_one() -> None:
    """Of all own articles, each extraction is equal, to the last confidence."""
    together = extractor().extract_all(articles())
    assert together == [extractor().extract(each) for each in articles()]
    assert all(isinstance(each, Extraction) for each in together)


def test_articles_of_one_language_reach_the_parser_together() -> None:
    """One call parses the lines of all of them."""
    made, parser = stumbling("nothing")
    made.extract_all([Article(text=FRENCH, language="fr")] * 5)
    assert parser.calls == 1


def test_an_article_that_fails_does_not_fail_its_neighbours() -> None:
    """Each failure stands in the place of its article, the others are extracted."""
    made, _ = stumbling("Gouffre")
    texts = [FRENCH, "Le Gouffre a dit que non.", FRENCH]
    told = made.extract_all([Article(text=each, language="fr") for each in texts])
    assert isinstance(told[1], ExtractionError)
    assert "ValueError: stumbled" in str(told[1])
    assert told[0] == told[2] == made.extract(Article(text=FRENCH, language="fr"))


def test_a_language_without_a_parser_fails_by_itself() -> None:
    """Its articles are refused, each with the reason; those of others are extracted."""
    german = Article(text="Sie sagte, dass der Hafen schließt.", language="de")
    told = extractor().extract_all(
        [german, Article(text=FRENCH, language="fr"), german]
    )
    assert isinstance(told[0], UnsupportedLanguageError)
    assert isinstance(told[1], Extraction)
    assert isinstance(told[2], UnsupportedLanguageError)
    assert not extractor().extract_all([])


def test_what_one_article_fails_on_is_raised_where_it_is_alone() -> None:
    """``extract`` raises what ``extract_all`` returns."""
    made, _ = stumbling("port")
    with pytest.raises(OnrecordError, match="stumbled"):
        made.extract(Article(text=FRENCH, language="fr"))
