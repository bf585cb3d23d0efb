"""Two who decide at once on one thing in several streams: one decides on the other's."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from domain.errors import InvalidCommandError
from domain.ports import Batch
from domain.services.timelines import TimelineQuery
from tests.support.desk import OTHER_TOPIC, Desk, open_desk_of_two
from tests.support.facts import TOPIC, statement_of

FIRST = statement_of(1)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Return a desk with two statements: yes on the 1st, no on the 5th."""
    with open_desk_of_two() as opened:
        yield opened


@pytest.fixture
def meanwhile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Callable[[], object]], None]:
    """Return what lets somebody else act between reading and appending, once."""

    def race(act: Callable[[], object]) -> None:
        plain = desk.log.append

        def raced(batch: Batch) -> int:
            monkeypatch.setattr(desk.log, "append", plain)
            act()
            return plain(batch)

        monkeypatch.setattr(desk.log, "append", raced)

    return race


def days(desk: Desk, topic: str) -> list[str]:
    """Return when the first statement was spoken, by a topic; none where it is not."""
    told = desk.timelines.read(TimelineQuery(topic=topic)).statements
    return [str(e.statement.dating.spoken_at) for e in told if e.id == FIRST]


def test_what_is_withdrawn_is_filed_nowhere(
    desk: Desk, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    """Who files it while it is withdrawn everywhere is told that it was."""
    meanwhile(lambda: desk.decide("withdraw", statement=FIRST))
    with pytest.raises(InvalidCommandError, match="was withdrawn: reinstate it first"):
        desk.decide("file", statement=FIRST, topic=OTHER_TOPIC)
    assert (days(desk, TOPIC), days(desk, OTHER_TOPIC)) == ([], [])


def test_what_is_filed_is_withdrawn_there_too(
    desk: Desk, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    """Who withdraws it everywhere withdraws it from where it has just come to."""
    meanwhile(lambda: desk.decide("file", statement=FIRST, topic=OTHER_TOPIC))
    assert len(desk.decide("withdraw", statement=FIRST).streams) == 2
    assert (days(desk, TOPIC), days(desk, OTHER_TOPIC)) == ([], [])


@pytest.mark.parametrize("dates_first", [False, True])
def test_a_statement_has_one_day_in_all_topics(
    desk: Desk, meanwhile: Callable[[Callable[[], object]], None], dates_first: bool
) -> None:
    """Whoever was first: who dates it, or who files it elsewhere."""

    def dates() -> object:
        return desk.decide("date", statement=FIRST, spoken_at="2031-02-03")

    def files() -> object:
        return desk.decide("file", statement=FIRST, topic=OTHER_TOPIC)

    first, second = (dates, files) if dates_first else (files, dates)
    meanwhile(first)
    second()
    assert days(desk, TOPIC) == days(desk, OTHER_TOPIC) == ["2031-02-03"]


def test_a_seat_is_given_once(
    desk: Desk, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    """The streams are those of two agents; the post is one."""
    seat = {"post": "harbour-master", "organisation": "harbour-office", "held": "2030"}
    told = seat | {"source": "almanac of Valdoria"}
    meanwhile(lambda: desk.decide("role", agent="vesna-orlin", **told))
    with pytest.raises(InvalidCommandError, match="overlaps"):
        desk.decide("role", agent="tarek-mool", **told)
