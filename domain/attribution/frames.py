"""Addressee, medium and occasion: the slots around a cue.

They are looked for between the cue and what it reports, and in a phrase that opens
the sentence; what stands inside the report is part of the report.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.attribution.clauses import word
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.model.register import AgentRegister
from domain.model.span import Excerpt, Span
from domain.model.statement import Frame

_PHRASE = {"DET", "NOUN", "PROPN", "ADJ", "NUM", "ADP", "X"}


def frame_of(
    line: Line,
    zones: Sequence[tuple[int, int]],
    lexicon: Lexicon,
    register: AgentRegister,
) -> Frame:
    """Return the slots in some token ranges."""
    slots = lexicon.slots
    found: dict[str, Excerpt] = {}
    for first, last in zones:
        at = first
        while at < last:
            if (length := _marker(line, at, last, slots.occasion_markers)) and (
                "occasion" not in found
            ):
                end = _phrase_end(line, at + length, last, lexicon, stop_at_slots=True)
                found["occasion"] = _cut(line, at, end)
                at = end
            elif length := _marker(line, at, last, slots.medium_markers):
                at = _medium(line, at + length, last, lexicon, register, found=found)
            elif word(line, at) in slots.addressee_markers:
                at = _addressee(line, at, last, lexicon, register, found=found)
            else:
                at += 1
    return Frame(**found)


def theme_of(line: Line, first: int, last: int, lexicon: Lexicon) -> Excerpt | None:
    """Return the phrase by which a sentence says what it is about, marker included."""
    length = _marker(line, first, last, lexicon.grammar.themes)
    if not length:
        return None
    end = next((i for i in range(first, last) if word(line, i) == ","), None)
    return _cut(line, first, end) if end is not None and end > first + length else None


def _medium(
    line: Line,
    at: int,
    last: int,
    lexicon: Lexicon,
    register: AgentRegister,
    *,
    found: dict[str, Excerpt],
) -> int:
    """Read a carrier behind a marker; return where to go on."""
    end = _phrase_end(line, at, last, lexicon)
    if end <= at:
        return at
    lemmas = {t.lemma.lower() for t in line.tokens[at:end]}
    words = line.stretch(at, end - 1).words(line.text)
    known = _carries(words, register) or bool(lemmas & set(lexicon.slots.media))
    if known and "medium" not in found:
        inner = _outlet_within(line, at, end, lexicon, register)
        found["medium"] = _cut(line, *(inner or (at, end)))
        return inner[1] if inner else end
    return at


def _outlet_within(
    line: Line, at: int, end: int, lexicon: Lexicon, register: AgentRegister
) -> tuple[int, int] | None:
    """Return the outlet named in "une interview avec RIA Novosti", where one is."""
    for first in range(at, end):
        if word(line, first) in lexicon.slots.medium_markers and first > at:
            return (first + 1, _phrase_end(line, first + 1, end, lexicon))
    return None


def _addressee(
    line: Line,
    at: int,
    last: int,
    lexicon: Lexicon,
    register: AgentRegister,
    *,
    found: dict[str, Excerpt],
) -> int:
    """Read to whom it is said; an outlet spoken to is a medium."""
    end = _phrase_end(line, at + 1, last, lexicon, stop_at_slots=True)
    if end <= at + 1:
        return at + 1
    phrase = line.stretch(at + 1, end - 1).words(line.text)
    lemmas = {t.lemma.lower() for t in line.tokens[at + 1 : end]}
    if _carries(phrase, register) or lemmas & set(lexicon.slots.outlets):
        found.setdefault("medium", _cut(line, at + 1, end))
    elif lemmas & set(lexicon.slots.addressees) or lemmas & set(lexicon.roles.persons):
        found.setdefault("addressee", _cut(line, at, end))
    else:
        return at + 1
    return end


def _carries(phrase: str, register: AgentRegister) -> bool:
    words = phrase.split()
    tails = (" ".join(words[n:]) for n in range(len(words)))
    return any(
        (agent := register.named(t)) is not None and agent.carries_words for t in tails
    )


def _marker(line: Line, at: int, last: int, markers: Sequence[str]) -> int:
    """Return how many tokens a marker takes that stands here, 0 if none does."""
    for length in (4, 3, 2, 1):
        if at + length <= last:
            said = line.parsed.text[
                line.tokens[at].start : line.tokens[at + length - 1].end
            ]
            if said.lower() in markers:
                return length
    return 0


def _phrase_end(
    line: Line, at: int, last: int, lexicon: Lexicon, *, stop_at_slots: bool = False
) -> int:
    """Return where the noun phrase that begins here ends."""
    slots = lexicon.slots
    first = at
    while at < last and line.tokens[at].pos in _PHRASE and at not in line.quoted:
        if (
            at > first
            and stop_at_slots
            and (
                _marker(line, at, last, slots.occasion_markers)
                or _marker(line, at, last, slots.medium_markers)
            )
        ):
            break
        if at > first and _marker(line, at, last, slots.occasion_markers):
            break
        at += 1
    while at > first and line.tokens[at - 1].pos in {"ADP", "DET"}:
        at -= 1
    return at


def _cut(line: Line, first: int, end: int) -> Excerpt:
    span = line.stretch(first, end - 1)
    return Excerpt.cut(line.text, Span(span.start, span.end))
