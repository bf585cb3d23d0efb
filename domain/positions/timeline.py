"""Positions over time: blocks of evidence per holder and question, labelled.

1. Evidence without a usable interval is unplaced: shown with its reason, unlabelled.
2. Evidence whose intervals share a day, directly or through others, is one block;
   adjacent days do not. Blocks of a key are strictly ordered in time.
3. A block's value and label come from ``labels``. No label ever depends on a
   tie-break: within a block there is no order.
4. A reading without question or holder is listed, never folded. So is one whose
   holder is still ``self``: its speaker is on no register.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from domain.model.commitment import Reading
from domain.model.ids import AgentId, QuestionId, StatementId
from domain.model.value import Value
from domain.positions.interval import WIDEST, Unplaced
from domain.positions.labels import BlockValue, Transition, block_value, transition
from domain.positions.live import LiveStatement


class Key(NamedTuple):
    """Whose position, on what."""

    question: QuestionId
    holder: AgentId


class Position(Value):
    """A holder's value on a question over a block of time, and how it came there.

    ``previous`` is the value of the block before, None where there is none.
    ``chained`` warns that the block is wider than any evidence in it may be:
    overlaps chained, and a shift inside it cannot be seen.
    """

    question: QuestionId
    holder: AgentId
    earliest: date
    latest: date
    value: BlockValue
    transition: Transition
    evidence: tuple[StatementId, ...]
    previous: BlockValue | None = None
    previous_evidence: tuple[StatementId, ...] = ()
    chained: bool = False


class Reason(StrEnum):
    """Why a statement or one of its readings stands beside the line."""

    UNDATED = "undated"
    OPEN = "open"
    TOO_WIDE = "too_wide"
    NO_READING = "no_reading"
    NO_HOLDER = "no_holder"


class Aside(Value):
    """Evidence that is on record and not on the line, and why."""

    statement: StatementId
    reason: Reason
    question: QuestionId | None = None
    holder: AgentId | None = None


class Timeline(Value):
    """All positions of a topic, and the evidence beside them."""

    positions: tuple[Position, ...] = ()
    asides: tuple[Aside, ...] = ()


class _Evidence(NamedTuple):
    earliest: date
    latest: date
    statement: StatementId
    reading: Reading


def fold(statements: Iterable[LiveStatement], *, as_of: date | None = None) -> Timeline:
    """Fold statements into the timeline, of all or of those begun by a day."""
    placed: dict[Key, list[_Evidence]] = defaultdict(list)
    asides: list[Aside] = []
    for live in statements:
        if as_of is not None and not live.begun_by(as_of):
            continue
        if not any(reading.question for reading in live.readings):
            asides.append(Aside(statement=live.id, reason=Reason.NO_READING))
        for reading in live.readings:
            if reading.question is not None:
                _place(live, reading, placed, asides)
    positions = [
        position for key in sorted(placed) for position in _line(key, placed[key])
    ]
    beside = {aside_key(aside): aside for aside in asides}
    ordered = tuple(beside[key] for key in sorted(beside))
    return Timeline(positions=tuple(positions), asides=ordered)


def aside_key(aside: Aside) -> tuple[str, ...]:
    """Return what tells an aside from the others of its topic, and orders them."""
    question, holder = aside.question or "", aside.holder or ""
    return (aside.statement, question, holder, aside.reason.value)


def _place(
    live: LiveStatement,
    reading: Reading,
    placed: dict[Key, list[_Evidence]],
    asides: list[Aside],
) -> None:
    if reading.question is None:
        return
    holder = None if reading.holder == "self" else AgentId(reading.holder)
    interval = live.interval
    unplaced: Unplaced | None = interval.unplaced
    if holder is None:
        reason: Reason | None = Reason.NO_HOLDER
    else:
        reason = Reason(unplaced.value) if unplaced else None
    if reason is not None:
        asides.append(
            Aside(
                statement=live.id,
                reason=reason,
                question=reading.question,
                holder=holder,
            )
        )
    elif holder and interval.earliest is not None and interval.latest is not None:
        evidence = _Evidence(interval.earliest, interval.latest, live.id, reading)
        placed[Key(reading.question, holder)].append(evidence)


def _line(key: Key, evidence: list[_Evidence]) -> Iterable[Position]:
    """Yield the positions of one holder on one question, in time."""
    before: BlockValue | None = None
    previous: tuple[StatementId, ...] = ()
    for block in _blocks(evidence):
        value = block_value(each.reading for each in block)
        earliest = min(each.earliest for each in block)
        latest = max(each.latest for each in block)
        names = tuple(sorted({each.statement for each in block}))
        yield Position(
            question=key.question,
            holder=key.holder,
            earliest=earliest,
            latest=latest,
            value=value,
            transition=transition(before, value),
            evidence=names,
            previous=before,
            previous_evidence=previous,
            chained=latest - earliest > WIDEST,
        )
        before, previous = value, names


def _blocks(evidence: list[_Evidence]) -> Iterable[list[_Evidence]]:
    """Yield the connected components of overlapping intervals, in time."""
    block: list[_Evidence] = []
    reach = date.min
    for each in sorted(evidence, key=lambda e: (e.earliest, e.latest, e.statement)):
        if block and each.earliest > reach:
            yield block
            block = []
        reach = max(reach, each.latest) if block else each.latest
        block.append(each)
    if block:
        yield block
