"""Sources: the noun phrase that a cue names as the one who says it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.attribution.clauses import is_inserted, subject_of, word
from domain.attribution.cues import Cue
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.parsing import Token
from domain.model.span import Span

_NOMINAL = {"DET", "NOUN", "PROPN", "ADJ", "NUM"}


@dataclass(frozen=True, slots=True)
class Source:
    """A source as written: its span and its tokens; a pronoun has its form."""

    span: Span
    tokens: tuple[Token, ...]
    pronoun: str | None = None

    @property
    def last(self) -> int:
        """Index of its last token."""
        return self.tokens[-1].index


def source_of(line: Line, cue: Cue, content_at: int, lexicon: Lexicon) -> Source | None:
    """Return the source named at a cue; None if it is elided.

    ``content_at`` is the first token of what is reported behind the cue.
    """
    if cue.inverted is not None:
        return _hyphened(line, line.tokens[cue.inverted])
    if cue.gerund:
        return None
    before = line.tokens[cue.first - 1] if cue.first else None
    if (
        before is not None
        and word(line, before.index) in lexicon.grammar.subject_pronouns
    ):
        return Source(line.place(before), (before,), before.text.lower())
    subject = subject_of(line, cue)
    if (
        subject is not None
        and subject.text.lower() in lexicon.grammar.relative_pronouns
    ):
        subject = line.tokens[line.tokens[cue.last].head]
    if subject is not None:
        return phrase(line, subject, cue, content_at, lexicon)
    return _adjacent(line, cue, lexicon) or _behind(line, cue, content_at, lexicon)


def phrase(
    line: Line, head: Token, cue: Cue, content_at: int, lexicon: Lexicon
) -> Source | None:
    """Return the noun phrase of a head, apposition included, relative clause not.

    A day of the week beside a name is no part of it ("a dit la ministre mardi").
    """
    below = line.parsed.subtree(head)
    relative = {
        t.index
        for each in below
        if "relcl" in each.dep
        for t in line.parsed.subtree(each)
    }
    inside = [
        t.index
        for t in below
        if t.index not in relative
        and t.index not in line.quoted
        and t.text.lower() not in lexicon.grammar.time_words
        and not cue.first <= t.index <= cue.last
        and (t.index < cue.first or t.index < content_at or content_at < cue.first)
    ]
    kept = _contiguous(inside, head.index)
    return _source(line, kept)


def _contiguous(indices: list[int], head: int) -> list[int]:
    """Return the run of indices around the head."""
    present = set(indices)
    first = last = head
    while first - 1 in present:
        first -= 1
    while last + 1 in present:
        last += 1
    return list(range(first, last + 1))


def _source(line: Line, indices: list[int]) -> Source | None:
    tokens = [line.tokens[i] for i in indices]
    while tokens and tokens[-1].pos in {"PUNCT", "CCONJ"} and tokens[-1].text != ")":
        tokens.pop()
    while tokens and tokens[0].pos in {"PUNCT", "CCONJ", "SCONJ"}:
        tokens.pop(0)
    if not tokens:
        return None
    return Source(line.stretch(tokens[0].index, tokens[-1].index), tuple(tokens))


def _adjacent(line: Line, cue: Cue, lexicon: Lexicon) -> Source | None:
    """Return the noun phrase right before the cue where the parser names no subject."""
    first = line.sentence_of(cue.first).first
    at = cue.first - 1
    while at >= first and line.tokens[at].pos in _NOMINAL | {"ADP"}:
        at -= 1
    kept = list(range(at + 1, cue.first))
    while kept and line.tokens[kept[0]].pos == "ADP":
        kept.pop(0)
    opens = at < first or word(line, at) in {",", *lexicon.grammar.coordinators}
    return _source(line, kept) if kept and opens else None


def _behind(line: Line, cue: Cue, limit: int, lexicon: Lexicon) -> Source | None:
    """Return the noun phrase behind an inserted cue ("a dit lundi Mira Solen")."""
    if not is_inserted(line, cue, lexicon):
        return None
    at = cue.last + 1
    while at + 1 < limit and (
        line.tokens[at].pos == "ADV"
        or (
            line.tokens[at].pos == "NOUN"
            and line.tokens[at + 1].pos in {"DET", "PROPN"}
        )
    ):
        at += 1
    heads = [t for t in line.tokens[at:limit] if t.pos in {"NOUN", "PROPN"}]
    if not heads or any(
        t.pos not in _NOMINAL for t in line.tokens[at : heads[0].index]
    ):
        return None
    return phrase(line, heads[0], cue, limit, lexicon)


def _hyphened(line: Line, token: Token) -> Source:
    """Return the pronoun of "a-t-il" without its hyphens."""
    place = line.place(token)
    form = token.text.lower().rpartition("-")[2]
    span = Span(place.end - len(form), place.end)
    return Source(span, (token,), form)
