"""Cutting a text into marked and plain passages, by code points of the stored text.

The text is sliced first and escaped by the template after: no mark-up in a source
can become mark-up of ours. Bidirectional controls are shown, not obeyed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

_BIDI = {
    c: f"[U+{ord(c):04X}]"
    for c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
}
_BIDI_TABLE = str.maketrans(_BIDI)


class Mark(NamedTuple):
    """A stretch of the text to be marked: what as, and where it leads."""

    start: int
    end: int
    kind: str
    target: str = ""


class Passage(NamedTuple):
    """A piece of text, marked or plain (``kind`` empty)."""

    text: str
    kind: str
    target: str


def passages(text: str, offset: int, marks: Iterable[Mark]) -> list[Passage]:
    """Return the pieces of a text that begins at ``offset`` of the captured text.

    Where marks overlap the first one stands.
    """
    pieces: list[Passage] = []
    at = 0
    for mark in sorted(marks, key=lambda each: (each.start, -each.end)):
        start, end = mark.start - offset, min(mark.end - offset, len(text))
        if start < at or start >= len(text) or end <= start:
            continue
        if start > at:
            pieces.append(Passage(shown(text[at:start]), "", ""))
        pieces.append(Passage(shown(text[start:end]), mark.kind, mark.target))
        at = end
    if at < len(text):
        pieces.append(Passage(shown(text[at:]), "", ""))
    return pieces


def shown(text: str) -> str:
    """Return a text with bidirectional controls made visible."""
    return text.translate(_BIDI_TABLE)
