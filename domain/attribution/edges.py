"""The edges of reported words: quotation marks, points, and the reporter's own tail."""

from __future__ import annotations

from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.phrases import marker, word
from domain.model.span import Span

_ELISIONS = "'’"
"""What is left of a conjunction before a mark ("qu'« il »")."""
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
    while start < end and text[start] in _OUTER + _ELISIONS:
        start += 1
    while start < end and text[end - 1] in _OUTER:
        end -= 1
    for quotation in line.quotations:
        if quotation.outer == Span(start, end) != quotation.inner:
            return trim(line, quotation.inner)
    return Span(start, end)


def tail_at(
    line: Line, start: int, limit: int, lexicon: Lexicon, *, nominal: bool = False
) -> int:
    """Return where the reporter's own tail begins, ``limit`` where there is none.

    Behind a comma outside quotations, what the source did not say ("…, sans dire si",
    "…, comme il l'avait annoncé"), an apposition to it all ("…, une mesure qui"), and
    circumstances where only a noun phrase is reported (``nominal``). Right behind a
    closing mark, a verb that goes on about the speaker ("… » et se dit confiant"), and
    a circumstance ("… » après la réunion").
    """
    for at in range(start + 1, limit):
        if at in line.quoted:
            continue
        nominal = nominal and line.tokens[at].feats.get("VerbForm") != "Fin"
        if word(line, at) == "," and (
            marker(line, at + 1, limit, lexicon.grammar.tails)
            or _is_apposed(line, at + 1, limit, lexicon)
            or (nominal and _is_circumstance(line, at + 1, lexicon))
        ):
            return at
        if at - 1 in line.quoted and _leaves(line, at, limit, lexicon):
            return at
    end = limit
    while end > start + 1 and end - 1 not in line.quoted:
        if line.tokens[end - 1].text.strip(_OUTER):
            break
        end -= 1
    return end


def _is_apposed(line: Line, at: int, limit: int, lexicon: Lexicon) -> bool:
    """Tell whether a noun phrase that comments on the report ends it."""
    if word(line, at) not in lexicon.grammar.indefinites:
        return False
    rest = line.parsed.text[line.tokens[at].start :].lower()
    if any(rest.startswith(each.words) for each in lexicon.conditions):
        return False
    listed = any(word(line, i) in lexicon.grammar.joiners for i in range(at, limit))
    quoted = any(i in line.quoted for i in range(at, limit))
    return not listed and not quoted


def _is_circumstance(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a circumstance opens there, not one more of what is reported."""
    if at >= len(line.tokens) or at in line.quoted:
        return False
    said, grammar = word(line, at), lexicon.grammar
    if said in grammar.of or said in grammar.complementizers:
        return False
    return line.tokens[at].pos in {"ADP", "SCONJ"} or at in line.temporal


def _is_date(line: Line, at: int, limit: int, lexicon: Lexicon) -> bool:
    """Tell whether nothing but a date stands there up to the end."""
    first = at + (word(line, at) in lexicon.grammar.time_prepositions)
    rest = [t for t in line.tokens[first:limit] if t.pos != "PUNCT"]
    return bool(rest) and all(t.index in line.temporal for t in rest)


def _leaves(line: Line, at: int, limit: int, lexicon: Lexicon) -> bool:
    """Tell whether the words behind a closing mark are about the speaker again."""
    grammar, behind = lexicon.grammar, at + 1
    if marker(line, at, limit, grammar.circumstances) or _is_date(
        line, at, limit, lexicon
    ):
        return True
    while behind < limit and (
        word(line, behind) in grammar.reflexives or line.tokens[behind].pos == "ADV"
    ):
        behind += 1
    if word(line, at) not in grammar.joiners or behind >= limit:
        return False
    verb = line.tokens[behind].feats.get("VerbForm") == "Fin"
    return verb and not any(i in line.quoted for i in range(at, limit))
