"""Statements that are one utterance, or repeat or contradict one another.

Links as one utterance form no cycle, so that taking one away always takes apart; and
no two statements of one utterance are linked otherwise. Links of a withdrawn statement
wait until it is put back; that is refused where others, made meanwhile, break the rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from domain.decisions.capture import Streams
from domain.decisions.commands import LinkStatements, UnlinkStatements
from domain.decisions.state import Links
from domain.errors import InvalidCommandError
from domain.events.topic import LinkKind, StatementsLinked, StatementsUnlinked
from domain.model.grouping import groups, ordered
from domain.model.ids import StatementId, topic_stream

Linked = tuple[StatementId, StatementId, LinkKind]
"""A link in force, its pair ordered."""
_LINKED = {
    LinkKind.SAME_STATEMENT: "are linked as one",
    LinkKind.REPEATS: "repeat one another",
    LinkKind.CONTRADICTS: "contradict one another",
}


def decide_link(command: LinkStatements, shared: Iterable[Links]) -> Streams:
    """Return what follows from linking two statements in the topics they share.

    Raises:
        InvalidCommandError: it is one statement, they share no topic, they are one
            utterance already through others, or the link contradicts one in force.
    """
    shared = _checked(command, shared)
    first, second = ordered(command.first, command.second)
    for links in shared:
        _refuse_contradiction(command, links)
    event = StatementsLinked(
        first=first, second=second, kind=command.kind, reason=command.reason
    )
    return {
        topic_stream(links.topic): (event,)
        for links in shared
        if links.kinds.get((first, second)) is not command.kind
    }


def decide_unlink(command: UnlinkStatements, shared: Iterable[Links]) -> Streams:
    """Return what follows from unlinking two statements in the topics they share.

    Raises:
        InvalidCommandError: it is one statement, they share no topic, or they are one
            utterance through others only.
    """
    shared = _checked(command, shared)
    first, second = ordered(command.first, command.second)
    for links in shared:
        is_direct = (first, second) in links.kinds
        if command.second in links.first_group and not is_direct:
            _refuse_through_others(command, "unlink those")
    event = StatementsUnlinked(first=first, second=second, reason=command.reason)
    return {
        topic_stream(links.topic): (event,)
        for links in shared
        if (first, second) in links.kinds
    }


def check_put_back(statement: StatementId, links: Collection[Linked]) -> None:
    """Refuse to put back a statement whose links contradict those made meanwhile.

    ``links`` are those around it in one topic, as they are in force once it is back.

    Raises:
        InvalidCommandError: two that are linked would be one utterance through others.
    """
    for first, second, kind in links:
        others = (
            (a, b)
            for a, b, same in links
            if same is LinkKind.SAME_STATEMENT and (a, b) != (first, second)
        )
        if any(first in group and second in group for group in groups(others)):
            message = (
                f"with {statement} back, {first} and {second} would be one utterance "
                f"through others, and they {_LINKED[kind]}: unlink first what was linked "
                "while it was withdrawn"
            )
            raise InvalidCommandError(message)


def _checked(
    command: LinkStatements | UnlinkStatements, shared: Iterable[Links]
) -> tuple[Links, ...]:
    if command.first == command.second:
        message = f"a link needs two statements, got {command.first} twice"
        raise InvalidCommandError(message)
    if not (found := tuple(shared)):
        message = (
            f"{command.first} and {command.second} share no topic: file one where the "
            "other is"
        )
        raise InvalidCommandError(message)
    return found


def _refuse_contradiction(command: LinkStatements, links: Links) -> None:
    pair = ordered(command.first, command.second)
    one_utterance = command.second in links.first_group
    if one_utterance and links.kinds.get(pair) is not LinkKind.SAME_STATEMENT:
        _refuse_through_others(command, "to link them otherwise, unlink those")
    if command.kind is not LinkKind.SAME_STATEMENT:
        return
    for a in links.first_group:
        for b in links.second_group:
            other = ordered(a, b)
            kind = links.kinds.get(other, LinkKind.SAME_STATEMENT)
            if other != pair and kind is not LinkKind.SAME_STATEMENT:
                message = (
                    f"{command.first} and {command.second} cannot be one utterance: "
                    f"{other[0]} and {other[1]} {_LINKED[kind]}"
                )
                raise InvalidCommandError(message)


def _refuse_through_others(
    command: LinkStatements | UnlinkStatements, advice: str
) -> None:
    message = (
        f"{command.first} and {command.second} are one utterance through other links: "
        f"{advice}"
    )
    raise InvalidCommandError(message)
