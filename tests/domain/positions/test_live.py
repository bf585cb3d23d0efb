"""Statements on record with the judgements in force, and those taken out of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.events.base import Event, Recorded
from domain.events.topic import (
    LinkKind,
    SpeakerIdentified,
    StatementAssessed,
    StatementDated,
    StatementsLinked,
)
from domain.model.commitment import Reading
from domain.model.ids import AgentId, StatementId
from domain.model.moment import Moment
from domain.model.statement import Filing
from domain.positions.interval import Interval
from domain.positions.live import (
    FoldedReading,
    Link,
    LiveStatement,
    live_statements,
    withdrawn_statements,
)
from domain.positions.record import Register, TopicRecord
from tests.support.facts import (
    EPOCH,
    HOLDER,
    OTHER_QUESTION,
    QUESTION,
    TESTER,
    assessed,
    at,
    attributed,
    dated,
    reading,
    recorded,
    spoken_by,
    statement_of,
    withdrawn,
)

MOOL = AgentId("tarek-mool")
ONE, TWO, THREE = sorted((1, 2, 3), key=statement_of)


def link(first: int, second: int, kind: LinkKind) -> StatementsLinked:
    """Return a link between the statements of two numbers."""
    a, b = sorted((statement_of(first), statement_of(second)))
    return StatementsLinked(first=a, second=b, kind=kind, reason="read")


def folded(told: Reading) -> FoldedReading:
    """Return a reading as it is folded where nobody stands for anybody."""
    return FoldedReading.of(told, told.question, told.holder)


def lives(*events: Event) -> dict[StatementId, LiveStatement]:
    """Return the statements on record, by id."""
    return {x.id: x for x in live_statements(TopicRecord(recorded(events)))}


def test_a_statement_is_told_with_where_it_was_recorded() -> None:
    """Its first recording in force gives seq and time, and all are named."""
    one = at(3, attributed(1))
    undone = at(4, withdrawn(one))
    again = at(5, attributed(1, answers=undone.id))
    undone_again = at(6, withdrawn(again))
    last = at(7, attributed(1, answers=undone_again.id))
    record = TopicRecord([one, undone, again])
    (live,) = live_statements(record)
    assert (live.seq, live.recordings) == (5, (again.id,))
    assert live.recorded_at == EPOCH + timedelta(minutes=5)
    assert live.filing == Filing(rule="test")
    (live,) = live_statements(TopicRecord([undone, again, last, one]))
    assert live.recordings == (again.id, last.id)
    assert not any((live.decisions, live.linked, live.links))


def test_statements_are_ordered_by_their_id() -> None:
    """Not as they were recorded."""
    found = live_statements(TopicRecord(recorded(map(attributed, (THREE, ONE, TWO)))))
    assert [each.id for each in found] == [statement_of(n) for n in (ONE, TWO, THREE)]


@pytest.mark.parametrize(
    ("spoken_at", "day", "begun"),
    [
        ("2031-02-01/2031-02-03", 1, True),
        ("2031-02-02/2031-02-03", 1, False),
        ("../2031-02-03", 1, True),
        (None, 1, True),
    ],
)
def test_what_may_have_been_spoken_by_the_end_of_a_day_has_begun(
    spoken_at: str | None, day: int, begun: bool
) -> None:
    """An unknown beginning may lie before any day."""
    (live,) = lives(attributed(1, spoken_at)).values()
    assert live.begun_by(date(2031, 2, day)) is begun


def test_decisions_replace_what_was_recorded_and_are_told() -> None:
    """Each register by itself, with who decided, when and why; in their order."""
    events: list[Event] = [
        attributed(1, "2031-02-01", reading(3, holder="self")),
        StatementAssessed(
            statement=statement_of(1),
            assessment=assessed([reading(-1, holder="self")]),
            reason="misread",
        ),
        StatementDated(
            statement=statement_of(1), dating=dated("2031-02-05"), reason="a day late"
        ),
        SpeakerIdentified(
            statement=statement_of(1),
            identification=spoken_by(MOOL),
            reason="his voice",
        ),
    ]
    history = recorded(events)
    (live,) = live_statements(TopicRecord(history))
    day = Moment.parse("2031-02-05")
    assert live.statement.identification.agent == MOOL
    assert live.statement.dating.spoken_at == day
    assert live.interval == Interval.of(day)
    assert live.readings == (folded(reading(-1, holder=MOOL)),)
    assert live.statement.assessment.readings == (reading(-1, holder="self"),)
    assert [(d.of, d.event, d.seq, d.actor, d.reason) for d in live.decisions] == [
        (Register.SPEAKER, history[3].id, 4, TESTER, "his voice"),
        (Register.DATE, history[2].id, 3, TESTER, "a day late"),
        (Register.ASSESSMENT, history[1].id, 2, TESTER, "misread"),
    ]


def test_one_utterance_has_one_interval_and_names_its_other_reports() -> None:
    """A link of another kind is told at both ends and joins nothing."""
    found = lives(
        attributed(ONE, "2031-02-01/2031-02-05"),
        attributed(TWO, "2031-02-04/2031-02-06"),
        attributed(THREE, "2031-03-01"),
        link(ONE, TWO, LinkKind.SAME_STATEMENT),
        link(TWO, THREE, LinkKind.CONTRADICTS),
    )
    one, two, three = (found[statement_of(n)] for n in (ONE, TWO, THREE))
    shared = Interval.of(Moment.parse("2031-02-04/2031-02-05"))
    assert one.interval == two.interval == shared
    assert (one.linked, two.linked) == ((two.id,), (one.id,))
    assert three.linked == ()
    assert three.interval == Interval.of(Moment.parse("2031-03-01"))
    same = LinkKind.SAME_STATEMENT
    assert one.links == (Link(other=two.id, kind=same),)
    assert two.links == (
        Link(other=one.id, kind=same),
        Link(other=three.id, kind=LinkKind.CONTRADICTS),
    )
    assert three.links == (Link(other=two.id, kind=LinkKind.CONTRADICTS),)


def test_no_link_runs_through_a_withdrawn_statement() -> None:
    """What it was linked to stands by itself, and is not linked to what is not there."""
    ends = [at(n, attributed(n, f"2031-02-0{n}")) for n in (ONE, THREE)]
    middle = at(TWO, attributed(TWO, "2031-02-05"))
    links = [
        at(4, link(ONE, TWO, LinkKind.SAME_STATEMENT)),
        at(5, link(TWO, THREE, LinkKind.SAME_STATEMENT)),
    ]
    history: list[Recorded[Event]] = [*ends, middle, *links, at(6, withdrawn(middle))]
    found = live_statements(TopicRecord(history))
    assert len(found) == 2
    assert not any(each.links or each.linked for each in found)


def test_readings_are_folded_under_who_stands_for_the_holder() -> None:
    """Named or speaking, an agent that was judged to be another is that one."""
    told = attributed(
        1, "2031-02-01", reading(1), reading(2, holder="self"), reading(3, holder="x")
    )
    record = TopicRecord(recorded([told]))
    (live,) = live_statements(record, {HOLDER: MOOL})
    assert [each.holder for each in live.readings] == [MOOL, MOOL, "x"]
    assert [each.commitment for each in live.readings] == [1, 2, 3]
    (live,) = live_statements(record)
    assert [each.holder for each in live.readings] == [HOLDER, HOLDER, "x"]


def test_a_speaker_whom_the_register_does_not_know_holds_nothing() -> None:
    """The reading stays the speaker's own, whoever that is."""
    (live,) = lives(
        attributed(1, "2031-02-01", reading(holder="self"), speaker=None)
    ).values()
    assert live.readings == (folded(reading(holder="self")),)


def test_of_a_question_that_was_taken_back_no_reading_is_folded() -> None:
    """A part of a topic is told which; what the statement says stays as it is."""
    told = attributed(1, "2031-02-01", reading(1), reading(2, question=OTHER_QUESTION))
    record = TopicRecord(recorded([told]))
    (live,) = live_statements(record, None, {QUESTION})
    assert [each.question for each in live.readings] == [None, OTHER_QUESTION]
    assert live.statement.assessment == told.assessment
    (live,) = live_statements(record, None, ())
    assert [each.question for each in live.readings] == [QUESTION, OTHER_QUESTION]


def test_a_withdrawn_statement_keeps_what_putting_it_back_needs() -> None:
    """The last withdrawal, who took it out and why, and what was in force."""
    first = at(1, attributed(1, "2031-02-01"))
    out = at(2, withdrawn(first))
    again = at(3, attributed(1, "2031-02-07", answers=out.id))
    date_ = StatementDated(
        statement=statement_of(1), dating=dated("2031-02-09"), reason="read"
    )
    last = at(5, withdrawn(again).model_copy(update={"reason": "still wrong"}))
    history: list[Recorded[Event]] = [first, out, again, at(4, date_), last]
    record = TopicRecord([*history, at(6, attributed(2))])
    (found,) = withdrawn_statements(record)
    assert found.withdrawal == last.id
    assert (found.seq, found.decision[1], found.reason) == (5, TESTER, "still wrong")
    assert found.statement.id == statement_of(1)
    assert found.statement.dating.spoken_at == Moment.parse("2031-02-09")
    assert found.filing == Filing(rule="test")
    assert [each.id for each in live_statements(record)] == [statement_of(2)]
    undated = TopicRecord([first, out, again, last])
    (found,) = withdrawn_statements(undated)
    assert found.statement.dating.spoken_at == Moment.parse("2031-02-07")
