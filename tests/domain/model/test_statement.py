"""What an article shows of a statement, and what its date rests on."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from domain.model.span import Excerpt
from domain.model.statement import Attribution, DateBasis, Frame
from domain.model.topic import Topic
from tests.support.facts import attributed

PLAIN = attributed(1).attribution


def test_the_words_of_several_spans_are_joined_by_an_ellipsis() -> None:
    """What is left out between them shows; one span is told as it is."""
    two = (
        Excerpt(start=0, end=2, words="Le"),
        Excerpt(start=9, end=13, words="port"),
    )
    told = PLAIN.model_copy(update={"content": two})
    assert told.words == "Le […] port"
    assert PLAIN.words == "Arti"


def test_an_attribution_without_content_is_refused() -> None:
    """Who said nothing made no statement."""
    with pytest.raises(ValidationError):
        Attribution.model_validate(PLAIN.model_dump() | {"content": ()})


def test_nothing_is_known_of_what_surrounds_words_until_it_is_told() -> None:
    """An analyst's own statement has no text around it, no frame, nothing inherited."""
    assert (PLAIN.before, PLAIN.after) == ("", "")
    assert PLAIN.frame == PLAIN.inherited == Frame()


@pytest.mark.parametrize("basis", DateBasis)
def test_a_date_is_told_unless_it_is_a_default_or_a_bound(basis: DateBasis) -> None:
    """What stands in for a date was given by nobody."""
    stand_ins = {DateBasis.PUBLISHED_DEFAULT, DateBasis.BOUND_ONLY}
    assert basis.is_told == (basis not in stand_ins)


def test_a_topic_is_no_fiction_unless_it_says_so_and_has_a_slug() -> None:
    """Its id stands in addresses and names its stream."""
    told = {"id": "harbour-treaty", "labels": {"en": "The harbour treaty"}}
    assert Topic.model_validate(told).fiction is False
    with pytest.raises(ValidationError):
        Topic.model_validate(told | {"id": "Harbour treaty"})
