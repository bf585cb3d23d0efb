"""The seeds: agents, topics, lexicons and articles, read from folders and cross-checked.

The seeds that onrecord ships come first; a user's own folder of the same shape may
add topics and agents. A bad file is refused with its name, line and reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from typing import Any, cast

from pydantic import TypeAdapter

from adapters.lexicons.yaml_file import load_yaml
from domain.attribution.date_words import DateWords
from domain.attribution.lexicon import Lexicon
from domain.attribution.topic_terms import TopicTerms
from domain.errors import InvalidSeedError
from domain.model.agent import Agent, AliasKind, RoleHolding
from domain.model.register import AgentRegister, fold_name

_AGENTS = TypeAdapter(tuple[Agent, ...])
_UNIQUE = {AliasKind.FULL, AliasKind.ACRONYM, AliasKind.FORMER}


def shipped() -> Path:
    """Return the folder of the seeds that onrecord ships."""
    return Path(str(files("seeds")))


@dataclass(frozen=True)
class Seeds:
    """Seeds in one or more folders; earlier folders come first."""

    folders: tuple[Path, ...]

    @cached_property
    def agents(self) -> tuple[Agent, ...]:
        """All agents, cross-checked."""
        agents = [
            (path, agent)
            for path in self._files("agents", "*.yaml")
            for agent in load_yaml(path, _AGENTS)
        ]
        _check_agents(agents)
        return tuple(agent for _, agent in agents)

    @cached_property
    def register(self) -> AgentRegister:
        """The agents, to be looked up."""
        return AgentRegister(self.agents)

    @cached_property
    def topics(self) -> tuple[TopicTerms, ...]:
        """All topics with their terms, cross-checked against the agents."""
        known = {agent.id for agent in self.agents}
        found: dict[str, TopicTerms] = {}
        for path in self._files("topics", "*.yaml"):
            topic = load_yaml(path, TopicTerms)
            if topic.id in found:
                raise InvalidSeedError(
                    str(path), None, f"topic {topic.id!r} stands twice"
                )
            _check_topic(path, topic, known)
            found[topic.id] = topic
        return tuple(found.values())

    @cached_property
    def lexicons(self) -> dict[str, Lexicon]:
        """Lexicons by language; each language is a folder with one file a field."""
        return {
            folder.name: _lexicon(folder)
            for folder in self._files("lexicons", "*")
            if folder.is_dir()
        }

    @cached_property
    def date_words(self) -> dict[str, DateWords]:
        """The words for dates, by language."""
        return {
            path.parent.name: load_yaml(path, DateWords)
            for path in self._files("lexicons", "*/dates.yaml")
        }

    def articles(self) -> Sequence[Path]:
        """Return the texts of the articles."""
        return list(self._files("articles", "*.txt"))

    def _files(self, kind: str, pattern: str) -> Iterator[Path]:
        for folder in self.folders:
            if not folder.is_dir():
                raise InvalidSeedError(str(folder), None, "no such folder of seeds")
            yield from sorted((folder / kind).glob(pattern))


def _lexicon(folder: Path) -> Lexicon:
    """Return a lexicon from a folder: each file is checked as the field it is."""
    fields: dict[str, Any] = {}
    for name, field in Lexicon.model_fields.items():
        if name not in {"language", "version"}:
            shape: TypeAdapter[Any] = TypeAdapter(cast("Any", field.annotation))
            fields[name] = load_yaml(folder / f"{name}.yaml", shape)
    about = load_yaml(folder / "lexicon.yaml", dict[str, str])
    return Lexicon(**fields, language=about["language"], version=about["version"])


def _check_topic(path: Path, topic: TopicTerms, known: set[Any]) -> None:
    named = set(topic.agents) | {
        rule.holder for q in topic.questions for rule in q.readings if rule.holder
    }
    if unknown := sorted(named - known):
        raise InvalidSeedError(str(path), None, f"no agent {unknown[0]!r} in the seeds")
    for question in topic.questions:
        offered = {condition.id for condition in question.conditions}
        wanted = {each for rule in question.readings for each in rule.conditions}
        if missing := sorted(wanted - offered):
            reason = f"{question.id}: no condition {missing[0]!r} in its vocabulary"
            raise InvalidSeedError(str(path), None, reason)
    twice = [i for i, n in Counter(q.id for q in topic.questions).items() if n > 1]
    if twice:
        raise InvalidSeedError(str(path), None, f"question {twice[0]!r} stands twice")


def _check_agents(agents: Sequence[tuple[Path, Agent]]) -> None:
    owners: dict[str, str] = {}
    ids: set[str] = set()
    for path, agent in agents:
        if agent.id in ids:
            raise InvalidSeedError(str(path), None, f"agent {agent.id!r} stands twice")
        ids.add(agent.id)
        if "en" not in agent.labels:
            raise InvalidSeedError(str(path), None, f"{agent.id}: no English label")
        for alias in agent.aliases:
            other = owners.setdefault(fold_name(alias.form), agent.id)
            if alias.kind in _UNIQUE and other != agent.id:
                reason = f"{agent.id}: {alias.form!r} is a name of {other!r} too"
                raise InvalidSeedError(str(path), None, reason)
    _check_roles(agents, ids)


def _check_roles(agents: Sequence[tuple[Path, Agent]], ids: set[str]) -> None:
    held = [(path, agent, role) for path, agent in agents for role in agent.roles]
    for path, agent, role in held:
        for named in (role.organisation, role.on_behalf_of):
            if named is not None and named not in ids:
                reason = f"{agent.id}: no agent {named!r} in the seeds"
                raise InvalidSeedError(str(path), None, reason)
    for (_, one, first), (path, other, second) in combinations(held, 2):
        if one.id != other.id and _same_seat(first, second) and _overlap(first, second):
            reason = f"{one.id} and {other.id} hold {first.post!r} at one time"
            raise InvalidSeedError(str(path), None, reason)


def _same_seat(a: RoleHolding, b: RoleHolding) -> bool:
    return a.single_seat and (a.post, a.organisation) == (b.post, b.organisation)


def _overlap(a: RoleHolding, b: RoleHolding) -> bool:
    """Tell whether two holdings share more than the day of the hand-over."""
    a_ends_first = a.held.latest is not None and (
        b.held.earliest is not None and a.held.latest <= b.held.earliest
    )
    b_ends_first = b.held.latest is not None and (
        a.held.earliest is not None and b.held.latest <= a.held.earliest
    )
    return not (a_ends_first or b_ends_first)
