"""The words of one language by which statements are found and judged.

All knowledge of a language that is words lives in these values, read from
``seeds/lexicons/<language>/``; the rules know classes of words only. Every cue has
an example in which it is found, and a test that finds it.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import Field

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

    ``infinitive`` allows an infinitive under a marker ("promettre de"), ``object`` a
    bare noun phrase ("démentir l'accord"), ``content`` is true where the cue itself
    turns the polarity of what it governs ("démentir", "exclure").
    """

    lemma: str
    participle: str
    kind: CueClass = CueClass.SAY
    infinitive: bool = False
    object: bool = False
    negates: bool = False
    strict: bool = False
    """Needs a quotation or complementizer; too common otherwise ("voir")."""
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
    example: str


class ConditionMarker(Value):
    """Words that open a condition."""

    words: str
    kind: ConditionKind
    example: str


class Grammar(Value):
    """Function words and facts of word order."""

    complementizers: Words
    no_complementizer_after: Words
    infinitive_markers: Words
    coordinators: Words
    contrasts: Words
    articles: Words
    prepositions: Words
    subject_pronouns: dict[str, str]
    """Form to gender and number: ``fs``, ``mp``, ``?s``."""
    expletives: Words
    gerund_particles: Words
    negators: Words
    negative_determiners: Words
    themes: Words
    abbreviations: Words
    titles: Words
    """Titles before a surname ("M."): no part of a name."""
    name_particles: Words
    """Small words inside a name ("Ursula von der Leyen")."""
    auxiliaries: Words
    relative_pronouns: Words
    time_words: Words
    """Words for a day that a parser may take into a name."""


class Roles(Value):
    """Nouns for persons and bodies, by which sources are told from other phrases."""

    persons: dict[str, str]
    """Lemma to gender: ``m``, ``f``, ``?``."""
    spokespersons: Words
    bodies: Words
    unnamed: Words


class Slots(Value):
    """Words of addressees, media and occasions."""

    addressee_markers: Words
    addressees: Words
    medium_markers: Words
    media: Words
    outlets: Words
    occasion_markers: Words


class Hedges(Value):
    """Words that commit to nothing, and denials inside content."""

    non_commitment: Words
    """Phrases, lower case, that make the level 0."""
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

    @cached_property
    def verb_by_lemma(self) -> dict[str, CueVerb]:
        """Cue verbs by lemma, and by participle for what the parser does not know."""
        lemmas = {verb.lemma: verb for verb in self.verbs}
        return dict(self.verb_by_participle) | lemmas

    @cached_property
    def verb_by_participle(self) -> dict[str, CueVerb]:
        """Cue verbs by past participle."""
        return {verb.participle: verb for verb in self.verbs}

    @cached_property
    def modal_by_lemma(self) -> dict[str, Modal]:
        """Modals by lemma."""
        return {modal.lemma: modal for modal in self.modals}


Example = Annotated[str, Field(min_length=1)]
