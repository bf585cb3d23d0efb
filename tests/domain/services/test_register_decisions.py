"""Decisions on the register: who is one with whom, and who holds which post."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.errors import InvalidCommandError, NotFoundError
from domain.model.ids import AgentId
from domain.services.correct import Correct
from domain.services.projecting import Projector
from domain.services.recording import Recording
from domain.services.timelines import TimelineQuery
from tests.support.desk import OTHER_TOPIC, Desk, open_desk
from tests.support.facts import TOPIC, reading, statement_of


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Return a desk with two statements: yes on the 1st, no on the 5th."""
    with open_desk() as opened:
        opened.record(1, "2031-02-01", reading(3, holder="self"))
        opened.record(2, "2031-02-05", reading(-3, holder="self"))
        yield opened


def test_agents_judged_to_be_one_hold_one_position_in_every_topic(desk: Desk) -> None:
    """Keys change with the judgement, also of topics opened before; undone, they return."""
    desk.record(3, "2031-02-09", reading(-3, holder="tarek-mool"))
    desk.record(4, "2031-02-09", reading(1, holder="tarek-mool"), topic=OTHER_TOPIC)
    before = desk.timeline(), desk.timeline(OTHER_TOPIC)
    pair = {"first": "vesna-orlin", "second": "tarek-mool"}
    desk.decide("alias", verdict="positive", **pair)
    assert desk.labels() == ["stated", "reversed", "reaffirmed"]
    assert {each.holder for each in desk.timeline()[0]} == {"tarek-mool"}
    assert desk.replays()
    assert desk.decide("alias", verdict="positive", **pair).events == 0
    desk.decide("alias", verdict="unsure", **pair)
    assert (desk.timeline(), desk.timeline(OTHER_TOPIC)) == before
    assert desk.replays()


def test_a_judgement_that_would_join_who_are_two_is_refused(desk: Desk) -> None:
    """Negative judgements are kept: no chain of others joins the pair."""
    desk.decide("alias", first="tarek-mool", second="vesna-orlin", verdict="negative")
    desk.decide(
        "alias", first="tarek-mool", second="harbour-office", verdict="positive"
    )
    with pytest.raises(InvalidCommandError, match="judged to be two"):
        desk.decide(
            "alias", first="harbour-office", second="vesna-orlin", verdict="positive"
        )
    with pytest.raises(InvalidCommandError, match="two agents"):
        desk.decide("alias", first="tarek-mool", second="tarek-mool", verdict="unsure")


def test_a_judgement_reaches_topics_that_another_process_folded(desk: Desk) -> None:
    """Who folds it need not have folded the topics before."""
    desk.record(3, "2031-02-09", reading(-3, holder="tarek-mool"))
    desk.record(4, "2031-02-09", reading(1, holder="tarek-mool"), topic=OTHER_TOPIC)
    assert len(desk.timeline()[0]) == 3
    desk.projector = Projector(desk.log, desk.views)
    desk.correct = Correct(Recording(desk.log, desk.views, desk.projector))
    pair = {"first": "harbour-office", "second": "tarek-mool"}
    desk.decide("alias", verdict="positive", **pair)
    for topic in (TOPIC, OTHER_TOPIC):
        holders = {each.holder for each in desk.timeline(topic)[0]}
        assert holders <= {"harbour-office", "vesna-orlin"}
    assert desk.replays()


def test_a_role_is_recorded_withdrawn_and_reinstated(desk: Desk) -> None:
    """The register follows; twice the same is nothing, and a taken seat is refused."""
    role = {"post": "harbour-master", "organisation": "harbour-office", "held": "2030"}
    told = role | {"source": "almanac of Valdoria", "agent": "vesna-orlin"}

    def posts() -> list[str]:
        return [r.post for r in desk.timelines.agents()[AgentId("vesna-orlin")].roles]

    assert desk.decide("role", **told).events == 1
    assert desk.decide("role", **told).events == 0
    assert posts() == ["harbour-master"]
    with pytest.raises(InvalidCommandError, match="was held by 'vesna-orlin'"):
        desk.decide("role", **(told | {"agent": "tarek-mool", "held": "2030-05/.."}))
    named = {"agent": "vesna-orlin", **role}
    desk.decide("withdraw-role", **named)
    assert posts() == []
    with pytest.raises(InvalidCommandError, match="withdrawn already"):
        desk.decide("withdraw-role", **named)
    desk.decide("reinstate-role", **named)
    assert posts() == ["harbour-master"]
    with pytest.raises(InvalidCommandError, match="nothing to reinstate"):
        desk.decide("reinstate-role", **named)
    with pytest.raises(NotFoundError, match="no role"):
        desk.decide("withdraw-role", **(named | {"held": "2029"}))
    assert desk.replays()


def test_a_role_stands_with_one_source_and_can_be_withdrawn_whatever_it_is(
    desk: Desk,
) -> None:
    """Another source is refused while the first stands; after it, it is one to take back."""
    named = {"agent": "vesna-orlin", "post": "harbour-master"}
    named |= {"organisation": "harbour-office", "held": "2030"}

    def sources() -> list[str]:
        roles = desk.timelines.agents()[AgentId("vesna-orlin")].roles
        return [role.source for role in roles]

    desk.decide("role", source="almanac", **named)
    with pytest.raises(InvalidCommandError, match="stands with another source"):
        desk.decide("role", source="gazette", **named)
    desk.decide("withdraw-role", **named)
    desk.decide("role", source="gazette", **named)
    assert sources() == ["gazette"]
    desk.decide("withdraw-role", **named)
    assert sources() == []
    desk.decide("reinstate-role", **named)
    assert sources() == ["gazette"]
    assert desk.replays()


def test_a_withdrawn_role_stands_again_when_it_is_recorded_again(desk: Desk) -> None:
    """Whatever stood in between: what is reinstated is what was withdrawn last."""
    named = {"agent": "vesna-orlin", "post": "harbour-master"}
    named |= {"organisation": "harbour-office", "held": "2030"}
    for source in ("almanac", "gazette"):
        desk.decide("role", source=source, **named)
        desk.decide("withdraw-role", **named)
    desk.decide("role", source="almanac", **named)
    assert desk.last_events(1) == ["role-reinstated.v1"]
    desk.decide("withdraw-role", **named)
    desk.decide("reinstate-role", **named)
    (role,) = desk.timelines.agents()[AgentId("vesna-orlin")].roles
    assert role.source == "almanac"
    assert desk.replays()


def test_of_one_source_a_withdrawn_role_is_not_recorded_otherwise(desk: Desk) -> None:
    """It is refused in words, not as a conflict; a source told more exactly is taken."""
    named = {"agent": "vesna-orlin", "post": "harbour-master"}
    named |= {"organisation": "harbour-office", "held": "2030"}
    desk.decide("role", source="almanac", **named)
    desk.decide("withdraw-role", **named)
    titles = {"en": ["master of the port"]}
    with pytest.raises(InvalidCommandError, match="withdrawn with this source"):
        desk.decide("role", source="almanac", titles=titles, **named)
    desk.decide("role", source="almanac, page 3", titles=titles, **named)
    (role,) = desk.timelines.agents()[AgentId("vesna-orlin")].roles
    assert role.titles == {"en": ("master of the port",)}


@pytest.mark.parametrize("held", ["1800", "2090/2150", "../1899", "2101/.."])
def test_a_role_is_held_in_years_that_can_be_meant(desk: Desk, held: str) -> None:
    """Bounds are those of any date: a slip of the keys is not put on the register."""
    head = desk.log.head()
    role = {"post": "harbour-master", "organisation": "harbour-office", "held": held}
    with pytest.raises(InvalidCommandError, match="held: expected 1900 to 2100"):
        desk.decide("role", agent="vesna-orlin", source="almanac", **role)
    assert desk.log.head() == head


def test_asked_for_one_of_two_who_are_one_the_positions_of_both_are_shown(
    desk: Desk,
) -> None:
    """And who stands for them is named; before they were judged to be one, each is."""
    desk.record(9, "2031-02-09", reading(1, holder="self"), speaker="tarek-mool")
    head = desk.log.head()
    pair = {"first": "tarek-mool", "second": "vesna-orlin"}
    desk.decide("alias", verdict="positive", **pair)
    asked = TimelineQuery(topic=TOPIC, holder=AgentId("vesna-orlin"))
    now = desk.timelines.read(asked)
    assert now.query.holder == "tarek-mool"
    stands = asked.model_copy(update={"holder": AgentId("tarek-mool")})
    assert now.positions == desk.timelines.read(stands).positions
    assert {each.holder for each in now.positions} == {"tarek-mool"}
    then = desk.timelines.read(asked.model_copy(update={"known_at": head}))
    assert then.query.holder == "vesna-orlin"
    assert statement_of(9) not in {live.id for live in then.statements}
