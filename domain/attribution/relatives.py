"""Cues in relative clauses and in clauses that stand before the main one.

1. "X, who said that …, left": the antecedent speaks, and the clause ends at its comma.
2. "the port, which X said …", "X, à qui Y a dit …": the words are torn apart; no
   statement is made of them.
3. "While X said that …, Y left": the clause ends at its comma.
"""

from __future__ import annotations

from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.phrases import marker, phrase_end, word
from domain.attribution.sources import Source, of_tokens, starts
from domain.attribution.verb_groups import Cue

_EDGES = {",", ";", ":", "(", ")", "–", "—"}


def relative_of(line: Line, cue: Cue, floor: int, lexicon: Lexicon) -> int | None:
    """Return the relative pronoun that opens the clause of a cue, if one does."""
    for at in range(cue.first - 1, floor, -1):
        token = line.tokens[at]
        if at in line.quoted or token.text in _EDGES:
            return None
        if token.feats.get("VerbForm") == "Fin":
            return None
        if _is_relative(line, at, lexicon):
            return at
    return None


def _is_relative(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Tell a relative pronoun from a complementizer of the same form, by what precedes."""
    grammar, said = lexicon.grammar, word(line, at)
    if said not in grammar.relative_pronouns:
        return False
    if said not in grammar.complementizers:
        return True
    before = at - 2 if word(line, at - 1) == "," else at - 1
    return before >= 0 and line.tokens[before].pos in {"NOUN", "PROPN"}


def is_object_relative(line: Line, cue: Cue, floor: int, lexicon: Lexicon) -> bool:
    """Tell whether a cue stands in a relative clause whose pronoun is not its subject."""
    at = relative_of(line, cue, floor, lexicon)
    if at is None or cue.inverted is not None:
        return False
    if antecedent(line, cue, floor, lexicon) is not None:
        return False
    between = line.tokens[at + 1 : cue.first]
    return any(t.pos != "ADV" for t in between) or line.tokens[at - 1].pos == "ADP"


def antecedent(line: Line, cue: Cue, floor: int, lexicon: Lexicon) -> Source | None:
    """Return whom a relative pronoun that is the subject of a cue goes back to."""
    at = relative_of(line, cue, floor, lexicon)
    if at is None or any(t.pos != "ADV" for t in line.tokens[at + 1 : cue.first]):
        return None
    case = line.tokens[at].feats.get("Case", "Nom")
    if line.tokens[at - 1].pos == "ADP" or case not in {"Nom", ""}:
        return None
    end = at - 1 if word(line, at - 1) == "," else at
    for start in starts(line, floor, end, lexicon):
        if phrase_end(line, start, end, lexicon) == end > start:
            return of_tokens(line, start, end)
    return None


def is_bounded(line: Line, cue: Cue, floor: int, lexicon: Lexicon) -> bool:
    """Tell whether the clause of a cue ends at a comma, the main clause behind it."""
    at = relative_of(line, cue, floor, lexicon)
    if at is not None:
        return word(line, at - 1) == ","
    grammar = lexicon.grammar
    openers = {*grammar.contrasts, *grammar.conditionals, *grammar.conjunctions}
    opens = marker(line, floor, cue.first, openers - set(grammar.complementizers))
    verbs = line.tokens[floor + opens : cue.first]
    return bool(opens) and not any(t.feats.get("VerbForm") == "Fin" for t in verbs)


def next_comma(line: Line, at: int, limit: int, lexicon: Lexicon) -> int:
    """Return the first comma outside quotations that opens no reported clause."""
    for index in range(at, limit):
        if index in line.quoted or word(line, index) != ",":
            continue
        if word(line, index + 1) not in lexicon.grammar.complementizers:
            return index
    return limit
