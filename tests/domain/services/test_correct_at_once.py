"""Decisions while others write: taken anew, or refused on a record that has gone on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from domain.errors import (
    ConflictError,
    InvalidCommandError,
    OutdatedError,
)
from domain.events.base import Event, Recorded
from domain.events.codec import decode
from domain.events.topic import StatementAttributed
from domain.model.ids import topic_stream
from domain.ports import Batch
from domain.services.recording import ATTEMPTS
from tests.support.desk import Desk, open_desk_of_two
from tests.support.facts import (
    TESTER,
    TOPIC,
    reading,
    statement_of,
    withdrawn,
)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Return a desk with two statements: yes on the 1st, no on the 5th."""
    with open_desk_of_two() as opened:
        yield opened


def test_who_decides_on_an_older_record_is_told(desk: Desk) -> None:
    """Two editors saw the same: the second to decide on one topic hears of the first."""
    seen = desk.log.head()
    desk.decide(
        "date", statement=statement_of(1), spoken_at="2031-02-02", expected_seq=seen
    )
    head = desk.log.head()
    with pytest.raises(OutdatedError, match=f"gone on to seq {head} after seq {seen}"):
        desk.decide(
            "date", statement=statement_of(1), spoken_at="2031-02-03", expected_seq=seen
        )
    assert desk.log.head() == head
    elsewhere = {"first": "tarek-mool", "second": "vesna-orlin", "verdict": "negative"}
    assert desk.decide("alias", expected_seq=seen, **elsewhere).events == 1


def test_a_decision_is_taken_anew_when_others_were_first(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bounded number of times, on the record as it then is."""
    races, rivals = ATTEMPTS - 1, iter(range(90, 150))
    plain = desk.log.append

    def raced(batch: Batch) -> int:
        nonlocal races
        if races and batch.actor == TESTER and batch.causation is not None:
            races -= 1
            desk.record(next(rivals), "2031-02-07", reading(1))
        return plain(batch)

    monkeypatch.setattr(desk.log, "append", raced)
    assert desk.decide("withdraw", statement=statement_of(1)).events == 1
    assert races == 0
    races = ATTEMPTS
    with pytest.raises(ConflictError):
        desk.decide("withdraw", statement=statement_of(2))


def test_nothing_is_decided_on_a_record_that_has_gone_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another does between reading and appending is seen: the second is refused."""
    plain, first = desk.log.version, withdrawn(*recordings_of(desk, 1))
    raced = False

    def version(stream: str) -> int:
        nonlocal raced
        if stream == topic_stream(TOPIC) and not raced:
            raced = True
            desk.append(stream, first)
        return plain(stream)

    monkeypatch.setattr(desk.log, "version", version)
    with pytest.raises(InvalidCommandError, match="withdrawn already"):
        desk.decide("withdraw", statement=statement_of(1))


def test_of_two_reasons_for_one_decision_one_is_recorded_and_one_editor_told_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log keeps one of two equal facts; whose reason is not in it decides anew."""
    desk.decide("withdraw", statement=statement_of(1))
    plain, first = desk.log.append, "reinstate: another reason"

    def raced(batch: Batch) -> int:
        plain(replace(batch, causation=first))
        return plain(batch)

    monkeypatch.setattr(desk.log, "append", raced)
    with pytest.raises(InvalidCommandError, match="on record"):
        desk.decide("reinstate", statement=statement_of(1))
    (last,) = desk.log.at([desk.log.head()])
    assert decode(last).causation == first


def recordings_of(desk: Desk, number: int) -> list[Recorded[Event]]:
    """Return the recordings of the statement with a number."""
    stored = desk.log.read_stream(topic_stream(TOPIC))
    events = (decode(each) for each in stored)
    return [
        each
        for each in events
        if isinstance(each.event, StatementAttributed)
        and each.event.statement == statement_of(number)
    ]
