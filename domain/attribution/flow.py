"""From line to line: what a line leaves open, the next may go on with.

1. A colon that ends a line opens the quotations of the lines that follow.
2. A quotation left open at the end of a paragraph goes on in the next that opens with
   a mark.
3. A paragraph that is such an open quotation belongs to the statement of the paragraph
   that closes it, where none is open before it.
4. A quotation that is a paragraph of its own, without a cue, goes on with the speaker
   of the paragraph before it.
5. In a dialogue a line is all said by whom its label names.

A quotation as long as a sentence that none of this gives to a statement is passed over
as ``unattributed``: nothing that was quoted is lost in silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from domain.attribution.continuations import SENTENCE
from domain.attribution.dialogues import dialogue
from domain.attribution.edges import trim
from domain.attribution.find import Found, find
from domain.attribution.hits import Hit
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.quotes import Quotation
from domain.model.article import Skipped
from domain.model.span import Span

_POINTS = (".", "!", "?", "…")
"""What ends a sentence; a quotation without one is a heading."""


def find_all(
    lines: Sequence[Line], lexicon: Lexicon
) -> tuple[list[Hit], list[Skipped]]:
    """Return the attributions of all lines, in order, and what was passed over."""
    flow = _Flow()
    skipped: list[Skipped] = []
    spoken = dialogue(lines, lexicon)
    for line in lines:
        hit = spoken.get(line.span.start)
        found = Found([hit]) if hit is not None else find(line, lexicon)
        skipped += found.skipped
        flow.take(line, found)
    whole = [_whole(hit) for hit in flow.hits]
    skipped += [_nothing(hit) for hit in flow.hits if not _whole(hit).content]
    hits = [hit for hit in whole if hit.content]
    return hits, [*skipped, *_unattributed(lines, hits)]


def _whole(hit: Hit) -> Hit:
    """Return a hit without the spans of its content that hold nothing."""
    return replace(hit, content=tuple(s for s in hit.content if s.start < s.end))


def _nothing(hit: Hit) -> Skipped:
    """Say that a cue reports nothing but marks."""
    place = hit.cue_span or hit.line.stretch(hit.at, hit.at)
    return Skipped(start=place.start, end=place.end, reason="nothing_reported")


def _unattributed(lines: Sequence[Line], hits: Sequence[Hit]) -> Iterator[Skipped]:
    """Yield the quotations as long as a sentence that no statement holds a word of."""
    taken: dict[int, list[Span]] = defaultdict(list)
    for hit in hits:
        for line in (hit.line, *hit.beyond):
            taken[line.span.start] += hit.content
    for line in lines:
        for inner in (quotation.inner for quotation in line.quotations):
            if len(inner.words(line.text).split()) >= SENTENCE and not any(
                inner.overlaps(span) for span in taken[line.span.start]
            ):
                yield Skipped(start=inner.start, end=inner.end, reason="unattributed")


class _Flow:
    """The hits so far, and what the last line left open."""

    def __init__(self) -> None:
        self.hits: list[Hit] = []
        self._pending: Hit | None = None
        self._open = False
        self._held: list[tuple[Line, Quotation]] = []
        """Open quotations of the last lines that nobody is yet said to utter."""
        self._spoke = False
        """Whether the last line held a statement."""

    def take(self, line: Line, found: Found) -> None:
        """Take in the next line."""
        opening = _opening(line)
        if opening is not None and not _taken(opening, found):
            self._go_on(line, opening, found)
        elif opening is not None and self._held:
            _prepend(found, self._held)
        if opening is None or _taken(opening, found):
            self._held = []
        self.hits += found.hits
        self._pending = found.pending
        last = line.quotations[-1] if line.quotations else None
        self._open = last is not None and not last.closed
        self._spoke = bool(found.hits) or (self._spoke and opening is not None)

    def _go_on(self, line: Line, quotation: Quotation, found: Found) -> None:
        span = trim(line, quotation.inner)
        if self._pending is not None:
            self.hits.append(replace(self._pending, content=(span,), beyond=(line,)))
        elif self._open and self._held:
            self._held.append((line, quotation))
        elif self._open and self.hits:
            hit = self.hits[-1]
            self.hits[-1] = replace(
                hit, content=(*hit.content, span), beyond=(*hit.beyond, line)
            )
        elif not quotation.closed and not found.hits:
            self._held = [(line, quotation)]
        elif self._spoke and not found.hits and _stands_alone(line, quotation):
            self.hits.append(_standing(line, quotation))


def _opening(line: Line) -> Quotation | None:
    """Return the quotation that a line opens with, if it does."""
    first = line.quotations[0] if line.quotations else None
    return first if first is not None and first.outer.start == line.span.start else None


def _prepend(found: Found, held: Sequence[tuple[Line, Quotation]]) -> None:
    """Put quotations that were left open before the first statement of a line."""
    first = found.hits[0]
    spans = tuple(trim(line, quotation.inner) for line, quotation in held)
    lines = tuple(line for line, _ in held)
    found.hits[0] = replace(
        first, content=(*spans, *first.content), beyond=(*lines, *first.beyond)
    )


def _taken(quotation: Quotation, found: Found) -> bool:
    return any(
        span.overlaps(quotation.inner) for hit in found.hits for span in hit.content
    )


def _stands_alone(line: Line, quotation: Quotation) -> bool:
    """Tell whether a quotation is the whole of its line, and a sentence."""
    words = quotation.inner.words(line.text)
    behind = line.text[quotation.outer.end : line.span.end].strip()
    ends = words[-1:] in _POINTS or behind in _POINTS
    return behind in {"", *_POINTS} and ends and len(words.split()) >= SENTENCE


def _standing(line: Line, quotation: Quotation) -> Hit:
    return Hit(
        line=line,
        sentence=line.sentences[0],
        cue=None,
        cue_span=None,
        source=None,
        content=(trim(line, quotation.inner),),
        rule="standing-quotation",
    )
