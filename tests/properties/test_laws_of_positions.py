"""The laws of the fold, over generated histories of a topic."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.events.agent import AliasJudged, Verdict
from domain.events.base import Event, Recorded
from domain.events.topic import (
    LinkKind,
    QuestionReinstated,
    QuestionWithdrawn,
    SpeakerIdentified,
    StatementAssessed,
    StatementAttributed,
    StatementDated,
    StatementsLinked,
    StatementsUnlinked,
    StatementWithdrawn,
)
from domain.model.ids import ALIASES, AgentId
from domain.positions.labels import Label
from domain.positions.live import live_statements
from domain.positions.record import TopicRecord, joined
from domain.positions.timeline import Timeline
from tests.properties import by_hand
from tests.support.facts import (
    HOLDER,
    QUESTION,
    TOPIC,
    at,
    attributed,
    reading,
    recorded,
    statement_of,
    withdrawn,
)
from tests.support.histories import DOUBLED, PAIRS, START, histories, timeline

pytestmark = pytest.mark.slow

History = list[Recorded[Event]]

NESTED = recorded(
    [
        attributed(1, "2031-02-01/2031-02-04", reading(3)),
        attributed(2, "2031-02-02", reading(3)),
        attributed(3, "2031-02-04", reading(-3)),
    ]
)
CHAINED = recorded(
    [
        attributed(1, "2031-02-01/2031-02-05", reading(3)),
        attributed(2, "2031-02-05/2031-02-09", reading(-3)),
        attributed(3, "2031-02-10", reading(3)),
    ]
)
LINKED = recorded(
    [
        attributed(1, "2031-02-01/2031-02-05", reading(3)),
        attributed(2, "2031-02-04/2031-02-06", reading(3)),
        attributed(3, None, reading(3)),
        *(
            StatementsLinked(
                first=statement_of(1),
                second=statement_of(other),
                kind=LinkKind.SAME_STATEMENT,
                reason="one press conference",
            )
            for other in (2, 3)
        ),
    ]
)
APART = recorded(
    [
        attributed(1, "../2031-02-01", reading(3)),
        attributed(2, "2031-02-08/2031-02-09", reading(3)),
        StatementsLinked(
            first=statement_of(1),
            second=statement_of(2),
            kind=LinkKind.SAME_STATEMENT,
            reason="one interview",
        ),
    ]
)


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


@given(histories(), st.randoms(use_true_random=False))
def test_events_that_decide_different_things_may_come_in_any_order(
    history: History, random: Random
) -> None:
    """Renumbered, with the order within each register kept, all is the same (L1).

    What arrives late gets a higher seq; only decisions on the same thing, and the
    recordings of one statement, must keep their order among themselves.
    """
    assert timeline(rearranged(history, random)) == timeline(history)


def rearranged(history: History, random: Random) -> History:
    """Return a history with new seqs, the order within each register kept."""
    queues: dict[object, History] = defaultdict(list)
    for each in history:
        queues[register_of(each)].append(each)
    order: History = []
    while left := [queue for queue in queues.values() if queue]:
        order.append(random.choice(left).pop(0))
    return [replace(each, seq=seq) for seq, each in enumerate(order, start=1)]


def register_of(each: Recorded[Event]) -> object:
    """Return what an event decides; an event that commutes with all is its own."""
    match each.event:
        case StatementAttributed(statement=statement):
            return ("recorded", statement)
        case SpeakerIdentified() | StatementDated() | StatementAssessed() as decided:
            return (decided.name, decided.statement)
        case (
            StatementsLinked(first=a, second=b) | StatementsUnlinked(first=a, second=b)
        ):
            return (a, b)
        case QuestionWithdrawn(question=asked) | QuestionReinstated(question=asked):
            return asked
        case AliasJudged(first=one, second=other):
            return (one, other)
        case _:
            return each.id


@given(histories())
def test_the_same_events_twice_change_nothing(history: History) -> None:
    """project(log + log) = project(log) (L2)."""
    assert timeline(history + history) == timeline(history)


@given(histories(), st.lists(st.booleans(), min_size=20, max_size=20))
def test_any_partition_joined_in_any_order_gives_the_same(
    history: History, sides: list[bool]
) -> None:
    """Splitting a log in two and joining the records either way is the whole (L4)."""
    left = TopicRecord(e for e, side in zip(history, sides, strict=False) if side)
    right = TopicRecord(e for e, side in zip(history, sides, strict=False) if not side)
    whole = timeline(history)
    assert timeline(joined(left, right)) == whole
    assert timeline(joined(right, left)) == whole


@given(histories(), st.integers(-3, 3))
def test_a_withdrawal_undoes_a_new_statement_exactly(
    history: History, commitment: int
) -> None:
    """record(s), withdraw(s) equals never having recorded a new s (L5)."""
    seq = len(history) + 1
    new = at(seq, attributed(99, "2031-02-03", reading(commitment)))
    undone = at(seq + 1, withdrawn(new))
    assert timeline([*history, new, undone]) == timeline(history)


@given(histories(), st.integers(-3, 3), st.integers(0, 12))
@example(NESTED, 3, 1)
def test_a_new_statement_touches_only_its_own_line(
    history: History, commitment: int, day: int
) -> None:
    """Other keys stay, evidence grows by one, at most two rows are new (L6)."""
    spoken_at = str(START + timedelta(days=day))
    new = attributed(99, spoken_at, reading(commitment))
    before, after = timeline(history), timeline([*history, at(len(history) + 1, new)])
    if QUESTION in by_hand.taken_back(history):
        assert before.positions == after.positions
        return
    own = (QUESTION, by_hand.standing(history).get(HOLDER, HOLDER))

    def others(line: Timeline) -> list[object]:
        return [each for each in line.positions if (each.question, each.holder) != own]

    assert others(before) == others(after)
    assert before.asides == after.asides
    grown = {s for p in after.positions for s in p.statements}
    assert grown == {s for p in before.positions for s in p.statements} | {
        new.statement
    }
    assert sum(each not in before.positions for each in after.positions) <= 2


@given(histories(), PAIRS, st.sampled_from([Verdict.NEGATIVE, Verdict.UNSURE]))
def test_agents_taken_apart_again_hold_what_they_held(
    history: History, pair: tuple[str, str], verdict: Verdict
) -> None:
    """Judging two to be one and then not gives the timeline of before.

    Before means: with the pair not judged to be one.
    """
    first, second = AgentId(pair[0]), AgentId(pair[1])
    judged = [
        AliasJudged(first=first, second=second, verdict=each, reason="one signature")
        for each in (verdict, Verdict.POSITIVE, verdict)
    ]
    apart = [*history, at(len(history) + 1, judged[0], stream=ALIASES)]
    again = [
        *apart,
        *(at(len(apart) + n, each, stream=ALIASES) for n, each in enumerate(judged, 1)),
    ]
    assert timeline(again) == timeline(apart)


@given(histories())
def test_a_question_that_is_asked_again_is_answered_as_before(history: History) -> None:
    """Taking a question back leaves no position on it; asking again, all of them."""
    taken = QuestionWithdrawn(topic=TOPIC, question=QUESTION, reason="two in one")
    again = QuestionReinstated(topic=TOPIC, question=QUESTION, reason="one after all")
    seq = len(history)
    asked = [*history, at(seq + 1, again)]
    unasked = [*history, at(seq + 1, taken)]
    assert QUESTION not in {each.question for each in timeline(unasked).positions}
    assert timeline([*unasked, at(seq + 2, again)]) == timeline(asked)


@given(histories())
@example(NESTED)
def test_consecutive_positions_are_certain_in_their_order(history: History) -> None:
    """No label stands between overlapping dates: prev.latest < next.earliest (L7)."""
    positions = timeline(history).positions
    for before, after in pairwise(positions):
        if (before.question, before.holder) == (after.question, after.holder):
            assert before.latest < after.earliest
            assert after.previous_evidence == before.statements
        else:
            assert after.previous_evidence == ()
            assert after.transition.label in {Label.STATED, Label.RETRACTED}


@given(histories())
def test_nothing_on_record_is_lost(history: History) -> None:
    """Every live statement is evidence of a position, or aside with its reason."""
    live = {each.id for each in live_statements(TopicRecord(history))}
    line = timeline(history)
    placed = {each for position in line.positions for each in position.statements}
    aside = {each.statement for each in line.asides}
    assert placed | aside == live


@given(histories(), st.integers(0, 14))
@example(LINKED, 2)
@example(LINKED, 3)
@example(APART, 4)
def test_as_of_a_day_is_as_if_what_began_later_had_never_been_recorded(
    history: History, day: int
) -> None:
    """as_of folds what may have been spoken by a day; it never cuts a finished line."""
    when = START + timedelta(days=day)
    begun, cut = by_hand.begun_by(history, when)
    as_of = timeline(history, as_of=when)
    assert as_of == timeline(cut)
    shown = {each for position in as_of.positions for each in position.statements}
    assert shown | {each.statement for each in as_of.asides} == begun


@given(histories())
@example(NESTED)
@example(CHAINED)
@example(LINKED)
def test_a_block_is_what_shares_days_directly_or_through_others(
    history: History,
) -> None:
    """Blocks are the connected components of overlapping evidence, whatever its order.

    `chained` is set exactly where a block spans more days than evidence may.
    """
    found, _ = by_hand.served(timeline(history))
    expected, _ = by_hand.arranged(history)
    assert found == expected


@given(histories())
@example(DOUBLED)
@example(APART)
def test_what_stands_beside_the_line_stands_there_once(history: History) -> None:
    """Two readings of one statement on one question and holder are one aside."""
    line = timeline(history)
    _, expected = by_hand.arranged(history)
    _, found = by_hand.served(line)
    assert found == expected
    assert len(line.asides) == len(expected)


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
