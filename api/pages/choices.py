"""What the page of differences offers to compare: states of a record that mean something.

A seq says nothing to a reader. So each state is told by what happened before or after it,
and each day of speaking by who then said what. Any other state can be written down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from api.pages.words import Words
from api.schemas.outer import PositionOut
from domain.positions.cause_wording import Names, cause_alone_in_words
from domain.services.changes import Change, Said

LONGEST = 60
"""Characters of words that a choice quotes."""
MOST_DAYS = 40
"""Days of speaking that are offered, the last ones."""


class Choice(NamedTuple):
    """A value of a form, and what it means."""

    value: str
    told: str


class Step(NamedTuple):
    """A change of the record: the seqs on both sides of it, and what happened."""

    before: int
    after: int
    told: str


class Choices(NamedTuple):
    """All that can be chosen on the page; ``steps`` are the last changes, last first."""

    steps: Sequence[Step]
    known_from: Sequence[Choice]
    known_to: Sequence[Choice]
    days: Sequence[Choice]


def choices(
    said: Words,
    changes: Iterable[Change],
    positions: Iterable[PositionOut],
    known: tuple[str, str],
    names: Names = str,
) -> Choices:
    """Return what to offer where two states of the record are ``known``."""
    steps = [Step(each.before, each.after, told(said, each, names)) for each in changes]
    before = [Choice(str(s.before), said.phrase("before_it", s.told)) for s in steps]
    after = [Choice(str(s.after), said.phrase("after_it", s.told)) for s in steps]
    return Choices(
        steps=steps,
        known_from=_with(said, before, known[0]),
        known_to=_with(said, after, known[1]),
        days=_days(said, positions),
    )


def told(said: Words, change: Change, names: Names = str) -> str:
    """Return a change in words: 9 September 2031 (event 12): recording of “…”."""
    what = cause_alone_in_words(
        change.cause,
        _quoted(said, change.statements),
        names=names,
        language=said.language,
    )
    day = said.day(change.cause.recorded_at)
    return said.phrase("happened", day, what, str(change.after))


def _quoted(said: Words, statements: Sequence[Said]) -> str:
    """Return the words of a statement, or how many there are and those of the first."""
    if not statements:
        return said.counted(0, "statement")
    first, *others = statements
    words = " ".join(first.attribution.words.split())
    if len(words) > LONGEST:
        words = words[:LONGEST].rpartition(" ")[0] or words[:LONGEST]
        words += " …"
    quote = said.phrase("quote", words)
    if others:
        return said.phrase("and_others", quote, said.counted(len(others), "other"))
    if (moment := first.dating.spoken_at) is None:
        return quote
    return said.phrase("said_then", quote, said.between(moment.earliest, moment.latest))


def _with(said: Words, offered: list[Choice], value: str) -> list[Choice]:
    """Return choices, with the one that was made, if it is none of them."""
    if any(each.value == value for each in offered):
        return offered
    return [Choice(value, said.phrase("at_seq", value)), *offered]


def _days(said: Words, positions: Iterable[PositionOut]) -> list[Choice]:
    """Return days of speaking, the last one first, each with who then said what."""
    by_day: dict[str, str] = {}
    for each in sorted(positions, key=lambda p: p.latest, reverse=True):
        who = f"{said.day(each.latest)}, {each.holder.label}{said.text['colon']}"
        by_day.setdefault(str(each.latest), f"{who} {said.label(each)}")
    return [Choice(day, told) for day, told in by_day.items()][:MOST_DAYS]
