"""Content: what a cue reports, found on the surface of its sentence.

Behind the cue, the first that stands there, up to the next coordinated cue
1. ``object``: "démentir l'accord", for verbs that report by an object.
2. ``predicate``: "s'est dit prêt à", for verbs that turn back on their subject.
3. ``infinitive``: "promettre de", "dit vouloir", for verbs that govern one.
4. ``complementizer``: "que"; phrases may stand between cue and complementizer.
5. ``question``: "raconte comment", the interrogative included.
6. ``zero``: a clause without complementizer, where the language has such.
7. ``colon`` and ``quotation``: words quoted after the cue.
Before the cue
8. ``inserted``: what precedes "…, a dit X", and goes on after it.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.attribution.clauses import COMMAS, says_something
from domain.attribution.conditions import opens_condition
from domain.attribution.edges import stretch, tail_at, trim
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.openings import opening
from domain.attribution.phrases import marker, word
from domain.attribution.quotes import Quotation
from domain.attribution.verb_groups import Cue
from domain.model.span import Span

GOVERNED = frozenset(
    {"complementizer", "infinitive", "of", "predicate", "question", "zero"}
)
"""Rules under which quoted words are part of a sentence of the reporter's."""


_PARTS = COMMAS | {".", ":", "!", "?", "…"}
"""Marks that part an inserted clause from the words that go on behind it."""


@dataclass(frozen=True, slots=True)
class Content:
    """Where reported words stand. ``opens`` is the first token behind the cue's clause."""

    spans: tuple[Span, ...]
    rule: str
    opens: int

    @property
    def governed(self) -> bool:
        """Whether a complementizer or marker stands before the words."""
        return self.rule in GOVERNED


def after(line: Line, cue: Cue, limit: int, lexicon: Lexicon) -> Content | None:
    """Return what the cue reports behind itself, before the token ``limit``."""
    found = opening(line, cue, limit, lexicon)
    if found is None or found[1] >= limit:
        return None
    rule, start = found
    span = _until(line, start, limit, lexicon, nominal=rule == "object")
    return Content((span,), rule, start) if span is not None else None


def before(
    line: Line, floor: int, limit: int, clause: tuple[int, int], lexicon: Lexicon
) -> Content | None:
    """Return what an inserted clause reports: before it, and behind it.

    ``clause`` are the first token of the cue and the first behind its source.
    """
    last = clause[0] - 1
    while last >= floor and last not in line.quoted and word(line, last) in COMMAS:
        last -= 1
    more = _resumption(line, clause[1], limit, lexicon)
    whole = says_something(line, floor, last + 1, lexicon)
    behind = clause[1] + 1
    if more is None and not whole and behind < limit and word(line, clause[1]) == ",":
        more = behind  # between the parts of one clause
    if last < floor:
        if more is None:
            return None
        rest = trim(line, stretch(line, more, limit - 1))
        return Content((rest,), "inserted", floor)
    spans = [trim(line, stretch(line, floor, last))]
    if more is not None:
        rest = trim(line, stretch(line, more, limit - 1))
        spans = [rest] if _is_adverbial(line, floor, last, lexicon) else [*spans, rest]
    return Content(tuple(spans), "inserted", floor)


def _is_adverbial(line: Line, first: int, last: int, lexicon: Lexicon) -> bool:
    """Tell whether only a circumstance stands there ("Au cours de la réunion")."""
    if any(i in line.quoted for i in range(first, last + 1)):
        return False
    if any(t.feats.get("VerbForm") == "Fin" for t in line.tokens[first : last + 1]):
        return False
    opens = marker(line, first, last + 1, lexicon.slots.occasion_markers)
    return bool(opens) or first in line.temporal


def _until(
    line: Line, start: int, limit: int, lexicon: Lexicon, *, nominal: bool
) -> Span | None:
    """Return the content from a token on."""
    quotation = line.quotation_of(line.tokens[start])
    if quotation is not None and _is_first_of(line, start, quotation):
        behind = _behind(line, start, quotation, limit)
        if not _goes_on(line, behind, limit):
            return trim(line, quotation.inner)
    last = tail_at(line, start, limit, lexicon, nominal=nominal) - 1
    span = trim(line, stretch(line, start, last))
    return span if span.start < span.end else None


def _goes_on(line: Line, at: int, limit: int) -> bool:
    """Tell whether the report goes on, unquoted, behind a closing mark."""
    rest = [t for t in line.tokens[at:limit] if t.text.strip(" .,:;–—!?…")]
    return bool(rest) and word(line, at) not in COMMAS


def _resumption(line: Line, opens: int, limit: int, lexicon: Lexicon) -> int | None:
    """Return where an interrupted report goes on behind the inserted clause."""
    if word(line, opens) == ":" and opens + 1 < limit:
        return opens + 1
    for at in range(opens, limit):
        if at in line.quoted:
            return at if at == opens or word(line, at - 1) in _PARTS else None
        if word(line, at) == "," and _is_clause(line, at + 1, limit, lexicon):
            return at + 1
    return None


def _is_clause(line: Line, at: int, limit: int, lexicon: Lexicon) -> bool:
    """Tell whether a clause of the report stands there, not an aside on its source."""
    if at >= limit:
        return False
    if at in line.quoted:
        return True
    if word(line, at) in lexicon.grammar.complementizers:
        return True
    if opens_condition(line, at, lexicon):
        return True
    token = line.tokens[at]
    if word(line, at) in lexicon.grammar.relative_pronouns or token.pos not in {
        "DET",
        "PRON",
        "ADJ",
        "NUM",
        "NOUN",
        "PROPN",
        "CCONJ",
    }:
        return False
    finite = any(
        t.feats.get("VerbForm") == "Fin" and "relcl" not in t.dep
        for t in line.tokens[at:limit]
    )
    return finite and word(line, at + 1) not in COMMAS


def _is_first_of(line: Line, index: int, quotation: Quotation) -> bool:
    return index == 0 or not quotation.holds(line.place(line.tokens[index - 1]).start)


def _behind(line: Line, start: int, quotation: Quotation, limit: int) -> int:
    """Return the first token behind a quotation."""
    at = start + 1
    while at < limit and quotation.holds(line.place(line.tokens[at]).start):
        at += 1
    return at
