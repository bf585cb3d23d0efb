"""The register of agents by decision: who is one with whom, and who holds what.

Agents judged to be one join transitively; no judgement may contradict another that
is in force. A post with a single seat has one holder at a time, the day of the
hand-over excepted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from domain.decisions.capture import Streams
from domain.decisions.commands import (
    JudgeAlias,
    OfRole,
    RecordRole,
    ReinstateRole,
    WithdrawRole,
)
from domain.decisions.years import check_years
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
    command: OfRole, agents: Collection[Agent], *, withdrawn: Sequence[RoleHolding]
) -> Streams:
    """Return what follows from recording, withdrawing or reinstating a role.

    ``withdrawn`` are the holdings of the agent that are, what was withdrawn last at the
    end: that is what stands again. One that is recorded again as it was stands again too.

    Raises:
        NotFoundError: no such holding was recorded.
        InvalidCommandError: it is withdrawn or held already, or stands or stood
            otherwise; it clashes with another, or is to be recorded of years that no
            decision may speak of.
    """
    agent = next(each for each in agents if each.id == command.agent)
    held, gone = _named(command, agent.roles), _named(command, withdrawn)
    event: Event
    match command:
        case RecordRole():
            role = _holding(command)
            if role in held:
                return {}
            event = _recorded(command, role, held=held, gone=gone)
        case WithdrawRole():
            role = _latest(command, held or gone)
            if not held:
                message = f"{command.post} of {agent.id} is withdrawn already"
                raise InvalidCommandError(message)
            event = RoleWithdrawn(agent=agent.id, role=role, reason=command.reason)
        case ReinstateRole():
            role = _latest(command, gone or held)
            if held:
                message = f"{command.post} of {agent.id} is held: nothing to reinstate"
                raise InvalidCommandError(message)
            event = RoleReinstated(agent=agent.id, role=role, reason=command.reason)
    if not isinstance(command, WithdrawRole):
        _refuse_second_holder(agent.id, role, agents)
    return {agent_stream(agent.id): (event,)}


def _recorded(
    command: RecordRole,
    role: RoleHolding,
    *,
    held: Collection[RoleHolding],
    gone: Collection[RoleHolding],
) -> RoleHeld | RoleReinstated:
    """Return how a role comes to stand that does not: for the first time, or again.

    Of one source a holding is recorded once, so that what it gave is not recorded
    again with other titles or another body.
    """
    if held:
        message = (
            f"{command.post} of {command.agent}, {command.held}, stands with another "
            "source, titles or body: withdraw it first"
        )
        raise InvalidCommandError(message)
    if role in gone:
        return RoleReinstated(agent=command.agent, role=role, reason=command.reason)
    if any(each.source == role.source for each in gone):
        message = (
            f"{command.post} of {command.agent}, {command.held}, was withdrawn with this "
            "source and other titles or another body: reinstate it, or say the source "
            "more exactly, such as with a page"
        )
        raise InvalidCommandError(message)
    check_years("held", role.held)
    return RoleHeld(agent=command.agent, role=role)


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


def _latest(
    command: WithdrawRole | ReinstateRole, named: Sequence[RoleHolding]
) -> RoleHolding:
    if not named:
        of = f"{command.post} of {command.agent}, {command.held}"
        raise NotFoundError("role", of)
    return named[-1]
