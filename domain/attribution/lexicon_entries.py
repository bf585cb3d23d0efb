"""Entries of a lexicon: what each verb, preposition, marker or modal is known for.

Every entry has an example in which it works, and a test that tries it.
"""

from __future__ import annotations

from domain.model.commitment import Act, ConditionKind, Level
from domain.model.value import Value
from domain.model.word import Word

Words = tuple[str, ...]


class CueClass(Word):
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
    OFFER = "offer"
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
    passive: bool = False
    """Whether who is its subject in the passive is who speaks ("was quoted as")."""
    strict: bool = False
    """Needs a quotation or complementizer; too common otherwise ("voir")."""
    particles: Words = ()
    """Words beside the verb without which it reports nothing ("faire part")."""
    only: Words = ()
    """Infinitives that alone it reports ("n'a pas souhaité commenter")."""
    prepositions: Words = ()
    """Prepositions of its own under which it reports a phrase ("plaider pour")."""
    light: Words = ()
    """Lemmas behind which alone its infinitive reports ("faire savoir")."""
    commitment: Level | None = None
    example: str


class SourcePreposition(Value):
    """A preposition that names a source ("selon")."""

    words: Words
    initial_only: bool = False
    pronoun: str | None = None
    """The pronoun inside these words that names the source ("по его словам")."""
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
    before: Words = ()
    """Words of which one must follow ("prêt à"); none where it counts alone."""
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
    weak: bool = False
    """Whether it is one only behind a negation or a necessity ("il faut … avant de")."""
    example: str
