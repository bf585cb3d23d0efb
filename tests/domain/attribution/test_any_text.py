"""Whatever the text, extraction gives statements whose words are verbatim."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.model.article import Article
from tests.support.extraction import extractor

pytestmark = pytest.mark.slow

QUOTES = ("«", "»", "“", "”", "„", "‟", '"', "‘", "’", "‹", "›", "「", "」", "''")
SIGNS = (",", ".", ":", ";", "?", "…", "—", "-", "(", ")", "\n", " ")
INVISIBLE = ("\u202e", "\u2066", "\u2069", "\u200f", "\u200b", "\u200d", "\ufeff")
ODD = ("\u2028", "\x1c", "\x85", "e\u0301", "\U0001f4a5", "\ufffd", "\ue000")
WORDS = (
    *("a dit", "a-t-il dit", "-il", "dit", ", dit-il,", "que", "selon", "Mira Solen"),
    *("le port", "ferme", "Il", "M.", "mardi", "le 3 mars", "ne", "pas"),
    *("said", "he said", "that", "according to", "заявил", "что", "по словам"),
    *("сказал он", "заявив, що", "за словами", "قال", "إن", "وفقا ل"),
)
PIECES = st.sampled_from([*QUOTES, *SIGNS, *INVISIBLE, *ODD, *WORDS])
TEXTS = st.lists(PIECES, min_size=1, max_size=25).map(" ".join)


@pytest.mark.parametrize("language", ["fr", "en", "ru", "uk", "ar"])
@given(text=TEXTS)
@example(text="“o; -il dit. ?")
@example(text="«t,dit hienn !.")
@example(text=", dit-il, , dit-il, , dit-il, , d")
def test_any_text_gives_statements_with_its_own_words(language: str, text: str) -> None:
    """No text breaks the rules, and every excerpt stands in the text where it says."""
    if not text.strip():
        return
    found = extractor().extract(Article(text=text, language=language)).found
    for each in found:
        for excerpt in each.attribution.content:
            assert text[excerpt.start : excerpt.end] == excerpt.words != ""


def test_a_line_too_long_to_be_a_paragraph_is_passed_over_with_its_reason() -> None:
    """It is said where it stands; the other lines are read."""
    text = "Mira Solen a dit que le port ferme.\n" + "Mira Solen a dit que non. " * 500
    extraction = extractor().extract(Article(text=text, language="fr"))
    assert len(extraction.found) == 1
    assert [each.reason for each in extraction.skipped] == ["line_too_long"]


def test_a_word_that_never_ends_is_passed_over_with_its_line() -> None:
    """No parser is given a word of a thousand letters: they take its square in time."""
    extraction = extractor().extract(
        Article(text="Le port rouvrira.\n" + "l'" * 600, language="fr")
    )
    assert [each.reason for each in extraction.skipped] == ["line_too_long"]


def test_a_sentence_of_more_cues_than_any_sentence_has_is_passed_over() -> None:
    """Every cue of such a sentence is told of, and none of them reports."""
    extraction = extractor().extract(Article(text="dit, " * 40, language="fr"))
    assert {each.reason for each in extraction.skipped} == {"too_many_cues"}
    assert not extraction.found
