"""Quotation marks around a name are no quotation: "la chaîne « Le Port »".

A name is short and has no finite verb. It stands
1. behind what bears names: a body, outlet, medium;
2. with a capital behind any other noun ("le film « Le Port »"), or behind a
   preposition with nothing but names in it ("sur « Le Port »");
3. with a capital between a verb and what it reports (сказал «Порту», что …).
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.parsing import Token
from domain.attribution.phrases import lemma_in, word
from domain.attribution.quotes import Quotation

LONGEST = 5
"""Words of a name in quotation marks."""
_SHORT = 3
"""Words of the name of an outlet that was spoken to."""
_WORDS = frozenset({"NOUN", "PROPN", "ADJ", "VERB", "ADV", "X"})


def without_titles(line: Line, lexicon: Lexicon) -> Line:
    """Return the line without the quotations that only name something."""
    named = [q for q in line.quotations if _is_title(line, q, lexicon)]
    return line.with_titles(named) if named else line


def _is_title(line: Line, quotation: Quotation, lexicon: Lexicon) -> bool:
    """Tell a name from words: short, without a verb, where names stand."""
    inside = line.begun_in(quotation.outer)
    if not inside or len(inside) > LONGEST or not inside[0].index:
        return False
    words = {t.text.lower() for t in inside}
    spoken = bool(words & lexicon.grammar.negations)
    if spoken or any(t.feats.get("VerbForm") == "Fin" for t in inside):
        return False
    first = inside[0].text[:1]
    named = first.isupper() or first.isdigit()
    named = named or bool(lexicon.grammar.definite_prefix)
    kinds = (lexicon.slots.outlets, lexicon.slots.media, lexicon.roles.bodies)
    bearer = inside[0].index - 1
    if named and any(lemma_in(line, bearer, kind) for kind in kinds):
        return True
    return first.isupper() and (
        line.tokens[bearer].pos == "NOUN"
        or (line.tokens[bearer].pos == "ADP" and _is_proper(inside))
        or _is_told(line, inside, lexicon)
    )


def _is_proper(inside: Sequence[Token]) -> bool:
    """Tell whether every word that carries meaning has a capital, or the first alone."""
    return all(t.text[:1].isupper() for t in inside if t.pos in _WORDS) or (
        len(inside) <= _SHORT and inside[-1].text[:1].isalpha()
    )


def _is_told(line: Line, inside: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tell whether what is reported follows: the name is that of who was told.

    It stands right behind the verb ("сказал «Порту», что", "рассказал «Порту» мэр"), or
    right before it ("«Порту» рассказали, что").
    """
    bearer, at = inside[0].index - 1, inside[-1].index + 1
    if len(inside) > _SHORT or at >= len(line.tokens):
        return False
    if line.tokens[bearer].pos == "VERB":
        named = line.tokens[at].pos in {"NOUN", "PROPN"}
        return named or word(line, at) == ":" or _opens_clause(line, at, lexicon)
    return line.tokens[at].pos == "VERB" and (
        word(line, at + 1) == ":" or _opens_clause(line, at + 1, lexicon)
    )


def _opens_clause(line: Line, comma: int, lexicon: Lexicon) -> bool:
    """Tell whether a reported clause opens behind a comma."""
    complementizers = lexicon.grammar.complementizers
    return word(line, comma) == "," and word(line, comma + 1) in complementizers
