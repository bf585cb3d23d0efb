"""One statement by example: all that was decided on it after it was recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from adapters.articles.memory import MemoryArticleStore
from domain.model.ids import UNFILED, StatementId
from domain.positions.causes import Happening
from domain.services.statements import StatementInContext, Statements
from tests.support.desk import OTHER_TOPIC, Desk, open_desk
from tests.support.facts import QUESTION, TESTER, TOPIC


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Return a desk with topics, questions and agents."""
    with open_desk() as opened:
        yield opened


def read(desk: Desk, statement: StatementId) -> StatementInContext:
    """Return a statement with all events folded in."""
    desk.projector.catch_up()
    return Statements(desk.log, desk.views, MemoryArticleStore()).read(statement)


def told(found: StatementInContext) -> Sequence[tuple[str, str, str | None]]:
    """Return where what was decided, and why."""
    return [(d.topic, d.cause.happening, d.cause.reason) for d in found.decided]


def test_every_later_decision_is_told_in_the_order_of_the_log(desk: Desk) -> None:
    """Those that hold no longer too: a date that was decided twice, a link that ended."""
    statement = desk.record(1, "2031-02-01")
    other = desk.record(2, "2031-02-01")
    assert told(read(desk, statement)) == []
    says = {"question": QUESTION, "commitment": 1}
    steps: list[tuple[str, dict[str, object], Happening]] = [
        ("date", {"spoken_at": "2031-02-02"}, Happening.DATE_DECIDED),
        ("date", {"spoken_at": "2031-02-01"}, Happening.DATE_DECIDED),
        ("identify", {"agent": "tarek-mool"}, Happening.SPEAKER_DECIDED),
        ("assess", says, Happening.ASSESSMENT_DECIDED),
        ("withdraw", {}, Happening.WITHDRAWN),
        ("reinstate", {}, Happening.PUT_BACK),
    ]
    for number, (do, about, _) in enumerate(steps):
        desk.decide(do, statement=statement, reason=f"why {number}", **about)
    pair = {"first": statement, "second": other}
    desk.decide("link", kind="repeats", reason="said again", **pair)
    desk.decide("unlink", reason="another day", **pair)
    found = read(desk, statement)
    assert told(found) == [
        *((TOPIC, each, f"why {n}") for n, (_, _, each) in enumerate(steps)),
        (TOPIC, Happening.LINKED, "said again"),
        (TOPIC, Happening.UNLINKED, "another day"),
    ]
    assert {each.cause.actor for each in found.decided} == {TESTER}
    assert [each.cause.recorded_at for each in found.decided] == sorted(
        each.cause.recorded_at for each in found.decided
    )
    assert [(each.id, each.on_record) for each in found.mentioned] == [(other, True)]
    assert [d.cause.happening for d in read(desk, other).decided] == [
        "linked",
        "unlinked",
    ]


def test_what_was_decided_in_each_topic_is_told_with_it(desk: Desk) -> None:
    """Filing is a decision; so is leaving a topic that the statement is not in any more."""
    statement = desk.record(1, "2031-02-01", topic=UNFILED)
    desk.decide("file", statement=statement, topic=TOPIC, reason="on the harbour")
    desk.decide("file", statement=statement, topic=OTHER_TOPIC, reason="on tolls too")
    desk.decide("withdraw", statement=statement, topic=TOPIC, reason="not on it")
    assert sorted(told(read(desk, statement))) == sorted(
        [
            (TOPIC, Happening.FILED, "on the harbour"),
            (UNFILED, Happening.WITHDRAWN, "on the harbour"),
            (OTHER_TOPIC, Happening.FILED, "on tolls too"),
            (TOPIC, Happening.WITHDRAWN, "not on it"),
        ]
    )


def test_a_later_recording_under_another_topic_files_whoever_made_it(
    desk: Desk,
) -> None:
    """An import files what is on record: its topic is told, not its leaving alone."""
    statement = desk.record(1, "2031-02-01", topic=UNFILED)
    desk.record(1, "2031-02-01", topic=OTHER_TOPIC)
    assert told(read(desk, statement)) == [(OTHER_TOPIC, Happening.FILED, None)]


def test_a_linked_statement_that_was_withdrawn_is_told_to_be_so(desk: Desk) -> None:
    """Its words stay readable where it is spoken of."""
    one, two = desk.record(1, "2031-02-01"), desk.record(2, "2031-02-01")
    desk.decide("link", first=one, second=two, kind="repeats")
    desk.decide("withdraw", statement=two)
    (other,) = read(desk, one).mentioned
    assert (other.id, other.on_record, other.attribution.words) == (two, False, "Arti")
