"""Decisions on who spoke: who holds what was said then."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.desk import Desk, open_desk_of_two
from tests.support.facts import (
    OTHER_QUESTION,
    QUESTION,
    reading,
    statement_of,
)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Return a desk with two statements: yes on the 1st, no on the 5th."""
    with open_desk_of_two() as opened:
        yield opened


def test_another_speaker_takes_readings_named_after_the_first_along(desk: Desk) -> None:
    """A holder that was explicit follows; one that the speaker only reports of stays."""
    desk.record(
        3, "2031-02-09", reading(2), reading(1, question=OTHER_QUESTION, holder="self")
    )
    desk.decide(
        "hold",
        statement=statement_of(3),
        holder="harbour-office",
        question=OTHER_QUESTION,
    )
    done = desk.decide("identify", statement=statement_of(3), agent="tarek-mool")
    assert desk.last_events(done.events) == [
        "speaker-identified.v1",
        "statement-assessed.v1",
    ]
    held = {
        (each.question, each.holder)
        for each in desk.timeline()[0]
        if statement_of(3) in each.statements
    }
    assert held == {(QUESTION, "tarek-mool"), (OTHER_QUESTION, "harbour-office")}


SPOKESMAN = {"agent": "tarek-mool", "on_behalf_of": "harbour-office"}


def holders_of(desk: Desk, number: int) -> set[str]:
    """Return who holds what the statement with a number says."""
    positions, _ = desk.timeline()
    of = statement_of(number)
    return {each.holder for each in positions if of in each.statements}


def test_a_spokesman_speaks_and_the_body_holds(desk: Desk) -> None:
    """What is given for a body follows whom the speaker speaks for, whoever that is."""
    desk.decide("identify", statement=statement_of(2), **SPOKESMAN)
    assert holders_of(desk, 2) == {"tarek-mool"}
    desk.decide("hold", statement=statement_of(2), holder="harbour-office")
    assert holders_of(desk, 2) == {"harbour-office"}
    assert desk.labels() == ["stated", "stated"]
    desk.decide(
        "identify", statement=statement_of(2), agent="tarek-mool", on_behalf_of="pilots"
    )
    assert holders_of(desk, 2) == {"pilots"}
    desk.decide("identify", statement=statement_of(2), agent="vesna-orlin")
    assert holders_of(desk, 2) == {"vesna-orlin"}


@pytest.mark.parametrize("holder", ["self", "tarek-mool", "harbour-office", "pilots"])
@pytest.mark.parametrize(
    "there",
    [
        {"agent": "vesna-orlin"},
        {"agent": "vesna-orlin", "on_behalf_of": "pilots"},
        {"agent": "harbour-office"},
        {"agent": "tarek-mool"},
        {"agent": "pilots", "on_behalf_of": "tarek-mool"},
        {"speaker": "Oleg Brant"},
        {},
    ],
    ids=lambda there: " for ".join(there.values()) or "unnamed",
)
@pytest.mark.parametrize(
    "here", [SPOKESMAN, {"agent": "tarek-mool"}], ids=["for a body", "alone"]
)
def test_identified_as_another_and_back_every_holder_is_as_before(
    desk: Desk, here: dict[str, str], there: dict[str, str], holder: str
) -> None:
    """A spokesman's own view stays his own, the body's stays the body's."""
    told = {"statement": statement_of(2), "question": OTHER_QUESTION, "commitment": 1}
    desk.decide("identify", statement=statement_of(2), **here)
    desk.decide("hold", statement=statement_of(2), holder="self")
    desk.decide("assess", holder=holder, **told)
    before = desk.timeline()
    desk.decide("identify", statement=statement_of(2), **there)
    desk.decide("identify", statement=statement_of(2), **here)
    assert desk.timeline() == before


def test_who_speaks_is_what_was_decided_last_whatever_was_before(desk: Desk) -> None:
    """By way of another, or at once, the holders are the same."""
    desk.decide("identify", statement=statement_of(2), agent="harbour-office")
    desk.decide("identify", statement=statement_of(2), **SPOKESMAN)
    there = holders_of(desk, 2)
    desk.decide("identify", statement=statement_of(1), **SPOKESMAN)
    assert holders_of(desk, 1) == there


def test_an_unnamed_speaker_holds_nothing(desk: Desk) -> None:
    """Nobody is named: the reading stands beside the line; a name alone is no agent."""
    for speaker in (None, "Oleg Brant"):
        desk.decide("identify", statement=statement_of(2), speaker=speaker)
        positions, asides = desk.timeline()
        assert len(positions) == 1
        assert [each.reason for each in asides] == ["no_holder"]


@pytest.mark.parametrize("holder", ["self", "harbour-office", "vesna-orlin"])
def test_assessed_again_a_statement_gives_the_position_of_whom_it_gave(
    desk: Desk, holder: str
) -> None:
    """Another value is no other holder: a body's position does not pass to its spokesman."""
    said = {"statement": statement_of(3), "question": QUESTION}
    desk.record(3, "2031-02-09", reading(2), speaker=None)
    desk.decide("identify", statement=statement_of(3), **SPOKESMAN)
    desk.decide("hold", statement=statement_of(3), holder=holder)
    before = holders_of(desk, 3)
    assert desk.decide("assess", commitment=1, **said).events == 1
    assert holders_of(desk, 3) == before
    desk.decide("identify", statement=statement_of(3), agent="vesna-orlin")
    after = {"vesna-orlin"} if holder != "vesna-orlin" else before
    assert holders_of(desk, 3) == after  # and what sort of reading it is, stays too
