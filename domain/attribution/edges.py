"""The edges of reported words: quotation marks, points, and the reporter's own tail."""

from __future__ import annotations

from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.phrases import marker, word
from domain.model.span import Span

_OUTER = " \t\u00a0\u202f.,:;–—"


def stretch(line: Line, first: int, last: int) -> Span:
    """Return the span of tokens with the quotation marks that touch them."""
    start, end = line.stretch(first, last)
    for quotation in line.quotations:
        if (
            quotation.inner.start == start
            or quotation.outer.start < start < quotation.inner.end
        ):
            start = min(start, quotation.outer.start)
        if (
            quotation.inner.end == end
            or quotation.outer.start < end <= quotation.outer.end
        ):
            end = max(end, quotation.outer.end)
    return Span(start, end)


def trim(line: Line, span: Span) -> Span:
    """Trim outer spaces and points, and the marks of a quotation around the whole."""
    text, (start, end) = line.text, span
    while start < end and text[start] in _OUTER:
        start += 1
    while start < end and text[end - 1] in _OUTER:
        end -= 1
    for quotation in line.quotations:
        if quotation.outer == Span(start, end) != quotation.inner:
            return trim(line, quotation.inner)
    return Span(start, end)


def tail_at(line: Line, start: int, limit: int, lexicon: Lexicon) -> int:
    """Return where the reporter's own tail begins, ``limit`` where there is none.

    "…, sans dire si", "…, comme il l'avait annoncé", "…, une mesure qui": what the
    source did not say. It opens behind a comma outside quotations.
    """
    for at in range(start + 1, limit):
        if at in line.quoted or word(line, at) != ",":
            continue
        if marker(line, at + 1, limit, lexicon.grammar.tails):
            return at
    end = limit
    while end > start + 1 and end - 1 not in line.quoted:
        if line.tokens[end - 1].text.strip(_OUTER):
            break
        end -= 1
    return end
