"""A line as the parser sees it: without quotation marks, every place mapped back.

Quotation marks break parses (they glue to words and cut attachments), so the parser
reads the line without them. Folding is one code point to one: no-break spaces become
spaces and curly apostrophes straight ones, so that the map stays a list of offsets.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.attribution.quotes import MARKS, pair
from domain.model.span import Span

_FOLD = str.maketrans(
    {
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "’": "'",
        "ʼ": "'",
        "\t": " ",
        "،": ",",
        "؛": ";",
        "؟": "?",
    }
)
_DROPPED = MARKS | {"\u200e", "\u200f", "\u00ad", "\ufeff"}


@dataclass(frozen=True, slots=True)
class View:
    """A cleaned line and, for each of its code points, the offset in the text."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Return the place in the captured text of a stretch of the view."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def _single_marks(text: str, line: Span) -> set[int]:
    """Return where single quotation marks stand, which look like apostrophes."""
    if "‘" not in line.words(text):
        return set()
    outer = [q.outer for q in pair(text, line) if text[q.outer.start] == "‘"]
    return {at for span in outer for at in (span.start, span.end - 1)}


def blind(text: str, line: Span) -> View:
    """Return the line without quotation marks and the spaces that they leave double."""
    kept: list[str] = []
    offsets: list[int] = []
    last = " "
    single = _single_marks(text, line)
    folded = line.words(text).translate(_FOLD)
    for at, character in enumerate(folded, line.start):
        if character in _DROPPED or at in single or (character == last == " "):
            continue
        kept.append(character)
        offsets.append(at)
        last = character
    while kept and kept[-1] == " ":
        kept.pop()
        offsets.pop()
    return View("".join(kept), tuple(offsets))
