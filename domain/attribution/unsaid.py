"""Cues under which nothing was said by anybody named: no statement is made of them.

1. ``passive``: the subject is whom it was told to ("was told that").
2. ``not_yet``: a future, a conditional, a subjunctive, an intention ("doit annoncer").
3. ``hypothetical``: a condition ("if he says that").
4. ``denied``: a negated cue of saying ("n'a pas dit que"), unless its negation affirms
   ("n'exclut pas") or restricts ("n'a dit que"). To deny, confirm, accept or refuse
   is a position, negated or not.
5. ``relative``: the words are torn apart ("the port, which X said …").
6. ``asked``: the reporter's own question ("A-t-il dit que … ?").
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.attribution.lexicon import Lexicon
from domain.attribution.lexicon_entries import CueClass
from domain.attribution.lines import Line
from domain.attribution.parsing import Token
from domain.attribution.phrases import word
from domain.attribution.relatives import is_object_relative
from domain.attribution.sources import pronoun_of, source_before
from domain.attribution.verb_groups import VERBAL, Cue

_SAYING = {
    CueClass.SAY,
    CueClass.ADD,
    CueClass.DEMAND,
    CueClass.PROPOSE,
    CueClass.PROMISE,
    CueClass.THREATEN,
    CueClass.INVITE,
    CueClass.OFFER,
}


def unsaid(line: Line, cue: Cue, floor: int, lexicon: Lexicon) -> str | None:
    """Return why a cue tells of no utterance, None if it does.

    ``floor`` is the first token of its sentence.
    """
    verbs = list(_verbs(line, cue, lexicon))
    if _is_passive(verbs, cue, lexicon):
        return "passive"
    if _is_not_yet(verbs, lexicon):
        return "not_yet"
    if _is_hypothetical(line, cue, floor, verbs, lexicon):
        return "hypothetical"
    if is_object_relative(line, cue, floor, lexicon):
        return "relative"
    if _is_asked(line, cue, lexicon):
        return "asked"
    return "denied" if _is_denied(line, cue, lexicon) else None


def _verbs(line: Line, cue: Cue, lexicon: Lexicon) -> Iterator[Token]:
    """Yield the verbs of a cue and its auxiliaries."""
    for token in line.tokens[cue.first : cue.last + 1]:
        if token.pos in VERBAL or token.lemma.lower() in lexicon.grammar.auxiliaries:
            yield token


def _is_passive(verbs: list[Token], cue: Cue, lexicon: Lexicon) -> bool:
    if cue.verb.passive or cue.reflexive or not verbs[1:]:
        return False
    auxiliary, last = verbs[-2:]
    participle = last.feats.get("VerbForm") == "Part"
    passive = auxiliary.lemma.lower() in lexicon.grammar.passives
    return participle and passive and last.feats.get("Tense") != "Pres"


def _is_not_yet(verbs: list[Token], lexicon: Lexicon) -> bool:
    if not verbs:
        return False
    first = verbs[0]
    if _is_plainly_present(first, lexicon):
        return first.lemma.lower() in lexicon.grammar.intentions
    if any(t.feats.get("Mood") == "Cnd" for t in verbs):
        return True
    if first is not verbs[-1] and first.feats.get("Mood") == "Sub":
        return True  # of an auxiliary only: other verbs look like the indicative
    if any(t.feats.get("Tense") == "Fut" for t in verbs):
        return True
    intends = first.lemma.lower() in lexicon.grammar.intentions
    return intends and first.feats.get("Tense") in {"Pres", "Imp"}


def _is_plainly_present(verb: Token, lexicon: Lexicon) -> bool:
    """Tell whether the form of a verb is no future, whatever the parser says.

    Where verbs have aspects, the same ending makes a present or a future.
    """
    known = verb.text.lower() in lexicon.verbs_by_finite_form
    return known and "Aspect" not in verb.feats and verb.feats.get("Tense") == "Fut"


def _is_hypothetical(
    line: Line, cue: Cue, floor: int, verbs: list[Token], lexicon: Lexicon
) -> bool:
    """Tell whether "if" opens the clause of a cue.

    Where "if" may concede ("Si X assure que …, Y …"), the imperfect tells.
    """
    grammar = lexicon.grammar
    past = bool(verbs) and verbs[0].feats.get("Tense") == "Imp"
    if not grammar.conditionals or (grammar.if_concedes and not past):
        return False
    source = pronoun_of(line, cue, lexicon) or source_before(line, cue, floor, lexicon)
    first = source.first if source is not None else cue.first
    opens = word(line, first - 1) in grammar.conditionals
    return opens and word(line, first - 2) not in grammar.even


def _is_asked(line: Line, cue: Cue, lexicon: Lexicon) -> bool:
    if cue.inverted is None:
        return False
    last = line.sentence_of(cue.last).last - 1
    asks = word(line, last).startswith("?") and last not in line.quoted
    return asks and word(line, cue.last + 1) in lexicon.grammar.complementizers


def _is_denied(line: Line, cue: Cue, lexicon: Lexicon) -> bool:
    if not cue.negated or cue.verb.kind not in _SAYING or cue.verb.negates:
        return False
    if cue.verb.lemma in lexicon.hedges.affirming_negations:
        return False
    grammar = lexicon.grammar
    inside = {word(line, at) for at in range(cue.first, cue.last + 1)}
    restricts = word(line, cue.last + 1) in grammar.restrictors
    if restricts and not inside & set(grammar.second_negators):
        return False
    return not (grammar.neither and inside & set(grammar.neither))
