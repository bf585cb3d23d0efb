"""Questions, judgements of aliases and roles as plain dictionaries.

A method is named as the decision is. It raises ``Refused``, or makes it so and returns
the commands that undo it: none if it was so already.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from domain.model.ids import AgentId, QuestionId, TopicId
from domain.model.moment import Moment
from tests.properties import by_hand
from tests.support.desk import AGENTS

Told = dict[str, Any]
"""A command, or the fields of one."""
Undo = list[Told] | None
"""What undoes a decision, in this order; None if no command does so alone."""


class Holding(NamedTuple):
    """What names a role on the register."""

    agent: str
    post: str
    organisation: str
    held: str


class Source(NamedTuple):
    """Where a role was read, and the names of the post there."""

    name: str
    titles: str


class Refused(Exception):  # noqa: N818 (an answer, no error)
    """The decision may not be taken."""


def refuse(forbidden: object) -> None:
    """Refuse a decision if something forbids it."""
    if forbidden:
        raise Refused


class Register:
    """Which questions are asked, who is judged to be whom, who holds what."""

    def __init__(self) -> None:
        self.worded: dict[tuple[TopicId, QuestionId], Told] = {}
        self.taken_back: set[tuple[TopicId, QuestionId]] = set()
        self.judged: dict[frozenset[str], str] = {}
        self.held: dict[Holding, Source] = {}
        self.withdrawn: dict[Holding, Source] = {}
        self.sources: dict[Holding, set[Source]] = defaultdict(set)

    def asks(self, topic: TopicId, question: QuestionId) -> bool:
        """Tell whether a question is asked in a topic."""
        asked = (topic, question)
        return asked in self.worded and asked not in self.taken_back

    def pose(self, topic: TopicId, question: QuestionId, **words: Any) -> Undo:
        """A question keeps its words, and is not posed again once taken back."""
        asked = (topic, question)
        is_new = asked not in self.worded
        refuse(asked in self.taken_back or self.worded.get(asked, words) != words)
        self.worded[asked] = words
        undo = {"do": "withdraw-question", "topic": topic, "question": question}
        return [undo] if is_new else []

    def withdraw_question(self, topic: TopicId, question: QuestionId) -> Undo:
        """What is asked can be taken back."""
        refuse(not self.asks(topic, question))
        self.taken_back.add((topic, question))
        return [{"do": "reinstate-question", "topic": topic, "question": question}]

    def reinstate_question(self, topic: TopicId, question: QuestionId) -> Undo:
        """What was taken back can be asked again."""
        refuse((topic, question) not in self.taken_back)
        self.taken_back.discard((topic, question))
        return [{"do": "withdraw-question", "topic": topic, "question": question}]

    def alias(self, first: str, second: str, verdict: str) -> Undo:
        """Nobody is joined, by whatever chain, with whom they are judged not to be."""
        refuse(first == second)
        pair = frozenset((first, second))
        before = self.judged.get(pair, "unsure")
        after = {**self.judged, pair: verdict}
        stands = standing(after)
        apart = [sorted(each) for each, held in after.items() if held == "negative"]
        refuse(any(stands[AgentId(a)] == stands[AgentId(b)] for a, b in apart))
        self.judged = after
        undo = {"do": "alias", "first": first, "second": second, "verdict": before}
        return [undo] if before != verdict else []

    def role(
        self, *, source: str, titles: dict[str, list[str]], **holding: str
    ) -> Undo:
        """A holding has one source at a time, and each source says one thing of it."""
        key, says = Holding(**holding), Source(source, str(titles))
        if key in self.held:
            refuse(self.held[key] != says)
            return []
        known = {each.name for each in self.sources[key] if each != says}
        refuse(source in known or self.is_taken(key))
        self.held[key] = says
        self.sources[key].add(says)
        return [{"do": "withdraw-role", **holding}]

    def withdraw_role(self, **holding: str) -> Undo:
        """What is held can be withdrawn."""
        key = Holding(**holding)
        refuse(key not in self.held)
        self.withdrawn[key] = self.held.pop(key)
        return [{"do": "reinstate-role", **holding}]

    def reinstate_role(self, **holding: str) -> Undo:
        """What was withdrawn stands again, as it was, if its seat is still free."""
        key = Holding(**holding)
        refuse(key in self.held or key not in self.withdrawn or self.is_taken(key))
        self.held[key] = self.withdrawn[key]
        return [{"do": "withdraw-role", **holding}]

    def is_taken(self, seat: Holding) -> bool:
        """Tell whether another has the seat for more than the day of the hand-over."""
        days = by_hand.days_of(Moment.parse(seat.held))
        return any(
            len(days & by_hand.days_of(Moment.parse(other.held))) > 1
            for other in self.held
            if other.agent != seat.agent and other[1:3] == seat[1:3]
        )


def standing(judged: dict[frozenset[str], str]) -> dict[AgentId, AgentId]:
    """Return who stands for whom."""
    parts = by_hand.components(
        AGENTS, lambda a, b: judged.get(frozenset((a, b))) == "positive"
    )
    return {AgentId(each): AgentId(min(part)) for part in parts for each in part}
