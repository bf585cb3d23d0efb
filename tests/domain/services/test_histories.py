"""Histories by example: what changes a label without a word of the speaker, and what not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from domain.errors import InvalidInputError, NotFoundError
from domain.events.base import Stored
from domain.events.topic import StatementDated
from domain.model.ids import AgentId, QuestionId, StatementId, TopicId, topic_stream
from domain.positions.causes import Happening
from domain.positions.differences import Aspect
from domain.positions.explain_revision import explain_revision
from domain.positions.labels import Label
from domain.positions.revisions import Revision
from domain.services.changes import LastChanges
from domain.services.correct import reason_in
from domain.services.histories import Histories, HistoryQuery
from domain.services.timelines import TimelineQuery
from tests.support.desk import OTHER_TOPIC, Desk, open_desk
from tests.support.facts import HOLDER, QUESTION, TOPIC, dated, reading, statement_of


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Return a desk with a topic, its questions and agents."""
    with open_desk() as opened:
        yield opened


def histories(desk: Desk) -> Histories:
    """Return what is asked at a desk, with all events folded in."""
    desk.projector.catch_up()
    return Histories(desk.log, desk.views, desk.timelines)


def revisions(desk: Desk, **asked: object) -> Sequence[Revision]:
    """Return the revisions of the topic, or those that are asked for."""
    query = HistoryQuery.model_validate({"topic": TOPIC, **asked})
    return histories(desk).revisions(query).revisions


def labels(found: Sequence[Revision]) -> list[str]:
    """Return what was read, one after another."""
    return [each.labelled.label.value for each in found]


def last_change(desk: Desk) -> tuple[int, int]:
    """Return the seqs before and after what changed the topic last."""
    desk.projector.catch_up()
    (change,) = LastChanges(desk.log, desk.views).last(TOPIC, 1)
    return change.before, change.after


def test_a_late_article_revises_the_label_of_what_was_said_after_it(desk: Desk) -> None:
    """What stood as a first statement reads as a reversal once the one before is known."""
    march = desk.record(1, "2031-03-01", reading(-3))
    desk.record(2, "2031-02-01", reading(3))
    first, second = revisions(desk, statement=march)
    assert (first.until, first.labelled.label) == (second.since, Label.STATED)
    assert (second.until, second.labelled.label) == (None, Label.REVERSED)
    assert second.before == first.labelled
    assert first.ended_by == second.cause
    assert second.cause.statements == (statement_of(2),)
    assert explain_revision(second) == (
        "This read stated (categorically no) until 1 January 2031; since the recording of "
        f"another statement (event {second.cause.seq}) it reads reversed (categorically no)."
    )
    assert explain_revision(first, language="fr") == (
        f"Après son enregistrement, le 1er janvier 2031 (événement {first.cause.seq}), "
        "l'étiquette était : déclaré (catégoriquement non) ; ce n'est plus le cas depuis "
        f"l'enregistrement d'une autre déclaration, le 1er janvier 2031 (événement {second.cause.seq})."
    )


def test_a_withdrawn_statement_has_no_label_and_begins_anew_when_it_is_back(
    desk: Desk,
) -> None:
    """Nothing stands before what comes back, and the reason of the decision is told."""
    statement = desk.record(1, "2031-02-01", reading(3))
    desk.decide("withdraw", statement=statement)
    desk.decide("reinstate", statement=statement)
    gone, back = revisions(desk)
    assert gone.ended_by is not None
    assert gone.ended_by.reason == "reviewed"
    assert (gone.until, back.before, back.until) == (gone.ended_by.seq, None, None)
    assert gone.ended_by.seq < back.since
    assert "its withdrawal" in explain_revision(gone)
    assert explain_revision(back).startswith("Since its reinstatement, on ")
    assert "son rétablissement" in explain_revision(back, language="fr")


def test_the_reason_of_a_decision_is_told_whatever_event_it_became(desk: Desk) -> None:
    """A statement that is put back is recorded anew: why, is in what it follows from."""
    statement = desk.record(1, "2031-02-01", reading(3))
    desk.decide("withdraw", statement=statement, reason="made up")
    desk.decide("reinstate", statement=statement, reason="no: it was said")
    recorded, back = revisions(desk)
    assert recorded.ended_by is not None
    assert (recorded.cause.reason, recorded.ended_by.reason) == (None, "made up")
    told = (back.cause.happening, back.cause.reason)
    assert told == (Happening.PUT_BACK, "no: it was said")
    for no_decision in (None, "", "ingest 5f2e", "note: by nobody"):
        assert reason_in(no_decision) is None


def test_more_evidence_and_another_delta_revise_nothing(desk: Desk) -> None:
    """Only label and value are told of; the record may grow beside them."""
    first = desk.record(1, "2031-02-01", reading(-3))
    second = desk.record(2, "2031-03-01", reading(3))
    desk.record(3, "2031-03-01", reading(3))
    desk.decide(
        "assess", statement=first, question=QUESTION, commitment=-1, act="assert"
    )
    (only,) = revisions(desk, statement=second)
    assert only.labelled.label is Label.REVERSED


def test_what_one_transaction_does_and_undoes_was_never_so(desk: Desk) -> None:
    """Nobody could see the state between two events of one transaction."""
    statement = desk.record(1, "2031-02-01", reading(3))
    moved, back = (
        StatementDated(statement=statement, dating=dated(day), reason="read again")
        for day in (None, "2031-02-01")
    )
    desk.append(topic_stream(TOPIC), moved, back)
    assert labels(revisions(desk)) == ["stated"]
    desk.append(topic_stream(TOPIC), moved)
    desk.append(topic_stream(TOPIC), back)
    assert labels(revisions(desk)) == ["stated", "stated"]


def test_what_takes_a_statement_to_another_holder_ends_one_history_and_begins_another(
    desk: Desk,
) -> None:
    """Two agents that are judged to be one hold as one from then on."""
    desk.record(1, "2031-02-01", reading(3, holder="tarek-mool"))
    told = {"first": "harbour-office", "second": "tarek-mool", "verdict": "positive"}
    desk.decide("alias", **told)
    before, after = revisions(desk)
    assert (before.holder, after.holder) == ("tarek-mool", "harbour-office")
    assert before.ended_by == after.cause
    assert after.cause.agents == ("harbour-office", "tarek-mool")
    assert "harbour-office and tarek-mool as one agent" in explain_revision(after)
    assert revisions(desk, holder=AgentId("tarek-mool")) == (before,)
    assert revisions(desk, changed_only=True) == (before, after)
    assert revisions(desk, holder=after.holder, changed_only=True) == (after,)


def test_a_question_that_was_taken_back_keeps_its_history(desk: Desk) -> None:
    """Its revisions end with it, and can be asked for."""
    desk.record(1, "2031-02-01", reading(3))
    desk.decide("withdraw-question", topic=TOPIC, question=QUESTION)
    (gone,) = revisions(desk, question=QUESTION)
    assert gone.until is not None
    assert "the withdrawal of the question" in explain_revision(gone)


def test_changed_only_leaves_out_what_never_read_anything_else(desk: Desk) -> None:
    """Both revisions of a revised statement stay, also where it was off the line between."""
    desk.record(1, "2031-03-01", reading(-3))
    back = desk.record(2, "2031-05-01", reading(-3))
    desk.record(3, "2031-06-01", reading(-3))
    desk.decide("withdraw", statement=back)
    desk.decide("reinstate", statement=back)
    found = revisions(desk, changed_only=True)
    assert [each.statement for each in found] == [back, back]
    assert len(revisions(desk)) == 4


def test_statements_are_told_with_whether_they_are_on_record(desk: Desk) -> None:
    """The words of a withdrawn one are still known, and so is that it was withdrawn."""
    march = desk.record(1, "2031-03-01", reading(-3))
    late = desk.record(2, "2031-02-01", reading(3))
    desk.decide("withdraw", statement=late)
    found = histories(desk).revisions(HistoryQuery(topic=TOPIC, statement=march))
    assert {each.id: each.on_record for each in found.statements} == {
        march: True,
        late: False,
    }


def test_an_event_that_cannot_be_read_holds_up_no_history(desk: Desk) -> None:
    """It is parked; what was recorded before it is told as ever."""
    desk.record(1, "2031-02-01", reading(3))
    log, stream = desk.log, topic_stream(TOPIC)
    version = log.version(stream) + 1
    poison = Stored(log.head() + 1, stream, version, "topic-opened.v1", b"not json")
    log._log.append(poison)
    log._times.append(log._times[-1] + 1)
    log._streams[stream].append(poison)
    assert labels(revisions(desk)) == ["stated"]
    assert last_change(desk)[1] == log.head() - 1


@pytest.mark.parametrize(
    "asked",
    [
        {"topic": TopicId("nowhere")},
        {"holder": AgentId("nobody")},
        {"question": QuestionId("never-posed")},
        {"statement": StatementId("st-none")},
        {"topic": OTHER_TOPIC, "statement": statement_of(1)},
    ],
)
def test_what_nobody_knew_is_refused(desk: Desk, asked: dict[str, object]) -> None:
    """An id that was never on record in the topic is an error, and not an empty list."""
    desk.record(1, "2031-02-01", reading(3))
    with pytest.raises(NotFoundError):
        revisions(desk, **asked)


def test_two_states_of_the_record_differ_by_what_was_recorded_between(
    desk: Desk,
) -> None:
    """The late article is added; the label that it changed is told as changed."""
    desk.record(1, "2031-03-01", reading(-3))
    before = desk.log.head()
    desk.record(2, "2031-02-01", reading(3))
    asked = histories(desk)
    found = asked.between(
        TimelineQuery(topic=TOPIC, known_at=before), TimelineQuery(topic=TOPIC)
    )
    assert [each.statements for each in found.found.added] == [(statement_of(2),)]
    (changed,) = found.found.changed
    assert changed.aspects == (Aspect.LABEL,)
    assert {each.id for each in found.statements} == {statement_of(1), statement_of(2)}
    assert last_change(desk) == (before + 1, desk.log.head())
    with pytest.raises(InvalidInputError):
        asked.between(
            TimelineQuery(topic=TOPIC), TimelineQuery(topic=TOPIC, known_at=9999)
        )


def test_all_of_a_topic_is_added_to_when_it_was_not_there(desk: Desk) -> None:
    """Before it was opened a topic is empty; one that is not there then either is none."""
    desk.record(1, "2031-03-01", reading(-3))
    before, asked = TimelineQuery(topic=TOPIC, known_at=0), histories(desk)
    found = asked.between(before, TimelineQuery(topic=TOPIC))
    assert [each.statements for each in found.found.added] == [(statement_of(1),)]
    assert found.before.seq == 0
    assert found.before.digest != found.after.digest
    with pytest.raises(NotFoundError):
        asked.between(before, before)


def test_two_days_of_speaking_differ_by_what_was_said_between(desk: Desk) -> None:
    """On the axis of speaking nothing that was said before is revised by what came later."""
    desk.record(1, "2031-03-01", reading(-3))
    desk.record(2, "2031-02-01", reading(3, holder=HOLDER))
    desk.projector.catch_up()
    february, march = (
        TimelineQuery.model_validate({"topic": TOPIC, "as_of": day})
        for day in ("2031-02-28", "2031-03-31")
    )
    found = histories(desk).between(february, march)
    assert [each.statements for each in found.found.added] == [(statement_of(1),)]
    assert not found.found.changed
    assert (found.before.query, found.after.query) == (february, march)


def test_a_topic_whose_timeline_is_empty_has_no_last_change(desk: Desk) -> None:
    """There is nothing to compare; of a topic that is none, there is no answer."""
    desk.projector.catch_up()
    changes = LastChanges(desk.log, desk.views)
    assert changes.last(OTHER_TOPIC, 1) == ()
    with pytest.raises(NotFoundError):
        changes.last(TopicId("nowhere"), 1)
