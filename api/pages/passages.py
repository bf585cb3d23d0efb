"""Cutting a text into marked and plain passages, by code points of the stored text.

The text is sliced first and escaped by the template after: no mark-up in a source
can become mark-up of ours. Signs that nobody sees are shown, not obeyed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from typing import NamedTuple

from api.visible import shown


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

    Where marks overlap the one given first stands; of the others the rest is marked.
    The pieces together are the text as it is shown.
    """
    pieces: list[Passage] = []
    for start, end, mark in _stretches(len(text), offset, list(marks)):
        piece = shown(text[start:end])
        if mark is None:
            pieces.append(Passage(piece, "", ""))
        else:
            pieces.append(Passage(piece, mark.kind, mark.target))
    return pieces


def _stretches(
    length: int, offset: int, marks: list[Mark]
) -> Iterator[tuple[int, int, Mark | None]]:
    """Yield the stretches of a text in order, each with the mark that stands there."""
    clipped = [
        (max(mark.start - offset, 0), min(mark.end - offset, length), order)
        for order, mark in enumerate(marks)
    ]
    waiting = sorted((each for each in clipped if each[0] < each[1]), reverse=True)
    cuts = sorted({0, length} | {cut for each in waiting for cut in each[:2]})
    open_marks: list[tuple[int, int]] = []
    begun, standing = 0, -1
    for cut in cuts:
        while waiting and waiting[-1][0] == cut:
            _, end, order = waiting.pop()
            heappush(open_marks, (order, end))
        while open_marks and open_marks[0][1] <= cut:
            heappop(open_marks)
        now = open_marks[0][0] if open_marks else -1
        if now == standing and cut < length:
            continue
        if begun < cut:
            yield begun, cut, marks[standing] if standing >= 0 else None
        begun, standing = cut, now
