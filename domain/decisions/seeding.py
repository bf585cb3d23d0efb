"""Topics and agents of the seeds become facts, once; what is on record stays.

A label or alias that changes in the seeds later does not change the record: that is
a decision of its own, not a side effect of starting the service.
"""

from __future__ import annotations

from collections.abc import Collection

from domain.events.agent import AgentRegistered, RoleHeld
from domain.events.base import Event
from domain.events.topic import QuestionPosed, TopicOpened
from domain.model.agent import Agent
from domain.model.ids import QuestionId
from domain.model.topic import Topic


def decide_topic(
    topic: Topic, *, posed: Collection[QuestionId] | None
) -> tuple[Event, ...]:
    """Return the facts that a topic of the seeds adds.

    ``posed`` are the questions on record, None if the topic is not open yet.
    """
    opening = TopicOpened(topic=topic.id, labels=topic.labels, fiction=topic.fiction)
    questions = tuple(
        QuestionPosed(topic=topic.id, question=question)
        for question in topic.questions
        if question.id not in (posed or ())
    )
    return (opening, *questions) if posed is None else questions


def decide_agent(agent: Agent, *, known: Agent | None) -> tuple[Event, ...]:
    """Return the facts that an agent of the seeds adds to what is known of it."""
    registered = AgentRegistered(
        agent=agent.id,
        kind=agent.kind,
        labels=agent.labels,
        aliases=agent.aliases,
        gender=agent.gender,
        carries_words=agent.carries_words,
        external_ids=agent.external_ids,
    )
    held = known.roles if known else ()
    roles = tuple(
        RoleHeld(agent=agent.id, role=role) for role in agent.roles if role not in held
    )
    return roles if known else (registered, *roles)
