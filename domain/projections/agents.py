"""The register of agents, from the log."""

from __future__ import annotations

from typing import cast

from domain.events.agent import (
    AgentRegistered,
    RoleHeld,
    RoleReinstated,
    RoleWithdrawn,
)
from domain.events.base import Event, Recorded
from domain.model.agent import Agent
from domain.model.ids import AgentId
from domain.projections.projection import StreamReader
from domain.projections.rows import Changes, Place, Table


class AgentsProjection:
    """Folds the streams of agents, a few events each."""

    def __init__(self, read_stream: StreamReader) -> None:
        self._read_stream = read_stream
        self._touched: dict[AgentId, Agent] = {}

    def apply(self, recorded: Recorded[Event]) -> None:
        """Take in an event of an agent."""
        match recorded.event:
            case AgentRegistered() as registered:
                self._touched[registered.agent] = _agent(registered)
            case RoleHeld(agent=identifier) | RoleReinstated(agent=identifier):
                self._hold(identifier, recorded, held=True)
            case RoleWithdrawn(agent=identifier):
                self._hold(identifier, recorded, held=False)
            case _:
                pass

    def _hold(
        self, identifier: AgentId, recorded: Recorded[Event], *, held: bool
    ) -> None:
        """Give or take a role; the agent is registered before."""
        agent = self._touched.get(identifier) or self._load(recorded)
        if agent is None:
            return
        role = cast("RoleHeld | RoleReinstated | RoleWithdrawn", recorded.event).role
        others = tuple(each for each in agent.roles if each != role)
        roles = (*others, role) if held else others
        self._touched[identifier] = agent.model_copy(update={"roles": roles})

    def changes(self) -> Changes:
        """Return the rows of the agents with new events."""
        put = {
            Place(Table.AGENT, (identifier,)): agent.model_dump_json().encode()
            for identifier, agent in self._touched.items()
        }
        self._touched.clear()
        return Changes(put=put)

    def _load(self, recorded: Recorded[Event]) -> Agent | None:
        """Fold the agent's stream before this event."""
        earlier = AgentsProjection(self._read_stream)
        for each in self._read_stream(recorded.stream, recorded.seq - 1):
            earlier.apply(each)
        return next(iter(earlier._touched.values()), None)


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
