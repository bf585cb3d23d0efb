"""Cues: the verb groups that make words reported speech.

A cue is a verb of the lexicon, finite or a present participle; right behind a quotation,
where who speaks follows, it is any verb ("« … », sourit-il"). Its group runs from its
first auxiliary, negation or clitic to the verb, adverbs between them included.
"""

from __future__ import annotations

from dataclasses import replace

from domain.attribution.clauses import is_behind_quotation
from domain.attribution.lexicon import Lexicon
from domain.attribution.lexicon_entries import CueVerb
from domain.attribution.lines import Line, once
from domain.attribution.parsing import Token
from domain.attribution.phrases import lemma_in, marker, phrase_end, word
from domain.attribution.verb_groups import VERBAL, Cue, VerbGroup


def find_cues(line: Line, lexicon: Lexicon, *, inside: bool = False) -> list[Cue]:
    """Return the cues of a line, in order: the reporter's, or those in quotations.

    Words of the first or second person inside a quotation are the speaker's own, and
    a gerund there continues them.
    """
    if inside and not line.quoted:
        return []
    return [
        cue
        for cue in _cues(line, lexicon)
        if (cue.last in line.quoted) is inside
        and not (inside and (cue.gerund or _is_own(line, cue, lexicon)))
    ]


@once
def _cues(line: Line, lexicon: Lexicon) -> list[Cue]:
    last = -1
    found: list[Cue] = []
    for token in line.tokens:
        if token.index <= last:
            continue
        tried = (_cue(line, token, v, lexicon) for v in verbs_of(line, token, lexicon))
        cue = next((each for each in tried if each is not None), None)
        if cue is not None:
            cue = _coordinated_negation(line, cue, lexicon)
            last = cue.last
            found.append(cue)
    return found


def _is_own(line: Line, cue: Cue, lexicon: Lexicon) -> bool:
    said = {word(line, i).strip("-'") for i in range(cue.first, cue.last + 1)}
    return bool(said & set(lexicon.grammar.own_pronouns))


def verbs_of(line: Line, token: Token, lexicon: Lexicon) -> list[CueVerb]:
    """Return the verbs of the lexicon that a token may be."""
    form, lemma = token.text.lower(), token.lemma.lower()
    if token.pos in VERBAL or token.feats.get("Variant") == "Short":
        known = lexicon.verbs_by_form
        verbs = known.get(lemma) or known.get(form) or ()
    elif _is_aided(line, token.index, lexicon):
        verbs = lexicon.verbs_by_participle.get(form, ())
    else:
        finite = lexicon.verbs_by_finite_form
        verbs = finite.get(form) or lexicon.verbs_by_form.get(lemma, ())
        if verbs and not _is_verb_place(line, token.index, lexicon):
            verbs = ()
    if not verbs and _reports_by_place(line, token, lexicon):
        return [CueVerb(lemma=lemma, participle=form, strict=True, example=form)]
    return [v for v in verbs if not v.particles or particle_of(line, token.index, v)]


def _is_aided(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Tell whether an auxiliary stands before a token, adverbs between them allowed."""
    before = at - 1
    while before > 0 and line.tokens[before].pos == "ADV":
        before -= 1
    if before < 0:
        return False
    token = line.tokens[before]
    aided = token.lemma.lower() in lexicon.grammar.auxiliaries
    return aided or (before == at - 1 and len(token.text) > 1 and token.text[0] == "-")


def _reports_by_place(line: Line, token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a verb of no lexicon reports by its place: "« … », sourit-il".

    Its group stands right behind a quotation and its comma, and who speaks behind it.
    """
    if not line.quoted or token.index in line.quoted:
        return False
    if token.pos not in VERBAL and not _may_be_verb(line, token, lexicon):
        return False
    auxiliaries = lexicon.grammar.auxiliaries
    if token.lemma.lower() in auxiliaries or token.feats.get("VerbForm") == "Inf":
        return False
    group = VerbGroup(line, token.index, lexicon)
    if not is_behind_quotation(line, group.first):
        return False
    start = token.index + 1
    if group.inverted is not None or word(line, start).startswith("-"):
        return True
    limit = line.sentence_of(token.index).last
    end = phrase_end(line, start, limit, lexicon)
    return any(
        lemma_in(line, at, lexicon.roles.persons) or line.tokens[at].pos == "PROPN"
        for at in range(start, end)
    )


def _may_be_verb(line: Line, token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a word may be a verb that the parser took for a noun.

    Behind a quotation, somebody right behind it makes it one ("« … », cingle un élu").
    """
    if token.pos not in {"NOUN", "ADJ", "PROPN", "X"} or not token.text.islower():
        return False
    if _is_aided(line, token.index, lexicon):
        return True
    behind = line.tokens[token.index + 1 : token.index + 2]
    return bool(behind) and (behind[0].pos == "DET" or behind[0].text[:1].isupper())


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
    before, grammar = word(line, at - 1), lexicon.grammar
    if is_behind_quotation(line, at):
        return True
    if before in grammar.subject_pronouns or before in grammar.reflexives:
        return True
    inverted = _pronoun_after(line, line.tokens[at], lexicon) is not None
    return inverted or before in grammar.relative_pronouns


def _cue(line: Line, token: Token, verb: CueVerb, lexicon: Lexicon) -> Cue | None:
    form = _form_of(line, token, lexicon)
    if verb.light or form == "Inf":
        return _behind_light(line, token, verb, lexicon)
    group = VerbGroup(line, token.index, lexicon)
    feats = token.feats
    present = feats.get("VerbForm") == "Part" and feats.get("Tense") == "Pres"
    gerund = present and not group.auxiliary
    particle = particle_of(line, token.index, verb) or (0, 0)
    if gerund:
        opened = _opened(line, token.index, lexicon.grammar.gerund_particles)
        if not _begins_clause(line, opened, lexicon):
            return None
        return Cue(verb, opened, token.index + particle[1], gerund=True)
    inverted, last = group.inverted, token.index + particle[1]
    if group.negated and word(line, last + 1) in lexicon.grammar.second_negators:
        last += 1  # "n'exclut pas"
    if inverted is None:
        inverted = _pronoun_after(line, token, lexicon)
        last = inverted if inverted is not None else last
    apart = not group.auxiliary and inverted is None
    finite = _may_be_finite(line, token, lexicon) or _shares(line, token, lexicon)
    if form == "Part" and apart and not finite:
        return None  # a bare past participle describes, it does not report
    return group.cue(verb, last, inverted)


def _begins_clause(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a gerund opens a clause: behind a comma, a quotation, a coordinator."""
    before = word(line, at - 1)
    if at == line.sentence_of(at).first or at - 1 in line.quoted:
        return True
    grammar = lexicon.grammar
    opens = before in grammar.coordinators or before in grammar.sequels
    return opens or before in {",", "—", "–", "-", ";"}


def _may_be_finite(line: Line, token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a participle may be a present ("…, écrit X", "X dit viser …")."""
    finite = token.text.lower() in lexicon.verbs_by_finite_form
    behind = line.tokens[token.index + 1 : token.index + 2]
    governs = bool(behind) and behind[0].feats.get("VerbForm") == "Inf"
    return finite and (governs or word(line, token.index - 1) == ",")


def _shares(line: Line, token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a participle shares an auxiliary ("a reconnu …, mais contesté …")."""
    if word(line, token.index - 1) not in lexicon.grammar.coordinators:
        return False
    for at in range(token.index - 2, line.sentence_of(token.index).first, -1):
        form = line.tokens[at].feats.get("VerbForm")
        if form == "Part" and at not in line.quoted:
            return _is_aided(line, at, lexicon)
        if form == "Fin":
            return False
    return False


def _form_of(line: Line, token: Token, lexicon: Lexicon) -> str | None:
    """Return the form of a verb; behind an auxiliary it is the participle it looks like."""
    if (
        _is_aided(line, token.index, lexicon)
        and token.text.lower() in lexicon.verbs_by_participle
    ):
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
        if (told := _narrative(line, token, verb, lexicon)) is not None:
            return told
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
    group = VerbGroup(line, at, lexicon)
    gerund = (
        before.feats.get("VerbForm") == "Part" and before.feats.get("Tense") == "Pres"
    )
    return replace(group.cue(verb, token.index, group.inverted), gerund=gerund)


def _narrative(line: Line, token: Token, verb: CueVerb, lexicon: Lexicon) -> Cue | None:
    """Return the cue of an infinitive that tells what somebody said next.

    "…, avant d'ajouter que …" goes on like a gerund; "Et X de prévenir : …" has a
    subject of its own.
    """
    grammar, at = lexicon.grammar, token.index - 1
    first = line.sentence_of(token.index).first
    if word(line, at - 1) in grammar.sequels and at - 1 > first:
        return Cue(verb, token.index, token.index, gerund=True)
    behind = word(line, token.index + 1)
    opens = behind == ":" or behind in grammar.complementizers
    if opens and word(line, first) in grammar.coordinators:
        return Cue(verb, at, token.index)
    return None


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
