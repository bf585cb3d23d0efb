"""Statements taken out of the record, put back, and filed under another topic.

Withdrawing undoes every recording in force. Putting back is a recording that answers
the withdrawal, with the judgements that were in force; decisions outlive both.
"""

from __future__ import annotations

from domain.decisions.capture import Streams
from domain.decisions.commands import (
    FileStatement,
    ReinstateStatement,
    WithdrawStatement,
)
from domain.decisions.state import InTopic, StatementState
from domain.errors import InvalidCommandError, NotFoundError
from domain.events.base import Event
from domain.events.topic import StatementAttributed, StatementWithdrawn
from domain.model.ids import UNFILED, EventId, TopicId, topic_stream
from domain.model.statement import Filing

BY_PERSON = Filing(rule="person")


def decide_withdrawal(command: WithdrawStatement, state: StatementState) -> Streams:
    """Return what follows from withdrawing a statement.

    Raises:
        InvalidCommandError: it is withdrawn there already.
        NotFoundError: the topic never carried it.
    """
    concerned = _in(command.topic, state)
    if not any(each.is_live for each in concerned):
        message = f"statement {state.id} is withdrawn already"
        raise InvalidCommandError(message)
    return {
        topic_stream(each.topic): (
            StatementWithdrawn(
                statement=state.id, undoes=each.recordings, reason=command.reason
            ),
        )
        for each in concerned
        if each.is_live
    }


def decide_reinstatement(command: ReinstateStatement, state: StatementState) -> Streams:
    """Return what follows from putting a statement back.

    Raises:
        InvalidCommandError: it is on record there.
        NotFoundError: the topic never carried it.
    """
    concerned = [each for each in _in(command.topic, state) if not each.is_live]
    if not concerned:
        message = f"statement {state.id} is on record: there is nothing to reinstate"
        raise InvalidCommandError(message)
    return {
        topic_stream(each.topic): (
            recording(each, each.topic, each.filing, answers=each.withdrawal),
        )
        for each in concerned
    }


def decide_filing(command: FileStatement, state: StatementState) -> Streams:
    """Return what follows from filing a statement under a topic.

    It leaves the statements that no topic claims; other topics keep it. What it says
    on the questions of the new topic is to be assessed.

    Raises:
        InvalidCommandError: it was withdrawn.
    """
    source = state.live()[0]
    there = {each.topic: each for each in state.topics}.get(command.topic)
    streams: dict[str, tuple[Event, ...]] = {}
    if there is None or not there.is_live:
        streams[topic_stream(command.topic)] = (
            recording(
                there or _unread(source),
                command.topic,
                BY_PERSON,
                answers=there.withdrawal if there else None,
            ),
        )
    if command.topic != UNFILED:
        streams |= {
            topic_stream(UNFILED): (
                StatementWithdrawn(
                    statement=state.id, undoes=each.recordings, reason=command.reason
                ),
            )
            for each in state.topics
            if each.topic == UNFILED and each.is_live
        }
    return streams


def recording(
    found: InTopic, topic: TopicId, filing: Filing, *, answers: EventId | None
) -> StatementAttributed:
    """Return the recording of a statement in a topic, with the judgements in force."""
    statement = found.statement
    return StatementAttributed(
        topic=topic,
        statement=statement.id,
        article=statement.article,
        filing=filing,
        attribution=statement.attribution,
        identification=statement.identification,
        dating=statement.dating,
        assessment=statement.assessment,
        answers=answers,
    )


def _unread(found: InTopic) -> InTopic:
    """Return a statement without what it says on the questions of its topic."""
    bare = found.statement.assessment.model_copy(update={"readings": ()})
    statement = found.statement.model_copy(update={"assessment": bare})
    return InTopic(found.topic, (), statement, found.filing, found.recordings)


def _in(topic: TopicId | None, state: StatementState) -> tuple[InTopic, ...]:
    if topic is None:
        return state.topics
    found = tuple(each for each in state.topics if each.topic == topic)
    if not found:
        raise NotFoundError("statement", f"{state.id} in {topic}")
    return found
