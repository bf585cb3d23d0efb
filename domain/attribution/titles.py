"""Quotation marks around a name are no quotation: "la chaîne « Le Port »"."""

from __future__ import annotations

from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.phrases import lemma_in
from domain.attribution.quotes import Quotation

LONGEST = 5
"""Words of a name in quotation marks."""


def without_titles(line: Line, lexicon: Lexicon) -> Line:
    """Return the line without the quotations that only name something."""
    kept = [q for q in line.quotations if not _is_title(line, q, lexicon)]
    return line if len(kept) == len(line.quotations) else line.with_quotations(kept)


def _is_title(line: Line, quotation: Quotation, lexicon: Lexicon) -> bool:
    """Tell a name from words: short, without a verb, behind what bears names."""
    inside = [t for t in line.tokens if quotation.holds(line.place(t).start)]
    if not inside or len(inside) > LONGEST or not inside[0].index:
        return False
    if any(t.feats.get("VerbForm") == "Fin" for t in inside):
        return False
    named = inside[0].text[:1].isupper() or inside[0].text[:1].isdigit()
    kinds = (lexicon.slots.outlets, lexicon.slots.media, lexicon.roles.bodies)
    bearer = inside[0].index - 1
    return named and any(lemma_in(line, bearer, kind) for kind in kinds)
