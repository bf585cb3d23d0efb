"""Agents: their display names, and which holdings of a post can stand together."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from domain.model.agent import Agent, AgentKind, Alias, RoleHolding
from domain.model.ids import AgentId


def holding(held: object = "2031", **changed: object) -> RoleHolding:
    """Return a post that was held over a time."""
    told: dict[str, object] = {
        "post": "harbour-minister",
        "organisation": AgentId("valdoria"),
        "held": held,
        "source": "almanac of Valdoria",
    }
    return RoleHolding.model_validate(told | changed)


def agent(**changed: object) -> Agent:
    """Return an invented person."""
    told: dict[str, object] = {
        "id": "vesna-orlin",
        "kind": AgentKind.PERSON,
        "labels": {"en": "Vesna Orlin", "fr": "Vesna d'Orlin"},
        "aliases": (),
    }
    return Agent.model_validate(told | changed)


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("2031-01-01/2031-02-14", "2031-02-14/2031-06-30", False),
        ("2031-01-01/2031-02-14", "2031-02-13/2031-06-30", True),
        ("2031-01-01/2031-02-14", "2031-02-15/2031-06-30", False),
        ("2031-01-01/2031-06-30", "2031-02-01/2031-02-28", True),
        ("2031-01-01/..", "2031-02-14/..", True),
        ("../2031-02-14", "../2031-01-01", True),
        ("../2031-02-14", "2031-02-14/..", False),
        ("../2031-02-15", "2031-02-14/..", True),
        ("../2031-02-14", "2031-01-01/2031-02-14", True),
        ("2031-02-14/..", "2031-01-01/2031-02-14", False),
        ("2031-02-14/..", "2031-01-01/2031-02-15", True),
    ],
)
def test_holdings_overlap_in_more_than_the_day_of_the_hand_over(
    first: str, second: str, both: bool
) -> None:
    """One ends on the day on which the next begins; an open side has no end."""
    assert holding(first).overlaps(holding(second)) is both
    assert holding(second).overlaps(holding(first)) is both


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({}, True),
        ({"post": "toll-minister"}, False),
        ({"organisation": "norvale"}, False),
        ({"single_seat": False}, False),
    ],
)
def test_a_seat_is_one_post_of_one_body_that_one_person_holds(
    changed: dict[str, object], same: bool
) -> None:
    """A post is taken to have one seat; where either says otherwise it has more."""
    assert holding().same_seat(holding(**changed)) is same
    assert holding(**changed).same_seat(holding()) is same


def test_an_agent_is_called_as_the_language_has_it_or_as_english_has() -> None:
    """An empty label is none."""
    told = agent(labels={"en": "Vesna Orlin", "fr": "Vesna d'Orlin", "ru": ""})
    assert told.label() == told.label("ru") == told.label("uk") == "Vesna Orlin"
    assert told.label("fr") == "Vesna d'Orlin"


def test_an_agent_speaks_for_itself_until_it_is_told_otherwise() -> None:
    """A person of whom little is known carries nobody's words and has no ids elsewhere."""
    assert agent().carries_words is False
    assert agent().external_ids == {}
    assert holding().titles == {}


@pytest.mark.parametrize("slug", ["", "Harbour", "harbour minister", "-minister"])
def test_posts_and_agents_have_slugs_for_ids(slug: str) -> None:
    """What is stored under an id and linked by it can stand in an address."""
    with pytest.raises(ValidationError):
        holding(post=slug)
    with pytest.raises(ValidationError):
        agent(id=slug)


def test_a_name_and_a_source_are_not_empty() -> None:
    """One letter is a name; none is not."""
    assert Alias(form="Ж", language="ru").form == "Ж"
    assert holding(source="a").source == "a"
    for make in (lambda: Alias(form="", language="ru"), lambda: holding(source="")):
        with pytest.raises(ValidationError):
            make()
