"""What is too unsure to pass for sure is marked for review."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from domain.model.moment import Moment
from domain.model.review import (
    DATE_BELOW,
    SPEAKER_BELOW,
    WORDS_BELOW,
    Unsure,
    to_review,
)
from domain.model.span import Excerpt
from domain.model.statement import (
    Attribution,
    DateBasis,
    Dating,
    Identification,
    Kind,
    Resolution,
)

CONFIDENCE = st.floats(0, 1)


@dataclass(frozen=True)
class Statement:
    """A statement with the confidences under test."""

    attribution: Attribution
    identification: Identification
    dating: Dating


def statement(
    words: float, speaker: float, date: float, basis: DateBasis = DateBasis.EXPLICIT
) -> Statement:
    """Return a statement whose judgements are as sure as told."""
    return Statement(
        Attribution(
            language="fr",
            kind=Kind.INDIRECT,
            content=(Excerpt(start=0, end=2, words="ab"),),
            cue=None,
            source=None,
            rule="object",
            confidence=words,
        ),
        Identification(
            speaker=None, resolution=Resolution.UNNAMED, rule="none", confidence=speaker
        ),
        Dating(
            spoken_at=Moment.parse("2031-03-04"),
            basis=basis,
            rule="date",
            confidence=date,
        ),
    )


@given(words=CONFIDENCE, speaker=CONFIDENCE, date=CONFIDENCE)
def test_each_judgement_below_its_threshold_is_marked_and_no_other(
    words: float, speaker: float, date: float
) -> None:
    """A threshold itself is sure enough; one judgement says nothing of another."""
    marked = to_review(statement(words, speaker, date))
    assert (Unsure.WORDS in marked) == (words < WORDS_BELOW)
    assert (Unsure.SPEAKER in marked) == (speaker < SPEAKER_BELOW)
    assert (Unsure.DATE in marked) == (date < DATE_BELOW)


def test_what_is_as_sure_as_the_threshold_passes() -> None:
    """Six in ten for words and speakers, seven in ten for dates."""
    assert to_review(statement(0.6, 0.6, 0.7)) == ()
    assert to_review(statement(0.59, 0.6, 0.7)) == (Unsure.WORDS,)
    assert to_review(statement(0.6, 0.59, 0.7)) == (Unsure.SPEAKER,)
    assert to_review(statement(0.6, 0.6, 0.69)) == (Unsure.DATE,)
    assert to_review(statement(0.59, 0.59, 0.69)) == tuple(Unsure)


def test_a_default_date_is_not_marked() -> None:
    """It is said to be a default: nobody takes it for what the article says."""
    for basis in (DateBasis.PUBLISHED_DEFAULT, DateBasis.BOUND_ONLY):
        assert to_review(statement(1, 1, 0, basis)) == ()


def test_what_a_person_decided_is_sure() -> None:
    """A correction has a confidence of 1, and is marked no more."""
    assert to_review(statement(1, 1, 1, DateBasis.PERSON)) == ()
