"""Questions posed, taken back, and asked again.

A question that was posed never changes: the commitments on record answer its words,
and another wording may turn their sign. A better question is another question.
"""

from __future__ import annotations

from collections.abc import Collection

from domain.decisions.capture import Streams
from domain.decisions.commands import (
    PoseQuestion,
    ReinstateQuestion,
    WithdrawQuestion,
)
from domain.errors import InvalidCommandError, NotFoundError
from domain.events.topic import QuestionPosed, QuestionReinstated, QuestionWithdrawn
from domain.model.ids import QuestionId, topic_stream
from domain.model.topic import Question


def decide_question(
    command: PoseQuestion,
    *,
    asked: Collection[Question],
    taken_back: Collection[Question],
) -> Streams:
    """Return what follows from posing a question.

    Raises:
        InvalidCommandError: it was posed otherwise, or was taken back.
    """
    question = Question(
        id=QuestionId(command.question), kind=command.kind, labels=command.labels
    )
    known = {each.id: each for each in (*asked, *taken_back)}.get(question.id)
    if known is None:
        posed = QuestionPosed(topic=command.topic, question=question)
        return {topic_stream(command.topic): (posed,)}
    if known != question:
        message = (
            f"question {question.id!r} was posed with another kind or other words, which "
            "the statements on record answer: pose another question"
        )
        raise InvalidCommandError(message)
    if known in taken_back:
        message = f"question {question.id!r} was taken back: reinstate it"
        raise InvalidCommandError(message)
    return {}


def decide_question_withdrawal(
    command: WithdrawQuestion,
    *,
    asked: Collection[Question],
    taken_back: Collection[Question],
) -> Streams:
    """Return what follows from taking a question back.

    Raises:
        NotFoundError: it was never posed.
        InvalidCommandError: it was taken back already.
    """
    if command.question in {each.id for each in taken_back}:
        message = f"question {command.question!r} is taken back already"
        raise InvalidCommandError(message)
    if command.question not in {each.id for each in asked}:
        raise NotFoundError("question", command.question)
    event = QuestionWithdrawn(
        topic=command.topic, question=command.question, reason=command.reason
    )
    return {topic_stream(command.topic): (event,)}


def decide_question_reinstatement(
    command: ReinstateQuestion,
    *,
    asked: Collection[Question],
    taken_back: Collection[Question],
) -> Streams:
    """Return what follows from asking a question again.

    Raises:
        NotFoundError: it was never posed.
        InvalidCommandError: it is asked.
    """
    if command.question in {each.id for each in asked}:
        message = (
            f"question {command.question!r} is asked: there is nothing to reinstate"
        )
        raise InvalidCommandError(message)
    if command.question not in {each.id for each in taken_back}:
        raise NotFoundError("question", command.question)
    event = QuestionReinstated(
        topic=command.topic, question=command.question, reason=command.reason
    )
    return {topic_stream(command.topic): (event,)}
