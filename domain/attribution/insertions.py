"""A clause inserted into a quotation: "« Non, a-t-il dit mardi, jamais »".

Such a quotation is taken apart into one before the clause and one behind it, so that
all later rules see the clause for what it is: the reporter's words.
"""

from __future__ import annotations

from dataclasses import replace

from domain.attribution.asides import skip_asides, speaks
from domain.attribution.clauses import COMMAS
from domain.attribution.cues import find_cues
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.phrases import phrase_end, word
from domain.attribution.quotes import Quotation, part_of
from domain.attribution.verb_groups import Cue

MOST = 32
"""Clauses opened in a line; each has all cues looked at anew, as quotations change."""
_ENDS = {".", "!", "?", "…", ":", ";"}
_CRIES = {"!", "?", "…", "?!", "!?"}
"""Marks behind which a clause may be inserted without a comma."""


def open_insertions(line: Line, lexicon: Lexicon) -> Line:
    """Return the line with its quotations taken apart around inserted clauses."""
    for _ in range(MOST):
        opened = _open_first(line, lexicon)
        if opened is None:
            break
        line = opened
    return line


def _open_first(line: Line, lexicon: Lexicon) -> Line | None:
    """Return the line with the first inserted clause opened, None if there is none."""
    for cue in find_cues(line, lexicon, inside=True):
        quotation = line.quotation_of(line.tokens[cue.last])
        parted = word(line, cue.first - 1)
        if quotation is None or not (parted in COMMAS or parted in _CRIES):
            continue
        if (parts := _parts(line, cue, quotation, lexicon)) is not None:
            kept = [q for q in line.quotations if q is not quotation]
            opened = sorted([*kept, *parts], key=lambda q: q.outer.start)
            return line.with_quotations(opened)
    return None


def _parts(
    line: Line, cue: Cue, quotation: Quotation, lexicon: Lexicon
) -> tuple[Quotation, ...] | None:
    """Return the quotations before and behind the clause of a cue, if it is inserted."""
    if line.quotation_of(line.tokens[cue.first - 1]) is not quotation:
        return None
    end = _clause_end(line, cue, quotation, lexicon)
    if end is None:
        return None
    mark = cue.first
    while mark and word(line, mark - 1) in COMMAS:
        mark -= 1
    before = line.place(line.tokens[mark - 1]).end
    first = part_of(line.text, quotation.outer.start, before, quotation)
    if first.inner.start >= first.inner.end:
        return None
    if end >= len(line.tokens) or not quotation.holds(
        start := line.place(line.tokens[end]).start
    ):
        return (replace(first, closed=True),)
    rest = part_of(line.text, start, quotation.outer.end, quotation)
    if rest.inner.start >= rest.inner.end:
        return (replace(first, closed=True),)
    return replace(first, closed=True), replace(rest, resumed=True)


def _clause_end(
    line: Line, cue: Cue, quotation: Quotation, lexicon: Lexicon
) -> int | None:
    """Return the token behind an inserted clause and its comma, None if it is none."""
    inner = line.without(quotation)
    limit = len(line.tokens)
    at = cue.last + 1
    if cue.inverted is None:
        start = skip_asides(inner, at, limit, lexicon)
        at = phrase_end(inner, start, limit, lexicon)
        if word(inner, start) in lexicon.grammar.subject_pronouns:
            at = start + 1
        elif at == start or not speaks(inner, start, at, lexicon):
            return None
    while at < limit and line.quotation_of(line.tokens[at]) is quotation:
        if word(line, at) in COMMAS or word(line, at) in _ENDS:
            return at + 1
        at += 1
    return at
