"""The words for what a position says: one vocabulary, in English and in French.

Charts, timelines, explanations, revisions and the command line take their words from
here: one value has one name wherever it is read.

1. A commitment is told as an answer to the question: *categorically no*, *probably yes*.
2. A label is told as one word or two; only *stated* has a second form, for what is
   stated again after it was taken back.
3. Conditions are told by their ids, as they are, in quotation marks: an id is no word
   of any language. Only ``for-now`` has words, since it is fixed.
4. Where a language has no words here, English stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from domain.model.commitment import FOR_NOW
from domain.model.value import Value
from domain.positions.labels import BlockValue, Label, NoStance, Stance
from domain.positions.timeline import Reason


class Wording(Value):
    """The words of one language."""

    stances: tuple[str, ...]
    no_stance: Mapping[NoStance, str]
    labels: Mapping[Label, str]
    again: str
    for_now: str
    on_condition: str
    on_conditions: str
    quoted: str
    last: str
    reasons: Mapping[Reason, str]
    months: tuple[str, ...]
    first_day: str
    one_with: str


_ENGLISH = Wording(
    stances=(
        "categorically no",
        "probably no",
        "possibly no",
        "no commitment",
        "possibly yes",
        "probably yes",
        "categorically yes",
    ),
    no_stance={NoStance.AMBIVALENT: "contradictory", NoStance.NONE: "taken back"},
    labels={label: label.value.replace("_", " ") for label in Label},
    again="stated again",
    for_now="for now",
    on_condition="on the condition {}",
    on_conditions="on the conditions {}",
    quoted="“{}”",
    last=" and ",
    reasons={
        Reason.UNDATED: "no day of speaking is known",
        Reason.OPEN: "one end of its date is open",
        Reason.TOO_WIDE: "its date is wider than a week",
        Reason.NO_READING: "it answers no question of this topic",
        Reason.NO_HOLDER: "whose position it is, is not known",
    },
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    first_day="1",
    one_with="judged to be one with {}",
)
_FRENCH = Wording(
    stances=(
        "catégoriquement non",
        "probablement non",
        "peut-être non",
        "aucun engagement",
        "peut-être oui",
        "probablement oui",
        "catégoriquement oui",
    ),
    no_stance={
        NoStance.AMBIVALENT: "propos contradictoires",
        NoStance.NONE: "propos rétractés",
    },
    labels={
        Label.STATED: "déclaré",
        Label.REAFFIRMED: "réaffirmé",
        Label.STRENGTHENED: "renforcé",
        Label.SOFTENED: "adouci",
        Label.CONDITION_ADDED: "condition ajoutée",
        Label.CONDITION_DROPPED: "condition levée",
        Label.CONDITION_CHANGED: "condition changée",
        Label.COMMITTED: "prise de position",
        Label.BACKED_OFF: "en retrait",
        Label.REVERSED: "revirement",
        Label.AMBIVALENT: "ambivalent",
        Label.CLARIFIED: "clarifié",
        Label.RETRACTED: "rétracté",
    },
    again="déclaré de nouveau",
    for_now="pour l'instant",
    on_condition="sous la condition {}",
    on_conditions="sous les conditions {}",
    quoted="« {} »",
    last=" et ",
    reasons={
        Reason.UNDATED: "le jour où cela fut dit n'est pas connu",
        Reason.OPEN: "un bout de sa date est ouvert",
        Reason.TOO_WIDE: "sa date dépasse une semaine",
        Reason.NO_READING: "elle ne répond à aucune question du sujet",
        Reason.NO_HOLDER: "on ne sait pas de qui c'est la position",
    },
    months=(
        *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
        *("septembre", "octobre", "novembre", "décembre"),
    ),
    first_day="1er",
    one_with="qui ne fait qu'un, par décision, avec {}",
)
_LANGUAGES = {"en": _ENGLISH, "fr": _FRENCH}


def wording(language: str) -> Wording:
    """Return the words of a language; English where it has none."""
    return _LANGUAGES.get(language, _ENGLISH)


def value_in_words(value: BlockValue, language: str = "en") -> str:
    """Return what a value says: probably yes, on the condition “toll-first”."""
    words = wording(language)
    if not isinstance(value, Stance):
        return words.no_stance[value]
    stance = words.stances[value.commitment + 3]
    if not value.conditions:
        return stance
    return f"{stance}, {conditions_in_words(value.conditions, language)}"


def conditions_in_words(conditions: Sequence[str], language: str = "en") -> str:
    """Return what something depends on: for now, on the condition “toll-first”."""
    words = wording(language)
    told = [words.for_now] if FOR_NOW in conditions else []
    if others := [each for each in conditions if each != FOR_NOW]:
        pattern = words.on_condition if len(others) == 1 else words.on_conditions
        told.append(pattern.format(listed(others, language)))
    return ", ".join(told)


def listed(conditions: Sequence[str], language: str = "en") -> str:
    """Return conditions by name: “for now” and “toll-first”."""
    words = wording(language)
    names = (words.for_now if each == FOR_NOW else each for each in conditions)
    return _joined([words.quoted.format(name) for name in names], words)


def label_in_words(label: Label, language: str = "en", *, again: bool = False) -> str:
    """Return a label: reversed; ``again`` if it is stated after it was taken back."""
    words = wording(language)
    return words.again if again and label is Label.STATED else words.labels[label]


def reason_in_words(reason: Reason, language: str = "en") -> str:
    """Return why evidence stands beside the line."""
    return wording(language).reasons[reason]


def one_with(others: Sequence[str], language: str = "en") -> str:
    """Return what is said of who stands for others: judged to be one with V. Orlin."""
    words = wording(language)
    return words.one_with.format(_joined(others, words))


def day_in_words(when: date, language: str = "en") -> str:
    """Return a day: 7 September 2031, 7 septembre 2031."""
    return f"{_number(when, language)} {month_in_words(when, language)}"


def month_in_words(when: date, language: str = "en") -> str:
    """Return the month of a day: September 2031, septembre 2031."""
    return f"{wording(language).months[when.month - 1]} {when.year}"


def days_in_words(first: date, last: date, language: str = "en") -> str:
    """Return days without a word before them: 5 – 7 September 2031."""
    end = day_in_words(last, language)
    if first == last:
        return end
    same = (first.year, first.month) == (last.year, last.month)
    begin = _number(first, language) if same else day_in_words(first, language)
    return f"{begin} – {end}"


def _joined(names: Sequence[str], words: Wording) -> str:
    *others, last = names
    return f"{', '.join(others)}{words.last}{last}" if others else last


def _number(when: date, language: str) -> str:
    return wording(language).first_day if when.day == 1 else str(when.day)
