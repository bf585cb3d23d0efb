"""Words of a speaker behind a bare colon: "Mira Solen, ministre : « … »".

Only a line that opens with somebody and no verb, and where a quotation follows the
colon at once; anything looser would take a headline for speech.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.attribution.clauses import word
from domain.attribution.lines import Line
from domain.attribution.sources import Source
from domain.model.span import Span

_NAME = {"DET", "NOUN", "PROPN", "ADJ", "ADP", "NUM"}


@dataclass(frozen=True, slots=True)
class Bare:
    """A source and the quotation that it opens."""

    source: Source
    content: Span
    colon: int
    """Token index of the colon."""


def find_bare(line: Line) -> Bare | None:
    """Return what a line attributes by a colon alone, if anything."""
    colon = next((t.index for t in line.tokens if t.text == ":"), 0)
    if not colon or colon + 1 not in line.quoted:
        return None
    lead = line.tokens[:colon]
    if lead[0].pos == "ADP" or any(
        t.index in line.quoted or t.feats.get("VerbForm") == "Fin" for t in lead
    ):
        return None
    end = _end_of_source(line, colon)
    quotation = line.quotation_of(line.tokens[colon + 1])
    if not end or quotation is None:
        return None
    tokens = tuple(line.tokens[:end])
    return Bare(Source(line.stretch(0, end - 1), tokens), quotation.inner, colon)


def _end_of_source(line: Line, colon: int) -> int:
    """Return the token after the source: a comma and preposition open a slot."""
    at = 0
    while at < colon:
        comma = word(line, at) == ","
        if comma and line.tokens[at + 1].pos == "ADP":
            return at
        if not comma and line.tokens[at].pos not in _NAME:
            return 0
        at += 1
    return at
