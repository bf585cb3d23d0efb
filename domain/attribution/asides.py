"""What may stand between a cue and who speaks or what is said: dates, slots, asides."""

from __future__ import annotations

from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.names import is_capital
from domain.attribution.phrases import (
    lemma_in,
    marker,
    opens_slot,
    phrase_end,
    word,
)

_BESIDE_SUBJECT = 12
"""Tokens of where and when that may stand between a verb and its subject."""


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
        elif (beside := _beside_subject(line, at, limit, lexicon)) > at:
            at = beside
        elif is_time(line, at, lexicon) or (adverbs and _is_adverb(line, at, lexicon)):
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


def is_time(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a date, or the preposition before one, stands here."""
    if at >= len(line.tokens) or at in line.temporal:
        return at in line.temporal
    if line.tokens[at].pos == "DET":
        return at + 1 in line.temporal  # "ce mercredi"
    before = word(line, at) in lexicon.grammar.time_prepositions
    return before and is_time(line, at + 1, lexicon)


def _beside_subject(line: Line, at: int, limit: int, lexicon: Lexicon) -> int:
    """Return where a subject begins behind where and when, in languages with cases.

    "отметила в прениях гособвинитель": ``at`` itself where none does.
    """
    opens = line.tokens[at]
    if not lexicon.grammar.genitive_complements or opens.pos != "ADP":
        return at
    for token in line.tokens[at + 1 : min(limit, at + _BESIDE_SUBJECT)]:
        if token.pos in {"VERB", "PUNCT", "SCONJ"} or token.index in line.quoted:
            break
        if token.feats.get("Case") == "Nom" and token.pos in {"NOUN", "PROPN"}:
            end = phrase_end(line, token.index, limit, lexicon)
            return token.index if speaks(line, token.index, end, lexicon) else at
    return at


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
    start = at + (length or int(word(line, at) in lexicon.slots.addressee_markers))
    end = phrase_end(line, start, limit, lexicon, appositions=False)
    if end == start:
        return 0
    return end + 1 if word(line, end) == "," else end


def _told_end(line: Line, at: int, limit: int) -> int:
    """Return where the name in quotation marks of who was told ends, 0 if none is."""
    title = line.title_of(line.tokens[at]) if at < limit else None
    if title is None or not at or line.tokens[at - 1].pos != "VERB":
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
