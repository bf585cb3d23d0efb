"""Which extracted statement is which annotated one."""

from __future__ import annotations

import pytest

from tests.quality.annotated import AnnotatedArticle, Extracted, Place, Statement
from tests.quality.matching import agreement, match, trimmed

TEXT = (
    "Mira Solen a dit que « le port restera fermé ». Il rouvrira, dit-elle, plus tard."
)


def at(words: str) -> Place:
    """Return where words stand in the text."""
    start = TEXT.index(words)
    return start, start + len(words)


def article(*gold: str, optional: tuple[str, ...] = ()) -> AnnotatedArticle:
    """Return the article with annotated statements of one stretch each."""
    return AnnotatedArticle(
        id="a",
        text=TEXT,
        statements=tuple(Statement(content=(at(words),)) for words in gold),
        optional=tuple(Statement(content=(at(words),)) for words in optional),
    )


def found(*contents: str) -> list[Extracted]:
    """Return extracted statements of one stretch each."""
    return [Extracted(content=(at(words),)) for words in contents]


def test_edges_count_for_nothing() -> None:
    """Marks, spaces, outer punctuation and the complementizer are cut off both sides."""
    assert trimmed(TEXT, [at("que « le port restera fermé ».")]) == trimmed(
        TEXT, [at("le port restera fermé")]
    )


def test_only_the_first_stretch_loses_its_opening() -> None:
    """Behind an interruption, "de" or "que" is a word like others."""
    text = "de partir, dit-elle, de rester"
    kept = trimmed(text, [(0, 10), (21, 30)])
    assert "".join(text[n] for n in sorted(kept)) == "partirde rester"


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("qu'il rouvre", "il rouvre"),
        ("that it opens", "it opens"),
        ("что порт открыт", "порт открыт"),
        ("أن الميناء مغلق", "الميناء مغلق"),
        ("queue de navires", "queue de navires"),
        ("Vraiment ?", "Vraiment ?"),
        ("tard…", "tard…"),
    ],
)
def test_openings_and_ends_by_language(words: str, kept: str) -> None:
    """An opening is a whole word; a question mark or dots belong to what was said."""
    offsets = trimmed(words, [(0, len(words))])
    assert words[min(offsets) : max(offsets) + 1] == kept


def test_overlap_is_symmetric() -> None:
    """What is too long loses as what is too short does; covering alone is not enough."""
    short, long = (Statement(content=(at(w),)) for w in ("le port", TEXT[21:44]))
    there, back = agreement(TEXT, short, long), agreement(TEXT, long, short)
    assert there is not None
    assert back is not None
    assert there.overlap == back.overlap < 0.5
    assert (there.covered, back.covered < 0.5) == (1.0, True)


def test_exact_is_the_same_letters() -> None:
    """A mark more or less inside is no other word."""
    agreed = agreement(
        TEXT,
        Statement(content=(at("le port restera fermé ». Il rouvrira"),)),
        Statement(content=(at("le port restera fermé"), at("Il rouvrira"))),
    )
    assert agreed is not None
    assert agreed.exact
    assert agreed.overlap < 1


def test_each_statement_has_one_partner_the_best_first() -> None:
    """Two that were found for one: the closer is its partner, the other spurious."""
    pairs = match(
        article("le port restera fermé"), found("le port", "port restera fermé")
    )
    assert [(p.gold is not None, p.found is not None) for p in pairs] == [
        (True, True),
        (False, True),
    ]
    assert pairs[0].found == found("port restera fermé")[0]


def test_what_nothing_overlaps_is_missed_or_spurious() -> None:
    """A pair without a common code point is none."""
    pairs = match(article("le port"), found("plus tard"))
    assert [(p.gold is None, p.found is None) for p in pairs] == [
        (False, True),
        (True, False),
    ]


def test_what_could_be_read_either_way_counts_neither_way() -> None:
    """Found or not, an optional statement gives no pair."""
    either = article("le port", optional=("Il rouvrira",))
    assert len(match(either, found("le port", "Il rouvrira"))) == 1
    assert len(match(either, found("le port"))) == 1
    assert len(match(either, found("le port", "plus tard"))) == 2
