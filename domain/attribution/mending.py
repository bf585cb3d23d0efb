"""What a parser is known to get wrong, put right before anything else reads it.

1. A word that the parser does not know, right behind a noun, is often read as a verb
   whose lemma is no infinitive ("la Fédération valdorienne"): it is an adjective.
2. A verb of saying behind "et" that governs an infinitive is often read as a noun
   ("exige les comptes et menace de partir").
"""

from __future__ import annotations

from dataclasses import replace

from domain.attribution.lexicon import Lexicon
from domain.attribution.parsing import ParsedLine, Token

_NOUNS = {"NOUN", "PROPN", "ADJ"}


def mended(parsed: ParsedLine, lexicon: Lexicon) -> ParsedLine:
    """Return a parsed line whose unknown words are no verbs behind a noun."""
    infinitives = lexicon.grammar.verb_lemma_endings
    if not infinitives:
        return parsed
    tokens = list(parsed.tokens)
    for at, token in enumerate(tokens):
        if _is_coordinated(tokens, at, lexicon):
            lemma = lexicon.verbs_by_form[token.text.lower()][0].lemma
            tokens[at] = replace(
                token, pos="VERB", lemma=lemma, feats={"VerbForm": "Fin"}
            )
        if not at or tokens[at - 1].pos not in _NOUNS:
            continue
        known = token.text.lower() in lexicon.verbs_by_form
        if _is_unknown(token, infinitives) and not known:
            feats = {k: v for k, v in token.feats.items() if k == "Number"}
            tokens[at] = replace(token, pos="ADJ", feats=feats)
    return ParsedLine(parsed.text, tokens, parsed.sentences)


def _is_unknown(token: Token, infinitives: tuple[str, ...]) -> bool:
    """Tell a verb that the parser has guessed: its lemma is the word, no infinitive."""
    return (
        token.pos == "VERB"
        and token.lemma.lower() == token.text.lower()
        and not token.lemma.lower().endswith(infinitives)
    )


def _is_coordinated(tokens: list[Token], at: int, lexicon: Lexicon) -> bool:
    """Tell a verb of saying between "et" and its infinitive from a noun."""
    if not 0 < at < len(tokens) - 2 or tokens[at].pos != "NOUN":
        return False
    grammar = lexicon.grammar
    return (
        tokens[at - 1].text.lower() in grammar.coordinators
        and tokens[at + 1].text.lower() in grammar.infinitive_markers
        and tokens[at + 2].feats.get("VerbForm") == "Inf"
        and any(
            v.infinitive for v in lexicon.verbs_by_form.get(tokens[at].text.lower(), ())
        )
    )
