"""Closed classes of words and facts of word order of one language."""

from __future__ import annotations

from functools import cached_property

from pydantic import Field

from domain.attribution.lexicon_entries import Words
from domain.model.value import Value


class Grammar(Value):
    """Function words and facts of word order."""

    complementizers: Words
    no_complementizer_after: Words
    zero_complementizer: bool = False
    """Whether a clause may be reported without one ("he said it was over")."""
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
    emphatics: Words = ()
    """Pronouns behind a name that only stress it ("himself")."""
    reporter_conjunctions: Words = ()
    """Words that open a circumstance of the reporter's behind a cue ("as", "amid")."""
    reflexives: Words
    datives: Words
    """Pronouns in the verb group that name to whom."""
    gerund_particles: Words
    without: Words
    """"without": behind it an infinitive reports like a gerund ("sans exclure")."""
    light_verbs: Words
    """Verbs behind which an infinitive of saying reports ("se borner à confirmer")."""
    necessities: Words = ()
    """Forms that say what must be ("il faut"): they depend on what comes behind."""
    prompts: Words = ()
    """Words that open what somebody was asked, no report ("Interrogé sur …")."""
    inner_adverbials: Words
    """Phrases between auxiliary and participle ("de son côté")."""
    as_words: Words = ()
    """Words before a cue that make its clause an insertion ("as X said")."""
    negators: Words
    second_negators: Words
    """Words that complete a negation ("pas")."""
    restrictors: Words
    corrections: Words = ()
    """Words that join what is denied to what holds instead ("не X, а Y")."""
    """Words that make a negation a restriction ("ne … que")."""
    neither: Words
    negative_determiners: Words
    negative_predicates: Words = ()
    """Words that are the negated predicate of a clause, wherever it stands ("ليس")."""
    negator_adjacent: bool = False
    """Whether a negator stands right before the word that it negates ("не")."""
    time_prepositions: Words = ()
    """Prepositions before a date ("on Friday")."""
    negator_behind: bool = False
    """Whether a negation stands behind its finite verb ("is not")."""
    comma_before_clause: bool = False
    """Whether a comma always stands before a subordinate clause."""
    themes: Words
    tails: Words
    """Words behind a comma that open what the source did not say."""
    abbreviations: Words
    idle_objects: Words = ()
    """Nouns that a verb of saying takes without a statement ("requis l'anonymat")."""
    inside: Words = ()
    """Prepositions of a body in which people speak, unnamed ("в компании сообщили")."""
    sequels: Words = ()
    """What opens the next thing said, in an infinitive or gerund ("avant d'ajouter")."""
    indefinites: Words = ()
    """Determiners that open an apposition to all that is reported ("…, une mesure")."""
    circumstances: Words = ()
    """What tells, right behind quoted words, when or why they were said ("après")."""
    titles: dict[str, str]
    """Titles before a surname ("M."), with their gender: no part of a name."""
    genitive_complements: bool = False
    """Whether a noun takes its complement without a preposition ("глава МИД")."""
    adverbs: Words = ()
    """Adverbs, for languages without a parser."""
    converbs: dict[str, str] = Field(default_factory=dict)
    """Converb to the lemma of its verb, for languages without a parser."""
    finite_endings: Words = ()
    """Endings of finite verbs, for languages without a parser."""
    verb_lemma_endings: Words = ()
    """Endings that every lemma of a verb has, where a parser makes up verbs."""
    infinitive_endings: Words = ()
    """Endings of infinitives, where no parser tells them."""
    verb_first: bool = False
    """Whether the verb of a clause stands before its subject."""
    definite_prefix: str = ""
    """What makes a noun definite, in scripts without capitals: no name begins so."""
    possessed_endings: Words = ()
    """Endings that say whose something is, in scripts without capitals: no name has them."""
    prefixes: Words = ()
    """Conjunctions written in one with the next word."""
    noun_endings: Words = ()
    """Endings that a noun loses where it is inflected, the longest first."""
    addressee_case: str = ""
    """The case of whom one speaks to, where that needs no preposition."""
    possessives: Words = ()
    """Endings inside a phrase that name an owner ("Valdoria's")."""
    name_particles: Words
    """Small words inside a name ("Ursula von der Leyen")."""
    auxiliaries: Words
    passives: Words = ()
    """Auxiliaries of the passive, by lemma."""
    conditionals: Words = ()
    """Words that open a condition ("if")."""
    if_concedes: bool = False
    """Whether they may concede too ("Si X assure que …, Y …")."""
    even: Words = ()
    """Words before a condition that make it a concession ("even if")."""
    intentions: Words = ()
    """Light verbs that in the present tell what is still to be said ("veut dire")."""
    relative_pronouns: Words
    endings: dict[str, Words]
    """Ending of a lemma to the endings of its finite forms, for what parsers mistag."""
    stem_changes: dict[str, str] = Field(default_factory=dict)
    """End of a stem to what it is spelt before some endings ("tempér", "tempèr")."""
    participle_endings: Words
    """Endings of gender and number behind a past participle."""
    participles: dict[str, Words]
    """Ending of a lemma to the endings of its participles."""

    @cached_property
    def negations(self) -> frozenset[str]:
        """All words that negate, whatever their place."""
        words = (*self.negators, *self.second_negators, *self.negative_determiners)
        return frozenset(words)

    @cached_property
    def dependent(self) -> frozenset[str]:
        """All words of which a weak condition may say on what they depend."""
        return self.negations | frozenset(self.necessities)


class Roles(Value):
    """Nouns for persons and bodies, by which sources are told from other phrases."""

    persons: dict[str, str]
    """Lemma to gender: ``m``, ``f``, ``?``."""
    generic: Words
    """Role nouns that may stand for anybody named before ("le dirigeant")."""
    spokespersons: Words
    bodies: frozenset[str]
    """Nouns of bodies; asked of every word, so a set."""
    former: Words = ()
    """Adjectives of an office that is not held now ("ancien", "futur")."""
    documents: Words
    """Things that say something ("un rapport"), sources of their own."""
    sayings: Words
    """Nouns of saying that open a report ("Réponse de X :")."""
    definite: Words
    """Determiners of somebody who is known already."""
    bare_is_definite: bool = False
    """Whether a noun without determiner is somebody known, as where none exist."""
    unnamed: Words
    generic_bodies: Words = ()
    """Nouns for any body named before ("le groupe", "the company")."""
    given_names: dict[str, Words] = Field(default_factory=dict)
    """Gender to first names that the press of the language writes of often."""

    @cached_property
    def gender_of(self) -> dict[str, str]:
        """First name, in lower case, to gender."""
        return {
            name.lower(): gender
            for gender, names in self.given_names.items()
            for name in names
        }


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
    loose_markers: Words = ()
    """Markers of an occasion only where an event follows ("at")."""
    events: Words = ()
    """Nouns of occasions."""


class Hedges(Value):
    """Words that commit to nothing, and denials inside content."""

    non_commitment: Words
    """Phrases, lower case, that make the level 0."""
    possible: Words
    """Phrases, lower case, that leave something open ("n'est pas exclu")."""
    affirming_negations: Words
    """Negated cues that affirm a possibility ("n'exclut pas")."""
