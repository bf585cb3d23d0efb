"""The difference of two timelines leads from one to the other, either way."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from domain.events.base import Event, Recorded
from domain.positions.differences import Aspect, Differences, differences
from domain.positions.timeline import Position, Timeline
from tests.support.facts import attributed, reading, recorded
from tests.support.histories import DOUBLED, histories, timeline

History = list[Recorded[Event]]


def line_of(*told: tuple[int, str, int]) -> Timeline:
    """Return the timeline of statements, given by number, days and commitment."""
    return timeline(
        recorded([attributed(n, days, reading(value)) for n, days, value in told])
    )


@given(histories())
@example(DOUBLED)
def test_a_timeline_does_not_differ_from_itself(history: History) -> None:
    """Nothing came, went or changed."""
    line = timeline(history)
    assert differences(line, line) == Differences()


@given(histories(), st.integers(0, 14))
def test_what_differs_leads_from_one_timeline_to_the_other(
    history: History, cut: int
) -> None:
    """Without what is gone, with what came and what changed, it is the other one."""
    before, after = timeline(history[:cut]), timeline(history)
    found = differences(before, after)
    changed = {_key(each.before): each.after for each in found.changed}
    assert set(map(_key, found.gone)) <= set(map(_key, before.positions))
    kept = [
        changed.get(_key(each), each)
        for each in before.positions
        if each not in found.gone
    ]
    led = {*map(_seen, kept), *map(_seen, found.added)}
    assert led == set(map(_seen, after.positions))
    beside = set(before.asides) - set(found.asides_gone) | set(found.asides_added)
    assert beside == set(after.asides)
    assert all(each.aspects for each in found.changed)


def _key(position: Position) -> tuple[object, ...]:
    return (position.question, position.holder, position.earliest)


def _seen(position: Position) -> tuple[object, ...]:
    """Return what of a position may differ."""
    label, value = position.transition.label, position.value
    return (*_key(position), position.latest, label, str(value), position.statements)


@given(histories(), histories())
def test_the_other_way_round_it_is_the_same_with_its_sides_exchanged(
    one: History, other: History
) -> None:
    """Which of two timelines comes first decides the names, and nothing else."""
    there = differences(timeline(one), timeline(other))
    back = differences(timeline(other), timeline(one))
    assert (there.added, there.gone) == (back.gone, back.added)
    assert (there.asides_added, there.asides_gone) == (
        back.asides_gone,
        back.asides_added,
    )
    turned = {(str(e.after), str(e.before), e.aspects) for e in back.changed}
    assert {(str(e.before), str(e.after), e.aspects) for e in there.changed} == turned


def test_a_block_that_was_split_is_the_one_that_kept_most_evidence() -> None:
    """The rest of it is added, as a position of its own."""
    before = line_of(
        (1, "2031-02-01/2031-02-03", 3), (2, "2031-02-02", 3), (3, "2031-02-03", 3)
    )
    after = line_of((1, "2031-02-01", 3), (2, "2031-02-03", 3), (3, "2031-02-03", 3))
    found = differences(before, after)
    (changed,), (added,) = found.changed, found.added
    assert len(changed.after.statements) == 2
    assert len(added.statements) == 1
    assert changed.aspects == (Aspect.LABEL, Aspect.EVIDENCE, Aspect.DAYS)
    assert not found.gone


def test_a_block_without_shared_evidence_is_another_one() -> None:
    """The same days and the same value do not make two blocks one."""
    found = differences(line_of((1, "2031-02-01", 3)), line_of((2, "2031-02-01", 3)))
    assert (len(found.added), len(found.gone), found.changed) == (1, 1, ())


def test_each_aspect_is_told_by_itself() -> None:
    """Value, conditions and days differ one without the other."""
    day = line_of((1, "2031-02-01", 3))
    conditional = timeline(
        recorded([attributed(1, "2031-02-01", reading(3, conditions=["toll-first"]))])
    )
    for other, aspect in (
        (line_of((1, "2031-02-01", 2)), Aspect.VALUE),
        (conditional, Aspect.CONDITIONS),
        (line_of((1, "2031-02-02", 3)), Aspect.DAYS),
    ):
        (changed,) = differences(day, other).changed
        assert changed.aspects == (aspect,)
