"""What statements on record come to, worked out by hand, day by day.

A second, slow way to what the fold gives, which shares nothing with it but the shape
of events. An interval is the set of its days; an unknown bound reaches to the end of
a calendar that is longer than any history.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from itertools import combinations
from typing import NamedTuple, TypeVar

from domain.model.commitment import Act, Reading
from domain.model.ids import AgentId, QuestionId, StatementId
from domain.model.moment import Moment
from domain.positions.labels import BlockValue, Stance
from domain.positions.timeline import Timeline
from tests.support.histories import START

BEGINNING, END = START.toordinal() - 99, START.toordinal() + 99
"""The first and the last day of the calendar: unknown bounds reach them."""
WEEK = 7
"""Evidence may span so many days from its first to its last, and no more."""

T = TypeVar("T")
Days = frozenset[int]


class Told(NamedTuple):
    """A statement on record with what is held of it."""

    days: Days
    speaker: AgentId | None
    readings: tuple[Reading, ...]


class Block(NamedTuple):
    """Evidence of one holder on one question whose days meet."""

    question: QuestionId
    holder: AgentId
    earliest: date
    latest: date
    evidence: frozenset[StatementId]
    chained: bool
    value: str


class Beside(NamedTuple):
    """Evidence that is on no line."""

    statement: StatementId
    reason: str
    question: QuestionId | None
    holder: AgentId | None


def arrange(
    statements: dict[StatementId, Told],
    dropped: Collection[QuestionId],
    stands: Mapping[AgentId, AgentId],
) -> tuple[set[Block], set[Beside]]:
    """Return the blocks and what stands beside them, of statements on record.

    ``dropped`` are the questions that were taken back, ``stands`` who stands for whom.
    """
    on_line: dict[tuple[QuestionId, AgentId], dict[StatementId, Days]]
    on_line, beside = defaultdict(dict), set()
    said: dict[tuple[QuestionId, AgentId, StatementId], list[Reading]]
    said = defaultdict(list)
    for statement, told in statements.items():
        asked = [r for r in told.readings if r.question not in {None, *dropped}]
        if not asked:
            beside.add(Beside(statement, "no_reading", None, None))
        for reading in asked:
            if (question := reading.question) is None:
                continue  # told to the type checker alone
            of = told.speaker if reading.holder == "self" else AgentId(reading.holder)
            of = stands.get(of, of) if of is not None else None
            reason = _unplaced(told.days) if of is not None else "no_holder"
            if reason is not None:
                beside.add(Beside(statement, reason, question, of))
            elif of is not None:
                on_line[question, of][statement] = told.days
                said[question, of, statement].append(reading)
    return {
        _block(
            question,
            holder,
            {each: days[each] for each in part},
            value_of(r for each in part for r in said[question, holder, each]),
        )
        for (question, holder), days in on_line.items()
        for part in components(days, lambda a, b, days=days: bool(days[a] & days[b]))  # type: ignore[misc] # mypy: defaults of a lambda
    }, beside


def served(timeline: Timeline) -> tuple[set[Block], set[Beside]]:
    """Return the same of a timeline that was folded."""
    blocks = {
        Block(
            each.question,
            each.holder,
            each.earliest,
            each.latest,
            frozenset(each.statements),
            each.chained,
            _value(each.value),
        )
        for each in timeline.positions
    }
    return blocks, {
        Beside(each.statement, each.reason.value, each.question, each.holder)
        for each in timeline.asides
    }


def components(members: Iterable[T], meet: Callable[[T, T], bool]) -> list[set[T]]:
    """Return the connected components: parts that meet are joined until none do."""
    parts = [{member} for member in members]
    while pair := next(
        (
            (one, other)
            for one, other in combinations(parts, 2)
            if any(meet(a, b) for a in one for b in other)
        ),
        None,
    ):
        parts = [part for part in parts if part not in pair] + [pair[0] | pair[1]]
    return parts


def linked(
    told: dict[StatementId, Told], pairs: set[frozenset[StatementId]]
) -> dict[StatementId, Told]:
    """Give all members of a group its days: those they share, or else their hull."""
    grouped: dict[StatementId, Told] = {}
    for group in components(told, lambda a, b: frozenset((a, b)) in pairs):
        dated = [told[member].days for member in group if told[member].days]
        days = frozenset.intersection(*dated) if dated else Days()
        if dated and not days:
            union = frozenset.union(*dated)
            days = frozenset(range(min(union), max(union) + 1))
        grouped |= {member: told[member]._replace(days=days) for member in group}
    return grouped


def days_of(moment: Moment | None) -> Days:
    """Return the days of a moment, as far as the calendar reaches."""
    if moment is None:
        return Days()
    first = moment.earliest.toordinal() if moment.earliest else BEGINNING
    last = moment.latest.toordinal() if moment.latest else END
    return Days(range(first, last + 1))


def _unplaced(days: Days) -> str | None:
    if not days or {BEGINNING, END} <= days:
        return "undated"  # any day at all is no date
    if {BEGINNING, END} & days:
        return "open"
    return "too_wide" if max(days) - min(days) > WEEK else None


def value_of(readings: Iterable[Reading]) -> str:
    """Return the value of the readings of a block, in words."""
    listed = list(readings)
    kept = [each for each in listed if each.act is not Act.WITHDRAW]
    if not kept:
        return "none"
    yes = [each.commitment for each in kept if each.commitment > 0]
    no = [each.commitment for each in kept if each.commitment < 0]
    if len(kept) < len(listed) or (yes and no):
        return "ambivalent"
    conditions = sorted({each.id for reading in kept for each in reading.conditions})
    return f"{max(yes) if yes else min(no, default=0)} {conditions}"


def _value(value: BlockValue) -> str:
    if not isinstance(value, Stance):
        return value.value
    return f"{value.commitment} {list(value.conditions)}"


def _block(
    question: QuestionId,
    holder: AgentId,
    evidence: dict[StatementId, Days],
    value: str,
) -> Block:
    days = frozenset.union(*evidence.values())
    return Block(
        question,
        holder,
        date.fromordinal(min(days)),
        date.fromordinal(max(days)),
        frozenset(evidence),
        max(days) - min(days) > WEEK,
        value,
    )
