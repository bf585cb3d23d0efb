"""A revision in one sentence, in English or French: what it reads, since when, and why.

The sentence is made from the revision alone. Days are those of recording, in UTC; the
seqs of the events stand beside them, since much may be recorded on one day.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain.events.agent import AliasJudged
from domain.events.topic import (
    QuestionReinstated,
    QuestionWithdrawn,
    SpeakerIdentified,
    StatementAssessed,
    StatementAttributed,
    StatementDated,
    StatementsLinked,
    StatementsUnlinked,
    StatementWithdrawn,
)
from domain.model.value import Value
from domain.positions.revisions import Cause, Labelled, Revision
from domain.positions.wording import day_in_words, label_in_words, value_in_words

_BACK = "put back"
"""The name of no event: a recording that answers a withdrawal."""
_Causes = Mapping[str, tuple[str, str]]
"""What to call an event that is about this statement, and one that is not."""


class _Words(Value):
    """What a sentence is made of, in one language."""

    language: str
    reads: str
    read: str
    instead: str
    instead_read: str
    until: str
    causes: _Causes
    other: str


_ENGLISH = _Words(
    language="en",
    reads="Since {cause} on {day} (event {seq}) this reads {now}",
    read="From {cause} on {day} (event {seq}) this read {now}",
    instead="This read {before} until {day}; since {cause} (event {seq}) it reads {now}",
    instead_read=(
        "This read {before} until {day}; from {cause} (event {seq}) it read {now}"
    ),
    until=", until {cause} on {day} (event {seq})",
    causes={
        StatementAttributed.name: (
            "its recording",
            "the recording of another statement",
        ),
        _BACK: ("its reinstatement", "the reinstatement of another statement"),
        StatementWithdrawn.name: (
            "its withdrawal",
            "the withdrawal of another statement",
        ),
        SpeakerIdentified.name: (
            "the decision on its speaker",
            "the decision on the speaker of another statement",
        ),
        StatementDated.name: (
            "the decision on its date",
            "the decision on the date of another statement",
        ),
        StatementAssessed.name: (
            "the decision on what it says",
            "the decision on what another statement says",
        ),
        StatementsLinked.name: (
            "its link to another statement",
            "the link between two other statements",
        ),
        StatementsUnlinked.name: (
            "the end of its link to another statement",
            "the end of the link between two other statements",
        ),
        QuestionWithdrawn.name: ("", "the withdrawal of the question"),
        QuestionReinstated.name: ("", "the reinstatement of the question"),
        AliasJudged.name: ("", "the judgement whether two agents are one"),
    },
    other="an event of another kind",
)
_FRENCH = _Words(
    language="fr",
    reads="Depuis {cause}, le {day} (événement {seq}), on lit ici : {now}",
    read="Depuis {cause}, le {day} (événement {seq}), on lisait ici : {now}",
    instead=(
        "On lisait ici : {before}, jusqu'au {day} ; depuis {cause} (événement {seq}), "
        "on lit : {now}"
    ),
    instead_read=(
        "On lisait ici : {before}, jusqu'au {day} ; depuis {cause} (événement {seq}), "
        "on lisait : {now}"
    ),
    until=" ; ce n'est plus le cas depuis {cause}, le {day} (événement {seq})",
    causes={
        StatementAttributed.name: (
            "son enregistrement",
            "l'enregistrement d'une autre déclaration",
        ),
        _BACK: ("son rétablissement", "le rétablissement d'une autre déclaration"),
        StatementWithdrawn.name: (
            "son retrait du registre",
            "le retrait d'une autre déclaration du registre",
        ),
        SpeakerIdentified.name: (
            "la décision sur son locuteur",
            "la décision sur le locuteur d'une autre déclaration",
        ),
        StatementDated.name: (
            "la décision sur sa date",
            "la décision sur la date d'une autre déclaration",
        ),
        StatementAssessed.name: (
            "la décision sur ce qu'elle dit",
            "la décision sur ce que dit une autre déclaration",
        ),
        StatementsLinked.name: (
            "son lien avec une autre déclaration",
            "le lien entre deux autres déclarations",
        ),
        StatementsUnlinked.name: (
            "la fin de son lien avec une autre déclaration",
            "la fin du lien entre deux autres déclarations",
        ),
        QuestionWithdrawn.name: ("", "le retrait de la question"),
        QuestionReinstated.name: ("", "le rétablissement de la question"),
        AliasJudged.name: ("", "la décision sur l'identité de deux acteurs"),
    },
    other="un événement d'une autre sorte",
)
_LANGUAGES = {"en": _ENGLISH, "fr": _FRENCH}


def explain_revision(revision: Revision, *, language: str = "en") -> str:
    """Return the sentence of a revision; in English where the language has none."""
    words = _LANGUAGES.get(language, _ENGLISH)
    over, before = revision.ended_by, revision.before
    if before is None:
        sentence = words.reads if over is None else words.read
    else:
        sentence = words.instead if over is None else words.instead_read
    told = sentence.format(
        **_event(revision.cause, revision, words),
        now=_labelled(revision.labelled, words),
        before=_labelled(before, words) if before is not None else "",
    )
    if over is not None:
        told += words.until.format(**_event(over, revision, words))
    return f"{told}."


def cause_in_words(cause: Cause, revision: Revision, *, language: str = "en") -> str:
    """Return what happened, as seen from the statement of a revision."""
    return _called(cause, revision, _LANGUAGES.get(language, _ENGLISH))


def _event(cause: Cause, revision: Revision, words: _Words) -> dict[str, object]:
    return {
        "cause": _called(cause, revision, words),
        "day": day_in_words(cause.recorded_at, words.language),
        "seq": cause.seq,
    }


def _called(cause: Cause, revision: Revision, words: _Words) -> str:
    own, others = words.causes.get(
        _BACK if cause.answers else cause.name, (words.other, words.other)
    )
    return own if revision.statement in cause.statements else others


def _labelled(labelled: Labelled, words: _Words) -> str:
    label = label_in_words(labelled.label, words.language, again=labelled.again)
    return f"{label} ({value_in_words(labelled.value, words.language)})"
