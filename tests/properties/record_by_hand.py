"""All that is on record, kept by hand: statements, their links, and the timelines."""

from __future__ import annotations

from collections import defaultdict

from domain.events.topic import LinkKind
from domain.model.ids import AgentId, StatementId, TopicId
from domain.model.moment import Moment
from tests.properties import by_hand
from tests.properties.register_by_hand import Undo, refuse, standing
from tests.properties.statements_by_hand import Statements

Pair = frozenset[StatementId]


class Record(Statements):
    """What is linked in each topic, and what its timeline is."""

    def __init__(self) -> None:
        super().__init__()
        self.links: dict[TopicId, dict[Pair, LinkKind]] = defaultdict(dict)
        self.decided: dict[Pair, LinkKind | None] = {}

    def linked(self, topic: TopicId) -> dict[Pair, LinkKind]:
        """Return the links of a topic between statements on record there."""
        pairs = self.links[topic].items()
        return {p: k for p, k in pairs if all(topic in self.on_record(s) for s in p)}

    def link(self, first: StatementId, second: StatementId, kind: LinkKind) -> Undo:
        """Links as one utterance form no cycle; what is one is not linked otherwise."""
        shared, pair = self.shared(first, second), frozenset((first, second))
        if kind is LinkKind.SAME_STATEMENT:  # in one topic they may be one already
            apart = [t for t in shared if not is_through_others(pair, self.linked(t))]
            shared = apart or shared
        for topic in shared:
            refuse(is_tangled({**self.linked(topic), pair: kind}))
        before = [self.links[topic].get(pair) for topic in shared]
        for topic in shared:
            self.links[topic][pair] = kind
        if {*before} != {kind}:
            self.decide(pair, kind)
        return _relinking(first, second, before) if {*before} != {kind} else []

    def put(self, statement: StatementId, *topics: TopicId) -> Undo:
        """What is put back brings its links, which keep to the rule of links.

        They are what was decided of them last, in whatever topic.
        """
        for topic in topics:
            back = {s for s in self.places if topic in self.on_record(s)} | {statement}
            links = {p: k for p, k in self.links[topic].items() if p <= back}
            for pair, kind in self.decided.items():
                if statement in pair and pair <= back:
                    self.follow(topic, links, pair, kind)
            refuse(is_tangled(links))
        return super().put(statement, *topics)

    def follow(
        self,
        topic: TopicId,
        links: dict[Pair, LinkKind],
        pair: Pair,
        kind: LinkKind | None,
    ) -> None:
        """Link two in a topic as they were linked last; what is one is not linked twice."""
        if links.get(pair) is kind:
            return
        for each in (links, self.links[topic]):
            each.pop(pair, None)
        if kind and not (kind is LinkKind.SAME_STATEMENT and is_one(pair, links)):
            links[pair] = self.links[topic][pair] = kind

    def decide(self, pair: Pair, kind: LinkKind | None) -> None:
        """Keep what was decided of two, the last at the end."""
        self.decided.pop(pair, None)
        self.decided[pair] = kind

    def unlink(self, first: StatementId, second: StatementId) -> Undo:
        """Only what was linked directly is taken apart."""
        shared, pair = self.shared(first, second), frozenset((first, second))
        found = [self.linked(topic) for topic in shared]
        if not any(pair in links for links in found):
            refuse(any(is_one(pair, links) for links in found))
        before = [self.links[topic].pop(pair, None) for topic in shared]
        if {*before} != {None}:
            self.decide(pair, None)
        return _relinking(first, second, before) if {*before} != {None} else []

    def shared(self, first: StatementId, second: StatementId) -> list[TopicId]:
        """Return the topics that carry two statements, of which there must be one."""
        refuse(first == second)
        shared = self.on_record(first).keys() & self.on_record(second).keys()
        refuse(not shared)
        return sorted(shared)

    def told(self, topic: TopicId) -> dict[StatementId, by_hand.Told]:
        """Return what is on record in a topic, each with the days of its utterance."""
        alone = {
            statement: by_hand.Told(
                by_hand.days_of(Moment.parse(p.spoken_at) if p.spoken_at else None),
                AgentId(p.speaker) if p.speaker else None,
                tuple(p.readings),
            )
            for statement, places in self.places.items()
            if (p := places.get(topic)) is not None and not p.taken
        }
        links = self.links[topic].items()
        same = {pair for pair, kind in links if kind is LinkKind.SAME_STATEMENT}
        return by_hand.linked(alone, same)

    def timeline(
        self, topic: TopicId
    ) -> tuple[set[by_hand.Block], set[by_hand.Beside]]:
        """Return the blocks of a topic, and what stands beside them."""
        dropped = {question for of, question in self.taken_back if of == topic}
        return by_hand.arrange(self.told(topic), dropped, standing(self.judged))


def is_one(pair: Pair, links: dict[Pair, LinkKind]) -> bool:
    """Tell whether links join two statements to one utterance."""
    parts = by_hand.components(
        {statement for each in links for statement in each},
        lambda a, b: links.get(frozenset((a, b))) is LinkKind.SAME_STATEMENT,
    )
    return any(pair <= part for part in parts)


def is_through_others(pair: Pair, links: dict[Pair, LinkKind]) -> bool:
    """Tell whether two are one utterance though no link of their own joins them."""
    return pair not in links and is_one(pair, links)


def is_tangled(links: dict[Pair, LinkKind]) -> bool:
    """Tell whether two that are linked are one utterance through others."""
    return any(
        is_one(pair, {p: k for p, k in links.items() if p != pair}) for pair in links
    )


def _relinking(
    first: StatementId, second: StatementId, before: list[LinkKind | None]
) -> Undo:
    """Return what links two statements again as they were in every topic they share."""
    if len({*before}) > 1:
        return None
    pair = {"first": first, "second": second}
    kind = before[0]
    return [{"do": "link", **pair, "kind": kind} if kind else {"do": "unlink", **pair}]
