"""The words around a verb that belong to it: auxiliaries, negations, clitics, adverbs."""

from __future__ import annotations

from dataclasses import dataclass

from domain.attribution.lexicon import Lexicon
from domain.attribution.lexicon_entries import CueVerb
from domain.attribution.lines import Line
from domain.attribution.parsing import Token
from domain.attribution.phrases import marker, word

VERBAL = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb group; ``first`` and ``last`` are token indices, both included.

    ``inverted`` is the subject pronoun inside the group ("a-t-il"), ``told`` the
    pronoun that names to whom ("leur a dit"), ``reflexive`` that the verb turns back
    on its subject ("s'est dit prêt").
    """

    verb: CueVerb
    first: int
    last: int
    gerund: bool = False
    negated: bool = False
    inverted: int | None = None
    told: int | None = None
    reflexive: bool = False


class VerbGroup:
    """The words of a verb group before its verb, read backwards."""

    def __init__(self, line: Line, index: int, lexicon: Lexicon) -> None:
        self.first = index
        self.auxiliary = self.negated = self.reflexive = False
        self.inverted: int | None = None
        self.told: int | None = None
        self._line, self._lexicon = line, lexicon
        at = index
        while at > 0 and (step := self._step(at - 1)):
            at -= step
            if self._counts(at):
                self.first = at

    def cue(self, verb: CueVerb, last: int, inverted: int | None) -> Cue:
        """Return the cue of this group."""
        first = self.first
        if self.told == first and first < last:
            first += 1  # to whom is a slot of its own, not the cue
        return Cue(
            verb,
            first,
            last,
            negated=self.negated,
            inverted=inverted,
            told=self.told,
            reflexive=self.reflexive,
        )

    def _step(self, at: int) -> int:
        """Take in what ends at a token; return how many tokens, 0 if none."""
        line, grammar = self._line, self._lexicon.grammar
        token, said = line.tokens[at], word(line, at)
        if (length := _ends_with(line, at, grammar.inner_adverbials)) and (
            self._auxiliary_before(at - length)
        ):
            return length
        if said in grammar.negators:
            self.negated = True
        elif said in grammar.reflexives:
            self.reflexive = True
        elif token.lemma.lower() in grammar.auxiliaries and token.pos in VERBAL:
            self.auxiliary = True
        elif said.startswith("-") and said != "-":
            subject = said.strip("-") in grammar.subject_pronouns
            self.inverted = at if subject else self.inverted
        elif said in grammar.datives and not self._is_subject(token):
            self.told = at
        elif not (token.pos == "ADV" or self._is_clitic(token)):
            return 0
        return 1

    def _auxiliary_before(self, at: int) -> bool:
        return at >= 0 and (
            self._line.tokens[at].lemma.lower() in self._lexicon.grammar.auxiliaries
        )

    def _counts(self, at: int) -> bool:
        """Tell whether a group may begin here: an adverb alone does not open it."""
        plain = self._line.tokens[at].pos == "ADV"
        return not plain or word(self._line, at) in self._lexicon.grammar.negators

    def _is_clitic(self, token: Token) -> bool:
        """Tell whether a pronoun is an object, never a subject."""
        grammar, said = self._lexicon.grammar, token.text.lower()
        return (
            token.pos == "PRON"
            and said not in grammar.subject_pronouns
            and said not in grammar.relative_pronouns
            and not token.dep.startswith("nsubj")
        )

    def _is_subject(self, token: Token) -> bool:
        return token.dep.startswith("nsubj") or token.pos == "DET"


def _ends_with(line: Line, at: int, phrases: tuple[str, ...]) -> int:
    """Return how many tokens a phrase takes that ends at a token, 0 if none does."""
    for length in (4, 3, 2):
        first = at - length + 1
        if first >= 0 and marker(line, first, first + length, phrases) == length:
            return length
    return 0


def group_of(line: Line, token: Token, lexicon: Lexicon) -> Cue | None:
    """Return the group of any verb as a cue that says nothing of its own."""
    group = VerbGroup(line, token.index, lexicon)
    if token.feats.get("VerbForm") == "Part" and not group.auxiliary:
        return None
    following = line.tokens[token.index + 1 : token.index + 2]
    auxiliary = token.lemma.lower() in lexicon.grammar.auxiliaries
    if auxiliary and following and following[0].feats.get("VerbForm") == "Part":
        return None  # the participle is the verb
    plain = CueVerb(lemma=token.lemma.lower(), participle=token.text, example="-")
    return group.cue(plain, token.index, group.inverted)
