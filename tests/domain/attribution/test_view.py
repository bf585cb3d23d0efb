"""The parser's view of a line maps back to the captured text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.attribution.quotes import MARKS
from domain.attribution.view import blind
from domain.model.span import Span

PIECES = st.sampled_from(
    [
        *sorted(MARKS),
        " ",
        "  ",
        "\u00a0",
        "\u202f",
        "\t",
        "’",
        "ʼ",
        "\u00ad",
        "\ufeff",
        "e\u0301",
        "𝔘",
        "été",
        "مرحبا",
        "\r",
        ".",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join))


@st.composite
def texts_and_lines(draw: st.DrawFn) -> tuple[str, Span]:
    """Any text with any line of it."""
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text)))
    return text, Span(start, draw(st.integers(start, len(text))))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("« Le port rouvre », dit-elle.", "Le port rouvre , dit-elle."),
        ('"Le port"', "Le port"),
        ("l’été\u202f: non", "l'été : non"),
        ("un\u00a0 \u00a0port", "un port"),
        ("co\u00adopérer\ufeff", "coopérer"),
        ("  « »  ", ""),
        ("", ""),
    ],
)
def test_marks_and_odd_spaces_are_out_of_the_way(text: str, seen: str) -> None:
    """Marks are dropped, spaces and apostrophes evened, double spaces made one."""
    assert blind(text, Span(0, len(text))).text == seen


@given(texts_and_lines())
def test_every_place_of_the_view_is_a_place_of_the_line(told: tuple[str, Span]) -> None:
    """One ascending offset a code point, each inside the line."""
    text, line = told
    view = blind(text, line)
    assert len(view.text) == len(view.offsets)
    assert list(view.offsets) == sorted(set(view.offsets))
    assert all(line.start <= at < line.end for at in view.offsets)
    assert not MARKS & set(view.text)


@given(texts_and_lines(), st.data())
def test_a_stretch_of_the_view_maps_back_to_the_same_words(
    told: tuple[str, Span], data: st.DataObject
) -> None:
    """Seen again through the view, the words at its span are that stretch."""
    text, line = told
    view = blind(text, line)
    if not view.text:
        return
    start = data.draw(st.integers(0, len(view.text) - 1))
    end = data.draw(st.integers(start + 1, len(view.text)))
    span = view.span(start, end)
    assert blind(text, span).text == view.text[start:end].strip(" ")
    assert line.contains(span)


@given(TEXTS)
def test_looking_twice_changes_nothing(text: str) -> None:
    """What was made plain is plain."""
    once = blind(text, Span(0, len(text))).text
    assert blind(once, Span(0, len(once))).text == once
