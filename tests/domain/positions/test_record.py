"""The record of a topic: a set of events, and what was decided last."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from domain.errors import InvalidCommandError
from domain.events.base import Actor, ActorKind
from domain.events.topic import (
    LinkKind,
    QuestionReinstated,
    QuestionWithdrawn,
    SpeakerIdentified,
    StatementDated,
    StatementsLinked,
    StatementsUnlinked,
)
from domain.model.ids import StatementId
from domain.positions.record import Register, TopicRecord, joined
from tests.support.facts import (
    OTHER_QUESTION,
    QUESTION,
    TOPIC,
    at,
    attributed,
    dated,
    opened,
    posed,
    spoken_by,
    statement_of,
    withdrawn,
)

FIRST, SECOND, THIRD = sorted(map(statement_of, (1, 2, 3)))


def link(
    kind: LinkKind = LinkKind.REPEATS, second: StatementId = SECOND
) -> StatementsLinked:
    """Return a link from the first statement."""
    return StatementsLinked(first=FIRST, second=second, kind=kind, reason="read")


def test_an_event_counts_once_at_its_first_seq() -> None:
    """The same fact again changes nothing; met earlier in the log it moves there."""
    first = at(4, attributed(1))
    record = TopicRecord()
    assert record.add(first)
    assert record.add(first) is False
    assert record.add(replace(first, seq=9)) is False
    assert [each.seq for each in record] == [4]
    assert record.add(replace(first, seq=2))
    assert [each.seq for each in record] == [2]


@pytest.mark.parametrize("what", ["event", "actor", "causation"])
def test_another_event_of_the_same_id_is_refused(what: str) -> None:
    """Content, actor and cause are what an event is; the id is named."""
    first = at(1, attributed(1))
    other = {
        "event": opened(),
        "actor": Actor(kind=ActorKind.PERSON, name="another"),
        "causation": first.id,
    }
    record = TopicRecord([first])
    with pytest.raises(
        InvalidCommandError, match=f"^two events share the id {first.id}$"
    ):
        record.add(replace(first, **{what: other[what]}))


def test_the_opening_is_on_record_or_not() -> None:
    """A part of a record may be without it."""
    assert TopicRecord([at(1, posed())]).opened is None
    assert TopicRecord([at(2, posed()), at(1, opened())]).opened == opened()


def test_questions_stand_in_the_order_of_the_log() -> None:
    """However the events arrive."""
    events = [at(3, posed(QUESTION)), at(2, posed(OTHER_QUESTION))]
    assert [each.id for each in TopicRecord(events).questions] == [
        OTHER_QUESTION,
        QUESTION,
    ]


def test_a_question_is_taken_back_until_it_is_asked_again() -> None:
    """The last decision on it holds, each question by itself."""
    back = [
        QuestionWithdrawn(topic=TOPIC, question=each, reason="two in one")
        for each in (QUESTION, OTHER_QUESTION)
    ]
    again = QuestionReinstated(topic=TOPIC, question=QUESTION, reason="one")
    record = TopicRecord([at(5, again), at(3, back[0]), at(4, back[1])])
    assert record.taken_back() == {OTHER_QUESTION}
    record.add(at(6, back[0].model_copy(update={"reason": "two after all"})))
    assert record.taken_back() == {QUESTION, OTHER_QUESTION}


def test_recordings_and_withdrawals_stand_in_the_order_of_the_log() -> None:
    """A recording that a withdrawal undoes is known and not live."""
    one = at(1, attributed(1))
    undone = at(2, withdrawn(one))
    two = at(3, attributed(1, answers=undone.id))
    again = at(4, withdrawn(two))
    three = at(5, attributed(1, answers=again.id))
    record = TopicRecord([again, three, undone, two, one])
    name = statement_of(1)
    assert record.recordings(name) == [one, two, three]
    assert record.live_recordings(name) == [three]
    assert record.withdrawals(name) == [undone, again]
    assert record.statements() == [name]


def test_of_a_statement_that_is_not_on_record_nothing_is() -> None:
    """No recording, no withdrawal, no decision."""
    record = TopicRecord([at(1, attributed(1))])
    assert record.recordings(statement_of(2)) == []
    assert record.live_recordings(statement_of(2)) == []
    assert record.withdrawals(statement_of(2)) == []
    assert list(record.decisions(statement_of(2))) == []


def test_the_decision_with_the_highest_seq_holds_in_its_register() -> None:
    """Another register or statement has its own."""
    earlier, later = (
        at(seq, StatementDated(statement=FIRST, dating=dated(day), reason="read"))
        for seq, day in ((2, "2031-02-03"), (3, "2031-02-01"))
    )
    who = SpeakerIdentified(
        statement=FIRST, identification=spoken_by("tarek-mool"), reason="read"
    )
    record = TopicRecord([later, earlier, at(4, who)])
    assert dict(record.decisions(FIRST)) == {
        Register.SPEAKER: at(4, who),
        Register.DATE: later,
    }
    assert dict(record.decisions(SECOND)) == {}


def test_a_pair_is_linked_as_its_last_decision_says() -> None:
    """Links are told ascending; a statement is not linked to itself."""
    record = TopicRecord(
        [
            at(9, link(second=THIRD)),
            at(2, link(LinkKind.CONTRADICTS)),
            at(3, link(LinkKind.SAME_STATEMENT)),
            at(4, link(second=FIRST)),
        ]
    )
    assert record.links() == sorted(
        [
            (FIRST, SECOND, LinkKind.SAME_STATEMENT),
            (FIRST, THIRD, LinkKind.REPEATS),
        ]
    )
    parted = StatementsUnlinked(first=FIRST, second=SECOND, reason="not one")
    record.add(at(5, parted))
    assert record.links() == [(FIRST, THIRD, LinkKind.REPEATS)]


def test_records_are_joined_as_the_sets_that_they_are() -> None:
    """What lies in several counts once."""
    events = [at(1, opened()), at(2, posed()), at(3, attributed(1))]
    whole = joined(TopicRecord(events[:2]), TopicRecord(events[1:]))
    assert sorted(each.seq for each in whole) == [1, 2, 3]
    assert joined().statements() == []


def test_registers_are_named_on_the_wire() -> None:
    """A statement tells by these names what was decided of it."""
    assert [each.value for each in Register] == ["speaker", "date", "assessment"]
