"""Facts about agents: who they are, how they are called, what they hold.

Whether two agents are one is judged of the unordered pair, on one stream for all
pairs: a register, of which the last judgement in the log holds, in every topic.
"""

from __future__ import annotations

from typing import ClassVar

from domain.events.base import Event
from domain.model.agent import AgentKind, Alias, Gender, RoleHolding
from domain.model.ids import AgentId
from domain.model.word import Word


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


class RoleWithdrawn(Event):
    """It was decided that an agent does not hold a post that was recorded."""

    name: ClassVar[str] = "role-withdrawn.v1"

    agent: AgentId
    role: RoleHolding
    reason: str


class RoleReinstated(Event):
    """A holding of a post that was withdrawn stands again."""

    name: ClassVar[str] = "role-reinstated.v1"

    agent: AgentId
    role: RoleHolding
    reason: str


class Verdict(Word):
    """Whether two agents are one; unsure is no judgement, and takes one back."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNSURE = "unsure"


class AliasJudged(Event):
    """It was judged whether two agents are one (unordered pair, ids ascending)."""

    name: ClassVar[str] = "alias-judged.v1"

    first: AgentId
    second: AgentId
    verdict: Verdict
    reason: str
