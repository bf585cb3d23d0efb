"""Quotation marks are paired by their shape, paragraph by paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.attribution.quotes import MARKS, pair
from domain.model.span import Span


def quoted(text: str) -> list[str]:
    """Return the words of the outermost quotations."""
    return [q.inner.words(text) for q in pair(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Elle dit : « Le port rouvre. »", ["Le port rouvre."]),
        ("Elle dit : «\u202fLe port rouvre.\u202f»", ["Le port rouvre."]),
        ("Elle dit “le port rouvre” hier.", ["le port rouvre"]),
        ("Elle dit „le port rouvre“ hier.", ["le port rouvre"]),
        ("Elle dit „le port rouvre” hier.", ["le port rouvre"]),
        ('Elle dit "le port rouvre" hier.', ["le port rouvre"]),
        ('"Le port", puis "le pont".', ["Le port", "le pont"]),
        ("« Le port » et « le pont »", ["Le port", "le pont"]),
        ("« Le “grand” port »", ["Le “grand” port"]),
        ("« Le « grand » port »", ["Le « grand » port"]),
        ('« Le "grand" port » et le pont', ['Le "grand" port']),
        ("L’élue n'a rien dit.", []),
        ("Le port 'rouvre'.", []),
        ("Le port ‘rouvre’.", ["rouvre"]),
        ("‘I’d not tie it to that,’ he said.", ["I’d not tie it to that,"]),
        ("‘The drivers’ union is out.’ It said so.", ["The drivers’ union is out."]),
        ("The drivers’ union said ‘no’ at 5 o’clock.", ["no"]),
        ("«  »", []),
        ("rien", []),
    ],
)
def test_marks_pair_by_their_shape(text: str, words: list[str]) -> None:
    """Only outermost quotations count, without their marks and the spaces at them."""
    assert quoted(text) == words
    assert all(q.closed for q in pair(text, Span(0, len(text))))


def test_a_mark_that_never_closes_runs_to_the_end_of_the_paragraph() -> None:
    """It is flagged; the next paragraph may go on with it."""
    text = "Elle dit : « Le port rouvre.\n« Le pont aussi. »"
    end = text.index("\n")
    (found,) = pair(text, Span(0, end))
    assert found.inner.words(text) == "Le port rouvre."
    assert (found.closed, found.outer.end) == (False, end)
    (after,) = pair(text, Span(end + 1, len(text)))
    assert after.closed


@pytest.mark.parametrize(
    "text",
    ['Le port" rouvre', "Le port » rouvre", "Le port ” rouvre", 'Un mur de 12 " tient'],
)
def test_a_mark_that_cannot_open_opens_nothing(text: str) -> None:
    """A closing mark alone, or a straight one before a space, is no quotation."""
    assert quoted(text) == []


def test_an_inner_mark_left_open_does_not_swallow_the_paragraph() -> None:
    """The outer mark closes both."""
    assert quoted("« Le “grand port » rouvre.") == ["Le “grand port"]


MARKED = st.lists(
    st.one_of(st.sampled_from([*sorted(MARKS), " ", "\n", "’"]), st.characters()),
    max_size=40,
).map("".join)


@given(MARKED, st.integers(0, 5), st.integers(0, 5))
def test_quotations_lie_in_order_within_their_paragraph(
    text: str, cut: int, end: int
) -> None:
    """Any text gives outermost quotations that do not overlap, each with words."""
    paragraph = Span(min(cut, len(text)), max(min(cut, len(text)), len(text) - end))
    reached = paragraph.start
    for each in pair(text, paragraph):
        assert reached <= each.outer.start < each.outer.end <= paragraph.end
        assert each.outer.contains(each.inner)
        assert text[each.outer.start] in MARKS
        assert each.inner.words(text) == each.inner.words(text).strip()
        assert each.inner.words(text)
        assert each.closed == (text[each.outer.end - 1] in MARKS) or not each.closed
        assert all(each.holds(at) for at in range(*each.inner))
        reached = each.outer.end
