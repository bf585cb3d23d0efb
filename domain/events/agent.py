"""Facts about agents: who they are, how they are called, what they hold."""

from __future__ import annotations

from typing import ClassVar

from domain.events.base import Event
from domain.model.agent import AgentKind, Alias, Gender, RoleHolding
from domain.model.ids import AgentId


class AgentRegistered(Event):
    """An agent was entered in the register with its names."""

    name: ClassVar[str] = "agent-registered.v1"

    agent: AgentId
    kind: AgentKind
    labels: dict[str, str]
    aliases: tuple[Alias, ...]
    gender: Gender | None
    carries_words: bool
    external_ids: dict[str, str]

    def identity(self) -> str:
        """An agent is registered once."""
        return self.agent


class RoleHeld(Event):
    """An agent holds or held a post over an interval."""

    name: ClassVar[str] = "role-held.v1"

    agent: AgentId
    role: RoleHolding

    def identity(self) -> str:
        """The same holding, from the same source, is recorded once."""
        held = f"{self.role.post} {self.role.organisation} {self.role.held}"
        return f"{self.agent} {held} {self.role.source}"
