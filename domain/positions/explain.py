"""A transition in one sentence, in English or French: what changed, and by which rule.

The sentence is made from the position alone. It gives both values, the reason that
the rule states, the number of the rule, and how much evidence stands on either side.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain.model.value import Value
from domain.positions.labels import BlockValue, Label, NoStance, Stance
from domain.positions.timeline import Position


class _Words(Value):
    """What a sentence is made of, in one language."""

    sentence: str
    after: str
    stances: tuple[str, ...]
    conditions: str
    no_stance: Mapping[NoStance, str]
    label: Mapping[Label, str]
    why: Mapping[Label, str]


_ENGLISH = _Words(
    sentence=(
        "On “{question}” {holder} said: {now} ({days}){after}; {label}, because {why} "
        "(rule {rule}; statements: {count}, before: {count_before})."
    ),
    after=", after: {before}",
    stances=(
        "certainly not",
        "probably not",
        "possibly not",
        "no commitment",
        "possibly",
        "probably",
        "certainly",
    ),
    conditions="{stance}, on the condition {conditions}",
    no_stance={
        NoStance.AMBIVALENT: "things that contradict one another",
        NoStance.NONE: "nothing that still stands",
    },
    label={
        **{label: label.value.replace("_", " ") for label in Label},
        Label.STATED: "stated for the first time on record, or again",
    },
    why={
        Label.REAFFIRMED: "the value is the one before",
        Label.RETRACTED: "the words were only taken back",
        Label.STATED: "no position stands before it",
        Label.AMBIVALENT: "statements of the same days contradict one another",
        Label.CLARIFIED: "the contradiction before is gone",
        Label.REVERSED: "the side changed",
        Label.COMMITTED: "a side was taken where there was none",
        Label.BACKED_OFF: "the side was left for no commitment",
        Label.CONDITION_CHANGED: "{gained} came and {dropped} went",
        Label.CONDITION_ADDED: "{gained} came",
        Label.CONDITION_DROPPED: "{dropped} went",
        Label.STRENGTHENED: "the commitment rose by {step}",
        Label.SOFTENED: "the commitment fell by {step}",
    },
)
_FRENCH = _Words(
    sentence=(
        "Sur « {question} », {holder} a dit : {now} ({days}){after} ; {label}, car {why} "
        "(règle {rule} ; déclarations : {count}, avant : {count_before})."
    ),
    after=", après : {before}",
    stances=(
        "certainement pas",
        "probablement pas",
        "peut-être pas",
        "aucun engagement",
        "peut-être",
        "probablement",
        "certainement",
    ),
    conditions="{stance}, à la condition {conditions}",
    no_stance={
        NoStance.AMBIVALENT: "des choses qui se contredisent",
        NoStance.NONE: "plus rien qui tienne",
    },
    label={
        Label.STATED: "déclaré pour la première fois connue, ou de nouveau",
        Label.REAFFIRMED: "réaffirmé",
        Label.STRENGTHENED: "renforcé",
        Label.SOFTENED: "adouci",
        Label.CONDITION_ADDED: "condition ajoutée",
        Label.CONDITION_DROPPED: "condition levée",
        Label.CONDITION_CHANGED: "condition changée",
        Label.COMMITTED: "engagé",
        Label.BACKED_OFF: "en retrait",
        Label.REVERSED: "renversé",
        Label.AMBIVALENT: "ambivalent",
        Label.CLARIFIED: "clarifié",
        Label.RETRACTED: "rétracté",
    },
    why={
        Label.REAFFIRMED: "la valeur est celle d'avant",
        Label.RETRACTED: "les propos ont seulement été repris",
        Label.STATED: "aucune position ne la précède",
        Label.AMBIVALENT: "des déclarations des mêmes jours se contredisent",
        Label.CLARIFIED: "la contradiction d'avant a disparu",
        Label.REVERSED: "le camp a changé",
        Label.COMMITTED: "un camp a été choisi là où il n'y en avait pas",
        Label.BACKED_OFF: "le camp a été quitté sans engagement",
        Label.CONDITION_CHANGED: "{gained} est venu et {dropped} est parti",
        Label.CONDITION_ADDED: "{gained} est venu",
        Label.CONDITION_DROPPED: "{dropped} est parti",
        Label.STRENGTHENED: "l'engagement a monté de {step}",
        Label.SOFTENED: "l'engagement a baissé de {step}",
    },
)
_LANGUAGES = {"en": _ENGLISH, "fr": _FRENCH}
_SHORT = {(Label.STATED, "en"): "stated", (Label.STATED, "fr"): "déclaré"}
"""Labels that a sentence explains and a single word must not."""


def explain(
    position: Position, *, holder: str, question: str, language: str = "en"
) -> str:
    """Return the sentence of a position; in English where the language has none.

    ``holder`` and ``question`` are their names as a reader knows them.
    """
    words = _LANGUAGES.get(language, _ENGLISH)
    step, before = position.transition, position.previous
    delta = step.delta
    why = words.why[step.label].format(
        gained=", ".join(delta.gained) if delta else "",
        dropped=", ".join(delta.dropped) if delta else "",
        step=abs(delta.commitment) if delta else 0,
    )
    after = (
        words.after.format(before=_said(before, words)) if before is not None else ""
    )
    return words.sentence.format(
        question=question,
        holder=holder,
        now=_said(position.value, words),
        days=_days(position),
        after=after,
        label=words.label[step.label],
        why=why,
        rule=step.rule,
        count=len(position.statements),
        count_before=len(position.previous_evidence),
    )


def value_in_words(value: BlockValue, language: str = "en") -> str:
    """Return what a value says: probably, on the condition toll-first."""
    return _said(value, _LANGUAGES.get(language, _ENGLISH))


def label_in_words(label: Label, language: str = "en") -> str:
    """Return a label as a word: reversed."""
    told = language if language in _LANGUAGES else "en"
    return _SHORT.get((label, told)) or _LANGUAGES[told].label[label]


def _said(value: BlockValue, words: _Words) -> str:
    if not isinstance(value, Stance):
        return words.no_stance[value]
    stance = words.stances[value.commitment + 3]
    if not value.conditions:
        return stance
    return words.conditions.format(
        stance=stance, conditions=", ".join(value.conditions)
    )


def _days(position: Position) -> str:
    first, last = position.earliest.isoformat(), position.latest.isoformat()
    return first if first == last else f"{first}/{last}"
