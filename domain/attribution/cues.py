"""Cues: the verb groups that make words reported speech.

A cue is a verb of the lexicon outside any quotation, finite or a present participle.
Its group runs from its first auxiliary, negation or clitic to the verb. A verb that
stands inside what another cue reports is no cue: one cue, one statement.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.attribution.lexicon import CueVerb, Lexicon
from domain.attribution.lines import Line
from domain.attribution.parsing import Token


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb group; ``first`` and ``last`` are token indices, both included."""

    verb: CueVerb
    first: int
    last: int
    gerund: bool
    negated: bool
    inverted: int | None
    """Index of the subject pronoun inside the group ("a-t-il"), if there is one."""


def find_cues(line: Line, lexicon: Lexicon) -> list[Cue]:
    """Return the cues of a line, in order."""
    found = []
    for token in line.tokens:
        if token.index in line.quoted:
            continue
        verb = _verb(line, token, lexicon)
        if verb is not None and (cue := _cue(line, token, verb, lexicon)) is not None:
            found.append(cue)
    return found


def _verb(line: Line, token: Token, lexicon: Lexicon) -> CueVerb | None:
    by_lemma = lexicon.verb_by_lemma
    if token.pos in {"VERB", "AUX"}:
        found = by_lemma.get(token.lemma.lower())
        return found or by_lemma.get(token.text.lower())
    before = line.tokens[token.index - 1] if token.index else None
    if before is not None and before.lemma.lower() in lexicon.grammar.auxiliaries:
        return lexicon.verb_by_participle.get(token.text.lower())
    return None


def _cue(line: Line, token: Token, verb: CueVerb, lexicon: Lexicon) -> Cue | None:
    form = token.feats.get("VerbForm")
    if verb.light:
        return _behind_light(line, token, verb, lexicon)
    if form == "Inf":
        return None
    gerund = form == "Part" and token.feats.get("Tense") == "Pres"
    first, auxiliary, negated, inverted = _group(line, token.index, lexicon)
    last = token.index
    if inverted is None:
        inverted = _pronoun_after(line, token, lexicon)
        last = inverted if inverted is not None else last
    if form == "Part" and not gerund and not auxiliary:
        return None  # a bare past participle describes, it does not report
    if gerund:
        first = token.index
    return Cue(verb, first, last, gerund, negated, inverted)


def _behind_light(
    line: Line, token: Token, verb: CueVerb, lexicon: Lexicon
) -> Cue | None:
    """Return the cue of an infinitive behind a light verb ("a fait savoir")."""
    before = line.tokens[token.index - 1] if token.index else None
    if before is None or before.lemma.lower() not in verb.light:
        return None
    if before.feats.get("VerbForm") == "Inf":
        return None
    first, _, negated, inverted = _group(line, before.index, lexicon)
    return Cue(
        verb, first, token.index, gerund=False, negated=negated, inverted=inverted
    )


def _group(
    line: Line, index: int, lexicon: Lexicon
) -> tuple[int, bool, bool, int | None]:
    """Return first index, whether an auxiliary was met, negation, inverted pronoun."""
    grammar = lexicon.grammar
    first, auxiliary, negated = index, False, False
    inverted: int | None = None
    at = index - 1
    while at >= 0 and at not in line.quoted:
        token = line.tokens[at]
        word = token.text.lower()
        if word in grammar.negators:
            negated = True
        elif token.lemma.lower() in grammar.auxiliaries and token.pos in {
            "AUX",
            "VERB",
        }:
            auxiliary = True
        elif word.startswith("-"):
            inverted = at if word.strip("-") in grammar.subject_pronouns else inverted
        elif token.pos == "ADV" or (token.pos == "PRON" and _is_clitic(token, lexicon)):
            if token.pos == "ADV" and auxiliary and token.dep != "advmod":
                break
        else:
            break
        first, at = at, at - 1
    while first < index and _is_plain_adverb(line.tokens[first], lexicon):
        first += 1
    return first, auxiliary, negated, inverted


def _is_clitic(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a pronoun is an object or reflexive, never a subject."""
    return (
        token.text.lower() not in lexicon.grammar.subject_pronouns
        and token.text.lower() not in lexicon.grammar.relative_pronouns
        and not token.dep.startswith("nsubj")
    )


def _is_plain_adverb(token: Token, lexicon: Lexicon) -> bool:
    return token.pos == "ADV" and token.text.lower() not in lexicon.grammar.negators


def _pronoun_after(line: Line, token: Token, lexicon: Lexicon) -> int | None:
    """Return the subject pronoun hyphened to the verb ("dit-il"), if there is one."""
    for at in range(token.index + 1, min(token.index + 3, len(line.tokens))):
        word = line.tokens[at].text.lower()
        if not word.startswith("-"):
            return None
        if word.strip("-").removeprefix("t-") in lexicon.grammar.subject_pronouns:
            return at
    return None
