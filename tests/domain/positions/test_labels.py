"""The label rules: one example a rule, and the algebra between them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.model.commitment import Act, Reading
from domain.positions.evidence import Evidence
from domain.positions.labels import (
    BlockValue,
    Label,
    NoStance,
    Stance,
    block_value,
    transition,
)
from tests.support.facts import reading, statement_of

STANCES = st.builds(
    Stance,
    commitment=st.integers(-3, 3),
    conditions=st.sets(st.sampled_from("abc")).map(lambda ids: tuple(sorted(ids))),
)
VALUES = st.one_of(STANCES, st.sampled_from(NoStance))

INVERSE = {
    Label.STRENGTHENED: Label.SOFTENED,
    Label.SOFTENED: Label.STRENGTHENED,
    Label.CONDITION_ADDED: Label.CONDITION_DROPPED,
    Label.CONDITION_DROPPED: Label.CONDITION_ADDED,
    Label.COMMITTED: Label.BACKED_OFF,
    Label.BACKED_OFF: Label.COMMITTED,
    Label.AMBIVALENT: Label.CLARIFIED,
    Label.CLARIFIED: Label.AMBIVALENT,
    Label.RETRACTED: Label.STATED,
    Label.STATED: Label.RETRACTED,
    Label.REVERSED: Label.REVERSED,
    Label.CONDITION_CHANGED: Label.CONDITION_CHANGED,
    Label.REAFFIRMED: Label.REAFFIRMED,
}


def says(commitment: int, *conditions: str) -> Stance:
    """Return a stance."""
    return Stance(commitment=commitment, conditions=conditions)


@pytest.mark.parametrize(
    ("before", "now", "label", "rule"),
    [
        (says(2, "a"), says(2, "a"), "reaffirmed", 1),
        (NoStance.NONE, NoStance.NONE, "reaffirmed", 1),
        (NoStance.AMBIVALENT, NoStance.AMBIVALENT, "reaffirmed", 1),
        (says(2), NoStance.NONE, "retracted", 2),
        (None, NoStance.NONE, "retracted", 2),
        (None, says(0), "stated", 3),
        (NoStance.NONE, NoStance.AMBIVALENT, "stated", 3),
        (says(1), NoStance.AMBIVALENT, "ambivalent", 4),
        (NoStance.AMBIVALENT, says(1), "clarified", 5),
        (says(3), says(-1, "a"), "reversed", 6),
        (says(0), says(-1), "committed", 7),
        (says(1), says(0), "backed_off", 8),
        (says(1, "a"), says(3, "b"), "condition_changed", 9),
        (says(1), says(3, "b"), "condition_added", 10),
        (says(1, "a", "b"), says(3, "b"), "condition_dropped", 11),
        (says(-1), says(-3), "strengthened", 12),
        (says(3), says(2), "softened", 13),
    ],
)
def test_each_rule_has_its_example(
    before: BlockValue | None, now: BlockValue, label: str, rule: int
) -> None:
    """The table is read from the top; the first match gives label and number."""
    found = transition(before, now)
    assert (found.label.value, found.rule) == (label, rule)


@given(st.none() | VALUES, VALUES)
def test_the_table_is_total(before: BlockValue | None, now: BlockValue) -> None:
    """Every step has a label; `reaffirmed` if and only if the values are equal."""
    assert (transition(before, now).label is Label.REAFFIRMED) == (before == now)


@given(VALUES, VALUES)
def test_a_step_back_has_the_inverse_label(a: BlockValue, b: BlockValue) -> None:
    """Labels pair with those of the step back; `none` beside `ambivalent` apart.

    From `none` the next value is stated again whatever it is, so stated is the
    inverse of retracted from both a stance and an ambivalent block.
    """
    assert INVERSE[transition(a, b).label] is transition(b, a).label


@given(STANCES, STANCES)
def test_negating_both_sides_keeps_the_label(a: Stance, b: Stance) -> None:
    """The table knows no preferred side of a question."""

    def negated(stance: Stance) -> Stance:
        return stance.changed(commitment=-stance.commitment)

    assert transition(negated(a), negated(b)) == transition(a, b)


@given(STANCES, STANCES, STANCES)
def test_deltas_compose(a: Stance, b: Stance, c: Stance) -> None:
    """Commitments add; conditions join by symmetric difference."""
    ab, bc, ac = (transition(*step).delta for step in ((a, b), (b, c), (a, c)))
    assert ab is not None
    assert bc is not None
    assert ac is not None
    assert ab.commitment + bc.commitment == ac.commitment
    assert set(ab.gained + ab.dropped) ^ set(bc.gained + bc.dropped) == set(
        ac.gained + ac.dropped
    )


@given(st.none() | VALUES, st.sampled_from(NoStance))
def test_a_delta_stands_only_between_two_stances(
    before: BlockValue | None, now: NoStance
) -> None:
    """Nothing is subtracted from ambivalence or silence."""
    assert transition(before, now).delta is None


READINGS = st.builds(
    reading,
    st.integers(-3, 3),
    act=st.sampled_from([Act.ASSERT, Act.DENY, Act.WITHDRAW]),
    conditions=st.sets(st.sampled_from(["toll-first", "both-sides"])),
)


def weighed(said: Reading) -> Evidence:
    """Return a reading as evidence of some day."""
    return Evidence(
        statement=statement_of(1),
        earliest=date(2031, 2, 1),
        latest=date(2031, 2, 1),
        act=said.act,
        commitment=said.commitment,
        conditions=tuple(sorted(each.id for each in said.conditions)),
    )


@given(st.lists(READINGS, min_size=1))
def test_a_block_takes_the_strongest_commitment(readings: list[Reading]) -> None:
    """The maximum of the commitments and the union of conditions, in any order.

    Ambivalent if and only if both signs occur or a withdrawal stands beside
    another act; none if and only if all acts withdraw.
    """
    evidence = [weighed(each) for each in readings]
    value = block_value(evidence)
    commitments = [each.commitment for each in readings]
    acts = {each.act is Act.WITHDRAW for each in readings}
    both = min(commitments) < 0 < max(commitments)
    if acts == {True}:
        assert value is NoStance.NONE
    elif both or len(acts) > 1:
        assert value is NoStance.AMBIVALENT
    else:
        assert isinstance(value, Stance)
        assert abs(value.commitment) == max(abs(each) for each in commitments)
        ids = {c.id for each in readings for c in each.conditions}
        assert set(value.conditions) == ids
    assert block_value(reversed(evidence)) == value


@pytest.mark.parametrize(
    ("commitments", "strongest"),
    [([-1, -3], -3), ([1, 3], 3), ([0, 2, 1], 2), ([0, -1], -1), ([0, 0], 0)],
)
def test_the_strongest_commitment_is_the_one_farthest_from_none(
    commitments: list[int], strongest: int
) -> None:
    """Against as well as for; no commitment takes nobody's side."""
    told = [weighed(reading(each)) for each in commitments]
    assert block_value(told) == says(strongest)
    assert block_value(reversed(told)) == says(strongest)


def test_conditions_are_told_ascending() -> None:
    """A value is equal to another by what it holds, whoever said it first."""
    ids = [f"condition-{letter}" for letter in "hgfedcba"]
    told = [weighed(reading(1, conditions=[each])) for each in ids]
    value = block_value(told)
    assert value == says(1, *sorted(ids))
    came, went = transition(says(1), value).delta, transition(value, says(1)).delta
    assert came is not None
    assert went is not None
    assert (came.gained, came.dropped) == (tuple(sorted(ids)), ())
    assert (went.gained, went.dropped) == ((), tuple(sorted(ids)))
