"""What pages say in words: dates as uncertain as they are, stances, positions.

``Words`` speaks one language. Its texts are those of the catalogue, and its names for
values, labels, conditions and reasons those of the domain's vocabulary.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from api.pages.english import ENGLISH
from api.pages.french import FRENCH
from api.schemas.history import LabelledOut
from api.schemas.outer import (
    AsideOut,
    Named,
    PositionOut,
    QuestionOut,
    ReadingOut,
    SpokenAtOut,
    StatementOut,
)
from domain.model.commitment import Act
from domain.model.moment import Moment
from domain.positions import wording
from domain.positions.labels import BlockValue, Label, NoStance
from domain.positions.labels import Stance as StanceValue
from domain.positions.timeline import Reason

CATALOGUES = {"en": ENGLISH, "fr": FRENCH}
SIGNS = {
    "stated": "•",
    "reaffirmed": "=",
    "strengthened": "↑",
    "softened": "↓",
    "condition_added": "+◇",
    "condition_dropped": "−◇",
    "condition_changed": "±◇",
    "committed": "→",
    "backed_off": "←",
    "reversed": "⇄",
    "ambivalent": "≠",
    "clarified": "✓",
    "retracted": "×",
}
"""The label at the beginning of a bar; ◇ stands for a condition."""
Valued = PositionOut | LabelledOut
"""What has a value: a position, or what a statement read."""


class Stance(NamedTuple):
    """A stance as a chip: class, words, sign, strength."""

    side: str
    words: str
    sign: str
    strength: int


def language_told(language: str) -> str:
    """Return the language that pages are in for a reader of a language."""
    return language if language in CATALOGUES else "en"


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language_told(language)
        self.catalogue = CATALOGUES[self.language]
        self.text = self.catalogue.texts

    def phrase(self, name: str, *gaps: str) -> str:
        """Return a text with its gaps filled."""
        return self.text[name].format(*gaps)

    def day(self, when: date) -> str:
        """Return a day in words: 5 September 2025."""
        return wording.day_in_words(when, self.language)

    def days(self, position: PositionOut) -> str:
        """Return the days of a position without a word before them."""
        return wording.days_in_words(position.earliest, position.latest, self.language)

    def tick(self, day: date, step: str) -> str:
        """Return a day that is written on the axis: 8 Sep, Sep or 2025."""
        month = self.catalogue.months[day.month - 1]
        if step == "year":
            return f"{day.year}"
        return month if step == "month" else f"{day.day} {month}"

    def between(self, earliest: date | None, latest: date | None) -> str:
        """Return an interval in words: a whole month or year by its name."""
        if earliest is None and latest is None:
            return self.text["no_day"]
        if earliest is None or latest is None:
            pattern = "by_day" if latest else "from_day"
            return self.phrase(pattern, *(self.day(d) for d in (earliest, latest) if d))
        if earliest == latest:
            return self.phrase("on_day", self.day(earliest))
        if named := self._name(earliest, latest):
            return self.phrase("in_month", named)
        begin = self._until(earliest, latest)
        return self.phrase("between", begin, self.day(latest))

    def spoken(self, when: SpokenAtOut) -> str:
        """Return when something was spoken, with a hedge where there is one."""
        told, written = self.between(when.earliest, when.latest), when.edtf or ""
        if "~" in written or "%" in written:
            if when.earliest is not None and when.earliest == when.latest:
                told = self.phrase("around", self.day(when.earliest))
            else:
                told = self.phrase("or_so", told)
        unsure = "?" in written or "%" in written
        return self.phrase("perhaps", told) if unsure else told

    def basis(self, when: SpokenAtOut) -> str:
        """Return what a date rests on."""
        return self.catalogue.bases.get(when.basis, when.basis)

    def published(self, edtf: str | None) -> str:
        """Return when an article was published, in words."""
        if edtf is None:
            return self.text["not_published"]
        moment = Moment.parse(edtf)
        told = SpokenAtOut(
            edtf=edtf,
            earliest=moment.earliest,
            latest=moment.latest,
            basis="",
            raw=None,
            rule="",
            confidence=1,
        )
        return self.phrase("published", self.spoken(told))

    def counted(self, number: int, what: str) -> str:
        """Return a number of things: 1 statement, 2 statements."""
        one, several = self.catalogue.counts[what]
        few = number == 1 or (number == 0 and self.catalogue.zero_is_one)
        return (one if few else several).format(number)

    def stance(self, of: Valued) -> Stance:
        """Return the chip of a value, without its conditions."""
        value = _value(of)
        if isinstance(value, StanceValue):
            value = value.changed(conditions=())
            side = ("open", "yes", "no")[
                (value.commitment > 0) - (value.commitment < 0)
            ]
            strength = abs(value.commitment)
        else:
            side, strength = _SIDES[value]
        told = capital(wording.value_in_words(value, self.language))
        return Stance(side, told, value_sign(of), strength)

    def value(self, of: Valued) -> str:
        """Return a value in words, with its conditions."""
        return wording.value_in_words(_value(of), self.language)

    def reading(self, reading: ReadingOut) -> str:
        """Return the value of a reading in words; words only taken back have none else."""
        value: BlockValue = NoStance.NONE
        if reading.act != Act.WITHDRAW:
            conditions = tuple(sorted({each.id for each in reading.conditions}))
            value = StanceValue(commitment=reading.commitment, conditions=conditions)
        return wording.value_in_words(value, self.language)

    def conditions(self, conditions: Sequence[str]) -> str:
        """Return conditions in words: for now, on the condition “toll-first”."""
        return wording.conditions_in_words(conditions, self.language)

    def label(self, of: PositionOut | str) -> str:
        """Return a label in words; of a position, whether it is stated again."""
        if isinstance(of, str):
            return wording.label_in_words(Label(of), self.language)
        again = bool(of.previous_evidence)
        return wording.label_in_words(Label(of.label), self.language, again=again)

    def beside(self, aside: AsideOut) -> tuple[str, Sequence[QuestionOut]]:
        """Return why evidence stands beside the line, and which questions that is about."""
        if aside.taken_back:
            return self.text["answered_gone"], aside.taken_back
        return self.reason(aside.reason), [aside.question] if aside.question else []

    def reason(self, reason: str) -> str:
        """Return why evidence stands beside the line, whatever it says."""
        return wording.reason_in_words(Reason(reason), self.language)

    def one_with(self, others: Sequence[Named]) -> str:
        """Return what is said of a holder who stands for others."""
        return wording.one_with([each.label for each in others], self.language)

    def told(self, position: PositionOut) -> str:
        """Return a position in one line, as it is read aloud: days, value, label."""
        days = capital(self.between(position.earliest, position.latest))
        return (
            f"{days}{self.text['colon']} {self.value(position)}, {self.label(position)}"
        )

    def by_whom(self, statement: StatementOut) -> str:
        """Return who spoke, and for whom."""
        speaker = statement.speaker
        who = speaker.name or self.text["unnamed"]
        if speaker.on_behalf_of is None:
            return who
        return f"{who} {self.text['behalf']} {speaker.on_behalf_of.label}"

    def _until(self, first: date, last: date) -> str:
        told = self.day(first)
        same = (first.year, first.month) == (last.year, last.month)
        return told.partition(" ")[0] if same else told

    def _name(self, first: date, last: date) -> str | None:
        """Return the name of an interval that is a whole month or year."""
        end = last.day == monthrange(last.year, last.month)[1]
        if first.day != 1 or not end or first.year != last.year:
            return None
        if first.month == last.month:
            return wording.month_in_words(last, self.language)
        return f"{last.year}" if (first.month, last.month) == (1, 12) else None


_SIDES = {NoStance.AMBIVALENT: ("both", 2), NoStance.NONE: ("none", 0)}


def is_certain(when: SpokenAtOut) -> bool:
    """Tell whether a date is one day that the text names."""
    return (
        when.earliest is not None
        and when.earliest == when.latest
        and not set(when.edtf or "") & set("?~%")
    )


def web_address(url: str | None) -> str | None:
    """Return an address that may be a link, None for anything but http and https."""
    return url if url and url.startswith(("http://", "https://")) else None


def value_sign(of: Valued) -> str:
    """Return a value in a sign or two: +3, −1, 0, ± or ∅."""
    value = _value(of)
    if not isinstance(value, StanceValue):
        return "±" if value is NoStance.AMBIVALENT else "∅"
    return f"{value.commitment:+d}".replace("-", "−") if value.commitment else "0"


def _value(of: Valued) -> BlockValue:
    if of.commitment is None:
        return NoStance(of.value)
    return StanceValue(commitment=of.commitment, conditions=of.conditions)


def instant(when: datetime) -> str:
    """Return an instant, to the second."""
    return when.strftime("%Y-%m-%d %H:%M:%S UTC")


def capital(text: str) -> str:
    """Return a text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]
