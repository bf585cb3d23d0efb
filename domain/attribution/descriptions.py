"""What a phrase calls somebody: the role noun, its words, the body it names.

The role noun is that of the phrase itself: one behind a preposition belongs to
somebody else ("le bureau du président").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.names import is_capital
from domain.attribution.parsing import Token
from domain.attribution.phrases import lemma_in, word


@dataclass(frozen=True, slots=True)
class Description:
    """What an apposition calls somebody: the role noun, its words, the body it names."""

    text: str
    role: str
    words: frozenset[str]
    body: str | None
    gender: str = "?"


def describe(line: Line, first: int, last: int, lexicon: Lexicon) -> Description | None:
    """Return what a phrase calls somebody, if it holds a role noun of the lexicon."""
    for token in line.tokens[first:last]:
        role = _compound(line, token.index, lexicon) or role_of(token, lexicon)
        if role is not None and not _qualifies(line, token, first):
            break
        if token.text.lower() in lexicon.grammar.prepositions:
            return None
        bodily = token.lemma.lower() in lexicon.roles.bodies
        if bodily and lexicon.grammar.genitive_complements:
            return None
    else:
        return None
    tokens = list(line.tokens[token.index : last])
    begun = token.index
    if begun > first and lemma_in(line, begun - 1, lexicon.roles.former):
        begun -= 1  # an office of its own: who left it does not hold it
        role = f"{line.tokens[begun].lemma.lower()} {role}"
    return Description(
        text=line.stretch(begun, last - 1).words(line.text),
        role=role,
        words=content_words(tokens),
        body=_body(line, tokens, lexicon)
        or _owner(line, first, token.index - role.count(" "), lexicon),
        gender=_gender_at(line, token.index),
    )


def _qualifies(line: Line, token: Token, first: int) -> bool:
    """Tell whether a word only says which ("la Confédération générale")."""
    before = line.tokens[token.index - 1] if token.index > first else None
    return token.pos == "ADJ" and before is not None and before.pos in {"NOUN", "PROPN"}


def _owner(line: Line, first: int, role: int, lexicon: Lexicon) -> str | None:
    """Return the body before a role noun: "Kremlin spokesman", "the ministry's head"."""
    tokens = list(line.tokens[first:role])
    while tokens and tokens[-1].text.lower() in lexicon.grammar.possessives:
        tokens.pop()
    definite = lexicon.roles.definite
    while tokens and (
        tokens[0].pos in {"DET", "NUM"} or tokens[0].text.lower() in definite
    ):
        tokens.pop(0)
    kept = [t for t in tokens if t.pos in {"NOUN", "PROPN", "ADJ"} or is_capital(t)]
    named = any(
        is_capital(t) or t.lemma.lower() in lexicon.roles.bodies for t in tokens
    )
    return (
        line.named(tokens[0].index, tokens[-1].index + 1)
        if named and len(kept) == len(tokens)
        else None
    )


def _gender_at(line: Line, noun: int) -> str:
    """Return the gender that a determiner or adjective beside a noun shows."""
    for token in line.tokens[max(0, noun - 2) : noun + 2]:
        if token.index != noun and token.pos in {"DET", "ADJ"}:
            gender = token.feats.get("Gender")
            if gender is not None:
                return {"Fem": "f", "Masc": "m"}.get(gender, "?")
    return "?"


def _compound(line: Line, at: int, lexicon: Lexicon) -> str | None:
    """Return a role of two words that ends here ("press secretary")."""
    form = f"{word(line, at - 1)} {word(line, at)}"
    return form if form in lexicon.roles.persons else None


def role_of(token: Token, lexicon: Lexicon) -> str | None:
    """Return the role noun that a token is, as the lexicon lists it."""
    for form in (token.text.lower(), token.lemma.lower()):
        if form in lexicon.roles.persons:
            return form
    return None


def content_words(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the lemmas that carry meaning."""
    return frozenset(
        t.lemma.lower() for t in tokens if t.pos in {"NOUN", "PROPN", "ADJ"}
    )


def _body(line: Line, tokens: Sequence[Token], lexicon: Lexicon) -> str | None:
    """Return the body that a role noun names: the name in brackets, or its complement."""
    words = [t.text for t in tokens]
    if "(" in words:
        inside = [t for t in tokens[words.index("(") + 1 :] if t.pos == "PROPN"]
        if inside:
            return line.named(inside[0].index, inside[-1].index + 1)
        tokens = tokens[: words.index("(")]
    if "," in words:
        tokens = tokens[: words.index(",")]
    person = next((n for n, t in enumerate(tokens) if t.entity.startswith("PER")), 0)
    tokens = tokens[: person or len(tokens)]
    start = next((n for n, t in enumerate(tokens) if n and t.pos == "ADP"), None)
    if start is None and lexicon.grammar.genitive_complements:
        start = 1
    if start is None or start >= len(tokens):
        return None
    kept = list(tokens[start:])
    while kept and kept[0].pos in {"ADP", "DET"}:
        kept.pop(0)
    while kept and kept[-1].pos in {"ADP", "DET", "PUNCT"}:
        kept.pop()
    return line.named(kept[0].index, kept[-1].index + 1) if kept else None
