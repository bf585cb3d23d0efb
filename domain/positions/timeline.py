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
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from domain.model.derived import Derived
from domain.model.ids import AgentId, QuestionId, StatementId
from domain.model.word import Word
from domain.positions.evidence import Evidence
from domain.positions.interval import WIDEST
from domain.positions.labels import (
    BlockValue,
    Label,
    Transition,
    block_value,
    transition,
)
from domain.positions.live import FoldedReading, LiveStatement


class Key(NamedTuple):
    """Whose position, on what."""

    question: QuestionId
    holder: AgentId


class Position(Derived, frozen=True):
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
    evidence: tuple[Evidence, ...]
    previous: BlockValue | None = None
    previous_evidence: tuple[StatementId, ...] = ()
    chained: bool = False

    @property
    def again(self) -> bool:
        """Whether it is stated after a position that was taken back."""
        return self.transition.label is Label.STATED and self.previous is not None

    @property
    def statements(self) -> tuple[StatementId, ...]:
        """The statements that are its evidence, ascending."""
        return tuple(dict.fromkeys(each.statement for each in self.evidence))


class Reason(Word):
    """Why a statement or one of its readings stands beside the line."""

    UNDATED = "undated"
    OPEN = "open"
    TOO_WIDE = "too_wide"
    NO_READING = "no_reading"
    NO_HOLDER = "no_holder"


class Aside(Derived, frozen=True):
    """Evidence that is on record and not on the line, and why."""

    statement: StatementId
    reason: Reason
    question: QuestionId | None = None
    holder: AgentId | None = None


class Timeline(Derived, frozen=True):
    """All positions of a topic, and the evidence beside them."""

    positions: tuple[Position, ...] = ()
    asides: tuple[Aside, ...] = ()


class Placed(NamedTuple):
    """Where a statement comes to lie: on lines, and beside them."""

    evidence: dict[Key, list[Evidence]]
    asides: dict[tuple[str, ...], Aside]


def fold(statements: Iterable[LiveStatement]) -> Timeline:
    """Fold statements into the timeline."""
    evidence: dict[Key, list[Evidence]] = defaultdict(list)
    asides: dict[tuple[str, ...], Aside] = {}
    for live in statements:
        placed = place(live)
        for key, found in placed.evidence.items():
            evidence[key] += found
        asides |= placed.asides
    positions = [
        position for key in sorted(evidence) for position in line(key, evidence[key])
    ]
    ordered = tuple(asides[key] for key in sorted(asides))
    return Timeline(positions=tuple(positions), asides=ordered)


def place(live: LiveStatement) -> Placed:
    """Return where a statement comes to lie; asides by what tells them apart."""
    placed = Placed({}, {})
    unplaced = live.interval.unplaced
    asked = [each for each in live.readings if each.question is not None]
    if not asked:
        _beside(placed, live, Reason.NO_READING)
    for reading in asked:
        if reading.holder == "self":
            _beside(placed, live, Reason.NO_HOLDER, reading)
        elif unplaced is not None:
            _beside(placed, live, Reason(unplaced.value), reading)
        else:
            _on_line(placed, live, reading)
    return placed


def _on_line(placed: Placed, live: LiveStatement, reading: FoldedReading) -> None:
    earliest, latest = live.interval.earliest, live.interval.latest
    if reading.question is not None and earliest is not None and latest is not None:
        key = Key(reading.question, AgentId(reading.holder))
        evidence = Evidence(
            statement=live.id,
            earliest=earliest,
            latest=latest,
            act=reading.act,
            commitment=reading.commitment,
            conditions=tuple(sorted({each.id for each in reading.conditions})),
        )
        placed.evidence.setdefault(key, []).append(evidence)


def _beside(
    placed: Placed,
    live: LiveStatement,
    reason: Reason,
    reading: FoldedReading | None = None,
) -> None:
    known = reading is not None and reading.holder != "self"
    aside = Aside(
        statement=live.id,
        reason=reason,
        question=reading.question if reading is not None else None,
        holder=AgentId(reading.holder) if reading is not None and known else None,
    )
    placed.asides[aside_key(aside)] = aside


def aside_key(aside: Aside) -> tuple[str, ...]:
    """Return what tells an aside from the others of its topic, and orders them."""
    question, holder = aside.question or "", aside.holder or ""
    return (aside.statement, question, holder, aside.reason.value)


def line(
    key: Key, evidence: Iterable[Evidence], before: Position | None = None
) -> Iterator[Position]:
    """Yield the positions of a key, in time; ``before`` is the one before the first."""
    for block in _blocks(evidence):
        before = _position(key, block, before)
        yield before


def after(before: Position | None, position: Position) -> Position:
    """Return a position as it is after another one."""
    previous = before.value if before is not None else None
    return position.changed(
        previous=previous,
        previous_evidence=before.statements if before is not None else (),
        transition=transition(previous, position.value),
    )


def _position(key: Key, block: list[Evidence], before: Position | None) -> Position:
    """Return the position of a block of evidence."""
    value = block_value(block)
    earliest = block[0].earliest
    latest = max(each.latest for each in block)
    previous = before.value if before is not None else None
    return Position(
        question=key.question,
        holder=key.holder,
        earliest=earliest,
        latest=latest,
        value=value,
        transition=transition(previous, value),
        evidence=tuple(sorted(set(block), key=lambda each: each.order)),
        previous=previous,
        previous_evidence=before.statements if before is not None else (),
        chained=latest - earliest > WIDEST,
    )


def _blocks(evidence: Iterable[Evidence]) -> Iterator[list[Evidence]]:
    """Yield the connected components of overlapping intervals, in time."""
    block: list[Evidence] = []
    reach = date.min
    for each in sorted(evidence, key=lambda e: e.earliest):
        if block and each.earliest > reach:
            yield block
            block = []
        reach = max(reach, each.latest) if block else each.latest
        block.append(each)
    if block:
        yield block
