"""Sources: the noun phrase that a cue names as the one who says it.

1. A pronoun in the verb group ("a-t-il dit") or right before it ("elle a dit").
2. Behind an inserted cue: the phrase that follows, over dates, adverbs and slots.
3. Else the phrase before the cue that reaches it, an aside between commas allowed
   ("X, en visite à Y, a dit"); the parser's subject settles which.
None of these is an elided source.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.names import is_capital
from domain.attribution.parsing import Token
from domain.attribution.phrases import (
    lemma_in,
    marker,
    opens_slot,
    phrase_end,
    word,
)
from domain.attribution.verb_groups import Cue
from domain.model.span import Span

_OPENS = {"DET", "NUM", "ADJ", "NOUN", "PROPN", "X", "ADV"}
_BREAKS = {",", ";", ":", "(", ")", "–", "—", "-", "…", "."}


@dataclass(frozen=True, slots=True)
class Source:
    """A source as written: its span and its tokens; a pronoun has its form."""

    span: Span
    tokens: tuple[Token, ...]
    pronoun: str | None = None

    @property
    def first(self) -> int:
        """Index of its first token."""
        return self.tokens[0].index

    @property
    def last(self) -> int:
        """Index of its last token."""
        return self.tokens[-1].index


def pronoun_of(line: Line, cue: Cue, lexicon: Lexicon) -> Source | None:
    """Return the subject pronoun of a cue: inverted, or right before the group."""
    if cue.inverted is not None:
        return _hyphened(line, line.tokens[cue.inverted])
    at = cue.first - 1
    while at >= 0 and (
        at == cue.told
        or line.tokens[at].pos == "ADV"
        or word(line, at) in lexicon.grammar.emphatics
    ):
        if word(line, at) in lexicon.grammar.subject_pronouns:
            break
        at -= 1
    if at >= 0 and word(line, at) in lexicon.grammar.subject_pronouns:
        token = line.tokens[at]
        return Source(line.place(token), (token,), token.text.lower())
    return None


def source_behind(line: Line, at: int, limit: int, lexicon: Lexicon) -> Source | None:
    """Return the phrase that names who speaks behind an inserted cue."""
    start = skip_asides(line, at, limit, lexicon)
    if word(line, start) in lexicon.grammar.subject_pronouns and start < limit:
        token = line.tokens[start]
        return Source(line.place(token), (token,), token.text.lower())
    end = phrase_end(line, start, limit, lexicon)
    if end < limit and line.tokens[end].feats.get("VerbForm") == "Fin":
        # what looked like an apposition is the subject of the report
        end = phrase_end(line, start, limit, lexicon, appositions=False)
    return of_tokens(line, start, end) if end > start else None


def skip_asides(
    line: Line, at: int, limit: int, lexicon: Lexicon, *, adverbs: bool = True
) -> int:
    """Return the first token behind dates, adverbs, slots and asides in commas."""
    while at < limit and at not in line.quoted:
        day = marker(line, at, limit, lexicon.dates.same_day)
        slot = (
            at + day
            if day
            else _slot_end(line, at, limit, lexicon) or _told_end(line, at, limit)
        )
        if slot > at:
            at = slot
        elif _is_time(line, at, lexicon) or (adverbs and _is_adverb(line, at, lexicon)):
            at += 1
        elif (
            word(line, at) == ","
            and word(line, at + 1) not in lexicon.grammar.complementizers
            and (end := _aside_end(line, at, limit)) > at
        ):
            at = end
        else:
            break
    return at


def _is_time(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a date, or the preposition before one, stands here."""
    if at >= len(line.tokens) or at in line.temporal:
        return at in line.temporal
    before = word(line, at) in lexicon.grammar.time_prepositions
    return before and _is_time(line, at + 1, lexicon)


def _is_adverb(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Tell whether an adverb of the cue stands here, not one of what it reports."""
    kept = lexicon.grammar.reported_adverbs
    return line.tokens[at].pos == "ADV" and word(line, at) not in kept


def _slot_end(line: Line, at: int, limit: int, lexicon: Lexicon) -> int:
    """Return where a slot that begins here ends, with the comma behind it."""
    if not opens_slot(line, at, limit, lexicon):
        return 0
    length = marker(line, at, limit, lexicon.slots.occasion_markers) or marker(
        line, at, limit, lexicon.slots.medium_markers
    )
    start = at + (length or word(line, at) in lexicon.slots.addressee_markers)
    end = phrase_end(line, start, limit, lexicon, appositions=False)
    if end == start:
        return 0
    return end + 1 if word(line, end) == "," else end


def _told_end(line: Line, at: int, limit: int) -> int:
    """Return where the name in quotation marks of who was told ends, 0 if none is."""
    title = line.title_of(line.tokens[at]) if at < limit else None
    if title is None or line.tokens[at - 1].pos != "VERB":
        return 0
    while at < limit and line.title_of(line.tokens[at]) is title:
        at += 1
    return at


def _aside_end(line: Line, comma: int, limit: int) -> int:
    """Return the token behind the comma that closes an aside, if one does soon."""
    for at in range(comma + 1, min(limit, comma + 8)):
        if word(line, at) == ",":
            return at + 1
    return comma


def source_before(line: Line, cue: Cue, floor: int, lexicon: Lexicon) -> Source | None:
    """Return the phrase before a cue that is its subject, if there is one."""
    best: tuple[int, int, int] | None = None
    subject = _subject(line, cue)
    edge = _edge(line, subject) if subject is not None else None
    for start in starts(line, floor, cue.first, lexicon):
        end = phrase_end(line, start, cue.first, lexicon)
        reach = _reach(line, end, cue.first, lexicon)
        if end == start or reach is None or _is_oblique(line, start):
            continue
        holds = subject is not None and start <= subject < end
        begins = holds and start == edge
        found = (2 * holds + 2 * begins + reach, -start, end)
        best = max(best, found) if best is not None else found
    return of_tokens(line, -best[1], best[2]) if best is not None else None


def _is_oblique(line: Line, at: int) -> bool:
    """Tell whether a phrase stands in a case that no subject has."""
    return line.tokens[at].feats.get("Case") in {"Dat", "Ins", "Loc"}


def starts(line: Line, floor: int, limit: int, lexicon: Lexicon) -> Iterator[int]:
    """Yield where a subject phrase may begin: at a boundary, not behind a preposition."""
    grammar = lexicon.grammar
    for at in range(floor, limit):
        token, before = line.tokens[at], word(line, at - 1)
        if at in line.quoted or at in line.temporal:
            continue
        opens = token.pos in _OPENS or is_capital(token)
        if not opens and token.text.lower() not in lexicon.roles.definite:
            continue
        if token.text.lower() in grammar.prepositions:
            continue
        if token.text in grammar.initial_prepositions:
            continue
        boundary = (
            at == floor
            or before in _BREAKS
            or at - 1 in line.quoted
            or at - 1 in line.temporal
            or before in grammar.coordinators
            or before in grammar.conjunctions
            or line.tokens[at - 1].pos in {"ADV", "SCONJ"}
        )
        if boundary:
            yield at


def _reach(line: Line, end: int, cue: int, lexicon: Lexicon) -> int | None:
    """Return 1 if a phrase reaches the cue, 0 over an aside in commas, else None."""
    at, emphatics = end, lexicon.grammar.emphatics
    while at < cue and (
        _is_time(line, at, lexicon)
        or line.tokens[at].pos == "ADV"
        or word(line, at) in emphatics
    ):
        at += 1
    if at == cue:
        return 1
    closed = word(line, cue - 1) in {",", ")"}
    relative = word(line, at) in lexicon.grammar.relative_pronouns
    return 0 if (closed and word(line, end) in {",", "("}) or relative else None


def _subject(line: Line, cue: Cue) -> int | None:
    """Return the token that the parser calls the subject of a cue."""
    verbs = [
        t
        for t in line.tokens[cue.first : cue.last + 1]
        if t.lemma.lower() == cue.verb.lemma
    ] or [line.tokens[cue.last]]
    for child in line.parsed.children(verbs[-1]):
        if child.dep.startswith("nsubj") and child.index < cue.first:
            return child.index
    return None


def _edge(line: Line, subject: int) -> int:
    """Return the first token of the subject as the parser sees it, without a gap."""
    below = {t.index for t in line.parsed.subtree(line.tokens[subject])}
    first = subject
    while first - 1 in below:
        first -= 1
    return first


def of_tokens(line: Line, first: int, end: int) -> Source | None:
    """Return the source of a token range, outer marks left out."""
    tokens = list(line.tokens[first:end])
    while tokens and tokens[-1].pos == "PUNCT" and tokens[-1].text != ")":
        tokens.pop()
    while tokens and tokens[0].pos in {"PUNCT", "CCONJ", "SCONJ", "ADV"}:
        if is_capital(tokens[0]) and len(tokens) > 1 and tokens[0].pos == "ADV":
            break
        tokens.pop(0)
    if not tokens:
        return None
    return Source(line.stretch(tokens[0].index, tokens[-1].index), tuple(tokens))


def _hyphened(line: Line, token: Token) -> Source:
    """Return the pronoun of "a-t-il" without its hyphens."""
    place = line.place(token)
    form = token.text.lower().rpartition("-")[2]
    span = Span(place.end - len(form), place.end)
    return Source(span, (token,), form)


def speaks(line: Line, first: int, end: int, lexicon: Lexicon) -> bool:
    """Tell whether a phrase names somebody who can speak: a role, body or name."""
    roles = lexicon.roles
    return any(
        lemma_in(line, i, roles.persons)
        or lemma_in(line, i, roles.bodies)
        or (is_capital(line.tokens[i]) and i > line.sentence_of(i).first)
        or line.tokens[i].pos == "PROPN"
        for i in range(first, end)
    )
