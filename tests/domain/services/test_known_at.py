"""What ``known_at`` names, and the words in which anything else is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.errors import InvalidInputError
from domain.services.known_at import seq_known_at
from domain.services.timelines import TimelineQuery
from tests.support.desk import Desk, open_desk
from tests.support.facts import TOPIC

HEAD = 9
"""Where the log of an empty desk ends; its events are a minute apart from 2031 on."""


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """Return a desk at which nothing was recorded yet."""
    with open_desk() as desk:
        desk.projector.catch_up()
        assert desk.log.head() == HEAD
        yield desk


@pytest.mark.parametrize(
    ("text", "seq"),
    [
        ("0", 0),
        ("7", 7),
        ("0" * 30 + "7", 7),
        ("99999", 99999),
        ("2030-12-31T23:59:59Z", 0),
        ("2031-01-01T01:00:00+01:00", 0),
        ("2031-01-01 12:00:00.123456789Z", HEAD),
        ("2999-01-01T00:00:00Z", HEAD),
    ],
)
def test_a_seq_or_an_instant_names_a_seq(desk: Desk, text: str, seq: int) -> None:
    """An instant names the last event that was recorded by then."""
    assert seq_known_at(desk.log, text) == seq


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "-1",
        "٣",
        "2025-W03-1T00:00:00Z",
        "2025-02-30T10:00:00Z",
        "2025-02-01T25:00:00Z",
        "2025-02-01",
        "x" * 50,
    ],
)
def test_anything_else_is_refused_in_one_wording(desk: Desk, text: str) -> None:
    """A day that there is not is told like a text that is no instant at all."""
    with pytest.raises(InvalidInputError) as refused:
        seq_known_at(desk.log, text)
    assert str(refused.value) == (
        "known_at: expected a seq (42) or an instant with its zone, as RFC 3339 writes "
        f"it (2025-09-07T12:00:00Z), got {text[:40]!r}"
    )


def test_a_plus_that_an_address_took_for_a_space_is_recognised(desk: Desk) -> None:
    """The refusal says how to write it."""
    with pytest.raises(InvalidInputError, match=r"; in an address, write \+ as %2B$"):
        seq_known_at(desk.log, "2031-01-01T12:00:00 01:00")


@pytest.mark.parametrize("text", ["10", "9" * 18, "9" * 19, "9" * 64])
def test_a_seq_beyond_the_log_is_refused_in_one_wording(desk: Desk, text: str) -> None:
    """However long the number: it is a seq, and the log is shorter."""
    told = rf"^known_at: the log ends at seq 9, got {text[:40]}$"
    with pytest.raises(InvalidInputError, match=told):
        desk.timelines.read(
            TimelineQuery(topic=TOPIC, known_at=desk.timelines.seq_known_at(text))
        )
