"""Statements that are one utterance, or repeat or contradict one another.

Links as one utterance form no cycle, so that taking one away always takes apart; and
no two statements of one utterance are linked otherwise. Links of a withdrawn statement
wait until it is put back; that is refused where others, made meanwhile, break the rule.
What two statements are to one another is so in every topic that carries both: it follows
them to where they are filed, and what was decided last of them holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from domain.decisions.capture import Streams
from domain.decisions.commands import LinkStatements, UnlinkStatements
from domain.decisions.state import Links
from domain.errors import InvalidCommandError
from domain.events.base import Event
from domain.events.topic import LinkKind, StatementsLinked, StatementsUnlinked
from domain.model.grouping import groups, ordered
from domain.model.ids import StatementId, topic_stream

Linked = tuple[StatementId, StatementId, LinkKind]
"""A link in force, its pair ordered."""
Pairing = tuple[StatementId, StatementId, LinkKind | None]
"""What two statements, ordered, are linked as; None where they were unlinked."""
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
    shared = _apart(command, _checked(command, shared))
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
    is_direct = any((first, second) in links.kinds for links in shared)
    if not is_direct and any(_through_others(command, each) for each in shared):
        _refuse_through_others(command, "unlink those")
    event = StatementsUnlinked(first=first, second=second, reason=command.reason)
    return {
        topic_stream(links.topic): (event,)
        for links in shared
        if (first, second) in links.kinds
    }


def decide_following(
    statement: StatementId,
    there: Collection[Linked],
    decided: Iterable[Pairing],
    reason: str,
) -> list[Event]:
    """Return what links a statement in a topic as it is linked elsewhere.

    ``there`` are the links around it in force once it is on record in the topic,
    ``decided`` what was decided last of it and others there, in the order of the log.
    Two that are one utterance there through others are not linked once more.

    Raises:
        InvalidCommandError: two that are linked would be one utterance through others.
    """
    links = {(first, second): kind for first, second, kind in there}
    events: list[Event] = []
    for first, second, kind in decided:
        pair = first, second
        if links.get(pair) is kind:
            continue
        links.pop(pair, None)
        if kind is None:
            told = StatementsUnlinked(first=first, second=second, reason=reason)
            events.append(told)
        elif kind is not LinkKind.SAME_STATEMENT or not _are_one(pair, links):
            events.append(
                StatementsLinked(first=first, second=second, kind=kind, reason=reason)
            )
            links[pair] = kind
    check_put_back(statement, [(*pair, kind) for pair, kind in links.items()])
    return events


def _are_one(
    pair: tuple[StatementId, StatementId],
    links: Mapping[tuple[StatementId, StatementId], LinkKind],
) -> bool:
    same = (each for each, kind in links.items() if kind is LinkKind.SAME_STATEMENT)
    return any(set(pair).issubset(group) for group in groups(same))


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
                f"with {statement} there, {first} and {second} would be one utterance "
                f"through others, and they {_LINKED[kind]}: unlink first what was linked "
                "without it"
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


def _apart(command: LinkStatements, shared: tuple[Links, ...]) -> tuple[Links, ...]:
    """Return where a link as one utterance tells anything: not where they are one.

    Through others they may be in one topic and not in another, which lacks those.
    """
    if command.kind is not LinkKind.SAME_STATEMENT:
        return shared
    apart = tuple(each for each in shared if not _through_others(command, each))
    return apart or shared


def _through_others(command: LinkStatements | UnlinkStatements, links: Links) -> bool:
    pair = ordered(command.first, command.second)
    return command.second in links.first_group and pair not in links.kinds


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
