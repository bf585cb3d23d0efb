"""An invented world: who speaks, on which topics and questions, holding what.

A topic is opened when something is first said on it. Each has a cast that is drawn from
all speakers; every sixth of it speaks for a body. What a holder holds on a question walks
from -3 to 3: it stays, shifts by a step, or is reversed, a statement at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from domain.events.agent import AgentRegistered
from domain.events.base import Event
from domain.events.topic import QuestionPosed, TopicOpened
from domain.model.agent import AgentKind, Alias
from domain.model.ids import AgentId, QuestionId, TopicId
from domain.model.statement import Filing, Identification, Resolution
from domain.model.topic import Question, QuestionKind
from tests.benchmarks.histories import recipe
from tests.benchmarks.histories.recipe import Dice, Ranks

FIRST = (
    *("Vesna", "Tarek", "Ilwen", "Odra", "Maro", "Senka", "Bohdar", "Anoush"),
    *("Kelim", "Ysolde", "Radomi", "Faruq", "Nerys", "Tovik", "Halima", "Corvin"),
    *("Zenobi", "Lukan", "Perrin", "Sadira"),
)
START = ("Or", "Mo", "Vel", "Kar", "Dun", "Tas", "Bel", "Yar")
END = ("lin", "ol", "dany", "mish", "gard", "enko", "ault", "issi", "owe", "brek")
SPEAKS_FOR_A_BODY = 6
"""Every such member of a cast."""


class Name(NamedTuple):
    """A speaker or body of the world."""

    id: AgentId
    label: str
    kind: AgentKind


def speaker(number: int) -> Name:
    """Return the speaker with a number."""
    rest, first = divmod(number, len(FIRST))
    end, start = divmod(rest, len(START))
    label = f"{FIRST[first]} {START[start]}{END[end % len(END)]}"
    return Name(AgentId(label.lower().replace(" ", "-")), label, AgentKind.PERSON)


def body(number: int) -> Name:
    """Return the body for which the speaker with a number speaks."""
    of = speaker(number).label.partition(" ")[2]
    label = f"Office of {of} {number}"
    slug = label.lower().replace(" ", "-")
    return Name(AgentId(slug), label, AgentKind.ORGANISATION)


@dataclass(slots=True)
class Member:
    """One of the cast of a topic; ``holder`` is whose position is spoken."""

    place: int
    name: Name
    holder: Name

    @property
    def speaks_for(self) -> bool:
        """Whether the position is that of a body."""
        return self.holder is not self.name

    def identified(self) -> Identification:
        """Return who spoke."""
        body = self.holder.id if self.speaks_for else None
        return Identification(
            speaker=self.name.label,
            agent=self.name.id,
            resolution=Resolution.NAME,
            on_behalf_of=self.holder.label if self.speaks_for else None,
            on_behalf_of_agent=body,
            rule="names.full",
            confidence=0.9,
        )


class Topic:
    """A topic, its cast and questions, and what each holds."""

    def __init__(self, rank: int, dice: Dice, speakers: Ranks) -> None:
        self.id = TopicId(f"topic-{rank + 1:04d}")
        self.filing = Filing(rule="terms", matched=(f"treaty {rank + 1}",))
        size, numbers = 10 + 60 * 20 // (20 + rank), dict[int, None]()
        while len(numbers) < size:
            numbers[speakers.draw(dice.topics)] = None
        self.cast = [_member(place, number) for place, number in enumerate(numbers)]
        self.questions = [
            QuestionId(f"question-{number + 1}")
            for number in range(dice.topics.randint(2, 6))
        ]
        self._often = Ranks(size, flat=4)
        self._asked = Ranks(len(self.questions), flat=1)
        held = range(size * len(self.questions))
        self._held = [dice.positions.choice((-3, -2, -1, 1, 2, 3)) for _ in held]

    def who(self, dice: Random) -> Member:
        """Draw a member of the cast."""
        return self.cast[self._often.draw(dice)]

    def asked(self, dice: Random) -> QuestionId:
        """Draw a question."""
        return self.questions[self._asked.draw(dice)]

    def held(self, member: Member, question: QuestionId, dice: Random) -> int:
        """Return what is held now on a question, one step of the walk further."""
        at = member.place * len(self.questions) + self.questions.index(question)
        value, chance = self._held[at], dice.random()
        if chance < recipe.REVERSE:
            value = -value or 2
        elif chance < recipe.REVERSE + recipe.SHIFT:
            value = max(-3, min(3, value + dice.choice((-1, 1))))
        self._held[at] = value
        return value

    def opening(self) -> tuple[Event, ...]:
        """Return the facts that a topic begins with."""
        opened = TopicOpened(topic=self.id, labels={"en": self.id}, fiction=True)
        return (
            opened,
            *(
                QuestionPosed(topic=self.id, question=_question(each))
                for each in self.questions
            ),
        )


class World:
    """All topics that something was said on, and who was registered for them."""

    def __init__(self, dice: Dice, topics: int) -> None:
        self._dice, self._ranks = dice, Ranks(topics, flat=recipe.FLAT)
        self._speakers = Ranks(recipe.SPEAKERS)
        self._topics: dict[int, Topic] = {}
        self._registered: set[AgentId] = set()
        self.opened: list[Topic] = []
        """Those opened since this was last emptied."""

    def topic(self) -> Topic:
        """Draw a topic; open it where nothing was said on it before."""
        rank = self._ranks.draw(self._dice.topics)
        if rank not in self._topics:
            self._topics[rank] = Topic(rank, self._dice, self._speakers)
            self.opened.append(self._topics[rank])
        return self._topics[rank]

    def newcomers(self, topic: Topic) -> list[AgentRegistered]:
        """Return the registration of those of a cast whom no topic had before."""
        names = [name for m in topic.cast for name in (m.name, m.holder)]
        new = {n.id: n for n in names if n.id not in self._registered}
        self._registered |= new.keys()
        return [_registered(name) for name in new.values()]


def _member(place: int, number: int) -> Member:
    name = speaker(number)
    for_body = place % SPEAKS_FOR_A_BODY == SPEAKS_FOR_A_BODY - 1
    return Member(place, name, body(number) if for_body else name)


def _question(identifier: QuestionId) -> Question:
    label = identifier.replace("-", " ").capitalize()
    return Question(id=identifier, kind=QuestionKind.POLICY, labels={"en": f"{label}?"})


def _registered(name: Name) -> AgentRegistered:
    return AgentRegistered(
        agent=name.id,
        kind=name.kind,
        labels={"en": name.label},
        aliases=(Alias(form=name.label, language="en"),),
        gender=None,
        carries_words=False,
        external_ids={},
    )
