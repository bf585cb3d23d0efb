"""What pages say in words: dates as uncertain as they are, stances, slots."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from api.schemas.outer import PositionOut, SpokenAtOut

_BASIS = {
    "explicit": "as dated in the text",
    "relative": "counted from the day of publication",
    "weekday": "the weekday named, last before publication",
    "event_anchor": "the days of the event",
    "published_default": "publication; the text gives no day of speaking",
    "bound_only": "no date known",
    "person": "decided by a person",
}
_STANCES = {
    3: ("yes", "Categorically yes", "Y"),
    2: ("yes", "Probably yes", "Y"),
    1: ("yes", "Possibly yes", "Y"),
    0: ("open", "Commits to nothing", "O"),
    -1: ("no", "Possibly no", "N"),
    -2: ("no", "Probably no", "N"),
    -3: ("no", "Categorically no", "N"),
}
LABELS = {
    "stated": "first stated",
    "reaffirmed": "reaffirmed",
    "strengthened": "strengthened",
    "softened": "softened",
    "condition_added": "condition added",
    "condition_dropped": "condition dropped",
    "condition_changed": "condition changed",
    "committed": "committed",
    "backed_off": "backed off",
    "reversed": "reversed",
    "ambivalent": "ambivalent",
    "clarified": "clarified",
    "retracted": "retracted",
}
KINDS = {
    "direct": "word for word",
    "mixed": "in a quotation within a sentence of the reporter",
    "indirect": "in the reporter's words, not a quotation",
}
REASONS = {
    "undated": "No day of speaking is known.",
    "open": "One end of its date is open.",
    "too_wide": "Its date is wider than a week.",
    "no_reading": "It answers no question of this topic.",
    "no_holder": "Whose position it is, is not known.",
}


class Stance(NamedTuple):
    """A stance as a chip: class, words, letter, strength."""

    side: str
    words: str
    letter: str
    strength: int


def day(when: date) -> str:
    """Return a day in words: 5 September 2025."""
    return f"{when.day} {when:%B %Y}"


def between(earliest: date | None, latest: date | None) -> str:
    """Return an interval in words."""
    if earliest is None and latest is None:
        return "on a day unknown"
    if earliest is None and latest is not None:
        return f"by {day(latest)}"
    if earliest is not None and latest is None:
        return f"on or after {day(earliest)}"
    if earliest is None or latest is None or earliest == latest:
        return f"on {day(earliest or date.min)}"
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"between {earliest.day} and {day(latest)}"
    return f"between {day(earliest)} and {day(latest)}"


def spoken(when: SpokenAtOut) -> str:
    """Return when something was spoken, with a hedge where there is one."""
    told = between(when.earliest, when.latest)
    if when.edtf and "~" in when.edtf:
        told = told.replace("on ", "around ", 1)
    return f"{told}, perhaps" if when.edtf and "?" in when.edtf else told


def basis(when: SpokenAtOut) -> str:
    """Return what a date rests on."""
    return _BASIS.get(when.basis, when.basis)


def is_certain(when: SpokenAtOut) -> bool:
    """Tell whether a date is one day that the text names."""
    return (
        when.earliest is not None
        and when.earliest == when.latest
        and (when.edtf is not None and when.edtf[-1:].isdigit())
    )


def stance(position: PositionOut) -> Stance:
    """Return the chip of a position."""
    if position.value == "ambivalent":
        return Stance("both", "Both yes and no", "B", 2)
    if position.value == "none" or position.commitment is None:
        return Stance("none", "Taken back", "–", 0)
    side, words, letter = _STANCES[position.commitment]
    return Stance(side, words, letter, abs(position.commitment))
