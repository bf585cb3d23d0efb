"""The label between two consecutive blocks of one holder on one question.

A block's value is a stance (commitment and conditions), or ``none`` (only
withdrawing acts), or ``ambivalent`` (both signs, or a withdrawal beside another
act). The table is total and the first match wins; the number of the rule is kept
with each label. The reading order of the table is the order of ``RULES``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from domain.model.commitment import Act, Commitment
from domain.model.derived import Derived
from domain.model.word import Word
from domain.positions.evidence import Evidence


class NoStance(Word):
    """A block that takes no side."""

    AMBIVALENT = "ambivalent"
    NONE = "none"


class Stance(Derived, frozen=True):
    """A signed commitment and the ids of the conditions it depends on, ascending."""

    commitment: Commitment
    conditions: tuple[str, ...] = ()


BlockValue = Stance | NoStance


class Label(Word):
    """The typed transition from the previous position."""

    STATED = "stated"
    REAFFIRMED = "reaffirmed"
    STRENGTHENED = "strengthened"
    SOFTENED = "softened"
    CONDITION_ADDED = "condition_added"
    CONDITION_DROPPED = "condition_dropped"
    CONDITION_CHANGED = "condition_changed"
    COMMITTED = "committed"
    BACKED_OFF = "backed_off"
    REVERSED = "reversed"
    AMBIVALENT = "ambivalent"
    CLARIFIED = "clarified"
    RETRACTED = "retracted"


class Delta(Derived, frozen=True):
    """What changed between two stances: absolute commitment, conditions."""

    commitment: int
    gained: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


class Transition(Derived, frozen=True):
    """A label with the number of its rule and, between two stances, the delta."""

    label: Label
    rule: int
    delta: Delta | None = None


def block_value(evidence: Iterable[Evidence]) -> BlockValue:
    """Return the value of the evidence of one block; order is nothing."""
    listed = list(evidence)
    if len(listed) == 1 and listed[0].act is not Act.WITHDRAW:
        return Stance(commitment=listed[0].commitment, conditions=listed[0].conditions)
    withdrawing = [each.act is Act.WITHDRAW for each in listed]
    if all(withdrawing):
        return NoStance.NONE
    signs = {each.commitment > 0 for each in listed if each.commitment}
    if any(withdrawing) or len(signs) > 1:
        return NoStance.AMBIVALENT
    strongest = max((each.commitment for each in listed), key=abs)
    conditions = {condition for each in listed for condition in each.conditions}
    return Stance(commitment=strongest, conditions=tuple(sorted(conditions)))


@lru_cache(maxsize=4096)
def transition(before: BlockValue | None, now: BlockValue) -> Transition:
    """Label the step from the previous block (None where there is none) to this one."""
    for number, (label, applies) in enumerate(RULES, start=1):
        if applies(before, now):
            return Transition(label=label, rule=number, delta=_delta(before, now))
    message = (
        f"no rule for {before!r} to {now!r}"  # pragma: no cover (the table is total)
    )
    raise AssertionError(message)


def _delta(before: BlockValue | None, now: BlockValue) -> Delta | None:
    if not (isinstance(before, Stance) and isinstance(now, Stance)):
        return None
    return Delta(
        commitment=abs(now.commitment) - abs(before.commitment),
        gained=tuple(sorted(set(now.conditions) - set(before.conditions))),
        dropped=tuple(sorted(set(before.conditions) - set(now.conditions))),
    )


Rule = Callable[[BlockValue | None, BlockValue], bool]


def _between(test: Callable[[Stance, Stance], bool]) -> Rule:
    """Return a rule that applies between two stances only."""
    return lambda before, now: (
        isinstance(before, Stance) and isinstance(now, Stance) and test(before, now)
    )


def _gains(before: Stance, now: Stance) -> bool:
    return not set(now.conditions) <= set(before.conditions)


def _drops(before: Stance, now: Stance) -> bool:
    return not set(before.conditions) <= set(now.conditions)


RULES: tuple[tuple[Label, Rule], ...] = (
    (Label.REAFFIRMED, lambda before, now: before == now),
    (Label.RETRACTED, lambda _, now: now is NoStance.NONE),
    (Label.STATED, lambda before, _: before is None or before is NoStance.NONE),
    (Label.AMBIVALENT, lambda _, now: now is NoStance.AMBIVALENT),
    (Label.CLARIFIED, lambda before, _: before is NoStance.AMBIVALENT),
    (Label.REVERSED, _between(lambda a, b: a.commitment * b.commitment < 0)),
    (Label.COMMITTED, _between(lambda a, b: a.commitment == 0 != b.commitment)),
    (Label.BACKED_OFF, _between(lambda a, b: a.commitment != 0 == b.commitment)),
    (Label.CONDITION_CHANGED, _between(lambda a, b: _gains(a, b) and _drops(a, b))),
    (Label.CONDITION_ADDED, _between(_gains)),
    (Label.CONDITION_DROPPED, _between(_drops)),
    (Label.STRENGTHENED, _between(lambda a, b: abs(b.commitment) > abs(a.commitment))),
    (Label.SOFTENED, _between(lambda a, b: abs(b.commitment) < abs(a.commitment))),
)
