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

from domain.attribution.asides import is_time, skip_asides
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.names import is_capital
from domain.attribution.parsing import Token
from domain.attribution.phrases import phrase_end, word
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


def source_before(line: Line, cue: Cue, floor: int, lexicon: Lexicon) -> Source | None:
    """Return the phrase before a cue that is its subject, if there is one."""
    best: tuple[int, int, int] | None = None
    subject = _subject(line, cue)
    edge = _edge(line, subject) if subject is not None else None
    begun = set(starts(line, floor, cue.first, lexicon))
    if (
        edge is not None
        and floor <= edge < cue.first
        and _may_open(line, edge, lexicon)
    ):
        begun.add(edge)
    for start in sorted(begun):
        end = phrase_end(line, start, cue.first, lexicon)
        reach = _reach(line, end, cue.first, lexicon)
        holds = subject is not None and start <= subject < end
        if (
            reach is None
            and holds
            and _only_circumstances(line, end, cue.first, lexicon)
        ):
            reach = 0
        if end == start or reach is None or _is_oblique(line, start):
            continue
        begins = holds and start == edge
        found = (2 * holds + 2 * begins + reach, -start, end)
        best = max(best, found) if best is not None else found
    return of_tokens(line, -best[1], best[2]) if best is not None else None


def _only_circumstances(line: Line, at: int, cue: int, lexicon: Lexicon) -> bool:
    """Tell whether nothing but where and when stands between a subject and its cue.

    "Министр на заседании правительства потребовал": in languages with cases.
    """
    if not lexicon.grammar.genitive_complements or at >= cue:
        return False
    between = line.tokens[at:cue]
    return between[0].pos == "ADP" and not any(
        t.feats.get("VerbForm") == "Fin"
        or t.text in _BREAKS
        or t.index in line.quoted
        or (t.pos in {"NOUN", "PROPN"} and t.feats.get("Case") in {"Nom", None})
        for t in between
    )


def _is_oblique(line: Line, at: int) -> bool:
    """Tell whether a phrase stands in a case that no subject has."""
    return line.tokens[at].feats.get("Case") in {"Dat", "Ins", "Loc"}


def starts(line: Line, floor: int, limit: int, lexicon: Lexicon) -> Iterator[int]:
    """Yield where a subject phrase may begin: at a boundary, not behind a preposition."""
    grammar = lexicon.grammar
    for at in range(floor, limit):
        before = word(line, at - 1)
        if not _may_open(line, at, lexicon):
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


def _may_open(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a subject phrase may begin with a token, whatever stands before."""
    token, grammar = line.tokens[at], lexicon.grammar
    if at in line.quoted or at in line.temporal:
        return False
    if token.text.lower() in grammar.prompts:
        return False
    opens = token.pos in _OPENS or is_capital(token)
    if not opens and token.text.lower() not in lexicon.roles.definite:
        return False
    return (
        token.text.lower() not in grammar.prepositions
        and token.text not in grammar.initial_prepositions
    )


def _reach(line: Line, end: int, cue: int, lexicon: Lexicon) -> int | None:
    """Return 1 if a phrase reaches the cue, 0 over an aside in commas, else None."""
    at, emphatics = end, lexicon.grammar.emphatics
    while at < cue and (
        is_time(line, at, lexicon)
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
