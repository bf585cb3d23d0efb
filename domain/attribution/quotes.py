"""Pairing of quotation marks, paragraph by paragraph.

Rules
1. « » “ ” „ “ nest by their shape; a straight " opens and closes by parity.
2. Only outermost quotations count; what they hold is theirs.
3. A mark that never closes runs to the end of the paragraph, and is flagged: the
   next paragraph may open with a mark that continues it.
4. Apostrophes are no quotation. A typographic ‘ that opens a word is a mark where no
   other is open; it closes at a ’ behind a point, or else at the first ’ that ends a
   word but a plural's ("the drivers’ union").
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.model.span import Span

_CLOSES = {"«": "»", "“": "”", "„": "“”", "‟": "”", '"': '"'}
_DASHES = "—–-"
_POINTS = ".,!?…;:"
MARKS = frozenset('«»“”„‟"')


@dataclass(frozen=True, slots=True)
class Quotation:
    """An outermost quotation; ``inner`` excludes the marks and the spaces at them.

    ``resumed`` tells that it is what follows a clause inserted into a quotation.
    """

    outer: Span
    inner: Span
    closed: bool
    resumed: bool = False

    def holds(self, offset: int) -> bool:
        """Tell whether a code point lies inside, marks included."""
        return self.outer.start <= offset < self.outer.end


def pair(text: str, paragraph: Span) -> list[Quotation]:
    """Return the outermost quotations of a paragraph, in order."""
    found: list[Quotation] = []
    open_marks: list[tuple[str, int]] = []
    singles: set[int] = set()
    for at in range(paragraph.start, paragraph.end):
        mark = text[at]
        if mark == "‘" and not open_marks and at not in singles:
            end = _single_end(text, at, paragraph.end)
            if end:
                singles.update(range(at, end))
                found.append(_quotation(text, at, end, closed=True))
        if mark not in MARKS or at in singles:
            continue
        if open_marks and mark in _CLOSES[open_marks[-1][0]]:
            _, start = open_marks.pop()
            if not open_marks:
                found.append(_quotation(text, start, at + 1, closed=True))
        elif mark in _CLOSES and (mark != '"' or _may_open(text, at)):
            open_marks.append((mark, at))
        elif open_marks and mark in "»”":
            start = open_marks[0][1]  # an inner mark was left open
            open_marks.clear()
            found.append(_quotation(text, start, at + 1, closed=True))
    if open_marks:
        start = open_marks[0][1]
        found.append(_quotation(text, start, paragraph.end, closed=False))
    return [each for each in found if each.inner.start < each.inner.end]


def _single_end(text: str, start: int, limit: int) -> int:
    """Return where a quotation in single marks ends, 0 if none begins here."""
    if start and text[start - 1].isalnum():
        return 0
    first = 0
    for at in range(start + 1, limit):
        if text[at] == "‘" and not text[at - 1].isalnum():
            break
        if text[at] != "’" or (at + 1 < limit and text[at + 1].isalnum()):
            continue
        if text[at - 1] in _POINTS:
            return at + 1
        if text[at - 1] != "s":
            return first or at + 1
        first = first or at + 1
    return first


def part_of(text: str, start: int, end: int, whole: Quotation) -> Quotation:
    """Return a part of a quotation as one of its own; outer marks are left out."""
    first = max(start, whole.inner.start)
    last = min(end, whole.inner.end)
    while first < last and (text[first].isspace() or text[first] in _DASHES):
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return Quotation(Span(start, end), Span(first, last), whole.closed)


def _may_open(text: str, at: int) -> bool:
    """A straight mark before a space or the end cannot open."""
    return at + 1 < len(text) and not text[at + 1].isspace()


def _quotation(text: str, start: int, end: int, *, closed: bool) -> Quotation:
    first, last = start + 1, end - closed
    while first < last and (text[first].isspace() or text[first] in MARKS):
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return Quotation(Span(start, end), Span(first, last), closed)
