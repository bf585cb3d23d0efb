"""Whether the main proposition of some words is negated.

1. A negation belongs to the verb that it stands beside, before it or behind it, as the
   language has it; "ne … que" restricts and does not negate.
2. A negative word that opens the clause negates it ("personne n'a …", "no deal"), and
   so does one that is its predicate ("нет", "нельзя").
3. A clause without a verb that the parser knows is negated by any negator in it; a
   reported phrase only by one that opens it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from domain.attribution.lexicon import Lexicon
from domain.attribution.lexicon_grammar import Grammar
from domain.attribution.parsing import Token

_WITHIN = 4
"""Tokens before a verb in which its negation is looked for."""
_BEHIND = 2
"""Tokens behind a finite verb in which its negation stands, where it stands there."""
_RESTRICTS_WITHIN = 6
"""Tokens behind a verb in which "que" makes "ne" a restriction."""


def is_negated(
    tokens: Sequence[Token],
    clause: Sequence[Token],
    main: Token | None,
    lexicon: Lexicon,
    *,
    whole: bool,
) -> bool:
    """Tell whether the proposition of a clause is negated.

    ``tokens`` are all that is said, ``clause`` its main clause, ``main`` the verb of
    that; ``whole`` tells a clause from a phrase.
    """
    grammar = lexicon.grammar
    determiners = set(grammar.negative_determiners)
    opening = {t.text.lower() for t in tokens[:1]}
    if main is None:
        if whole:
            predicate = any(_is(t, grammar.negative_predicates) for t in tokens)
            return predicate or _verbless(clause, grammar)
        return bool(opening & {*grammar.negators, *determiners})
    if main.text.lower() in determiners:
        return True
    if any(_is(t, determiners) and t.index < main.index for t in tokens[:2]):
        return True
    within = 1 if grammar.negator_adjacent else _WITHIN
    near = any(
        _is(t, grammar.negators)
        and 0 < main.index - t.index <= within
        and not _is_spent(tokens, t.index, main.index)
        for t in tokens
    )
    if near and _is_restriction(tokens, main, grammar):
        return False
    return near or (
        grammar.negator_behind and _is_negated_behind(tokens, main, grammar)
    )


def _verbless(clause: Sequence[Token], grammar: Grammar) -> bool:
    """Tell whether a clause without a known verb is negated.

    "Not only" does not negate, and what is corrected affirms: "не X, а Y", "X, а не Y".
    """
    predicates = {*grammar.negators, *grammar.negative_determiners}
    if any(_is(token, grammar.corrections) for token in clause):
        return False
    return any(
        _is(token, predicates)
        and not any(_is(next_, grammar.restrictors) for next_ in clause[n + 1 : n + 2])
        for n, token in enumerate(clause)
    )


def _is_spent(tokens: Sequence[Token], negator: int, main: int) -> bool:
    """Tell whether a negation belongs to an infinitive before the verb ("ne pas agir")."""
    return any(
        negator < t.index < main and t.feats.get("VerbForm") in {"Inf", "Ger"}
        for t in tokens
    )


def _is_negated_behind(tokens: Sequence[Token], main: Token, grammar: Grammar) -> bool:
    words = {*grammar.negators, *grammar.negative_determiners}
    return any(_is(t, words) and 0 < t.index - main.index <= _BEHIND for t in tokens)


def _is_restriction(tokens: Sequence[Token], main: Token, grammar: Grammar) -> bool:
    """Tell "ne … que" from a negation: "que" follows, and no second negator before."""
    for token in tokens:
        if not main.index < token.index <= main.index + _RESTRICTS_WITHIN:
            continue
        if _is(token, grammar.second_negators):
            return False
        if _is(token, grammar.restrictors):
            return True
    return False


def _is(token: Token, words: Collection[str]) -> bool:
    return token.text.lower() in words
