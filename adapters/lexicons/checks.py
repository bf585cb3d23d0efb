"""What must hold between the entries of the seeds; a bad one is refused by its line.

A name belongs to one agent, whoever else it is a surname or nickname of; a shared
surname is no error, it is ambiguous. A post with a single seat has one holder at a
time, the day of the hand-over excepted. Whoever is referred to is in the seeds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations
from typing import NamedTuple, NoReturn

from adapters.lexicons.yaml_file import YamlFile
from domain.attribution.topic_terms import QuestionTerms, TopicTerms
from domain.model.agent import Agent, AliasKind
from domain.model.commitment import FOR_NOW, ConditionKind
from domain.model.ids import UNFILED, AgentId
from domain.model.register import fold_name

_UNIQUE = {AliasKind.FULL, AliasKind.ACRONYM, AliasKind.FORMER}


class Entry(NamedTuple):
    """An agent and where it stands: in which file, as which entry of it."""

    file: YamlFile[tuple[Agent, ...]]
    number: int

    @property
    def agent(self) -> Agent:
        """The agent."""
        return self.file.value[self.number]

    def refuse(self, reason: str, *place: int | str) -> NoReturn:
        """Refuse the agent for what stands at a place.

        Raises:
            InvalidSeedError: always.
        """
        self.file.refuse(reason, self.number, *place)


def check_agents(files: Iterable[YamlFile[tuple[Agent, ...]]]) -> None:
    """Make sure that agents, their names and their roles go together.

    Raises:
        InvalidSeedError: they do not.
    """
    entries = [Entry(file, n) for file in files for n in range(len(file.value))]
    ids: set[AgentId] = set()
    for entry in entries:
        if entry.agent.id in ids:
            entry.refuse(f"agent {entry.agent.id!r} stands twice", "id")
        ids.add(entry.agent.id)
        if "en" not in entry.agent.labels:
            entry.refuse(f"{entry.agent.id}: no English label", "labels")
    _check_names(entries)
    _check_roles(entries, ids)


def _check_names(entries: Sequence[Entry]) -> None:
    """Refuse the name of one agent that is any sort of name of another."""
    bearers: dict[str, dict[AgentId, AliasKind]] = defaultdict(dict)
    for entry in entries:
        for place, alias in enumerate(entry.agent.aliases):
            others = bearers[fold_name(alias.form)]
            for other, kind in others.items():
                if other != entry.agent.id and _UNIQUE & {kind, alias.kind}:
                    reason = (
                        f"{entry.agent.id}: {alias.form!r} is a name of {other!r} too"
                    )
                    entry.refuse(reason, "aliases", place)
            if others.get(entry.agent.id) not in _UNIQUE:
                others[entry.agent.id] = alias.kind


def _check_roles(entries: Sequence[Entry], ids: Collection[AgentId]) -> None:
    held = [(e, n, role) for e in entries for n, role in enumerate(e.agent.roles)]
    for entry, place, role in held:
        for named in (role.organisation, role.on_behalf_of):
            if named is not None and named not in ids:
                reason = f"{entry.agent.id}: no agent {named!r} in the seeds"
                entry.refuse(reason, "roles", place)
    for (one, _, first), (other, place, second) in combinations(held, 2):
        if one.agent.id == other.agent.id or not first.same_seat(second):
            continue
        if first.overlaps(second):
            both = f"{one.agent.id} and {other.agent.id}"
            reason = f"{both} hold {first.post!r} at one time"
            other.refuse(reason, "roles", place, "held")


def check_topic(
    file: YamlFile[TopicTerms], known: Collection[AgentId], taken: Collection[str]
) -> None:
    """Make sure that a topic refers to what is there, and nothing in it stands twice.

    Raises:
        InvalidSeedError: it does not.
    """
    topic = file.value
    if topic.id in taken:
        file.refuse(f"topic {topic.id!r} stands twice", "id")
    if topic.id == UNFILED:
        file.refuse(f"{UNFILED!r} is kept for what no topic claims", "id")
    if not topic.labels:
        file.refuse(f"{topic.id}: no label", "labels")
    for number, agent in enumerate(topic.agents):
        if agent not in known:
            file.refuse(f"no agent {agent!r} in the seeds", "agents", number)
    _refuse_twice(file, [q.id for q in topic.questions], "question", "questions")
    for number, question in enumerate(topic.questions):
        _check_question(file, number, question, known)


def _check_question(
    file: YamlFile[TopicTerms],
    number: int,
    question: QuestionTerms,
    known: Collection[AgentId],
) -> None:
    here = ("questions", number)
    if not question.labels:
        file.refuse(f"{question.id}: no label", *here, "labels")
    offered = [condition.id for condition in question.conditions]
    _refuse_twice(file, offered, "condition", *here, "conditions")
    readings = [rule.id for rule in question.readings]
    _refuse_twice(file, readings, "reading", *here, "readings")
    for place, rule in enumerate(question.readings):
        if rule.holder is not None and rule.holder not in known:
            reason = f"no agent {rule.holder!r} in the seeds"
            file.refuse(reason, *here, "readings", place, "holder")
        if missing := sorted(set(rule.conditions) - set(offered)):
            reason = f"{question.id}: no condition {missing[0]!r} in its vocabulary"
            file.refuse(reason, *here, "readings", place, "conditions")
    for place, condition in enumerate(question.conditions):
        if (condition.id == FOR_NOW) != (condition.kind is ConditionKind.FOR_NOW):
            reason = f"{FOR_NOW!r} is the one condition of kind 'for_now'"
            file.refuse(reason, *here, "conditions", place)


def _refuse_twice(
    file: YamlFile[TopicTerms], ids: Sequence[str], what: str, *place: int | str
) -> None:
    for number, each in enumerate(ids):
        if each in ids[:number]:
            file.refuse(f"{what} {each!r} stands twice", *place, number, "id")
