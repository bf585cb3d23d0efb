"""The difference of two timelines leads from one to the other, either way."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from domain.events.base import Event, Recorded
from domain.model.commitment import Act
from domain.model.ids import AgentId
from domain.positions.differences import Aspect, Differences, differences
from domain.positions.labels import NoStance
from domain.positions.timeline import Position, Timeline
from tests.support.facts import (
    OTHER_QUESTION,
    QUESTION,
    attributed,
    reading,
    recorded,
    statement_of,
)
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


def test_more_evidence_alone_is_a_change() -> None:
    """A second statement of the same day says the same; the label and the days stay."""
    one = line_of((1, "2031-02-01", 3))
    (changed,) = differences(
        one, line_of((1, "2031-02-01", 3), (2, "2031-02-01", 3))
    ).changed
    assert changed.aspects == (Aspect.EVIDENCE,)
    assert changed.before == one.positions[0]


def test_another_label_alone_is_a_change() -> None:
    """What was said first is said again, once an earlier statement is on record."""
    (changed,) = differences(
        line_of((1, "2031-02-01", 3)),
        line_of((1, "2031-02-01", 3), (2, "2031-01-01", 3)),
    ).changed
    assert changed.aspects == (Aspect.LABEL,)


def test_stated_again_is_another_label_than_stated() -> None:
    """A retraction that came to light late changes what the words after it read."""
    stated = attributed(1, "2031-02-01", reading(3))
    retracted = attributed(2, "2031-01-01", reading(0, act=Act.WITHDRAW))
    (changed,) = differences(
        timeline(recorded([stated])), timeline(recorded([stated, retracted]))
    ).changed
    assert changed.aspects == (Aspect.LABEL,)
    assert changed.after.again


def test_a_value_that_is_no_stance_differs_from_each_stance() -> None:
    """It has no conditions that could differ; two such values are not the same."""
    torn, withdrew = (
        timeline(recorded([attributed(1, "2031-02-01", *said)]))
        for said in (
            [reading(3, conditions=["toll-first"]), reading(-3)],
            [reading(0, act=Act.WITHDRAW)],
        )
    )
    assert torn.positions[0].value is NoStance.AMBIVALENT
    assert withdrew.positions[0].value is NoStance.NONE
    (stance,) = differences(torn, line_of((1, "2031-02-01", 3))).changed
    assert stance.aspects == (Aspect.VALUE,)
    (retracted,) = differences(torn, withdrew).changed
    assert retracted.aspects == (Aspect.LABEL, Aspect.VALUE)


def test_blocks_are_one_within_a_question_and_holder_only() -> None:
    """The same statement on another question or of another holder is another block."""
    said = [
        timeline(recorded([attributed(1, "2031-02-01", each)]))
        for each in (
            reading(3),
            reading(3, question=OTHER_QUESTION),
            reading(3, holder="harbour-office"),
        )
    ]
    for other in said[1:]:
        found = differences(said[0], other)
        assert found == Differences(
            added=other.positions, gone=said[0].positions, changed=()
        )


def test_changes_come_by_question_holder_and_day() -> None:
    """In the order of a timeline, whatever they share."""
    holders = ("harbour-office", "tarek-mool", "vesna-orlin")

    def told(value: int) -> Timeline:
        readings = [
            reading(value, question=question, holder=holder)
            for question in (OTHER_QUESTION, QUESTION)
            for holder in holders
        ]
        days = (f"2031-02-{day:02d}" for day in (1, 3, 5))
        return timeline(
            recorded([attributed(n, d, *readings) for n, d in enumerate(days)])
        )

    changed = differences(told(3), told(2)).changed
    assert [
        (each.after.question, each.after.holder, each.after.earliest.day)
        for each in changed
    ] == [
        (question, AgentId(holder), day)
        for question in (QUESTION, OTHER_QUESTION)
        for holder in holders
        for day in (1, 3, 5)
    ]


def test_changes_of_one_line_come_by_their_days_not_by_what_they_share() -> None:
    """The block with most evidence is paired first, and told in its place."""
    late = [(n, "2031-02-05", 3) for n in (2, 3, 4)]
    softer = [(n, "2031-02-05", 2) for n in (2, 3, 4)]
    changed = differences(
        line_of((1, "2031-02-01", 3), *late), line_of((1, "2031-02-01", 2), *softer)
    ).changed
    assert [len(each.after.statements) for each in changed] == [1, 3]


def test_where_evidence_is_shared_alike_the_days_decide() -> None:
    """A block that was split in halves is the earlier one, and what joined two likewise."""
    whole = line_of((1, "2031-02-01/2031-02-05", 3), (2, "2031-02-05", 3))
    halves = line_of((1, "2031-02-01", 3), (2, "2031-02-05", 3))
    early, late = halves.positions
    split, joined = differences(whole, halves), differences(halves, whole)
    assert [each.after for each in split.changed] == [early]
    assert (split.added, split.gone) == ((late,), ())
    assert [each.before for each in joined.changed] == [early]
    assert (joined.added, joined.gone) == ((), (late,))


def test_a_statement_beside_the_line_is_another_one_for_another_reason() -> None:
    """What came and what went is told in the order of a timeline."""
    undated = timeline(recorded([attributed(n, None, reading()) for n in (1, 2, 3)]))
    open_ended = timeline(
        recorded([attributed(n, "../2031-02-01", reading()) for n in (2, 3, 4)])
    )
    found = differences(undated, open_ended)
    assert found.asides_gone == undated.asides
    assert found.asides_added == open_ended.asides
    assert {each.statement for each in found.asides_added} == {
        statement_of(n) for n in (2, 3, 4)
    }
    assert differences(undated, undated).asides_added == ()


def test_aspects_are_called_what_others_read() -> None:
    """Their names leave the service: they never change."""
    assert [each.value for each in Aspect] == [
        *("label", "value", "conditions", "evidence", "days")
    ]
