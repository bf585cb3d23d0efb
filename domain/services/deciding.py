"""Which decision a command asks for, and what of the record that needs.

What a command names must be on record: statements, topics, agents. The rules of each
decision are in ``domain/decisions``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from domain.decisions import asking, assessing, judging, linking, recording, register
from domain.decisions.capture import Streams
from domain.decisions.commands import (
    AssessStatement,
    Command,
    DateStatement,
    FileStatement,
    IdentifySpeaker,
    JudgeAlias,
    LinkStatements,
    NameHolder,
    OfQuestion,
    OfRole,
    OfStatement,
    PoseQuestion,
    RecordRole,
    ReinstateQuestion,
    ReinstateRole,
    ReinstateStatement,
    UnlinkStatements,
    WithdrawQuestion,
    WithdrawRole,
    WithdrawStatement,
)
from domain.events.base import Event
from domain.events.topic import StatementAttributed, StatementsLinked
from domain.model.ids import AgentId, StatementId, topic_stream
from domain.services.states import States

SELF = AgentId("self")


def decide(command: Command, states: States) -> Streams:
    """Return the events that follow from a command, by stream; none if it is so already.

    Raises:
        NotFoundError: it names what is not on record.
        InvalidCommandError: a rule refuses it.
    """
    match command:
        case JudgeAlias():
            _known(states, command.first, command.second)
            return register.decide_alias(command, states.judged_aliases())
        case RecordRole() | WithdrawRole() | ReinstateRole():
            return _of_role(command, states)
        case LinkStatements():
            shared = states.links(command.first, command.second)
            return linking.decide_link(command, shared)
        case UnlinkStatements():
            shared = states.links(command.first, command.second)
            return linking.decide_unlink(command, shared)
        case PoseQuestion() | WithdrawQuestion() | ReinstateQuestion():
            return _of_question(command, states)
        case _:
            return _of_statement(command, states)


def _of_role(command: OfRole, states: States) -> Streams:
    _known(states, command.agent, command.organisation)
    if isinstance(command, RecordRole):
        _known(states, command.on_behalf_of)
    withdrawn = states.withdrawn_roles(command.agent)
    return register.decide_role(command, states.agents(), withdrawn=withdrawn)


def _of_question(command: OfQuestion, states: States) -> Streams:
    topic = states.topic(command.topic)
    asked, taken_back = topic.questions, topic.withdrawn_questions
    match command:
        case PoseQuestion():
            return asking.decide_question(command, asked=asked, taken_back=taken_back)
        case WithdrawQuestion():
            take_back = asking.decide_question_withdrawal
            return take_back(command, asked=asked, taken_back=taken_back)
        case ReinstateQuestion():
            ask_again = asking.decide_question_reinstatement
            return ask_again(command, asked=asked, taken_back=taken_back)


def _of_statement(  # noqa: PLR0911 (one case a command)
    command: OfStatement, states: States
) -> Streams:
    state = states.statement(command.statement)
    match command:
        case DateStatement():
            return judging.decide_date(command, state)
        case IdentifySpeaker():
            _known(states, command.on_behalf_of)
            agent = states.agent(command.agent) if command.agent is not None else None
            return judging.decide_speaker(command, state, agent=agent)
        case NameHolder():
            _known(states, command.holder)
            return judging.decide_holder(command, state)
        case AssessStatement():
            _known(states, command.holder)
            return assessing.decide_assessment(command, state, asking=states.asking)
        case WithdrawStatement():
            return recording.decide_withdrawal(command, state)
        case ReinstateStatement():
            back = recording.decide_reinstatement(command, state)
            return linked_as_elsewhere(back, states, command.reason)
        case FileStatement():
            states.topic(command.topic)
            filed = recording.decide_filing(command, state)
            return linked_as_elsewhere(filed, states, command.reason)


def linked_as_elsewhere(streams: Streams, states: States, reason: str) -> Streams:
    """Return what puts statements on record in topics, linked there as they are.

    Raises:
        InvalidCommandError: links that were made there meanwhile do not allow it.
    """
    put = [
        event
        for events in streams.values()
        for event in events
        if isinstance(event, StatementAttributed)
    ]
    coming = {(told.topic, told.statement) for told in put}
    linked = dict(streams)
    for topic, statement in sorted(coming):
        stream = topic_stream(topic)
        beside = [
            (first, second, kind)
            for first, second, kind in states.pairings(statement)
            for other in {first, second} - {statement}
            if (topic, other) in coming or states.carries(topic, other)
        ]
        around = {statement, *(each for pair in beside for each in pair[:2])}
        there = [
            *states.links_once_back(topic, around),
            *_linked_now(linked[stream], around),
        ]
        more = linking.decide_following(statement, there, beside, reason)
        linked[stream] = (*linked[stream], *more)
    return linked


def _linked_now(
    events: Iterable[Event], around: Collection[StatementId]
) -> Iterator[linking.Linked]:
    """Yield the links between statements that these events make."""
    for event in events:
        if isinstance(event, StatementsLinked) and {event.first, event.second} <= {
            *around
        }:
            yield event.first, event.second, event.kind


def _known(states: States, *agents: AgentId | None) -> None:
    """Make sure that agents are on the register; nobody and ``self`` need not be."""
    for agent in agents:
        if agent is not None and agent != SELF:
            states.agent(agent)
