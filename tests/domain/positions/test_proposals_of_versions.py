"""Versions of one article are compared whatever their days; what differs is told."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from adapters.similarity.rapidfuzz_words import similar_words
from domain.events.topic import StatementAttributed
from domain.positions.live import live_statements
from domain.positions.proposals import Proposed, proposals
from domain.positions.record import TopicRecord
from tests.domain.positions.test_proposals import WORDS, said
from tests.support.facts import article_of, reading, recorded, spoken_by, statement_of

OTHER_WORDS = "Les pêcheurs attendront la marée"


def of_versions(*versions: StatementAttributed) -> Proposed:
    """Return what is proposed of statements in versions of one article, 1, 2 and so on."""
    numbers = range(1, len(versions) + 1)
    revised = [(article_of(a), article_of(b)) for a, b in pairwise(numbers)]
    live = live_statements(TopicRecord(recorded(versions)))
    as_rows = sorted(live, key=lambda each: each.id)
    return proposals(as_rows, similar_words, revised)


def named(number: int, name: str, day: str) -> StatementAttributed:
    """Return the recording of words of somebody whom the register does not know."""
    told = said(number, WORDS, spoken_at=day, speaker=None)
    who = spoken_by(None).model_copy(update={"speaker": name})
    return told.model_copy(update={"identification": who})


@pytest.mark.parametrize(
    ("second", "conflicts"),
    [
        (said(2, WORDS), []),
        (said(2, WORDS, spoken_at="2031-02-01/2031-02-04"), []),
        (said(2, WORDS, spoken_at="2031-02-02"), ["day"]),
        (said(2, WORDS, spoken_at="2031-01-31"), ["day"]),
        (said(2, WORDS, spoken_at=None), []),
        (said(2, WORDS, spoken_at="2031-02"), []),
        (said(2, WORDS, spoken_at="2031-03"), ["day"]),
        (said(2, WORDS, reading(3), spoken_at="2031-03-01"), ["day", "polarity"]),
        (said(2, WORDS, reading(-1), spoken_at="2031-03-01"), ["day", "commitment"]),
        (
            said(2, WORDS.replace("3", "4"), spoken_at="2031-03-01"),
            ["day", "number"],
        ),
    ],
)
def test_the_same_words_in_two_versions_are_proposed(
    second: StatementAttributed, conflicts: list[str]
) -> None:
    """Their days may be any; that they share none is told, as all that differs."""
    (found,) = of_versions(said(1, WORDS, reading(-3)), second).pairs
    assert found.versions
    assert list(found.conflicts) == conflicts
    assert {found.first, found.second} == {statement_of(1), statement_of(2)}


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(said(2, WORDS, speaker="tarek-mool"), id="another speaker"),
        pytest.param(said(2, WORDS, speaker=None), id="a speaker whom nobody knows"),
        pytest.param(said(2, WORDS, language="en"), id="another language"),
        pytest.param(said(2, OTHER_WORDS), id="other words"),
    ],
)
def test_what_a_version_says_otherwise_is_not_proposed(
    second: StatementAttributed,
) -> None:
    """Another speaker, language or wording is no repetition by the outlet."""
    later = second.model_copy(
        update={"dating": said(2, WORDS, spoken_at="2031-03-01").dating}
    )
    assert of_versions(said(1, WORDS), later).pairs == ()


def test_who_is_not_on_the_register_is_the_same_speaker_under_the_same_name() -> None:
    """The pair is for review all the same, for nobody has said that it is one person."""
    one, other = named(1, "Ada", "2031-02-01"), named(2, "Ada", "2031-03-01")
    (found,) = of_versions(one, other).pairs
    assert list(found.conflicts) == ["speaker", "day"]
    assert of_versions(one, named(2, "Bea", "2031-03-01")).pairs == ()


def test_a_statement_has_a_pair_with_each_version_of_its_article() -> None:
    """A chain of revisions makes all of its articles versions of one another."""
    days = ("2031-03-01", "2031-01-01", "2031-02-01", "2031-02-01")
    versions = [said(n, WORDS, spoken_at=day) for n, day in enumerate(days, start=1)]
    found = of_versions(*versions).pairs
    ids = sorted(each.statement for each in versions)
    assert sorted((each.first, each.second) for each in found) == [
        *combinations(ids, 2)
    ]


def test_what_comes_in_two_articles_of_their_own_are_no_versions() -> None:
    """A pair that is proposed for its day says so, beside pairs of versions."""
    found = of_versions(said(1, WORDS), said(2, WORDS)).pairs
    assert [each.versions for each in found] == [True]
    live = live_statements(TopicRecord(recorded([said(1, WORDS), said(3, WORDS)])))
    pairs = proposals(live, similar_words, [(article_of(1), article_of(2))]).pairs
    assert [each.versions for each in pairs] == [False]


def test_of_very_many_versions_the_last_are_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A page that is corrected every minute takes no time without bound; it is told."""
    monkeypatch.setattr("domain.positions.proposals.MOST", 1)
    days = [f"2031-0{month}-01" for month in (3, 1, 2, 5, 4)]
    versions = [said(n, WORDS, spoken_at=day) for n, day in enumerate(days, start=1)]
    found = of_versions(*versions)
    assert {frozenset((each.first, each.second)) for each in found.pairs} == {
        frozenset(pair) for pair in pairwise(each.statement for each in versions)
    }
    assert found.unread == 1 + 2 + 3
