"""A transition in one sentence, in English or French: what changed, and by which rule.

The sentence is made from the position alone, in the words of ``wording``. It gives both
values, the reason that the rule states, the number of the rule, and how much evidence
stands on either side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.model.value import Value
from domain.positions.labels import Delta, Label
from domain.positions.timeline import Position
from domain.positions.wording import (
    days_in_words,
    label_in_words,
    listed,
    one_with,
    value_in_words,
)


class _Words(Value):
    """What a sentence is made of, in one language.

    ``came`` and ``went`` are for one condition and for several.
    """

    language: str
    sentence: str
    after: str
    why: Mapping[Label, str]
    why_again: str
    came: tuple[str, str]
    went: tuple[str, str]


_ENGLISH = _Words(
    language="en",
    sentence=(
        "{holder} on “{question}”: {now} ({days}){after}; {label}, because {why} "
        "(rule {rule}; evidence: {count}, before: {count_before})."
    ),
    after=", after: {before}",
    why={
        Label.REAFFIRMED: "the value is the same as before",
        Label.RETRACTED: "earlier words were taken back",
        Label.STATED: "no earlier position is on record",
        Label.AMBIVALENT: ("what was said contradicts itself"),
        Label.CLARIFIED: "the earlier contradiction is gone",
        Label.REVERSED: "the side changed",
        Label.COMMITTED: "a side was taken where there was none",
        Label.BACKED_OFF: "the side was left for no commitment",
        Label.CONDITION_CHANGED: "{came}, and {went}",
        Label.CONDITION_ADDED: "{came}",
        Label.CONDITION_DROPPED: "{went}",
        Label.STRENGTHENED: "the commitment rose by {step}",
        Label.SOFTENED: "the commitment fell by {step}",
    },
    why_again="the position before was taken back",
    came=("the condition {} was added", "the conditions {} were added"),
    went=("the condition {} was dropped", "the conditions {} were dropped"),
)
_FRENCH = _Words(
    language="fr",
    sentence=(
        "{holder}, sur « {question} » : {now} ({days}){after} ; {label}, car {why} "
        "(règle {rule} ; pièces : {count}, avant : {count_before})."
    ),
    after=", après : {before}",
    why={
        Label.REAFFIRMED: "la valeur est la même qu'avant",
        Label.RETRACTED: "des propos antérieurs ont été rétractés",
        Label.STATED: "aucune position antérieure n'est au registre",
        Label.AMBIVALENT: ("des propos se contredisent"),
        Label.CLARIFIED: "la contradiction précédente a disparu",
        Label.REVERSED: "le camp a changé",
        Label.COMMITTED: "un camp a été choisi, là où il n'y en avait aucun",
        Label.BACKED_OFF: "le camp a été quitté, sans nouvel engagement",
        Label.CONDITION_CHANGED: "{came}, et {went}",
        Label.CONDITION_ADDED: "{came}",
        Label.CONDITION_DROPPED: "{went}",
        Label.STRENGTHENED: "l'engagement a augmenté de {step}",
        Label.SOFTENED: "l'engagement a diminué de {step}",
    },
    why_again="la position précédente avait été rétractée",
    came=("la condition {} a été ajoutée", "les conditions {} ont été ajoutées"),
    went=("la condition {} a été levée", "les conditions {} ont été levées"),
)
_LANGUAGES = {"en": _ENGLISH, "fr": _FRENCH}


def explain(
    position: Position,
    *,
    holder: str,
    question: str,
    stands_for: Sequence[str] = (),
    language: str = "en",
) -> str:
    """Return the sentence of a position; in English where the language has none.

    ``holder``, ``question`` and those whom the holder ``stands_for`` are named as a
    reader knows them.
    """
    if stands_for:
        holder = f"{holder} ({one_with(stands_for, language)})"
    words = _LANGUAGES.get(language, _ENGLISH)
    before, after = position.previous, ""
    if before is not None:
        after = words.after.format(before=value_in_words(before, words.language))
    return words.sentence.format(
        question=question,
        holder=holder,
        now=value_in_words(position.value, words.language),
        days=days_in_words(position.earliest, position.latest, words.language),
        after=after,
        label=label_in_words(
            position.transition.label, words.language, again=position.again
        ),
        why=_why(position, words),
        rule=position.transition.rule,
        count=len(position.statements),
        count_before=len(position.previous_evidence),
    )


def _why(position: Position, words: _Words) -> str:
    """Return the reason of a label, as its rule states it."""
    step = position.transition
    if position.again:
        return words.why_again
    delta = step.delta or Delta(commitment=0)
    return words.why[step.label].format(
        came=_told(words.came, delta.gained, words.language),
        went=_told(words.went, delta.dropped, words.language),
        step=abs(delta.commitment),
    )


def _told(forms: tuple[str, str], conditions: tuple[str, ...], language: str) -> str:
    """Return what happened to conditions, in the number that they are."""
    if not conditions:
        return ""
    one, several = forms
    pattern = one if len(conditions) == 1 else several
    return pattern.format(listed(conditions, language))
