"""Cues: the verb groups that make words reported speech.

A cue is a verb of the lexicon, finite or a present participle. Its group runs from its
first auxiliary, negation or clitic to the verb, adverbs between them included.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.attribution.lexicon import CueVerb, Lexicon
from domain.attribution.lines import Line
from domain.attribution.parsing import Token
from domain.attribution.phrases import marker, word

_VERBAL = {"VERB", "AUX"}


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


def find_cues(line: Line, lexicon: Lexicon, *, inside: bool = False) -> list[Cue]:
    """Return the cues of a line, in order: the reporter's, or those in quotations.

    Words of the first or second person inside a quotation are the speaker's own, and
    a gerund there continues them.
    """
    return [
        cue
        for cue in _cues(line, lexicon)
        if (cue.last in line.quoted) is inside
        and not (inside and (cue.gerund or _is_own(line, cue, lexicon)))
    ]


def _cues(line: Line, lexicon: Lexicon) -> Iterator[Cue]:
    last = -1
    for token in line.tokens:
        if token.index <= last or (verb := verb_of(line, token, lexicon)) is None:
            continue
        cue = _cue(line, token, verb, lexicon)
        if cue is not None:
            cue = _coordinated_negation(line, cue, lexicon)
            last = cue.last
            yield cue


def _is_own(line: Line, cue: Cue, lexicon: Lexicon) -> bool:
    said = {word(line, i).strip("-'") for i in range(cue.first, cue.last + 1)}
    return bool(said & set(lexicon.grammar.own_pronouns))


def verb_of(line: Line, token: Token, lexicon: Lexicon) -> CueVerb | None:
    """Return the verb of the lexicon that a token is, if it is one."""
    form, lemma = token.text.lower(), token.lemma.lower()
    before = line.tokens[token.index - 1] if token.index else None
    if token.pos in _VERBAL:
        known = lexicon.verbs_by_form
        verbs = known.get(lemma) or known.get(form) or ()
    elif before is not None and (
        before.lemma.lower() in lexicon.grammar.auxiliaries
        or before.text.startswith("-")
    ):
        verbs = lexicon.verbs_by_participle.get(form, ())
    elif _is_verb_place(line, token.index, lexicon):
        verbs = lexicon.verbs_by_finite_form.get(form, ())
    else:
        verbs = ()
    fitting = (v for v in verbs if not v.particles or particle_of(line, token.index, v))
    return next(fitting, None)


def particle_of(line: Line, at: int, verb: CueVerb) -> tuple[int, int] | None:
    """Return how many tokens before and behind a verb its particle takes."""
    if word(line, at - 1) in verb.particles:
        return 1, 0
    limit = min(len(line.tokens), at + 4)
    behind = marker(line, at + 1, limit, verb.particles) if at + 1 < limit else 0
    return (0, behind) if behind else None


def _is_verb_place(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Tell whether only a verb can stand here, whatever the parser says.

    Behind a closed quotation and its comma, or behind a subject or reflexive pronoun.
    """
    before = word(line, at - 1)
    closes = before == "," and at - 1 not in line.quoted and at - 2 in line.quoted
    grammar = lexicon.grammar
    pronoun = before in grammar.subject_pronouns or before in grammar.reflexives
    return closes or pronoun


def _cue(line: Line, token: Token, verb: CueVerb, lexicon: Lexicon) -> Cue | None:
    form = _form_of(line, token, lexicon)
    gerund = form == "Part" and token.feats.get("Tense") == "Pres"
    if verb.light or form == "Inf":
        return _behind_light(line, token, verb, lexicon)
    group = _Group(line, token.index, lexicon)
    particle = particle_of(line, token.index, verb) or (0, 0)
    if gerund:
        opened = _opened(line, token.index, lexicon.grammar.gerund_particles)
        return Cue(verb, opened, token.index + particle[1], gerund=True)
    inverted, last = group.inverted, token.index + particle[1]
    if inverted is None:
        inverted = _pronoun_after(line, token, lexicon)
        last = inverted if inverted is not None else last
    apart = not group.auxiliary and inverted is None
    if form == "Part" and apart and not _may_be_finite(line, token, lexicon):
        return None  # a bare past participle describes, it does not report
    return group.cue(verb, last, inverted)


def _may_be_finite(line: Line, token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a participle may be a present ("…, écrit X"), behind a comma."""
    finite = token.text.lower() in lexicon.verbs_by_finite_form
    return finite and word(line, token.index - 1) == ","


def _form_of(line: Line, token: Token, lexicon: Lexicon) -> str | None:
    """Return the form of a verb; behind an auxiliary it is the participle it looks like."""
    before = line.tokens[token.index - 1] if token.index else None
    aided = before is not None and (before.lemma.lower() in lexicon.grammar.auxiliaries)
    if aided and token.text.lower() in lexicon.verbs_by_participle:
        return "Part"
    return token.feats.get("VerbForm")


def _behind_light(
    line: Line, token: Token, verb: CueVerb, lexicon: Lexicon
) -> Cue | None:
    """Return the cue of an infinitive behind a light verb.

    Such verbs are named by the cue ("a fait savoir") or by the language ("s'est borné
    à confirmer"); "sans exclure" reports like a gerund.
    """
    grammar, at = lexicon.grammar, token.index - 1
    if not verb.light and word(line, at) in grammar.without:
        affirms = verb.lemma in lexicon.hedges.affirming_negations
        cue = Cue(verb, at, token.index, gerund=True, negated=True)
        return cue if affirms else None
    if not verb.light and word(line, at) in grammar.infinitive_markers:
        at -= 1
    light = verb.light or grammar.light_verbs
    before = line.tokens[at] if at >= 0 else None
    weak = verb.strict and not verb.light
    if (
        weak
        or before is None
        or not lexicon.is_form_of(before.lemma.lower(), before.text.lower(), light)
    ):
        return None
    if before.feats.get("VerbForm") == "Inf":
        return None
    group = _Group(line, at, lexicon)
    gerund = (
        before.feats.get("VerbForm") == "Part" and before.feats.get("Tense") == "Pres"
    )
    return replace(group.cue(verb, token.index, group.inverted), gerund=gerund)


class _Group:
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
        elif token.lemma.lower() in grammar.auxiliaries and token.pos in _VERBAL:
            self.auxiliary = True
        elif said.startswith("-"):
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


def _opened(line: Line, at: int, openers: tuple[str, ...]) -> int:
    """Return where a gerund begins with its particles ("tout en précisant")."""
    first = at
    while word(line, first - 1) in openers:
        first -= 1
    return first


def _coordinated_negation(line: Line, cue: Cue, lexicon: Lexicon) -> Cue:
    """Return "n'a ni confirmé ni infirmé" as one cue."""
    at = cue.last + 1
    negators = lexicon.grammar.negators
    if word(line, at) not in negators or word(line, at + 1) == "":
        return cue
    form = line.tokens[at + 1].feats.get("VerbForm")
    return replace(cue, last=at + 1) if form == "Part" else cue


def _pronoun_after(line: Line, token: Token, lexicon: Lexicon) -> int | None:
    """Return the subject pronoun hyphened to the verb ("dit-il"), if there is one."""
    for at in range(token.index + 1, min(token.index + 3, len(line.tokens))):
        said = word(line, at)
        if not said.startswith("-"):
            return None
        if said.strip("-").removeprefix("t-") in lexicon.grammar.subject_pronouns:
            return at
    return None


def group_of(line: Line, token: Token, lexicon: Lexicon) -> Cue | None:
    """Return the group of any verb as a cue that says nothing of its own."""
    group = _Group(line, token.index, lexicon)
    if token.feats.get("VerbForm") == "Part" and not group.auxiliary:
        return None
    following = line.tokens[token.index + 1 : token.index + 2]
    auxiliary = token.lemma.lower() in lexicon.grammar.auxiliaries
    if auxiliary and following and following[0].feats.get("VerbForm") == "Part":
        return None  # the participle is the verb
    plain = CueVerb(lemma=token.lemma.lower(), participle=token.text, example="-")
    return group.cue(plain, token.index, group.inverted)
