"""Similarity proposes what may be one utterance; what differs goes to review."""

from __future__ import annotations

import pytest

from adapters.similarity.rapidfuzz_words import similarity_of_words
from domain.events.base import Event
from domain.events.topic import LinkKind, StatementAttributed, StatementsLinked
from domain.model.commitment import Reading
from domain.model.span import Excerpt
from domain.positions.live import live_statements
from domain.positions.proposals import SIMILAR, Proposal, proposals
from domain.positions.record import TopicRecord
from tests.support.facts import (
    OTHER_QUESTION,
    attributed,
    reading,
    recorded,
    statement_of,
)

WORDS = "Le port d'Orsk restera fermé jusqu'au 3 mai"
REPORTED = "le port d’Orsk « restera fermé » jusqu'au 3 mai, dit-elle"


def said(
    number: int,
    words: str,
    *readings: Reading,
    spoken_at: str | None = "2031-02-01",
    speaker: str | None = "vesna-orlin",
    language: str = "fr",
) -> StatementAttributed:
    """Return the recording of some words in an article of their own."""
    told = attributed(
        number, spoken_at, *(readings or (reading(-3, holder="self"),)), speaker=speaker
    )
    content = (Excerpt(start=0, end=len(words), words=words),)
    found = told.attribution.model_copy(
        update={"content": content, "language": language}
    )
    return told.model_copy(update={"attribution": found})


def proposed(*events: Event) -> tuple[Proposal, ...]:
    """Return what is proposed of some recordings."""
    return proposals(
        live_statements(TopicRecord(recorded(events))), similarity_of_words
    )


def test_two_reports_of_one_utterance_are_proposed() -> None:
    """Same speaker, days that overlap, one commitment, similar words of one language."""
    (found,) = proposed(
        said(1, WORDS), said(2, REPORTED, spoken_at="2031-02-01/2031-02-03")
    )
    assert found.conflicts == ()
    assert {found.first, found.second} == {statement_of(1), statement_of(2)}
    assert found.similarity >= SIMILAR


@pytest.mark.parametrize(
    ("second", "conflicts"),
    [
        (said(2, REPORTED, speaker="tarek-mool"), ["speaker"]),
        (said(2, REPORTED, speaker=None), ["speaker"]),
        (said(2, REPORTED, reading(3)), ["polarity"]),
        (said(2, REPORTED, reading(-1)), ["commitment"]),
        (said(2, REPORTED.replace("3 mai", "13 mai")), ["number"]),
        (said(2, REPORTED.replace("3", "5"), reading(2)), ["polarity", "number"]),
        (said(2, REPORTED, reading(1, question=OTHER_QUESTION)), []),
    ],
)
def test_what_differs_goes_to_review(
    second: StatementAttributed, conflicts: list[str]
) -> None:
    """Another speaker, side, commitment or number is told, and nothing is decided."""
    first = said(1, WORDS, reading(-3))
    (found,) = proposed(first, second)
    assert list(found.conflicts) == conflicts


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(said(2, REPORTED, spoken_at="2031-02-02"), id="another day"),
        pytest.param(said(2, REPORTED, spoken_at=None), id="no day"),
        pytest.param(said(2, REPORTED, language="en"), id="another language"),
        pytest.param(said(2, "Les pêcheurs attendront la marée"), id="other words"),
        pytest.param(
            said(2, REPORTED).model_copy(update={"article": said(1, WORDS).article}),
            id="one article",
        ),
    ],
)
def test_what_cannot_be_one_utterance_is_not_proposed(
    second: StatementAttributed,
) -> None:
    """Another day, language or wording, or the same article, is no second report."""
    assert proposed(said(1, WORDS), second) == ()


@pytest.mark.parametrize("kind", LinkKind)
def test_what_is_linked_is_not_proposed_again(kind: LinkKind) -> None:
    """A link of any kind is a decision: repeats or contradicts dismisses a proposal."""
    link = StatementsLinked(
        first=min(statement_of(1), statement_of(2)),
        second=max(statement_of(1), statement_of(2)),
        kind=kind,
        reason="read",
    )
    assert proposed(said(1, WORDS), said(2, REPORTED), link) == ()


def test_clear_pairs_come_first() -> None:
    """Pairs for review stand behind those without a conflict."""
    found = proposed(
        said(1, WORDS),
        said(2, REPORTED.replace("3 mai", "13 mai")),
        said(3, REPORTED),
    )
    assert [len(each.conflicts) for each in found] == [0, 1, 1]


@pytest.mark.parametrize(
    ("first", "second", "similar"),
    [
        (WORDS, REPORTED, True),
        ("We will open the sluices", "“we will open” the sluices, he said", True),
        ("Шлюзы останутся закрыты", "шлюзы, по её словам, останутся закрыты", True),
        ("We will open the sluices", "We will not open the sluices", True),
        ("We will open the sluices", "The summit takes place in autumn", False),
        ("Le port restera fermé", "Le sommet aura lieu en automne", False),
        ("", "We will open the sluices", False),
    ],
)
def test_similarity_sees_words_and_not_what_they_say(
    first: str, second: str, similar: bool
) -> None:
    """Order, case and marks play no part; a *not* is not seen, hence the conflicts."""
    assert (similarity_of_words(first, second) >= SIMILAR) is similar
    assert similarity_of_words(first, second) == similarity_of_words(second, first)
