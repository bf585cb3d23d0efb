"""For whom a spokesperson speaks follows from the roles held at the time."""

from __future__ import annotations

import pytest

from domain.model.agent import Agent, AgentKind, RoleHolding
from domain.model.ids import AgentId
from domain.model.moment import Moment
from domain.model.register import AgentRegister


def voice(held: str, body: str | None) -> RoleHolding:
    """Return the holding of a post whose holder speaks for a body."""
    return RoleHolding(
        post="spokesperson",
        organisation=AgentId("valdoria"),
        held=Moment.parse(held),
        on_behalf_of=AgentId(body) if body else None,
        source="almanac of Valdoria",
    )


def agent(name: str, *roles: RoleHolding) -> Agent:
    """Return an invented agent."""
    return Agent(
        id=AgentId(name),
        kind=AgentKind.PERSON,
        labels={"en": name},
        aliases=(),
        roles=roles,
    )


SPEAKER = agent(
    "ilse-brant",
    voice("2030-01-01/2030-12-31", "harbour-office"),
    voice("2031-01-01/2031-06-30", "valdoria"),
    voice("2031-06-01/2031-12-31", "harbour-office"),
    voice("2032-01-01/..", None),
    voice("2033-01-01/2033-12-31", "nobody-registered"),
)
REGISTER = AgentRegister([SPEAKER, agent("harbour-office"), agent("valdoria")])


@pytest.mark.parametrize(
    ("on", "body"),
    [
        ("2030-12-31", "harbour-office"),
        ("2031-01-01", "valdoria"),
        ("2031-06-30", None),
        ("2031-07-01", "harbour-office"),
        ("2030/2031", None),
        ("2032-05-01", None),
        ("2029", None),
        ("2033-05-01", None),
        ("../2030-06-01", "harbour-office"),
    ],
)
def test_a_spokesperson_speaks_for_the_one_body_of_the_day(
    on: str, body: str | None
) -> None:
    """Two bodies are not told apart; a body that is not registered is none."""
    found = REGISTER.spoken_for(SPEAKER, on=Moment.parse(on))
    assert (found.id if found else None) == body


def test_without_a_day_all_roles_count() -> None:
    """Who only ever spoke for one body speaks for it."""
    assert REGISTER.spoken_for(SPEAKER, on=None) is None
    lasting = agent("tarek-mool", voice("2030", "valdoria"), voice("2035", "valdoria"))
    assert REGISTER.spoken_for(lasting, on=None) == REGISTER.get(AgentId("valdoria"))
    assert REGISTER.spoken_for(lasting, on=Moment.parse("2031")) is None


def test_a_role_that_speaks_for_nobody_takes_no_voice_away() -> None:
    """A spokesperson may hold a post of their own beside it."""
    both = agent("tarek-mool", voice("2031", "valdoria"), voice("2031", None))
    assert REGISTER.spoken_for(both, on=None) == REGISTER.get(AgentId("valdoria"))


@pytest.mark.parametrize(
    ("held", "on", "holds"),
    [
        ("../2031-02-14", "2031-02-14", True),
        ("../2031-02-14", "2031-02-15", False),
        ("../2031-02-14", "../1999", True),
        ("../2031-02-14", "2031-02-15/..", False),
        ("2031-02-14/..", "../2031-02-13", False),
        ("2031-02-14/..", "../2031-02-14", True),
        ("2031-02-14/..", "2099/..", True),
    ],
)
def test_a_role_of_which_one_end_is_unknown_is_held_on_that_side(
    held: str, on: str, *, holds: bool
) -> None:
    """What is not known to have begun later or ended before may be meant."""
    who = agent("tarek-mool", voice(held, "valdoria"))
    assert (REGISTER.spoken_for(who, on=Moment.parse(on)) is not None) is holds
