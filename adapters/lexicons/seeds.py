"""The seeds: agents, topics, lexicons and articles, read from folders and cross-checked.

The seeds that onrecord ships come first; a user's own folder of the same shape may
add topics and agents. A bad file is refused with its name, line and reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from pydantic import TypeAdapter

from adapters.lexicons.checks import check_agents, check_topic
from adapters.lexicons.yaml_file import load_yaml, read_yaml
from domain.attribution.date_words import DateWords
from domain.attribution.lexicon import Lexicon
from domain.attribution.topic_terms import TopicTerms
from domain.errors import InvalidSeedError
from domain.model.agent import Agent
from domain.model.register import AgentRegister
from domain.model.value import Value

_AGENTS = TypeAdapter(tuple[Agent, ...])


class LexiconAbout(Value):
    """What a lexicon is of: the file ``lexicon.yaml`` of its folder."""

    language: str
    version: str


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
        found = [read_yaml(path, _AGENTS) for path in self._files("agents", "*.yaml")]
        check_agents(found)
        return tuple(agent for file in found for agent in file.value)

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
            file = read_yaml(path, TopicTerms)
            check_topic(file, known, found)
            found[file.value.id] = file.value
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
            for path in sorted((folder / kind).glob("*.yml")):
                raise InvalidSeedError(str(path), None, "its name must end in .yaml")
            found = sorted((folder / kind).glob(pattern))
            yield from (path for path in found if not path.name.startswith("."))


def _lexicon(folder: Path) -> Lexicon:
    """Return a lexicon from a folder: each file is checked as the field it is."""
    about = read_yaml(folder / "lexicon.yaml", LexiconAbout)
    if about.value.language != folder.name:
        about.refuse(f"expected language {folder.name!r}", "language")
    fields: dict[str, Any] = {}
    for name, field in Lexicon.model_fields.items():
        if name not in LexiconAbout.model_fields:
            shape: TypeAdapter[Any] = TypeAdapter(cast("Any", field.annotation))
            fields[name] = load_yaml(folder / f"{name}.yaml", shape)
    return Lexicon(**fields, **about.value.model_dump())
