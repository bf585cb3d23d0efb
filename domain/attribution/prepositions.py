"""Sources named by a preposition: "selon le ministère, …" and "…, selon X, …"."""

from __future__ import annotations

from collections.abc import Sequence

from domain.attribution.asides import speaks
from domain.attribution.edges import stretch, trim
from domain.attribution.hits import Hit
from domain.attribution.lexicon import Lexicon
from domain.attribution.lexicon_entries import SourcePreposition
from domain.attribution.lines import Line, Sentence
from domain.attribution.names import is_capital
from domain.attribution.phrases import lemma_in, phrase_end, word
from domain.attribution.sources import Source, of_tokens, pronoun_of, source_before
from domain.attribution.verb_groups import Cue
from domain.model.span import Span

_LONGEST = 40
"""Code points that a preposition may take."""
_RELATIVE = 40
"""Tokens that a relative clause on the source may take."""


def find_prepositional(line: Line, sentence: Sentence, lexicon: Lexicon) -> list[Hit]:
    """Return the attribution of a sentence by a preposition, if there is one."""
    for at in range(sentence.first, sentence.last):
        if at in line.quoted:
            continue
        for entry in lexicon.prepositions:
            end = _matches(line, at, entry)
            if end and (hit := _read(line, sentence, (at, end), entry, lexicon)):
                return [hit]
    return []


def whole_report(
    line: Line, sentence: Sentence, cues: Sequence[Cue], lexicon: Lexicon
) -> list[Hit]:
    """Return what "selon X" reports that opens a sentence with verbs of saying in it.

    Nothing where somebody who can speak is the subject of one of them.
    """
    first = sentence.first
    if not any(_matches(line, first, entry) for entry in lexicon.prepositions):
        return []
    for cue in cues:
        if word(line, cue.first - 1) in lexicon.grammar.relative_pronouns:
            continue  # it tells of the source
        commas = (i for i in range(first, cue.first) if word(line, i) == ",")
        own = source_before(line, cue, next(commas, first) + 1, lexicon)
        counted = own is not None and own.tokens[0].pos == "NUM"
        if pronoun_of(line, cue, lexicon) or (
            own and not counted and speaks(line, own.first, own.last + 1, lexicon)
        ):
            return []
    return find_prepositional(line, sentence, lexicon) if cues else []


def quoted_beside(
    line: Line, sentence: Sentence, taken: Sequence[Span], lexicon: Lexicon
) -> list[Hit]:
    """Return a quotation that a preposition attributes, beside what verbs report."""
    if not line.quotations:
        return []
    return [
        hit
        for hit in find_prepositional(line, sentence, lexicon)
        if any(q.inner == hit.content[0] for q in line.quotations)
        and not any(s.overlaps(t) for s in hit.content for t in taken)
    ]


def _matches(line: Line, at: int, entry: SourcePreposition) -> int:
    """Return the token after the preposition that stands here, 0 if none does."""
    start = line.tokens[at].start
    text = line.parsed.text[start : start + _LONGEST].lower()
    for words in entry.words:
        if not text.startswith(words):
            continue
        end, reach = at, line.tokens[at].start + len(words)
        while end < len(line.tokens) and line.tokens[end].end <= reach:
            end += 1
        if end > at and line.tokens[end - 1].end == reach:
            return end
    return 0


def _read(
    line: Line,
    sentence: Sentence,
    cue: tuple[int, int],
    entry: SourcePreposition,
    lexicon: Lexicon,
) -> Hit | None:
    at, end = cue
    if entry.pronoun is not None:
        found = _inner_pronoun(line, at, end, entry.pronoun)
    else:
        found = _source(line, end, sentence.last, lexicon)
    if found is None:
        return None
    source, last = found
    close = _close(line, last, sentence.last, lexicon)
    opens = at == sentence.first or word(line, at - 1) in lexicon.grammar.coordinators
    spans: list[Span] = []
    if opens and close is not None and close < sentence.last:
        spans = [_cut(line, close, sentence.last)]
    elif not entry.initial_only and word(line, at - 1) == ",":
        spans = [_cut(line, sentence.first, at - 1)]
        if close is not None and close < sentence.last:
            spans.append(_cut(line, close, sentence.last))
    spans = [span for span in spans if span.start < span.end]
    if not spans:
        return None
    return Hit(
        line=line,
        sentence=sentence,
        cue=None,
        cue_span=line.stretch(at, end - 1),
        source=source,
        content=tuple(spans),
        rule="according-to",
        zones=((last, close - 1),) if close is not None else (),
    )


def _cut(line: Line, first: int, end: int) -> Span:
    return trim(line, stretch(line, first, end - 1))


def _close(line: Line, at: int, limit: int, lexicon: Lexicon) -> int | None:
    """Return the token behind the comma that ends the source and what is said of it."""
    if word(line, at) in lexicon.grammar.relative_pronouns:
        while at < limit and word(line, at) != ",":
            at += 1
    while at < limit and _describes(line, at):
        at += 1
    if word(line, at) != ",":
        return None
    if word(line, at + 1) in lexicon.grammar.relative_pronouns:
        for end in range(at + 2, min(limit, at + _RELATIVE)):
            if word(line, end) == ",":
                return end + 1
        return None
    return at + 1


def _inner_pronoun(
    line: Line, first: int, end: int, pronoun: str
) -> tuple[Source, int] | None:
    """Return the pronoun inside a preposition as its source."""
    for at in range(first, end):
        if word(line, at) == pronoun:
            token = line.tokens[at]
            return Source(line.place(token), (token,), pronoun), end
    return None


def _describes(line: Line, at: int) -> bool:
    """Tell whether a token goes on with a participle on the source ("briefed on it")."""
    token = line.tokens[at]
    participle = token.feats.get("VerbForm") == "Part"
    return participle or token.pos in {"ADP", "DET", "NOUN", "PROPN", "ADJ", "ADV"}


def _source(
    line: Line, first: int, limit: int, lexicon: Lexicon
) -> tuple[Source, int] | None:
    """Return the source, if it is somebody who can speak, and the token behind it."""
    token = line.tokens[first] if first < limit else None
    if token is None:
        return None
    said = token.text.lower()
    if said in lexicon.grammar.subject_pronouns:
        return Source(line.place(token), (token,), said), first + 1
    end = phrase_end(line, first, limit, lexicon)
    if _close(line, end, limit, lexicon) is None:  # the apposition was a subject
        end = phrase_end(line, first, limit, lexicon, appositions=False)
    source = of_tokens(line, first, end) if end > first else None
    if source is None:
        return None
    roles = lexicon.roles
    able = any(
        lemma_in(line, i, kind)
        for i in range(first, end)
        for kind in (roles.persons, roles.bodies, roles.documents)
    ) or any(is_capital(t) for t in line.tokens[first:end])
    return (source, end) if able else None
