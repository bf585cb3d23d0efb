"""From when to when a statement read what, told from the positions as they were."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.model.commitment import Act
from domain.model.ids import AgentId
from domain.positions.labels import Label, NoStance, Stance
from domain.positions.revisions import (
    Held,
    Labelled,
    RevisionKey,
    Stretch,
    revised,
    stretches,
)
from domain.positions.timeline import Position
from tests.support.facts import (
    EPOCH,
    HOLDER,
    OTHER_QUESTION,
    QUESTION,
    attributed,
    reading,
    recorded,
    statement_of,
)
from tests.support.histories import timeline

KEY = RevisionKey(QUESTION, HOLDER, statement_of(1))
YES = Labelled(label=Label.STATED, value=Stance(commitment=3))
PERHAPS = Labelled(label=Label.STATED, value=Stance(commitment=1))
NO = Labelled(label=Label.STATED, value=Stance(commitment=-3))
TORN = Labelled(label=Label.STATED, value=NoStance.AMBIVALENT)
LAST = 99
"""A seq after all that is told here."""


def first(*commitments: int, day: str = "2031-02-01") -> Position:
    """Return the first position of a line: a statement for each commitment."""
    told = enumerate(commitments, start=1)
    (found,) = timeline(
        recorded([attributed(number, day, reading(each)) for number, each in told])
    ).positions
    return found


def alone(seq: int) -> datetime:
    """Return the transaction of an event: each has one of its own."""
    return EPOCH + timedelta(minutes=seq)


def in_tens(seq: int) -> datetime:
    """Return the transaction of an event: up to a round seq they are one."""
    return EPOCH + timedelta(minutes=-(-seq // 10))


def told(*held: Held, known_at: int = LAST) -> list[Stretch]:
    """Return the revisions where each event is a transaction."""
    return stretches(held, alone, known_at=known_at)


# --- one revision, and the next --------------------------------------------------------


def test_what_stays_is_one_revision_without_an_end() -> None:
    """It begins with the event from which on it is so; nothing was before."""
    assert told(Held(first(3), 5, None)) == [Stretch(KEY, YES, None, 5, None)]


def test_what_ends_one_revision_is_the_cause_of_the_next() -> None:
    """The second tells what it replaced; in whatever order positions come."""
    early, late = Held(first(3), 5, 8), Held(first(1), 8, None)
    expected = [Stretch(KEY, YES, None, 5, 8), Stretch(KEY, PERHAPS, YES, 8, None)]
    assert told(early, late) == expected
    assert told(late, early) == expected


def test_other_days_or_more_evidence_are_no_revision() -> None:
    """What is read is a label and a value; only what came with it is told as well."""
    found = told(
        Held(first(3), 5, 8),
        Held(first(3, day="2031-02-09"), 8, 11),
        Held(first(3, 3), 11, None),
    )
    other = KEY._replace(statement=statement_of(2))
    assert found == [
        Stretch(KEY, YES, None, 5, None),
        Stretch(other, YES, None, 11, None),
    ]


def test_another_label_is_a_revision_though_the_value_is_the_same() -> None:
    """Words that repeat what was said before them were first stated, and then reaffirmed."""
    *_, again = timeline(
        recorded(
            [
                attributed(2, "2031-01-01", reading(3)),
                attributed(1, "2031-02-01", reading(3)),
            ]
        )
    ).positions
    reaffirmed = Labelled(label=Label.REAFFIRMED, value=YES.value)
    assert told(Held(first(3), 5, 8), Held(again, 8, None)) == [
        Stretch(KEY, YES, None, 5, 8),
        Stretch(KEY, reaffirmed, YES, 8, None),
    ]


def test_what_is_stated_after_a_retraction_is_stated_again() -> None:
    """A retraction that came to light late changes what the words after it read."""
    *_, again = timeline(
        recorded(
            [
                attributed(2, "2031-01-01", reading(0, act=Act.WITHDRAW)),
                attributed(1, "2031-02-01", reading(3)),
            ]
        )
    ).positions
    once_more = Labelled(label=Label.STATED, value=YES.value, again=True)
    assert told(Held(first(3), 5, 8), Held(again, 8, None)) == [
        Stretch(KEY, YES, None, 5, 8),
        Stretch(KEY, once_more, YES, 8, None),
    ]


def test_a_value_that_comes_again_is_a_revision_again() -> None:
    """Yes, no and yes are three, each with the one before it."""
    assert told(Held(first(3), 1, 2), Held(first(-3), 2, 3), Held(first(3), 3, 4)) == [
        Stretch(KEY, YES, None, 1, 2),
        Stretch(KEY, NO, YES, 2, 3),
        Stretch(KEY, YES, NO, 3, 4),
    ]


# --- off the line, and back ------------------------------------------------------------


def test_a_statement_that_leaves_the_line_ends_its_revision() -> None:
    """No other begins: it has no label."""
    assert told(Held(first(3), 5, 8)) == [Stretch(KEY, YES, None, 5, 8)]


def test_a_statement_that_comes_back_replaces_nothing() -> None:
    """What it read before it left was over."""
    assert told(Held(first(3), 5, 8), Held(first(3), 10, None)) == [
        Stretch(KEY, YES, None, 5, 8),
        Stretch(KEY, YES, None, 10, None),
    ]


# --- as it was known -------------------------------------------------------------------


def test_what_came_after_a_seq_was_not_known_at_it() -> None:
    """An event at the seq itself was; one after it neither begins nor ends a revision."""
    held = Held(first(3), 5, 8), Held(first(1), 8, 12)
    assert told(*held, known_at=4) == []
    assert told(*held, known_at=5) == [Stretch(KEY, YES, None, 5, None)]
    assert told(*held, known_at=7) == [Stretch(KEY, YES, None, 5, None)]
    both = [Stretch(KEY, YES, None, 5, 8), Stretch(KEY, PERHAPS, YES, 8, None)]
    assert told(*held, known_at=8) == both
    assert told(*held, known_at=11) == both
    ended = both[1]._replace(ended_by=12)
    assert told(*held, known_at=12) == [both[0], ended]


# --- transactions ----------------------------------------------------------------------


def test_what_was_so_inside_of_a_transaction_only_was_never_seen() -> None:
    """Nobody read it: the cause of what stayed is the last event that changed it."""
    held = Held(first(3), 5, 11), Held(first(1), 11, 13), Held(first(-3), 13, None)
    assert stretches(held, in_tens, known_at=LAST) == [
        Stretch(KEY, YES, None, 5, 13),
        Stretch(KEY, NO, YES, 13, None),
    ]


def test_what_changes_no_reading_is_not_its_cause() -> None:
    """Evidence that came later in the transaction left it as the event before made it."""
    held = Held(first(3), 5, 11), Held(first(-3), 11, 12), Held(first(-3, -3), 12, None)
    found = stretches(held, in_tens, known_at=LAST)
    assert [each for each in found if each.key == KEY] == [
        Stretch(KEY, YES, None, 5, 11),
        Stretch(KEY, NO, YES, 11, None),
    ]


def test_a_transaction_that_gives_back_what_it_took_changes_nothing() -> None:
    """The statement left the line and came back to it before anybody looked."""
    held = Held(first(3), 5, 12), Held(first(3), 14, None)
    assert stretches(held, in_tens, known_at=LAST) == [Stretch(KEY, YES, None, 5, None)]


def test_a_statement_that_came_and_went_in_a_transaction_was_never_there() -> None:
    """It has no revision, and none that ended."""
    assert stretches([Held(first(3), 2, 4)], in_tens, known_at=LAST) == []


# --- of many statements ----------------------------------------------------------------


def test_revisions_come_in_the_order_of_the_events_that_caused_them() -> None:
    """Those of one event by question, holder and statement."""
    torn = first(3, -3)
    elsewhere = torn.changed(question=OTHER_QUESTION)
    other_holder = torn.changed(holder=AgentId("harbour-office"))
    found = told(
        Held(elsewhere, 7, 9), Held(torn, 7, None), Held(other_holder, 2, None)
    )
    statements = sorted([statement_of(1), statement_of(2)])
    keys = [
        *(
            RevisionKey(QUESTION, AgentId("harbour-office"), each)
            for each in statements
        ),
        *(RevisionKey(QUESTION, HOLDER, each) for each in statements),
        *(RevisionKey(OTHER_QUESTION, HOLDER, each) for each in statements),
    ]
    assert [each.key for each in found] == keys
    assert [each.cause for each in found] == [2, 2, 7, 7, 7, 7]
    assert {each.labelled for each in found} == {TORN}


def test_revised_is_what_read_something_that_it_reads_no_more() -> None:
    """By question and statement; a first revision that still holds is none."""
    kept, ended = Held(first(3), 5, None), Held(first(1), 8, 12)
    elsewhere = ended._replace(position=ended.position.changed(question=OTHER_QUESTION))
    assert revised(told(kept)) == set()
    assert revised(told(kept, elsewhere)) == {(OTHER_QUESTION, statement_of(1))}
