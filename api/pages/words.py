"""What pages say in words: dates as uncertain as they are, stances, slots."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import NamedTuple

from api.schemas.outer import PositionOut, SpokenAtOut
from domain.model.moment import Moment

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
ACTS = {
    "assert": "states it",
    "deny": "denies it",
    "confirm": "confirms it",
    "evaluate": "judges it",
    "demand": "demands it",
    "offer": "offers it",
    "propose": "proposes it",
    "invite": "invites to it",
    "accept": "accepts it",
    "refuse": "refuses it",
    "promise": "promises it",
    "threaten": "threatens it",
    "decline": "declines to say",
    "withdraw": "withdraws it",
}
RESOLUTIONS = {
    "surname": "by the surname",
    "role": "by the role",
    "pronoun": "by a pronoun",
    "elided": "from the sentence before",
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


def tick(day: date, step: str) -> str:
    """Return a day that is written on the axis: 8 Sep, Sep or 2025."""
    if step == "year":
        return f"{day.year}"
    return f"{day:%b}" if step == "month" else f"{day.day} {day:%b}"


def between(earliest: date | None, latest: date | None) -> str:
    """Return an interval in words: a whole month or year by its name."""
    if earliest is None or latest is None:
        told = f"from {day(earliest)} on" if earliest else "on a day unknown"
        return f"by {day(latest)}" if latest else told
    if earliest == latest:
        return f"on {day(earliest)}"
    named = _name(earliest, latest)
    return named or f"between {_until(earliest, latest)} and {day(latest)}"


def _until(first: date, last: date) -> str:
    same = (first.year, first.month) == (last.year, last.month)
    return str(first.day) if same else day(first)


def _name(first: date, last: date) -> str | None:
    """Return the name of an interval that is a whole month or year."""
    end = last.day == monthrange(last.year, last.month)[1]
    if first.day != 1 or not end or first.year != last.year:
        return None
    if first.month == last.month:
        return f"in {last:%B %Y}"
    return f"in {last.year}" if (first.month, last.month) == (1, 12) else None


def spoken(when: SpokenAtOut) -> str:
    """Return when something was spoken, with a hedge where there is one."""
    told, written = between(when.earliest, when.latest), when.edtf or ""
    if "~" in written or "%" in written:
        told = f"around {told[3:]}" if when.earliest == when.latest else f"{told} or so"
    return f"{told}, perhaps" if "?" in written or "%" in written else told


def basis(when: SpokenAtOut) -> str:
    """Return what a date rests on."""
    return _BASIS.get(when.basis, when.basis)


def is_certain(when: SpokenAtOut) -> bool:
    """Tell whether a date is one day that the text names."""
    return (
        when.earliest is not None
        and when.earliest == when.latest
        and not set(when.edtf or "") & set("?~%")
    )


def published(edtf: str | None) -> str:
    """Return when an article was published, in words."""
    if edtf is None:
        return "date of publication unknown"
    told = spoken(
        SpokenAtOut(
            edtf=edtf,
            earliest=Moment.parse(edtf).earliest,
            latest=Moment.parse(edtf).latest,
            basis="",
            raw=None,
            rule="",
            confidence=1,
        )
    )
    return f"published {told}"


def counted(number: int, what: str, several: str = "") -> str:
    """Return a number of things: 1 statement, 2 statements."""
    return f"{number} {what if number == 1 else several or f'{what}s'}"


def web_address(url: str | None) -> str | None:
    """Return an address that may be a link, None for anything but http and https."""
    return url if url and url.startswith(("http://", "https://")) else None


def stance(position: PositionOut) -> Stance:
    """Return the chip of a position."""
    if position.value == "ambivalent":
        return Stance("both", "Both yes and no", "B", 2)
    if position.value == "none" or position.commitment is None:
        return Stance("none", "Taken back", "–", 0)
    side, words, letter = _STANCES[position.commitment]
    return Stance(side, words, letter, abs(position.commitment))


def value_sign(position: PositionOut) -> str:
    """Return the value of a position in a sign or two: +3, −1, 0, ± or ∅."""
    if position.value == "ambivalent":
        return "±"
    if position.value == "none" or position.commitment is None:
        return "∅"
    return f"{position.commitment:+d}".replace("-", "−") if position.commitment else "0"


def told(position: PositionOut) -> str:
    """Return a position in one line, as it is read aloud: days, value, conditions, label."""
    parts = [stance(position).words]
    if position.conditions:
        parts.append(f"on condition {', '.join(position.conditions).replace('-', ' ')}")
    parts.append(LABELS[position.label])
    return (
        f"{_capital(between(position.earliest, position.latest))}: {', '.join(parts)}"
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
