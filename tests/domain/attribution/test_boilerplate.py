"""What is not the article is marked with its reason, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.attribution.boilerplate import PARAGRAPH, SHORT, lines_of, mark
from domain.attribution.lexicon_entries import Marker
from domain.model.article import Marked
from domain.model.span import Span
from tests.support.seeds import SEEDS

MARKERS = SEEDS.lexicons["fr"].markers
OPENING = (
    "Mira Solen, ministre des Transports de Valdoria, a déclaré mardi que le port d'Orsk restera "
    "fermé jusqu'à la fin des travaux du grand pont."
)
assert len(OPENING) >= PARAGRAPH
CLOSING = OPENING.replace("Mira Solen", "Tarek Mool")


def marked(*lines: str, ends: str = "\n") -> dict[str, str]:
    """Return the words that are marked, each with its reason."""
    text = ends.join(lines)
    return {Span(m.start, m.end).words(text): m.reason for m in mark(text, MARKERS)}


@pytest.mark.parametrize("marker", MARKERS, ids=lambda marker: marker.words)
def test_every_marker_marks_its_example(marker: Marker) -> None:
    """A marker without a working example is no entry."""
    assert marked(OPENING, marker.example, CLOSING) == {marker.example: marker.reason}
    found = mark(marker.example, [marker])
    assert [each.reason for each in found] == [marker.reason]


@pytest.mark.parametrize("marker", MARKERS, ids=lambda marker: marker.words)
def test_a_marker_cuts_what_follows_only_if_the_article_is_over(marker: Marker) -> None:
    """At the end a cutting marker takes the rest with it; another takes its line."""
    told = marked(OPENING, marker.example, "Le grand pont en images", "Le port rouvre")
    rest = f"{marker.example}\nLe grand pont en images\nLe port rouvre"
    assert told == {rest if marker.cuts else marker.example: marker.reason}


def test_a_marker_in_mid_body_takes_its_line_alone() -> None:
    """Where something that reads like the article follows, the article goes on."""
    told = marked(OPENING, "Lire aussi : le pont en images", CLOSING)
    assert told == {"Lire aussi : le pont en images": "related"}


def test_headlines_do_not_resume_an_article() -> None:
    """Short lines, and long ones that end like no sentence, prove nothing."""
    headline = CLOSING.rstrip(".")
    told = marked(OPENING, "Lire aussi", headline, "Le port rouvre.")
    assert told == {f"Lire aussi\n{headline}\nLe port rouvre.": "related"}


def test_a_sentence_that_begins_like_a_marker_is_the_article() -> None:
    """A marker opens a short line; the same words may open a sentence."""
    sentence = (
        "Partager le port d'Orsk entre la Valdoria et la Karovie est exclu tant que le "
        "grand pont n'est pas rouvert, a déclaré mardi la ministre des Transports, Mira "
        "Solen, devant les journalistes."
    )
    assert len(sentence) >= SHORT
    assert marked(OPENING, sentence) == {}


def test_words_of_a_marker_inside_a_line_mark_nothing() -> None:
    """Only the beginning of a line counts."""
    assert marked(OPENING, "Il faut lire aussi la loi.") == {}


@pytest.mark.parametrize(
    "line",
    [
        "ميرا سولين: الميناء مغلق تماما",
        "Порт Орск останется закрытым",
        "港は閉鎖されたままです",
    ],
)
def test_a_line_in_another_script_is_marked(line: str) -> None:
    """Most of its letters are not those of the article; the next line is again."""
    assert marked(OPENING, line, CLOSING) == {line: "other_script"}


@pytest.mark.parametrize(
    "line",
    [
        "« Порт » est le mot karovien pour un port.",
        "80 %",
        "— — —",
        "The port stays closed.",
    ],
)
def test_a_word_of_another_script_or_language_marks_nothing(line: str) -> None:
    """Most letters decide; a line without letters or in another language stays."""
    assert marked(OPENING, line, CLOSING) == {}


def test_an_article_in_another_script_has_its_own_script() -> None:
    """The script of the first third is that of the article."""
    body = "Мира Солен заявила, что порт останется закрытым до конца ремонта моста."
    assert marked(body, body, "Recommended reading") == {
        "Recommended reading": "other_script"
    }


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\n\n", "\r", " \n\t"])
def test_line_ends_of_any_kind_part_lines(ends: str) -> None:
    """Marked stretches begin and end at words, however lines end."""
    line = "Partagez cet article"
    assert marked(OPENING, line, CLOSING, ends=ends) == {line: "share"}


def test_neighbours_are_joined_under_the_first_reason() -> None:
    """Adjacent marked lines are one stretch, as sure as its least sure part."""
    text = f"{OPENING}\nPartagez cet article\nLire aussi\nLe pont"
    (found,) = mark(text, MARKERS)
    assert (found.reason, found.confidence) == ("share", 0.8)
    assert text[found.start : found.end].splitlines() == text.splitlines()[1:]


LINES = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            [OPENING, CLOSING, "Lire aussi", "Partager", "الميناء", "", " ", "80 %"]
        ),
    ),
    max_size=8,
)


@given(LINES)
def test_marks_lie_in_order_at_the_edges_of_lines(lines: list[str]) -> None:
    """Any text: stretches ascend, hold whole lines, and cut no word off."""
    text = "\n".join(lines)
    spans = lines_of(text)
    found: list[Marked] = mark(text, MARKERS)
    starts, ends = {s.start for s in spans}, {s.end for s in spans}
    reached = -1
    for each in found:
        assert reached < each.start < each.end
        assert each.start in starts
        assert each.end in ends
        reached = each.end


@given(st.text(max_size=80))
def test_lines_hold_all_that_is_no_space(text: str) -> None:
    """Trimmed lines, in order, with every other code point in one of them."""
    spans = lines_of(text)
    assert all(s.words(text) == s.words(text).strip() != "" for s in spans)
    kept = "".join(s.words(text) for s in spans)
    assert "".join(kept.split()) == "".join(text.split())
