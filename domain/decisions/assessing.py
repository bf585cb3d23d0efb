"""What a statement says on one question: a reading for each who holds one.

Where one is held, the new one replaces it, whosever it was. Where several are, in one
topic or in several, naming a holder replaces that one's alone; ``beside`` adds one for a
holder who has none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NoReturn

from domain.decisions.capture import Streams
from domain.decisions.commands import AssessStatement, condition_of
from domain.decisions.judging import (
    RULE,
    assessed,
    holders_of,
    refuse_taken_back,
    relation_of,
    some,
    whose,
)
from domain.decisions.state import InTopic, StatementState
from domain.errors import InvalidCommandError, NotFoundError
from domain.events.base import Event
from domain.model.commitment import Act, Reading, Relation
from domain.model.ids import AgentId, QuestionId, TopicId, topic_stream

Asking = Callable[[QuestionId], Sequence[TopicId]]


def decide_assessment(
    command: AssessStatement, state: StatementState, *, asking: Asking
) -> Streams:
    """Return what follows from assessing a statement on a question.

    ``asking`` tells which topics ask one.

    Raises:
        InvalidCommandError: it says nothing and yet in some way, or names a condition
            twice; several hold a reading, and none of them is named; or the question was
            taken back, or is asked where the statement is not on record.
        NotFoundError: no topic asks the question.
    """
    _check_said(command)
    concerned = [
        each
        for each in state.live()
        if command.question in {question.id for question in each.questions}
    ]
    if not concerned:
        _refuse_unasked(command.question, state, asking)
    alone = command.beside or any(_own(command, each) for each in concerned)
    streams: dict[str, tuple[Event, ...]] = {}
    for each in concerned:
        readings = _readings(command, each, alone=alone)
        streams[topic_stream(each.topic)] = assessed(each, readings, command.reason)
    return some(streams)


def _refuse_unasked(
    question: QuestionId, state: StatementState, asking: Asking
) -> NoReturn:
    """Say why no topic that carries a statement asks a question, and what to do."""
    refuse_taken_back(question, state.live())
    if topics := asking(question):
        message = (
            f"question {question!r} is asked in {', '.join(topics)}, where statement "
            f"{state.id} is not on record: file it there first"
        )
        raise InvalidCommandError(message)
    raise NotFoundError("question", question)


def _check_said(command: AssessStatement) -> None:
    """Refuse what contradicts itself."""
    ids = [condition_of(text).id for text in command.conditions]
    if twice := [each for each in ids if ids.count(each) > 1]:
        message = f"conditions: {twice[0]} is named twice: name it once, with one kind"
        raise InvalidCommandError(message)
    if command.commitment is None and (ids or command.act is not Act.ASSERT):
        message = (
            "commitment: what says nothing on a question has neither act nor conditions; "
            "give 0 to 3 or -1 to -3, and 0 with the act withdraw to take words back"
        )
        raise InvalidCommandError(message)
    if command.beside and (command.holder is None or command.commitment is None):
        message = (
            "beside: give a commitment, and the holder whose position stands beside those "
            "of others"
        )
        raise InvalidCommandError(message)


def _readings(
    command: AssessStatement, found: InTopic, *, alone: bool
) -> tuple[Reading, ...]:
    """Return the readings of a statement, with what is said where it stood before."""
    before = found.statement.assessment.readings
    replaced = _replaced(command, found, alone=alone)
    at = next((n for n, each in enumerate(before) if each in replaced), len(before))
    says = _reading(command, found, replaced)
    kept = [
        [each for each in part if each not in replaced]
        for part in (before[:at], before[at:])
    ]
    return (*kept[0], *((says,) if says is not None else ()), *kept[1])


def _said(command: AssessStatement, found: InTopic) -> list[Reading]:
    readings = found.statement.assessment.readings
    return [each for each in readings if each.question == command.question]


def _own(command: AssessStatement, found: InTopic) -> list[Reading]:
    """Return the readings of the holder who is named."""
    who = found.statement.identification
    named = who.agent if command.holder == "self" and who.agent else command.holder
    return [each for each in _said(command, found) if whose(each, who) == named]


def _replaced(
    command: AssessStatement, found: InTopic, *, alone: bool
) -> list[Reading]:
    """Return the readings that what is said replaces; ``alone``: of who is named.

    Raises:
        InvalidCommandError: several hold one, and none of them is named.
    """
    said = _said(command, found)
    if command.holder is None and command.commitment is None:
        return said
    if alone or command.commitment is None:
        return _own(command, found)
    holders = holders_of(said, found.statement.identification)
    if len(holders) > 1:
        _refuse_other_holder(command, found, holders)
    return said


def _refuse_other_holder(
    command: AssessStatement, found: InTopic, holders: Sequence[str]
) -> None:
    message = (
        f"holder: statement {found.statement.id} answers {command.question} for "
        f"{', '.join(holders)}"
    )
    if command.holder is None:
        message = f"{message}: name whose position it is"
    else:
        message = (
            f"{message}, not for {command.holder}: name one of them, or say beside to "
            f"add what {command.holder} holds"
        )
    raise InvalidCommandError(message)


def _reading(
    command: AssessStatement, found: InTopic, replaced: Sequence[Reading]
) -> Reading | None:
    if command.commitment is None:
        return None
    holder, relation = _held(command, found, replaced)
    return Reading(
        question=command.question,
        holder=holder,
        relation=relation,
        act=command.act,
        commitment=command.commitment,
        conditions=tuple(condition_of(text) for text in command.conditions),
        rule=RULE,
    )


def _held(
    command: AssessStatement, found: InTopic, replaced: Sequence[Reading]
) -> tuple[AgentId | Literal["self"], Relation]:
    """Return whose position it is: who is named, or else whose it was."""
    if command.holder is not None:
        who = found.statement.identification
        return command.holder, relation_of(command.holder, who)
    if replaced:
        return replaced[0].holder, replaced[0].relation
    return "self", Relation.SELF
