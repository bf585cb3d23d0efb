"""The words of one language by which statements are found and judged.

All knowledge of a language that is words lives in these values, read from
``seeds/lexicons/<language>/``; the rules know classes of words only. Every cue has
an example in which it is found, and a test that finds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import Field

from domain.attribution.date_words import DateWords
from domain.model.commitment import Act, ConditionKind, Level
from domain.model.value import Value

Words = tuple[str, ...]


class CueClass(StrEnum):
    """What sort of saying a cue is; it gives the act where nothing else does."""

    SAY = "say"
    ADD = "add"
    CONFIRM = "confirm"
    DENY = "deny"
    EVALUATE = "evaluate"
    DEMAND = "demand"
    PROPOSE = "propose"
    PROMISE = "promise"
    THREATEN = "threaten"
    INVITE = "invite"
    ACCEPT = "accept"
    REFUSE = "refuse"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


ACTS: dict[CueClass, Act] = {
    CueClass.SAY: Act.ASSERT,
    CueClass.ADD: Act.ASSERT,
    **{each: Act(each.value) for each in CueClass if each.value in set(Act)},
}


class CueVerb(Value):
    """A verb of saying: lemma, past participle, and what it may govern.

    ``infinitive`` allows an infinitive, under a marker or not ("promettre de", "dit
    vouloir"), ``object`` a bare noun phrase ("démentir l'accord"), ``of`` a phrase under
    a preposition ("parler de"), ``question`` a dependent question ("expliquer comment"),
    ``predicate`` what the speaker says to be ("se dire prêt"). ``addresses`` tells that
    the object is the one spoken to ("exhorter X à"), ``negates`` that the cue turns the
    polarity of what it governs ("démentir").
    """

    lemma: str
    participle: str
    kind: CueClass = CueClass.SAY
    infinitive: bool = False
    object: bool = False
    of: bool = False
    question: bool = False
    predicate: bool = False
    addresses: bool = False
    negates: bool = False
    strict: bool = False
    """Needs a quotation or complementizer; too common otherwise ("voir")."""
    particles: Words = ()
    """Words beside the verb without which it reports nothing ("faire part")."""
    only: Words = ()
    """Infinitives that alone it reports ("n'a pas souhaité commenter")."""
    light: Words = ()
    """Lemmas behind which alone its infinitive reports ("faire savoir")."""
    commitment: Level | None = None
    example: str


class SourcePreposition(Value):
    """A preposition that names a source ("selon")."""

    words: Words
    initial_only: bool = False
    example: str


class Marker(Value):
    """Words that open a line or stretch of text that is not the article."""

    words: str
    reason: str
    cuts: bool = True
    """Whether what follows is cut too, or only the line itself."""
    example: str


class Modal(Value):
    """A word that sets how firmly something is said."""

    lemma: str
    commitment: Level
    conditional: Level | None = None
    """The level in the conditional mood ("devrait"), where it differs."""
    act: Act | None = None
    verb: bool = False
    """Whether it is a verb, and counts only as the main verb or one beside it."""
    example: str


class ConditionMarker(Value):
    """Words that open a condition."""

    words: str
    kind: ConditionKind
    governs: bool = False
    """Whether the condition is what follows, without these words ("dépend de")."""
    not_after: Words = ()
    """Words behind which this is no condition ("savoir si")."""
    not_before: Words = ()
    """Words before which this is no condition ("sans que")."""
    example: str


class Grammar(Value):
    """Function words and facts of word order."""

    complementizers: Words
    no_complementizer_after: Words
    infinitive_markers: Words
    interrogatives: Words
    """Words that open a dependent question."""
    of: Words
    """Prepositions of what is spoken about ("parler d'un pas")."""
    coordinators: Words
    joiners: Words
    """Words that join two parts of one phrase ("et")."""
    conjunctions: Words
    """Words behind which a subordinate clause begins."""
    contrasts: Words
    prepositions: Words
    """Prepositions inside a noun phrase."""
    initial_prepositions: Words
    """Prepositions as they open a sentence, where they look like another word."""
    reported_adverbs: Words
    """Adverbs that open what is reported ("ne", "tout")."""
    participle_prepositions: Words
    """Prepositions that a participle in a phrase governs ("publiée par")."""
    subject_pronouns: dict[str, str]
    """Form to gender and number: ``fs``, ``mp``, ``?s``."""
    impersonal: Words
    """Subject pronouns that may stand for nobody."""
    own_pronouns: Words
    """Pronouns of the first and second person."""
    reflexives: Words
    datives: Words
    """Pronouns in the verb group that name to whom."""
    gerund_particles: Words
    without: Words
    """"without": behind it an infinitive reports like a gerund ("sans exclure")."""
    light_verbs: Words
    """Verbs behind which an infinitive of saying reports ("se borner à confirmer")."""
    inner_adverbials: Words
    """Phrases between auxiliary and participle ("de son côté")."""
    negators: Words
    second_negators: Words
    """Words that complete a negation ("pas")."""
    restrictors: Words
    """Words that make a negation a restriction ("ne … que")."""
    neither: Words
    negative_determiners: Words
    themes: Words
    tails: Words
    """Words behind a comma that open what the source did not say."""
    abbreviations: Words
    titles: dict[str, str]
    """Titles before a surname ("M."), with their gender: no part of a name."""
    name_particles: Words
    """Small words inside a name ("Ursula von der Leyen")."""
    auxiliaries: Words
    relative_pronouns: Words
    endings: dict[str, Words]
    """Ending of a lemma to the endings of its finite forms, for what parsers mistag."""
    participle_endings: Words
    """Endings of gender and number behind a past participle."""
    participles: dict[str, Words]
    """Ending of a lemma to the endings of its participles."""


class Roles(Value):
    """Nouns for persons and bodies, by which sources are told from other phrases."""

    persons: dict[str, str]
    """Lemma to gender: ``m``, ``f``, ``?``."""
    generic: Words
    """Role nouns that may stand for anybody named before ("le dirigeant")."""
    spokespersons: Words
    bodies: Words
    documents: Words
    """Things that say something ("un rapport"), sources of their own."""
    sayings: Words
    """Nouns of saying that open a report ("Réponse de X :")."""
    definite: Words
    """Determiners of somebody who is known already."""
    unnamed: Words


class Slots(Value):
    """Words of addressees, media and occasions."""

    addressee_markers: Words
    addressees: Words
    press: Words
    """Addressees whom one speaks in front of."""
    audience_markers: Words
    """Markers of an occasion that name an addressee before the press ("devant")."""
    medium_markers: Words
    media: Words
    outlets: Words
    networks: Words
    outlet_markers: Words
    """Markers of the outlet inside a carrier ("une interview avec X")."""
    occasion_markers: Words


class Hedges(Value):
    """Words that commit to nothing, and denials inside content."""

    non_commitment: Words
    """Phrases, lower case, that make the level 0."""
    possible: Words
    """Phrases, lower case, that leave something open ("n'est pas exclu")."""
    affirming_negations: Words
    """Negated cues that affirm a possibility ("n'exclut pas")."""


class Lexicon(Value):
    """All lexicons of one language."""

    language: str
    version: str
    verbs: tuple[CueVerb, ...]
    prepositions: tuple[SourcePreposition, ...]
    markers: tuple[Marker, ...]
    modals: tuple[Modal, ...]
    conditions: tuple[ConditionMarker, ...]
    grammar: Grammar
    roles: Roles
    slots: Slots
    hedges: Hedges
    dates: DateWords

    @cached_property
    def verbs_by_form(self) -> dict[str, tuple[CueVerb, ...]]:
        """Cue verbs by lemma, participle and finite form; those with particles first.

        A parser gives the wrong lemma to what it does not know, so forms count too.
        """
        forms: dict[str, dict[str, CueVerb]] = {}
        for verb in sorted(self.verbs, key=lambda verb: not verb.particles):
            for form in (verb.lemma, verb.participle, *self._finite(verb)):
                forms.setdefault(form, {})[verb.example] = verb
        return {form: tuple(verbs.values()) for form, verbs in forms.items()}

    @cached_property
    def verbs_by_finite_form(self) -> dict[str, tuple[CueVerb, ...]]:
        """Cue verbs by finite form alone."""
        finite = {form for verb in self.verbs for form in self._finite(verb)}
        return {form: self.verbs_by_form[form] for form in finite}

    @cached_property
    def verbs_by_participle(self) -> dict[str, tuple[CueVerb, ...]]:
        """Cue verbs by past participle, in any gender and number."""
        forms: dict[str, dict[str, CueVerb]] = {}
        for verb in sorted(self.verbs, key=lambda verb: not verb.particles):
            for ending in ("", *self.grammar.participle_endings):
                forms.setdefault(f"{verb.participle}{ending}", {})[verb.example] = verb
        return {form: tuple(verbs.values()) for form, verbs in forms.items()}

    def _finite(self, verb: CueVerb) -> Iterator[str]:
        if not verb.light:
            yield from self._forms(verb.lemma)

    def _forms(self, lemma: str) -> Iterator[str]:
        for ending, others in self.grammar.endings.items():
            if lemma.endswith(ending):
                stem = lemma.removesuffix(ending)
                yield from (f"{stem}{other}" for other in others)

    def is_form_of(self, lemma: str, form: str, lemmas: Words) -> bool:
        """Tell whether a word belongs to one of some lemmas, whatever the parser says."""
        return lemma in lemmas or any(
            form in forms
            for each in lemmas
            for forms in (tuple(self._forms(each)), tuple(self._participles(each)))
        )

    def _participles(self, lemma: str) -> Iterator[str]:
        for ending, others in self.grammar.participles.items():
            if lemma.endswith(ending):
                stem = lemma.removesuffix(ending)
                yield from (f"{stem}{other}" for other in others)

    @cached_property
    def modal_by_lemma(self) -> dict[str, Modal]:
        """Modals by lemma."""
        return {modal.lemma: modal for modal in self.modals}


Example = Annotated[str, Field(min_length=1)]
