"""Cutting a text into marked and plain passages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from api.pages.passages import Mark, Passage, passages
from api.visible import shown

MARKS = st.lists(
    st.builds(
        Mark,
        st.integers(0, 60),
        st.integers(0, 60),
        st.sampled_from("abc"),
        st.just("/t"),
    ),
    max_size=8,
)


def test_a_mark_is_cut_out_at_its_place_in_the_captured_text() -> None:
    """Places count from the beginning of the captured text, not of the passage."""
    assert passages("dit que non", 100, [Mark(108, 111, "content", "/s")]) == [
        Passage("dit que ", "", ""),
        Passage("non", "content", "/s"),
    ]


def test_where_marks_overlap_the_one_given_first_stands() -> None:
    """Of the others the rest is marked, so that no exact word is ever unmarked."""
    marks = [Mark(2, 4, "content"), Mark(0, 3, "source"), Mark(3, 6, "cue")]
    pieces = passages("abcdefgh", 0, marks)
    assert [(p.text, p.kind) for p in pieces] == [
        ("ab", "source"),
        ("cd", "content"),
        ("ef", "cue"),
        ("gh", ""),
    ]


def test_a_mark_inside_another_is_seen_only_if_it_comes_first() -> None:
    """The outer one goes on after it."""
    outer, inner = Mark(0, 6, "outer"), Mark(2, 4, "inner")
    kinds = [(p.text, p.kind) for p in passages("abcdef", 0, [inner, outer])]
    assert kinds == [("ab", "outer"), ("cd", "inner"), ("ef", "outer")]
    assert passages("abcdef", 0, [outer, inner]) == [Passage("abcdef", "outer", "")]


def test_marks_outside_the_passage_are_left_out() -> None:
    """What begins before or ends after it is clipped, what is empty does not show."""
    marks = [Mark(0, 11, "a"), Mark(12, 12, "b"), Mark(13, 99, "c"), Mark(50, 60, "d")]
    assert [(p.text, p.kind) for p in passages("wxyz", 10, marks)] == [
        ("w", "a"),
        ("xy", ""),
        ("z", "c"),
    ]


def test_neighbours_keep_their_own_marks() -> None:
    """Two marks of one kind that touch stay two: each has its own target."""
    pieces = passages("abcd", 0, [Mark(0, 2, "x", "/1"), Mark(2, 4, "x", "/2")])
    assert pieces == [Passage("ab", "x", "/1"), Passage("cd", "x", "/2")]


def test_places_are_code_points() -> None:
    """Neither bytes nor UTF-16 units: an astral letter is one."""
    pieces = passages("𝔘é 😀 oui", 0, [Mark(5, 8, "content")])
    assert pieces[-1] == Passage("oui", "content", "")


@given(st.text(max_size=50), st.integers(0, 20), MARKS)
def test_the_pieces_are_the_text(text: str, offset: int, marks: list[Mark]) -> None:
    """Whatever is marked: together they are the text, none is empty, each stands right."""
    pieces = passages(text, offset, marks)
    assert "".join(piece.text for piece in pieces) == shown(text)
    assert all(piece.text for piece in pieces)
    kinds = [p.kind for p in pieces for _ in p.text]
    if text == shown(text):
        assert kinds == [
            next((m.kind for m in marks if m.start <= offset + at < m.end), "")
            for at in range(len(text))
        ]


def test_controls_of_direction_are_shown() -> None:
    """They cannot turn what a reader sees around."""
    assert shown("a\u202eb\u2066c") == "a[U+202E]b[U+2066]c"
    assert shown("שלום é\n") == "שלום é\n"
