"""The register of agents: who is meant by a name, a surname, a title at a time.

A name resolves by exact alias only; what is ambiguous resolves to nothing. Scores
may propose candidates elsewhere, here they decide nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from domain.model.agent import Agent, AliasKind, RoleHolding
from domain.model.ids import AgentId
from domain.model.moment import Moment

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_EVENED = str.maketrans(
    dict.fromkeys("’ʼ`", "'")
    | dict.fromkeys("\u2010\u2011–", "-")
    | dict.fromkeys("\u00ad\u200b\u200e\u200f\ufeff", "")
)
"""Marks that are written one way or another, or do not show at all."""
_FULL_NAMES = {AliasKind.FULL, AliasKind.NICKNAME, AliasKind.FORMER, AliasKind.ACRONYM}


@lru_cache(maxsize=4096)
def fold_name(name: str) -> str:
    """Return a name as it is compared: NFKC, case folded, spaces and marks evened."""
    plain = unicodedata.normalize("NFKC", name.translate(_EVENED)).casefold()
    evened = unicodedata.normalize("NFKC", plain).translate(_EVENED)
    return _SPACES.sub(" ", evened).strip()


class AgentRegister:
    """Looks agents up; built once from agents, never changed."""

    def __init__(self, agents: Iterable[Agent]) -> None:
        self.agents = tuple(agents)
        self._by_id = {agent.id: agent for agent in self.agents}
        self._names: dict[str, set[AgentId]] = defaultdict(set)
        self._surnames: dict[str, set[AgentId]] = defaultdict(set)
        self._titles: dict[tuple[str, str], list[tuple[Agent, RoleHolding]]] = (
            defaultdict(list)
        )
        for agent in self.agents:
            self._enter(agent)

    def _enter(self, agent: Agent) -> None:
        for alias in agent.aliases:
            table = self._names if alias.kind in _FULL_NAMES else self._surnames
            table[fold_name(alias.form)].add(agent.id)
        for role in agent.roles:
            for language, titles in role.titles.items():
                for title in titles:
                    self._titles[language, fold_name(title)].append((agent, role))

    def get(self, agent: AgentId) -> Agent | None:
        """Return an agent by id."""
        return self._by_id.get(agent)

    def named(self, mention: str) -> Agent | None:
        """Return the one agent whose full name, nickname or acronym this is."""
        found = self._names.get(fold_name(mention), set())
        return self._by_id[next(iter(found))] if len(found) == 1 else None

    def by_surname(self, mention: str) -> tuple[Agent, ...]:
        """Return all agents who share a surname, by id."""
        found = self._surnames.get(fold_name(mention), set())
        return tuple(self._by_id[agent] for agent in sorted(found))

    def by_title(
        self, title: str, *, language: str, on: Moment | None
    ) -> tuple[Agent, ...]:
        """Return who may be meant by a title, by id.

        Those whose interval in office overlaps ``on``; all who ever held it if
        ``on`` is None. More than one leaves the mention unresolved.
        """
        held = self._titles.get((language, fold_name(title)), [])
        found = {agent.id for agent, role in held if on is None or _overlap(role, on)}
        return tuple(self._by_id[agent] for agent in sorted(found))

    def spoken_for(self, agent: Agent, *, on: Moment | None) -> Agent | None:
        """Return the one body for which an agent spoke at a time, by their roles."""
        bodies = {
            role.on_behalf_of
            for role in agent.roles
            if role.on_behalf_of and (on is None or _overlap(role, on))
        }
        return self.get(bodies.pop()) if len(bodies) == 1 else None


def _overlap(role: RoleHolding, on: Moment) -> bool:
    begins_before_end = (
        role.held.earliest is None
        or on.latest is None
        or role.held.earliest <= on.latest
    )
    ends_after_start = (
        role.held.latest is None
        or on.earliest is None
        or on.earliest <= role.held.latest
    )
    return begins_before_end and ends_after_start
