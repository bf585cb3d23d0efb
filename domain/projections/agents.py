"""The register of agents, from the log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from domain.events.agent import (
    AgentRegistered,
    RoleHeld,
    RoleReinstated,
    RoleWithdrawn,
)
from domain.events.base import Event, Recorded
from domain.model.agent import Agent, RoleHolding
from domain.model.ids import AgentId
from domain.model.kept import read_value
from domain.projections.overlay import Overlay
from domain.projections.rows import Table


class AgentsProjection:
    """Folds the streams of agents, a few events each."""

    kinds: ClassVar[frozenset[str]] = frozenset({"agent"})

    def __init__(self, rows: Overlay) -> None:
        self._rows = rows

    def expect(self, page: Sequence[Recorded[Event]]) -> None:
        """Need nothing beforehand."""

    def apply(self, recorded: Recorded[Event]) -> None:
        """Take in an event of an agent."""
        match recorded.event:
            case AgentRegistered() as registered:
                self._put(recorded.seq, _agent(registered))
            case (
                RoleHeld(agent=agent, role=role)
                | RoleReinstated(agent=agent, role=role)
            ):
                self._hold(recorded.seq, agent, role, held=True)
            case RoleWithdrawn(agent=agent, role=role):
                self._hold(recorded.seq, agent, role, held=False)
            case _:
                pass

    def settle(self) -> None:
        """Owe nothing."""

    def _hold(
        self, seq: int, identifier: AgentId, role: RoleHolding, *, held: bool
    ) -> None:
        """Give or take a role; the agent is registered before."""
        if (body := self._rows.row(Table.AGENT, identifier)) is None:
            return
        agent = read_value(Agent, body)
        others = tuple(each for each in agent.roles if each != role)
        roles = (*others, role) if held else others
        self._put(seq, agent.model_copy(update={"roles": roles}))

    def _put(self, seq: int, agent: Agent) -> None:
        body = agent.model_dump_json().encode()
        self._rows.change(seq, Table.AGENT, (agent.id,), body)


def _agent(registered: AgentRegistered) -> Agent:
    return Agent(
        id=registered.agent,
        kind=registered.kind,
        labels=registered.labels,
        aliases=registered.aliases,
        gender=registered.gender,
        carries_words=registered.carries_words,
        external_ids=registered.external_ids,
    )
