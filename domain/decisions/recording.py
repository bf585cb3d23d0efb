"""Statements taken out of the record, put back, and filed under another topic.

Withdrawing undoes every recording in force. Putting back is a recording that answers
the withdrawal, with the judgements that were in force; decisions outlive both. Who spoke
and when is so in all topics: what was judged elsewhere meanwhile is judged there too.
Where no topic is named, what is put back is what the last withdrawal took that still
holds, and nothing that was taken out before it. What a topic claims is not unfiled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.decisions.capture import Streams
from domain.decisions.commands import (
    FileStatement,
    ReinstateStatement,
    WithdrawStatement,
)
from domain.decisions.judging import following
from domain.decisions.state import InTopic, StatementState
from domain.errors import InvalidCommandError, NotFoundError
from domain.events.base import Event
from domain.events.topic import (
    SpeakerIdentified,
    StatementAttributed,
    StatementDated,
    StatementWithdrawn,
)
from domain.model.ids import UNFILED, EventId, TopicId, topic_stream
from domain.model.statement import BY_PERSON, Filing


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
        InvalidCommandError: it is on record there, or a topic claims it and it is to be
            put back under what none claims.
        NotFoundError: the topic never carried it.
    """
    _check_unclaimed(command.topic, state)
    gone = [each for each in _in(command.topic, state) if not each.is_live]
    if state.claiming():
        gone = [each for each in gone if each.topic != UNFILED]
    concerned = _taken_last(gone)
    claimed = [each for each in concerned if each.topic != UNFILED]
    concerned = claimed or concerned
    if not concerned:
        message = f"statement {state.id} is on record: there is nothing to reinstate"
        raise InvalidCommandError(message)
    streams: Streams = {
        topic_stream(each.topic): (
            recording(each, each.topic, each.filing, answers=each.answers),
            *_judged_meanwhile(each, state, command.reason),
        )
        for each in concerned
    }
    return streams | (leaving_unfiled(state, command.reason) if claimed else {})


def decide_filing(command: FileStatement, state: StatementState) -> Streams:
    """Return what follows from filing a statement under a topic.

    It leaves the statements that no topic claims; other topics keep it. What it says
    on the questions of the new topic is to be assessed.

    Raises:
        InvalidCommandError: it was withdrawn, or a topic claims it and it is to be filed
            under what none claims.
    """
    source = state.live()[0]
    _check_unclaimed(command.topic, state)
    there = {each.topic: each for each in state.topics}.get(command.topic)
    concerned = there or _unread(source)
    streams: dict[str, tuple[Event, ...]] = {}
    if there is None or not there.is_live:
        streams[topic_stream(command.topic)] = (
            recording(concerned, command.topic, BY_PERSON, answers=concerned.answers),
            *_judged_meanwhile(concerned, state, command.reason),
        )
    if command.topic != UNFILED:
        streams |= leaving_unfiled(state, command.reason)
    return streams


def _check_unclaimed(topic: TopicId | None, state: StatementState) -> None:
    """Refuse to put under what no topic claims a statement that one claims."""
    if topic == UNFILED and (claiming := state.claiming()):
        message = (
            f"statement {state.id} stands in {', '.join(claiming)}, and {UNFILED} is "
            "for what no topic claims: to take it out of a topic, withdraw it there"
        )
        raise InvalidCommandError(message)


def leaving_unfiled(state: StatementState, reason: str) -> Streams:
    """Return how a statement that a topic claims leaves those that none claims."""
    return {
        topic_stream(UNFILED): (
            StatementWithdrawn(
                statement=state.id, undoes=each.recordings, reason=reason
            ),
        )
        for each in state.topics
        if each.topic == UNFILED and each.is_live
    }


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


def _judged_meanwhile(
    found: InTopic, state: StatementState, reason: str
) -> Iterator[Event]:
    """Yield who spoke and when, where it was judged otherwise since it was taken out.

    In force is what is judged where it is on record, or was on record last.
    """
    last = next((each for each in state.topics if each.is_live), None) or max(
        state.topics, key=lambda each: each.withdrawal.seq if each.withdrawal else 0
    )
    before, now = found.statement, last.statement
    if before.dating != now.dating:
        yield StatementDated(statement=state.id, dating=now.dating, reason=reason)
    if before.identification != now.identification:
        who = now.identification
        yield SpeakerIdentified(statement=state.id, identification=who, reason=reason)
        yield from following(found, who, reason)


def _taken_last(gone: Sequence[InTopic]) -> list[InTopic]:
    """Return, of what was taken out, what the last of these decisions took."""
    taken = [each.withdrawal for each in gone if each.withdrawal is not None]
    last = max(taken, key=lambda each: each.seq, default=None)
    return [
        each
        for each in gone
        if last is not None
        and each.withdrawal is not None
        and each.withdrawal.decision == last.decision
    ]


def _unread(found: InTopic) -> InTopic:
    """Return a statement without what it says on the questions of its topic."""
    bare = found.statement.assessment.model_copy(update={"readings": ()})
    statement = found.statement.changed(assessment=bare)
    return InTopic(found.topic, (), statement, found.filing, found.recordings)


def _in(topic: TopicId | None, state: StatementState) -> tuple[InTopic, ...]:
    if topic is None:
        return state.topics
    found = tuple(each for each in state.topics if each.topic == topic)
    if not found:
        raise NotFoundError("statement", state.id, f" in {topic}")
    return found
