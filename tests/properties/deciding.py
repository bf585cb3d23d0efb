"""Decisions offered to the service and to the record by hand, side by side.

What the record by hand refuses must be refused, with nothing added; after each change
both must say the same. Rules say only what is offered.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import currently_in_test_context, event
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from domain.errors import InvalidInputError, NotFoundError
from domain.events.topic import LinkKind
from domain.model.agent import Agent
from domain.model.ids import UNFILED, AgentId, QuestionId, StatementId
from domain.positions.timeline import Aside, Position, Timeline
from domain.services.replay import Replay
from domain.services.timelines import TimelineQuery, TopicTimeline
from tests.properties import by_hand
from tests.properties.record_by_hand import Record
from tests.properties.register_by_hand import Holding, Refused, Source, Undo
from tests.support.desk import OTHER_TOPIC, open_desk
from tests.support.facts import OTHER_QUESTION, QUESTION, TOPIC

AT_TIMES = st.sampled_from([False, False, True])
TOPICS = (TOPIC, OTHER_TOPIC, UNFILED)

Lines = list[tuple[tuple[Position, ...], tuple[Aside, ...]]]
"""What is served of each topic."""


def question_of(question: QuestionId) -> dict[str, Any]:
    """Return the words in which the desk poses a question."""
    return {"kind": "policy", "labels": {"en": f"{question}?"}}


def offered(do: str, **fields: st.SearchStrategy[Any]) -> Callable[..., None]:
    """Return a rule that offers a decision, and at times takes it back at once."""

    def offer(self: Deciding, *, back: bool, **told: Any) -> None:
        self.decide(do, **told)
        if back:
            self.take_back()

    offer.__name__ = do.replace("-", "_")
    offered: Callable[..., None] = rule(back=AT_TIMES, **fields)(offer)  # type: ignore[call-overload] # no field is named as its options are
    return offered


class Deciding(RuleBasedStateMachine):
    """Takes decisions, takes them back, and compares."""

    undo: Undo
    lines: Lines

    def open(self) -> None:
        """Open a desk without statements; each topic asks something."""
        self.stack = ExitStack()
        self.desk = self.stack.enter_context(open_desk())
        self.by_hand = Record()
        for question in (QUESTION, OTHER_QUESTION):
            self.by_hand.pose(TOPIC, question, **question_of(question))
        self.changed()
        told = question_of(QUESTION)
        self.decide("pose", topic=OTHER_TOPIC, question=QUESTION, **told)

    def teardown(self) -> None:
        """Fold from nothing once more, each topic from its stream as well, and close."""
        if hasattr(self, "stack"):
            with self.stack:
                assert self.desk.replays()
                replay = Replay(self.desk.log, self.desk.views)
                assert all(replay.topic(topic).equal for topic in TOPICS)

    def decide(self, do: str, **told: Any) -> None:
        """Take a decision, or see it refused with nothing added."""
        head, before, kept = self.desk.log.head(), self.lines, deepcopy(self.by_hand)
        try:
            undo = getattr(self.by_hand, do.replace("-", "_"))(**told)
        except Refused:
            self.by_hand = kept  # what is refused may have been begun
            happened(f"{do}: refused")
            with pytest.raises((InvalidInputError, NotFoundError)):
                self.desk.decide(do, **told)
            assert self.desk.log.head() == head
            return
        added = self.desk.decide(do, **told).events
        if undo == []:
            happened(f"{do}: so already")
            assert added == 0
        else:
            happened(f"{do}: taken")
            self.changed()
            self.undo, self.before = undo, before

    def take_back(self) -> None:
        """Undo the last decision, if commands can: the timelines are as before it."""
        if self.undo is None:
            return
        before, undo = self.before, self.undo
        for command in undo:
            self.decide(**command)
        assert self.lines == before
        happened(f"undone by: {' '.join(command['do'] for command in undo)}")
        self.undo = None

    def changed(self) -> None:
        """Compare blocks, holders, what stands beside the line, links, questions, roles."""
        self.undo = None
        self.desk.projector.catch_up()
        served = {
            each: self.desk.timelines.read(TimelineQuery(topic=each)) for each in TOPICS
        }
        for topic, told in served.items():
            line = Timeline(positions=told.positions, asides=told.asides)
            assert by_hand.served(line) == self.by_hand.timeline(topic)
            assert links_of(told) == self.by_hand.linked(topic)
            asked = {(topic, each.id) for each in told.topic.questions}
            worded = (each for each in self.by_hand.worded if each[0] == topic)
            assert asked == {each for each in worded if self.by_hand.asks(*each)}
        assert roles_of(self.desk.timelines.agents()) == self.by_hand.held
        self.lines = [(told.positions, told.asides) for told in served.values()]


def happened(what: str) -> None:
    """Count for the statistics of Hypothesis."""
    if currently_in_test_context():
        event(what)


def links_of(served: TopicTimeline) -> dict[frozenset[StatementId], LinkKind]:
    """Return the links that are served of a topic."""
    return {
        frozenset((live.id, link.other)): link.kind
        for live in served.statements
        for link in live.links
    }


def roles_of(agents: dict[AgentId, Agent]) -> dict[Holding, Source]:
    """Return the sources of the roles on the register."""
    return {
        Holding(agent.id, role.post, role.organisation, str(role.held)): Source(
            role.source, str({lang: [*names] for lang, names in role.titles.items()})
        )
        for agent in agents.values()
        for role in agent.roles
    }
