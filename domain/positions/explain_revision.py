"""A revision in one sentence, in English or French: what it reads, since when, and why.

The sentence is made from the revision alone. Days are those of recording, in UTC; the
seqs of the events stand beside them, since much may be recorded on one day.
"""

from __future__ import annotations

from domain.model.value import Value
from domain.positions.cause_wording import Names, cause_in_words
from domain.positions.causes import Cause
from domain.positions.revisions import Labelled, Revision
from domain.positions.wording import day_in_words, label_in_words, value_in_words


class _Words(Value):
    """What a sentence is made of, in one language."""

    language: str
    reads: str
    read: str
    instead: str
    instead_read: str
    until: str


_ENGLISH = _Words(
    language="en",
    reads="Since {cause}, on {day} (event {seq}), this reads {now}",
    read="From {cause}, on {day} (event {seq}), this read {now}",
    instead="This read {before} until {day}; since {cause} (event {seq}) it reads {now}",
    instead_read=(
        "This read {before} until {day}; from {cause} (event {seq}) it read {now}"
    ),
    until=", until {cause}, on {day} (event {seq})",
)
_FRENCH = _Words(
    language="fr",
    reads="Depuis {cause}, le {day} (événement {seq}), l'étiquette est : {now}",
    read="Après {cause}, le {day} (événement {seq}), l'étiquette était : {now}",
    instead=(
        "L'étiquette était : {before}, jusqu'au {day} ; depuis {cause} (événement {seq}), "
        "c'est : {now}"
    ),
    instead_read=(
        "L'étiquette était : {before}, jusqu'au {day} ; après {cause} (événement {seq}), "
        "c'était : {now}"
    ),
    until=" ; ce n'est plus le cas depuis {cause}, le {day} (événement {seq})",
)
_LANGUAGES = {"en": _ENGLISH, "fr": _FRENCH}


def explain_revision(
    revision: Revision, *, names: Names = str, language: str = "en"
) -> str:
    """Return the sentence of a revision; in English where the language has none.

    ``names`` is what a reader calls the agents that were judged.
    """
    words = _LANGUAGES.get(language, _ENGLISH)
    over, before = revision.ended_by, revision.before
    if before is None:
        sentence = words.reads if over is None else words.read
    else:
        sentence = words.instead if over is None else words.instead_read
    told = sentence.format(
        **_event(revision.cause, revision, names, words),
        now=_labelled(revision.labelled, words),
        before=_labelled(before, words) if before is not None else "",
    )
    if over is not None:
        told += words.until.format(**_event(over, revision, names, words))
    return f"{told}."


def _event(
    cause: Cause, revision: Revision, names: Names, words: _Words
) -> dict[str, object]:
    called = cause_in_words(
        cause, revision.statement, names=names, language=words.language
    )
    day = day_in_words(cause.recorded_at, words.language)
    return {"cause": called, "day": day, "seq": cause.seq}


def _labelled(labelled: Labelled, words: _Words) -> str:
    label = label_in_words(labelled.label, words.language, again=labelled.again)
    return f"{label} ({value_in_words(labelled.value, words.language)})"
