"""Given what is on record, which facts do the seeds add; what is on record stays."""

from __future__ import annotations

import pytest

from domain.decisions.seeding import decide_agent, decide_topic
from domain.events.agent import AgentRegistered, RoleHeld
from domain.events.topic import QuestionPosed, TopicOpened
from domain.model.agent import Agent, AgentKind, Alias, RoleHolding
from domain.model.ids import AgentId, QuestionId, TopicId
from domain.model.moment import Moment
from domain.model.topic import Question, QuestionKind, Topic


def question(identifier: str) -> Question:
    """Return a question."""
    return Question(
        id=QuestionId(identifier), kind=QuestionKind.STATE, labels={"en": "?"}
    )


def role(held: str) -> RoleHolding:
    """Return the holding of a post."""
    return RoleHolding(
        post="harbour-master",
        organisation=AgentId("valdoria"),
        held=Moment.parse(held),
        source="almanac",
    )


OPEN, TOLL = question("open-the-harbour"), question("pay-the-toll")
TOPIC = Topic(
    id=TopicId("harbour-treaty"),
    labels={"en": "The treaty"},
    fiction=True,
    questions=(OPEN, TOLL),
)
OPENED = TopicOpened(topic=TOPIC.id, labels=TOPIC.labels, fiction=True)
FIRST, SECOND = role("2030/2031-02-14"), role("2031-05/..")
AGENT = Agent(
    id=AgentId("vesna-orlin"),
    kind=AgentKind.PERSON,
    labels={"en": "Vesna Orlin"},
    aliases=(Alias(form="Vesna Orlin", language="fr"),),
    roles=(FIRST, SECOND),
)


def posed(which: Question) -> QuestionPosed:
    """Return the posing of a question."""
    return QuestionPosed(topic=TOPIC.id, question=which)


@pytest.mark.parametrize(
    ("on_record", "facts"),
    [
        (None, (OPENED, posed(OPEN), posed(TOLL))),
        ([], (posed(OPEN), posed(TOLL))),
        ([OPEN.id], (posed(TOLL),)),
        ([OPEN.id, TOLL.id], ()),
        ([TOLL.id, OPEN.id, QuestionId("a-question-of-old")], ()),
    ],
)
def test_a_topic_opens_once_and_poses_what_is_new(
    on_record: list[QuestionId] | None, facts: tuple[object, ...]
) -> None:
    """Given these questions on record, when the topic is seeded, then these facts."""
    assert decide_topic(TOPIC, posed=on_record) == facts


def test_another_label_in_the_seeds_changes_no_record() -> None:
    """Rewording a topic or question is a decision of its own."""
    reworded = TOPIC.model_copy(update={"labels": {"en": "Another"}})
    assert decide_topic(reworded, posed=[OPEN.id, TOLL.id]) == ()


def registered(agent: Agent) -> AgentRegistered:
    """Return the registration of an agent."""
    return AgentRegistered(
        agent=agent.id,
        kind=agent.kind,
        labels=agent.labels,
        aliases=agent.aliases,
        gender=None,
        carries_words=False,
        external_ids={},
    )


@pytest.mark.parametrize(
    ("known", "facts"),
    [
        (
            None,
            (
                registered(AGENT),
                RoleHeld(agent=AGENT.id, role=FIRST),
                RoleHeld(agent=AGENT.id, role=SECOND),
            ),
        ),
        (
            AGENT.model_copy(update={"roles": ()}),
            (
                RoleHeld(agent=AGENT.id, role=FIRST),
                RoleHeld(agent=AGENT.id, role=SECOND),
            ),
        ),
        (
            AGENT.model_copy(update={"roles": (FIRST,)}),
            (RoleHeld(agent=AGENT.id, role=SECOND),),
        ),
        (AGENT, ()),
        (AGENT.model_copy(update={"labels": {"en": "V. Orlin"}, "aliases": ()}), ()),
    ],
)
def test_an_agent_is_registered_once_and_holds_what_is_new(
    known: Agent | None, facts: tuple[object, ...]
) -> None:
    """Given this of the agent on record, when it is seeded, then these facts."""
    assert decide_agent(AGENT, known=known) == facts


def test_deciding_again_on_the_result_gives_nothing() -> None:
    """Seeding twice adds nothing the second time."""
    facts = decide_topic(TOPIC, posed=None)
    on_record = [fact.question.id for fact in facts if isinstance(fact, QuestionPosed)]
    assert decide_topic(TOPIC, posed=on_record) == ()
    roles = tuple(
        f.role for f in decide_agent(AGENT, known=None) if isinstance(f, RoleHeld)
    )
    assert decide_agent(AGENT, known=AGENT.model_copy(update={"roles": roles})) == ()
