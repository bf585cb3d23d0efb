"""Sources named by a preposition: "selon le ministère, …" and "…, selon X"."""

from __future__ import annotations

from dataclasses import dataclass

from domain.attribution.clauses import word
from domain.attribution.contents import trim
from domain.attribution.lexicon import Lexicon, SourcePreposition
from domain.attribution.lines import Line, Sentence
from domain.attribution.sources import Source
from domain.model.span import Span

_NAME = {"DET", "NOUN", "PROPN", "ADJ", "NUM", "ADP", "PRON"}


@dataclass(frozen=True, slots=True)
class Prepositional:
    """A cue that is a preposition, with its source and content."""

    cue: Span
    source: Source
    content: Span


def find_prepositional(
    line: Line, sentence: Sentence, lexicon: Lexicon
) -> list[Prepositional]:
    """Return the attribution of a sentence by a preposition, if there is one."""
    for at in range(sentence.first, sentence.last):
        if at in line.quoted:
            continue
        for entry in lexicon.prepositions:
            end = _matches(line, at, entry)
            if end and (
                found := _read(line, sentence, at, end, entry, lexicon=lexicon)
            ):
                return [found]
    return []


def _matches(line: Line, at: int, entry: SourcePreposition) -> int:
    """Return the token after the preposition that stands here, 0 if none does."""
    text = line.parsed.text[line.tokens[at].start :].lower()
    for words in entry.words:
        if text.startswith(words):
            end = at
            reach = line.tokens[at].start + len(words)
            while end < len(line.tokens) and line.tokens[end].end <= reach:
                end += 1
            if end > at and line.tokens[end - 1].end == reach:
                return end
    return 0


def _read(
    line: Line,
    sentence: Sentence,
    at: int,
    end: int,
    entry: SourcePreposition,
    *,
    lexicon: Lexicon,
) -> Prepositional | None:
    last = end
    while (
        last < sentence.last
        and line.tokens[last].pos in _NAME
        and last not in line.quoted
    ):
        last += 1
    source = _source(line, end, last, lexicon)
    if source is None:
        return None
    span = None
    if at == sentence.first and last < sentence.last and word(line, last) == ",":
        span = (
            line.stretch(last + 1, sentence.last - 1)
            if last + 1 < sentence.last
            else None
        )
    elif (
        not entry.initial_only
        and word(line, at - 1) == ","
        and at - 2 >= sentence.first
    ):
        span = line.stretch(sentence.first, at - 2)
    if span is None:
        return None
    content = trim(line, span)
    return Prepositional(line.stretch(at, end - 1), source, content)


def _source(line: Line, first: int, end: int, lexicon: Lexicon) -> Source | None:
    """Return the source, if it is somebody who can speak."""
    while end > first and line.tokens[end - 1].pos in {"ADP", "DET", "PUNCT"}:
        end -= 1
    tokens = tuple(line.tokens[first:end])
    if not tokens:
        return None
    lemmas = {t.lemma.lower() for t in tokens}
    speaks = lemmas & (set(lexicon.roles.persons) | set(lexicon.roles.bodies))
    pronoun = tokens[0].text.lower() if len(tokens) == 1 else None
    if pronoun in lexicon.grammar.subject_pronouns:
        return Source(line.stretch(first, end - 1), tokens, pronoun)
    proper = any(t.pos == "PROPN" for t in tokens)
    return Source(line.stretch(first, end - 1), tokens) if speaks or proper else None
