"""The register of agents by decision: who is one with whom, and who holds what.

Agents judged to be one join transitively; no judgement may contradict another that
is in force. A post with a single seat has one holder at a time, the day of the
hand-over excepted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from domain.decisions.capture import Streams
from domain.decisions.commands import (
    JudgeAlias,
    OfRole,
    RecordRole,
    ReinstateRole,
    WithdrawRole,
)
from domain.errors import InvalidCommandError, NotFoundError
from domain.events.agent import (
    AliasJudged,
    RoleHeld,
    RoleReinstated,
    RoleWithdrawn,
    Verdict,
)
from domain.events.base import Event
from domain.model.agent import Agent, RoleHolding
from domain.model.grouping import groups, ordered
from domain.model.ids import ALIASES, AgentId, agent_stream

AgentPair = tuple[AgentId, AgentId]


def decide_alias(command: JudgeAlias, judged: Mapping[AgentPair, Verdict]) -> Streams:
    """Return what follows from judging whether two agents are one.

    Raises:
        InvalidCommandError: it is one agent, or another judgement says otherwise.
    """
    if command.first == command.second:
        message = f"a judgement needs two agents, got {command.first!r} twice"
        raise InvalidCommandError(message)
    pair = ordered(command.first, command.second)
    if judged.get(pair, Verdict.UNSURE) is command.verdict:
        return {}
    _refuse_contradiction({**judged, pair: command.verdict})
    event = AliasJudged(
        first=pair[0], second=pair[1], verdict=command.verdict, reason=command.reason
    )
    return {ALIASES: (event,)}


def decide_role(
    command: OfRole, agents: Collection[Agent], *, recorded: Collection[RoleHolding]
) -> Streams:
    """Return what follows from recording, withdrawing or reinstating a role.

    ``recorded`` are the holdings of the agent that were ever recorded.

    Raises:
        NotFoundError: no such holding was recorded.
        InvalidCommandError: it is withdrawn or held already, or clashes with another.
    """
    agent = next(each for each in agents if each.id == command.agent)
    held = _named(command, agent.roles)
    event: Event
    match command:
        case RecordRole():
            role = _holding(command)
            if role in held:
                return {}
            if held:
                message = (
                    f"{command.post} of {agent.id}, {command.held}, stands with another "
                    "source, titles or body: withdraw it first"
                )
                raise InvalidCommandError(message)
            if role in recorded:
                message = f"{command.post} of {agent.id} was withdrawn: reinstate it"
                raise InvalidCommandError(message)
            event = RoleHeld(agent=agent.id, role=role)
        case WithdrawRole():
            role = held[-1] if held else _found(command, recorded)
            if not held:
                message = f"{command.post} of {agent.id} is withdrawn already"
                raise InvalidCommandError(message)
            event = RoleWithdrawn(agent=agent.id, role=role, reason=command.reason)
        case ReinstateRole():
            role = _found(command, recorded)
            if held:
                message = f"{command.post} of {agent.id} is held: nothing to reinstate"
                raise InvalidCommandError(message)
            event = RoleReinstated(agent=agent.id, role=role, reason=command.reason)
    if not isinstance(command, WithdrawRole):
        _refuse_second_holder(agent.id, role, agents)
    return {agent_stream(agent.id): (event,)}


def _refuse_contradiction(judged: Mapping[AgentPair, Verdict]) -> None:
    joined = groups(p for p, verdict in judged.items() if verdict is Verdict.POSITIVE)
    for first, second in (p for p, v in judged.items() if v is Verdict.NEGATIVE):
        if any(first in group and second in group for group in joined):
            message = (
                f"{first!r} and {second!r} are judged to be two, and other judgements "
                "would join them: take one of these back first"
            )
            raise InvalidCommandError(message)


def _refuse_second_holder(
    agent: AgentId, role: RoleHolding, agents: Collection[Agent]
) -> None:
    for other in agents:
        for held in other.roles if other.id != agent else ():
            if role.same_seat(held) and role.overlaps(held):
                message = (
                    f"{role.post!r} of {role.organisation!r} was held by {other.id!r} "
                    f"in {held.held}, which overlaps {role.held}"
                )
                raise InvalidCommandError(message)


def _holding(command: RecordRole) -> RoleHolding:
    return RoleHolding(
        post=command.post,
        organisation=command.organisation,
        held=command.held,
        titles=command.titles,
        on_behalf_of=command.on_behalf_of,
        source=command.source,
    )


def _named(command: OfRole, roles: Iterable[RoleHolding]) -> list[RoleHolding]:
    """Return the holdings that a command names, the latest last."""
    wanted = (command.post, command.organisation, command.held)
    return [
        each for each in roles if (each.post, each.organisation, each.held) == wanted
    ]


def _found(
    command: WithdrawRole | ReinstateRole, recorded: Collection[RoleHolding]
) -> RoleHolding:
    """Return the latest, which is what was withdrawn last if none is held."""
    if named := _named(command, recorded):
        return named[-1]
    raise NotFoundError("role", f"{command.post} of {command.agent}, {command.held}")
