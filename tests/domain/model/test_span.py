"""Spans and excerpts: verbatim words at a half-open place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.errors import SpanMismatchError
from domain.model.span import Excerpt, Span

TEXT = "Élan « 𝔘 »\r\ne\u0301"


@st.composite
def texts_and_spans(draw: st.DrawFn) -> tuple[str, Span]:
    """Texts with a span of at least one code point."""
    text = draw(st.text(min_size=1, max_size=40))
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


@given(texts_and_spans())
def test_an_excerpt_holds_the_very_words_of_its_span(told: tuple[str, Span]) -> None:
    """``text[start:end]`` are the words, counted in code points."""
    text, span = told
    excerpt = Excerpt.cut(text, span)
    assert excerpt.words == text[span.start : span.end]
    assert excerpt.span == span
    excerpt.check(text)


@given(texts_and_spans())
def test_an_excerpt_goes_through_json(told: tuple[str, Span]) -> None:
    """Words in any script come back as they were."""
    excerpt = Excerpt.cut(*told)
    assert Excerpt.model_validate_json(excerpt.model_dump_json()) == excerpt


def test_an_excerpt_is_checked_against_the_text() -> None:
    """Other words at the span are an error that shows both."""
    excerpt = Excerpt.cut(TEXT, Span(0, 4))
    with pytest.raises(
        SpanMismatchError, match=r"^expected 'Élan' at \[0, 4\], got 'Elan'$"
    ):
        excerpt.check(TEXT.replace("É", "E"))


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(0, 4, "Éla"), (0, 2, "Éla"), (3, 3, ""), (4, 2, ""), (-1, 1, "ab")],
)
def test_words_fill_their_span(start: int, end: int, words: str) -> None:
    """An excerpt whose words are not as long as its span is refused."""
    told = f"expected {end - start} code points at [{start}, {end}), got {len(words)}"
    with pytest.raises(ValidationError, match=f"error, {re.escape(told)} "):
        Excerpt(start=start, end=end, words=words)


SPANS = st.tuples(st.integers(0, 9), st.integers(1, 5)).map(
    lambda each: Span(each[0], each[0] + each[1])
)


@given(SPANS, SPANS)
def test_overlap_and_containment_are_those_of_the_sets(one: Span, other: Span) -> None:
    """A span is the set of its code points: it shares them, or holds them all."""
    first, second = set(range(*one)), set(range(*other))
    assert one.overlaps(other) == bool(first & second) == other.overlaps(one)
    assert one.contains(other) == (second <= first)
