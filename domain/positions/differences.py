"""What differs between two timelines of one topic: the same rules for both axes.

1. Positions are compared within one question and holder, and nowhere else.
2. Two blocks are the same one if they share evidence. Where a block shares evidence
   with several, as one that was split, most shared evidence decides, then the days. The
   others are gone, or added.
3. A position has changed where its label, commitment, conditions, statements or days
   have; *stated again* is another label. The delta and what stands before it are no
   change of its own.
4. What stands beside the line is compared whole: statement, reason, question, holder.

The difference the other way round is this one with its sides exchanged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import product

from domain.model.value import Value
from domain.model.word import Word
from domain.positions.labels import BlockValue, Label, Stance
from domain.positions.timeline import Aside, Key, Position, Timeline, aside_key


class Aspect(Word):
    """What of a position may differ."""

    LABEL = "label"
    VALUE = "value"
    CONDITIONS = "conditions"
    EVIDENCE = "evidence"
    DAYS = "days"


class ChangedPosition(Value):
    """A position in both timelines, and what of it differs."""

    before: Position
    after: Position
    aspects: tuple[Aspect, ...]


class Differences(Value):
    """What came, went and changed from one timeline to another."""

    added: tuple[Position, ...] = ()
    gone: tuple[Position, ...] = ()
    changed: tuple[ChangedPosition, ...] = ()
    asides_added: tuple[Aside, ...] = ()
    asides_gone: tuple[Aside, ...] = ()


def differences(before: Timeline, after: Timeline) -> Differences:
    """Return what differs, each part by question, holder and day."""
    old, new = _by_key(before.positions), _by_key(after.positions)
    pairs = [
        pair
        for key in sorted(old.keys() & new.keys())
        for pair in _pairs(old[key], new[key])
    ]
    left = {id(one) for one, _ in pairs}
    came = {id(other) for _, other in pairs}
    changed = (
        ChangedPosition(before=one, after=other, aspects=aspects)
        for one, other in pairs
        if (aspects := tuple(_aspects(one, other)))
    )
    beside = {aside_key(each): each for each in before.asides}
    now_beside = {aside_key(each): each for each in after.asides}
    return Differences(
        added=tuple(each for each in after.positions if id(each) not in came),
        gone=tuple(each for each in before.positions if id(each) not in left),
        changed=tuple(changed),
        asides_added=_only_in(now_beside, beside),
        asides_gone=_only_in(beside, now_beside),
    )


def _by_key(positions: Iterable[Position]) -> Mapping[Key, list[Position]]:
    found: dict[Key, list[Position]] = defaultdict(list)
    for each in positions:
        found[Key(each.question, each.holder)].append(each)
    return found


def _pairs(old: list[Position], new: list[Position]) -> list[tuple[Position, Position]]:
    """Return the blocks that are the same, each in one pair at most."""
    alike = [pair for pair in product(old, new) if _shared(*pair)]
    taken: set[int] = set()
    pairs: list[tuple[Position, Position]] = []
    for one, other in sorted(alike, key=lambda pair: _likeness(*pair)):
        if taken.isdisjoint((id(one), id(other))):
            taken |= {id(one), id(other)}
            pairs.append((one, other))
    return sorted(pairs, key=lambda pair: pair[1].earliest)


def _shared(one: Position, other: Position) -> int:
    return len(set(one.statements) & set(other.statements))


def _likeness(one: Position, other: Position) -> tuple[int, date, date]:
    """Order pairs, the most alike first.

    Pairs compete only if they share a side, so which side is named first is nothing.
    """
    return (-_shared(one, other), one.earliest, other.earliest)


def _aspects(one: Position, other: Position) -> Iterator[Aspect]:
    if _label(one) != _label(other):
        yield Aspect.LABEL
    if _side(one.value) != _side(other.value):
        yield Aspect.VALUE
    if _conditions(one.value) != _conditions(other.value):
        yield Aspect.CONDITIONS
    if one.statements != other.statements:
        yield Aspect.EVIDENCE
    if (one.earliest, one.latest) != (other.earliest, other.latest):
        yield Aspect.DAYS


def _label(position: Position) -> tuple[Label, bool]:
    return position.transition.label, position.again


def _side(value: BlockValue) -> int | str:
    return value.commitment if isinstance(value, Stance) else value.value


def _conditions(value: BlockValue) -> tuple[str, ...]:
    return value.conditions if isinstance(value, Stance) else ()


def _only_in(
    these: Mapping[tuple[str, ...], Aside], others: Mapping[tuple[str, ...], Aside]
) -> tuple[Aside, ...]:
    return tuple(these[key] for key in sorted(these.keys() - others.keys()))
