"""Content: what a cue reports, found on the surface of its sentence.

Tried in this order, after the cue and up to the next coordinated cue
1. ``complementizer``: "que"; phrases may stand between cue and complementizer.
2. ``colon`` and ``quotation``: words quoted after the cue.
3. ``infinitive``: "promettre de", for verbs that govern one.
4. ``object``: "démentir l'accord", for verbs that report by an object.
Before the cue
5. ``inserted``: what precedes "…, a dit X", and goes on after it.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.attribution.clauses import COMMAS, word
from domain.attribution.cues import Cue
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.quotes import Quotation
from domain.model.span import Span

_OUTER = " \t\u00a0\u202f.,:;–—"
_NOMINAL = {"DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM"}


@dataclass(frozen=True, slots=True)
class Content:
    """Where reported words stand. ``opens`` and ``ends`` are token indices.

    ``opens`` is the first token after the cue's own clause, ``governed`` tells
    whether a complementizer or marker stands before the words.
    """

    spans: tuple[Span, ...]
    rule: str
    governed: bool
    opens: int
    ends: int


def after(line: Line, cue: Cue, limit: int, lexicon: Lexicon) -> Content | None:
    """Return what the cue reports behind itself, before the token ``limit``."""
    opening = _opening(line, cue, limit, lexicon)
    if opening is None:
        return None
    rule, start = opening
    if start >= limit:
        return None
    governed = rule in {"complementizer", "infinitive"}
    span, end = _until(line, start, limit, governed=governed)
    return Content((span,), rule, governed, start, end) if span is not None else None


def before(
    line: Line, cue: Cue, floor: int, limit: int, source_last: int
) -> Content | None:
    """Return what an inserted cue reports: before it, and behind its clause."""
    last = cue.first - 1
    while last >= floor and last not in line.quoted and word(line, last) in COMMAS:
        last -= 1
    if last < floor:
        return None
    spans = [trim(line, _stretch(line, floor, last))]
    opens = max(cue.last, source_last) + 1
    more = _resumption(line, opens, limit)
    end = last + 1
    if more is not None:
        spans.append(trim(line, _stretch(line, more, limit - 1)))
        end = limit
    return Content(tuple(spans), "inserted", governed=False, opens=floor, ends=end)


def _opening(
    line: Line, cue: Cue, limit: int, lexicon: Lexicon
) -> tuple[str, int] | None:
    grammar, verb = lexicon.grammar, cue.verb
    for at in range(cue.last + 1, limit):
        token, said = line.tokens[at], word(line, at)
        if at in line.quoted:
            return _object(line, cue, at) or ("quotation", at)
        if said == ":":
            return ("colon", at + 1)
        if said in grammar.complementizers and (
            word(line, at - 1) not in grammar.no_complementizer_after
        ):
            return ("complementizer", at + 1)
        if (
            verb.infinitive
            and said in grammar.infinitive_markers
            and _infinitive(line, at)
        ):
            return ("infinitive", at + 1)
        if token.feats.get("VerbForm") == "Fin" or said == ";":
            break
    return _object(line, cue, limit)


def _infinitive(line: Line, marker: int) -> bool:
    """Tell whether an infinitive follows, behind negations and clitics only."""
    for token in line.tokens[marker + 1 : marker + 6]:
        if token.feats.get("VerbForm") == "Inf":
            return True
        if token.pos not in {"ADV", "PRON", "PART"}:
            return False
    return False


def _object(line: Line, cue: Cue, limit: int) -> tuple[str, int] | None:
    if not cue.verb.object:
        return None
    at = cue.last + 1
    while at < limit and line.tokens[at].pos == "ADV":
        at += 1
    if at < limit and (line.tokens[at].pos in _NOMINAL or at in line.quoted):
        return ("object", at)
    return None


def _until(
    line: Line, start: int, limit: int, *, governed: bool
) -> tuple[Span | None, int]:
    """Return the content from a token on, and the token after it."""
    quotation = line.quotation_of(line.tokens[start])
    if quotation is not None and _is_first_of(line, start, quotation):
        last = _last_of(line, start, quotation, limit)
        if not _goes_on(line, last + 1, limit):
            return trim(line, quotation.inner), last + 1
    last = limit - 1
    while (
        last > start
        and last not in line.quoted
        and not line.tokens[last].text.strip(_OUTER)
    ):
        last -= 1
    span = trim(line, _stretch(line, start, last))
    return (span if span.start < span.end else None), last + 1


def _goes_on(line: Line, at: int, limit: int) -> bool:
    """Tell whether the report goes on, unquoted, behind a closing mark."""
    rest = [t for t in line.tokens[at:limit] if t.text.strip(_OUTER + ".!?…")]
    return bool(rest) and word(line, at) not in COMMAS


def _resumption(line: Line, opens: int, limit: int) -> int | None:
    """Return where an interrupted report goes on behind the inserted clause."""
    for at in range(opens, limit):
        if at in line.quoted:
            return at
        if word(line, at) == "," and _is_clause(line, at + 1, limit):
            return at + 1
    return None


def _is_clause(line: Line, at: int, limit: int) -> bool:
    """Tell whether a main clause stands there: a finite verb, no relative or phrase."""
    if at >= limit or line.tokens[at].pos in {"ADP", "SCONJ"}:
        return False
    if at in line.quoted:
        return True
    if line.tokens[at].feats.get("PronType") == "Rel" or line.tokens[at].pos not in {
        "DET",
        "PRON",
        "NOUN",
        "PROPN",
        "CCONJ",
    }:
        return False
    finite = [
        t
        for t in line.tokens[at:limit]
        if t.feats.get("VerbForm") == "Fin" and "relcl" not in t.dep
    ]
    return bool(finite) and word(line, at + 1) not in COMMAS


def _is_first_of(line: Line, index: int, quotation: Quotation) -> bool:
    return index == 0 or not quotation.holds(line.place(line.tokens[index - 1]).start)


def _last_of(line: Line, start: int, quotation: Quotation, limit: int) -> int:
    last = start
    while last + 1 < limit and quotation.holds(line.place(line.tokens[last + 1]).start):
        last += 1
    return last


def _stretch(line: Line, first: int, last: int) -> Span:
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
        if quotation.outer == Span(start, end):
            return trim(line, quotation.inner)
    return Span(start, end)
