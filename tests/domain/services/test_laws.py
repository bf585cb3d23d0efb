"""The laws are tried on a live log, and a log or a fold that breaks one is found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given

from domain.errors import NotFoundError
from domain.events.base import Event, Recorded
from domain.model.ids import TopicId, topic_stream
from domain.positions.timeline import Timeline
from domain.projections.rows import Changes, Table
from domain.services.laws import Laws, timeline_of
from domain.services.timelines import TimelineQuery
from tests.support.desk import Desk, open_desk
from tests.support.facts import (
    OTHER_QUESTION,
    TOPIC,
    attributed,
    reading,
    statement_of,
)
from tests.support.histories import histories
from tests.support.stores import append


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Return a desk with statements, decisions and a withdrawal."""
    with open_desk() as opened:
        for number in range(1, 7):
            opened.record(
                number,
                f"2031-02-0{number}",
                reading(number - 3),
                reading(1, question=OTHER_QUESTION, holder="self"),
            )
        opened.decide("link", first=statement_of(1), second=statement_of(2))
        opened.decide("date", statement=statement_of(3), spoken_at="2031-02-09")
        opened.decide("withdraw", statement=statement_of(4))
        pair = {"first": "tarek-mool", "second": "vesna-orlin"}
        opened.decide("alias", verdict="positive", **pair)
        yield opened


def failures(desk: Desk) -> dict[str, int]:
    """Return how often each law fails at a desk."""
    tried = Laws(desk.log, desk.timelines).of_topic(TOPIC, samples=8)
    assert all(each.tried for each in tried)
    return {each.law: each.failed for each in tried if each.failed}


def test_every_law_is_tried_and_holds(desk: Desk) -> None:
    """Nothing is recorded by trying."""
    head = desk.log.head()
    assert failures(desk) == {}
    assert desk.log.head() == head


def test_the_same_log_is_tried_in_the_same_way(desk: Desk) -> None:
    """Samples are drawn by hashes."""
    one, other = (Laws(desk.log, desk.timelines).of_topic(TOPIC) for _ in range(2))
    assert one == other


def test_read_models_that_say_otherwise_are_found(desk: Desk) -> None:
    """A row that was altered is not what the log gives, then and now."""
    with desk.views.transaction() as views:
        key = next(iter(views.keys(Table.POSITION, TOPIC)))
        gone = Changes()
        gone.add(views.seq, Table.POSITION, key, None)
        views.save(gone, (), views.progress)
    assert failures(desk) == {"prefix": 1, "served": 1}


def test_an_event_that_is_parked_breaks_no_law(desk: Desk) -> None:
    """What lies in the stream of another topic has no part in this one, by any way."""
    astray = attributed(9, "2031-02-20", reading(-3))
    other = astray.model_copy(update={"topic": TopicId("elsewhere")})
    append(desk.log, topic_stream(TOPIC), other)
    desk.projector.catch_up()
    assert failures(desk) == {}
    head = TimelineQuery(topic=TOPIC, known_at=desk.log.head())
    then, now = (
        desk.timelines.read(head),
        desk.timelines.read(TimelineQuery(topic=TOPIC)),
    )
    assert then.topic == now.topic
    assert then.digest == now.digest


def test_a_fold_that_depends_on_order_is_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were the first event that is read lost, shuffling would show it."""

    def forgetful(history: Sequence[Recorded[Event]]) -> Timeline:
        return timeline_of(history[1:])

    monkeypatch.setattr("domain.services.laws.timeline_of", forgetful)
    assert failures(desk)["shuffle"]


def test_positions_out_of_their_order_are_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Consecutive positions must be strictly ordered in time."""

    def backwards(history: Sequence[Recorded[Event]]) -> Timeline:
        line = timeline_of(history)
        return line.changed(positions=line.positions[::-1])

    monkeypatch.setattr("domain.services.laws.timeline_of", backwards)
    assert failures(desk)["order"]


def test_an_unknown_topic_has_no_laws(desk: Desk) -> None:
    """There is nothing to try."""
    with pytest.raises(NotFoundError):
        Laws(desk.log, desk.timelines).of_topic(TopicId("nowhere"))


@pytest.mark.slow
@given(histories())
def test_the_laws_hold_on_any_history(history: list[Recorded[Event]]) -> None:
    """Whatever was decided, in whatever order, no trial fails."""
    with open_desk() as desk:
        for each in history:
            desk.append(each.stream, each.event)
        desk.projector.catch_up()
        tried = Laws(desk.log, desk.timelines).of_topic(TOPIC, samples=3)
        assert [each for each in tried if each.failed] == []


def test_the_number_of_trials_is_told(desk: Desk) -> None:
    """Laws that can be tried without end are tried as often as asked."""
    tried = Laws(desk.log, desk.timelines).of_topic(TOPIC, samples=3)
    counts = {each.law: each.tried for each in tried}
    for law in ("shuffle", "late", "prefix", "partition", "withdrawn", "reinstated"):
        assert counts[law] == 3
    assert counts["complete"] == 5
