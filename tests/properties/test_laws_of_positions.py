"""The laws of the fold, over generated histories of a topic."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from domain.events.base import Event, Recorded
from domain.events.topic import StatementAttributed, StatementWithdrawn
from domain.positions.labels import Label
from domain.positions.live import WIDEST, live_statements
from domain.positions.record import TopicRecord, joined
from domain.positions.timeline import Timeline, fold
from domain.projections.topics import TopicState, topic_rows
from tests.support.facts import QUESTION, at, attributed, reading, recorded, withdrawn
from tests.support.histories import START, histories

History = list[Recorded[Event]]

NESTED = recorded(
    [
        attributed(1, "2031-02-01/2031-02-04", reading(3)),
        attributed(2, "2031-02-02", reading(3)),
        attributed(3, "2031-02-04", reading(-3)),
    ]
)


def timeline(history: History) -> Timeline:
    """Fold a history."""
    return fold(live_statements(TopicRecord(history)))


@given(histories(), st.randoms(use_true_random=False))
@example(NESTED, None)
def test_the_order_in_which_events_arrive_does_not_matter(
    history: History, random: object
) -> None:
    """project(shuffle(log)) = project(log), each event keeping its seq (L1)."""
    shuffled = list(reversed(history))
    if random is not None:
        random.shuffle(shuffled)  # type: ignore[attr-defined] # typed as object for the example
    assert timeline(shuffled) == timeline(history)


@given(histories(), st.integers(0, 20))
def test_a_recording_that_arrives_late_gives_the_same_timeline(
    history: History, place: int
) -> None:
    """Moving a recording to the end of the log, with a new seq, leaves the result (L1).

    Decisions keep their order among themselves: only recordings and withdrawals are
    free to move.
    """
    movable = [
        each
        for each in history
        if isinstance(each.event, StatementAttributed)
        and [r.id for r in history].count(each.id) == 1
        and sum(
            getattr(other.event, "statement", None) == each.event.statement
            for other in history
            if isinstance(other.event, StatementAttributed)
        )
        == 1
    ]
    if not movable:
        return
    moved = movable[place % len(movable)]
    late = [each for each in history if each is not moved]
    late.append(at(len(history) + 1, moved.event))
    assert timeline(late) == timeline(history)


@given(histories())
def test_the_same_events_twice_change_nothing(history: History) -> None:
    """project(log + log) = project(log) (L2)."""
    assert timeline(history + history) == timeline(history)


@given(histories(), st.integers(0, 20))
def test_the_view_at_any_seq_is_the_fold_of_the_prefix(
    history: History, at_seq: int
) -> None:
    """Folding on from a prefix, event by event, gives the rows of the fold (L3)."""
    state = TopicState(topic=history[0].event.topic, record=TopicRecord())  # type: ignore[attr-defined] # the first event opens the topic
    for each in history:
        state.add(each)
        if each.seq >= at_seq:
            fresh = TopicState(state.topic, TopicRecord())
            for earlier in history[: each.seq]:
                fresh.add(earlier)
            assert topic_rows(state) == topic_rows(fresh)


@given(histories(), st.lists(st.booleans(), min_size=20, max_size=20))
def test_any_partition_joined_in_any_order_gives_the_same(
    history: History, sides: list[bool]
) -> None:
    """Splitting a log in two and joining the records either way is the whole (L4)."""
    left = TopicRecord(e for e, side in zip(history, sides, strict=False) if side)
    right = TopicRecord(e for e, side in zip(history, sides, strict=False) if not side)
    whole = timeline(history)
    assert fold(live_statements(joined(left, right))) == whole
    assert fold(live_statements(joined(right, left))) == whole


@given(histories(), st.integers(-3, 3))
def test_a_withdrawal_undoes_a_new_statement_exactly(
    history: History, commitment: int
) -> None:
    """record(s), withdraw(s) equals never having recorded a new s (L5)."""
    seq = len(history) + 1
    new = at(seq, attributed(99, "2031-02-03", reading(commitment)))
    undone = at(seq + 1, withdrawn(new))
    assert timeline([*history, new, undone]) == timeline(history)


@given(histories(), st.integers(-3, 3))
def test_a_new_statement_touches_only_its_own_line(
    history: History, commitment: int
) -> None:
    """Other holders' and questions' positions stay; evidence grows by one (L6)."""
    new = attributed(99, "2031-02-03", reading(commitment))
    before, after = timeline(history), timeline([*history, at(len(history) + 1, new)])

    def others(line: Timeline) -> list[object]:
        own = (QUESTION, "vesna-orlin")
        return [each for each in line.positions if (each.question, each.holder) != own]

    assert others(before) == others(after)
    assert before.asides == after.asides
    grown = {s for p in after.positions for s in p.evidence}
    assert grown == {s for p in before.positions for s in p.evidence} | {new.statement}


@given(histories())
@example(NESTED)
def test_consecutive_positions_are_certain_in_their_order(history: History) -> None:
    """No label stands between overlapping dates: prev.latest < next.earliest (L7)."""
    positions = timeline(history).positions
    for before, after in pairwise(positions):
        if (before.question, before.holder) == (after.question, after.holder):
            assert before.latest < after.earliest
            assert after.previous_evidence == before.evidence
        else:
            assert after.previous_evidence == ()
            assert after.transition.label in {Label.STATED, Label.RETRACTED}


@given(histories())
def test_nothing_on_record_is_lost(history: History) -> None:
    """Every live statement is evidence of a position, or aside with its reason."""
    live = {each.id for each in live_statements(TopicRecord(history))}
    line = timeline(history)
    placed = {each for position in line.positions for each in position.evidence}
    aside = {each.statement for each in line.asides}
    assert placed | aside == live


@given(histories(), st.integers(0, 14))
def test_as_of_a_day_shows_what_had_begun_by_then(history: History, day: int) -> None:
    """as_of folds the statements begun by a day; it never cuts a finished line."""
    when = START + timedelta(days=day)
    live = live_statements(TopicRecord(history))
    begun = [each for each in live if each.begun_by(when)]
    assert fold(live, as_of=when) == fold(begun)


@given(histories())
def test_a_block_is_flagged_when_overlaps_chain_beyond_the_widest_evidence(
    history: History,
) -> None:
    """`chained` is set exactly where a block is wider than evidence may be."""
    for position in timeline(history).positions:
        assert position.chained == (position.latest - position.earliest > WIDEST)


@given(histories())
def test_withdrawn_statements_are_not_live(history: History) -> None:
    """A statement is live while some recording of it is not withdrawn."""
    undone = {
        each
        for recorded_ in history
        if isinstance(recorded_.event, StatementWithdrawn)
        for each in recorded_.event.undoes
    }
    expected = {
        each.event.statement
        for each in history
        if isinstance(each.event, StatementAttributed) and each.id not in undone
    }
    assert {each.id for each in live_statements(TopicRecord(history))} == expected
