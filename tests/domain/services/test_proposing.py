"""A corrected article repeats nothing: what it says again is proposed as one utterance."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.similarity.rapidfuzz_words import similar_words
from domain.errors import NotFoundError
from domain.events.article import ArticleRevised
from domain.model.ids import StatementId, TopicId, article_stream
from domain.positions.proposals import Proposal
from domain.services.proposing import Proposals
from tests.support.desk import OTHER_TOPIC, Desk, open_desk
from tests.support.facts import TOPIC, article_of, reading

URL = "https://gull.example/port"


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Return a desk without statements."""
    with open_desk() as opened:
        yield opened


def said(
    desk: Desk, number: int, day: str, commitment: int = 3, topic: TopicId = TOPIC
) -> StatementId:
    """Record a statement, in the words of all others, in an article of its own."""
    return desk.record(number, day, reading(commitment, holder="self"), topic=topic)


def corrected(desk: Desk, number: int, revision: int) -> None:
    """Record that another text came under the url of an article."""
    article = article_of(number)
    fact = ArticleRevised(article=article, revision=article_of(revision), url=URL)
    desk.append(article_stream(article), fact)


def proposed(desk: Desk) -> tuple[Proposal, ...]:
    """Return the pairs of the topic."""
    desk.projector.catch_up()
    return Proposals(desk.log, desk.views, similar_words).of_topic(TOPIC).pairs


def test_a_sentence_that_a_corrected_article_keeps_is_proposed(desk: Desk) -> None:
    """It is dated by its version, and reads reaffirmed until a person links the two."""
    first, second = said(desk, 1, "2031-02-01"), said(desk, 2, "2031-02-05")
    assert proposed(desk) == ()
    corrected(desk, 1, 2)
    (pair,) = proposed(desk)
    assert {pair.first, pair.second} == {first, second}
    assert (pair.versions, pair.conflicts) == (True, ("day",))
    assert desk.labels() == ["stated", "reaffirmed"]
    desk.decide("link", first=first, second=second)
    assert desk.labels() == ["stated"]
    assert proposed(desk) == ()


def test_a_quotation_that_was_corrected_is_for_review(desk: Desk) -> None:
    """The outlet left out a *not*: withdrawn is what was never said."""
    first = said(desk, 1, "2031-02-01", -3)
    said(desk, 2, "2031-02-05", 3)
    corrected(desk, 1, 2)
    assert [each.conflicts for each in proposed(desk)] == [("day", "polarity")]
    assert desk.labels() == ["stated", "reversed"]
    desk.decide("withdraw", statement=first)
    assert (desk.labels(), proposed(desk)) == (["stated"], ())


def test_versions_are_found_over_one_that_says_nothing_of_the_topic(desk: Desk) -> None:
    """The chain of revisions leads from the first to the last of them, and ends."""
    first, last = said(desk, 1, "2031-02-01"), said(desk, 3, "2031-02-09")
    said(desk, 2, "2031-02-05", topic=OTHER_TOPIC)
    corrected(desk, 1, 2)
    assert proposed(desk) == ()
    corrected(desk, 2, 3)
    (pair,) = proposed(desk)
    assert {pair.first, pair.second} == {first, last}
    corrected(desk, 3, 1)
    assert proposed(desk) == (pair,)


def test_nothing_is_proposed_of_a_topic_that_there_is_not(desk: Desk) -> None:
    """A slip in its id is told."""
    with pytest.raises(NotFoundError, match="nowhere"):
        Proposals(desk.log, desk.views, similar_words).of_topic(TopicId("nowhere"))
