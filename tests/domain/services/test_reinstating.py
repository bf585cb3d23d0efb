"""Statements taken out of the record and put back, as often as it takes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.errors import InvalidCommandError
from domain.events.topic import LinkKind
from domain.model.ids import TopicId, topic_stream
from domain.projections.rows import Table
from domain.services.recorded_events import StatementReader
from tests.support.desk import OTHER_TOPIC, Desk, open_desk
from tests.support.facts import QUESTION, TOPIC, attributed, reading, statement_of

POLICY = {"kind": "policy", "labels": {"en": "Will the port open?"}}


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Return a desk with two statements: yes on the 1st, no on the 5th."""
    with open_desk() as opened:
        opened.record(1, "2031-02-01", reading(3, holder="self"))
        opened.record(2, "2031-02-05", reading(-3, holder="self"))
        yield opened


def test_a_statement_is_withdrawn_once(desk: Desk) -> None:
    """A second withdrawal is refused, and so is judging what is withdrawn."""
    desk.decide("withdraw", statement=statement_of(1))
    with pytest.raises(InvalidCommandError, match="withdrawn already"):
        desk.decide("withdraw", statement=statement_of(1))
    with pytest.raises(InvalidCommandError, match="reinstate it first"):
        desk.decide("date", statement=statement_of(1), spoken_at="2031-02-02")


def test_a_statement_can_be_withdrawn_and_put_back_any_number_of_times(
    desk: Desk,
) -> None:
    """Each re-recording answers its withdrawal, so that no id repeats; decisions hold."""
    desk.decide("date", statement=statement_of(1), spoken_at="2031-02-03")
    before = desk.timeline()
    for _ in range(3):
        desk.decide("withdraw", statement=statement_of(1))
        assert desk.labels() == ["stated"]
        desk.decide("reinstate", statement=statement_of(1))
        assert desk.timeline() == before
    assert desk.replays()


def test_what_was_withdrawn_last_is_put_back_not_what_was_recorded_first(
    desk: Desk,
) -> None:
    """A re-recording may say otherwise than the first: it is the one that returns."""
    desk.decide("withdraw", statement=statement_of(1))
    with desk.views.snapshot() as views:
        rows = views.rows(Table.WITHDRAWN, statement_of(1))
    (gone,) = StatementReader(desk.log).withdrawn(rows)
    answers = gone.withdrawal
    other = attributed(1, "2031-02-03", reading(1, holder="self"), answers=answers)
    desk.append(topic_stream(TOPIC), other)
    before = desk.timeline()
    desk.decide("withdraw", statement=statement_of(1))
    desk.decide("reinstate", statement=statement_of(1))
    assert desk.timeline() == before
    assert desk.replays()


def standing(desk: Desk, number: int) -> set[TopicId]:
    """Return the topics that carry the statement with a number."""
    desk.projector.catch_up()
    with desk.views.snapshot() as views:
        keys = views.keys_with(Table.STATEMENT, statement_of(number))
    return {TopicId(topic) for topic, _ in keys}


def test_what_is_put_back_is_what_was_taken_last_and_nothing_before(desk: Desk) -> None:
    """A statement that was no longer under a topic does not return there by an undo."""
    desk.decide("file", statement=statement_of(1), topic=OTHER_TOPIC)
    desk.decide("withdraw", statement=statement_of(1), topic=OTHER_TOPIC)
    before = (desk.timeline(), desk.timeline(OTHER_TOPIC))
    desk.decide("withdraw", statement=statement_of(1))
    desk.decide("reinstate", statement=statement_of(1))
    assert (desk.timeline(), desk.timeline(OTHER_TOPIC)) == before
    assert standing(desk, 1) == {TOPIC}
    assert desk.replays()


def test_one_withdrawal_from_several_topics_is_undone_whole(desk: Desk) -> None:
    """Where one decision took it out of two topics, one decision puts it back in both."""
    desk.decide("file", statement=statement_of(1), topic=OTHER_TOPIC)
    desk.decide("withdraw", statement=statement_of(1))
    assert standing(desk, 1) == set()
    assert desk.decide("reinstate", statement=statement_of(1)).events == 2
    assert standing(desk, 1) == {TOPIC, OTHER_TOPIC}


def test_put_back_it_has_the_speaker_and_day_that_were_judged_meanwhile(
    desk: Desk,
) -> None:
    """However it comes back, it is told so there, and whose it is follows."""
    of, there = statement_of(1), {"statement": statement_of(1), "topic": OTHER_TOPIC}
    desk.decide("pose", topic=OTHER_TOPIC, question=QUESTION, **POLICY)
    desk.decide("file", **there)
    desk.decide("assess", statement=of, question=QUESTION, commitment=3)
    for back, day, agent in (("reinstate", 2, "tarek-mool"), ("file", 3, "pilots")):
        desk.decide("withdraw", **there)
        desk.decide("identify", statement=of, agent=agent)
        desk.decide("date", statement=of, spoken_at=f"2031-02-0{day}")
        desk.decide(back, **there)
        ((line,), _) = desk.timeline(OTHER_TOPIC)
        assert (line.holder, str(line.earliest)) == (agent, f"2031-02-0{day}")
    assert desk.replays()


def test_put_back_where_it_stands_nowhere_it_is_as_it_was_judged_last(
    desk: Desk,
) -> None:
    """Of two topics that it left, the one that it left last knows."""
    of = statement_of(1)
    desk.decide("file", statement=of, topic=OTHER_TOPIC)
    desk.decide("withdraw", statement=of, topic=TOPIC)
    desk.decide("identify", statement=of, agent="tarek-mool")
    desk.decide("withdraw", statement=of, topic=OTHER_TOPIC)
    desk.decide("reinstate", statement=of, topic=TOPIC)
    holders = {e.holder for e in desk.timeline()[0] if of in e.statements}
    assert holders == {"tarek-mool"}


@pytest.mark.parametrize("kind", LinkKind)
@pytest.mark.parametrize("back", ["reinstate", "file"])
def test_a_statement_whose_links_contradict_those_made_meanwhile_is_not_put_back(
    desk: Desk, back: str, kind: LinkKind
) -> None:
    """An utterance would contradict itself: what was linked meanwhile goes first."""
    first, middle, last = (statement_of(number) for number in (1, 2, 3))
    desk.record(3, "2031-02-09", reading(1, holder="self"))
    desk.decide("file", statement=middle, topic=OTHER_TOPIC)
    desk.decide("link", first=first, second=middle)
    desk.decide("link", first=middle, second=last)
    desk.decide("withdraw", statement=middle, topic=TOPIC)
    desk.decide("link", first=first, second=last, kind=kind)
    head = desk.log.head()
    with pytest.raises(InvalidCommandError, match="unlink first what was linked"):
        desk.decide(back, statement=middle, topic=TOPIC)
    assert desk.log.head() == head
    desk.decide("unlink", first=first, second=last)
    desk.decide(back, statement=middle, topic=TOPIC)
    desk.projector.catch_up()
    with desk.views.snapshot() as views:
        (live,) = StatementReader(desk.log).live(
            views.rows(Table.STATEMENT, TOPIC, middle)
        )
    assert {*live.linked} == {first, last}
    assert desk.replays()


def test_withdrawals_are_undone_one_by_one_the_last_first(desk: Desk) -> None:
    """Until it stands wherever it stood: then there is nothing to put back."""
    desk.decide("file", statement=statement_of(1), topic=OTHER_TOPIC)
    desk.decide("withdraw", statement=statement_of(1), topic=OTHER_TOPIC)
    desk.decide("withdraw", statement=statement_of(1), topic=TOPIC)
    desk.decide("reinstate", statement=statement_of(1))
    assert standing(desk, 1) == {TOPIC}
    desk.decide("reinstate", statement=statement_of(1))
    assert standing(desk, 1) == {TOPIC, OTHER_TOPIC}
    with pytest.raises(InvalidCommandError, match="nothing to reinstate"):
        desk.decide("reinstate", statement=statement_of(1))


def test_of_a_withdrawal_from_several_topics_the_rest_is_put_back(desk: Desk) -> None:
    """What was put back by its topic already is on record, and stays as it is."""
    desk.decide("file", statement=statement_of(1), topic=OTHER_TOPIC)
    desk.decide("withdraw", statement=statement_of(1))
    desk.decide("reinstate", statement=statement_of(1), topic=OTHER_TOPIC)
    assert desk.decide("reinstate", statement=statement_of(1)).events == 1
    assert standing(desk, 1) == {TOPIC, OTHER_TOPIC}
