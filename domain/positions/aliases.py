"""Agents that were judged to be one: which id stands for each.

A judgement is a register of the unordered pair: the one with the highest seq holds.
Positive ones join transitively; the least id of a group stands for all of it. Taking
a judgement back gives the groups, and so all positions, as they were before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.events.agent import AliasJudged, Verdict
from domain.events.base import Event, Recorded
from domain.model.grouping import groups, ordered
from domain.model.ids import AgentId

AgentPair = tuple[AgentId, AgentId]


class Aliases:
    """The judgements in force; grows by ``add``, in any order."""

    def __init__(self, events: Iterable[Recorded[Event]] = ()) -> None:
        self._judged: dict[AgentPair, tuple[int, Verdict]] = {}
        for recorded in events:
            self.add(recorded)

    def add(self, recorded: Recorded[Event]) -> None:
        """Take in a judgement; other events are none."""
        match recorded.event:
            case AliasJudged(first=first, second=second, verdict=verdict):
                pair = ordered(first, second)
                judged = (recorded.seq, verdict)
                self._judged[pair] = max(self._judged.get(pair, judged), judged)
            case _:
                pass

    def judgements(self) -> Mapping[AgentPair, Verdict]:
        """Return the judgement in force of each pair that was ever judged."""
        return {pair: verdict for pair, (_, verdict) in self._judged.items()}

    def pairs(self, verdict: Verdict) -> list[AgentPair]:
        """Return the pairs of which this is the judgement in force, ascending."""
        return sorted(p for p, (_, held) in self._judged.items() if held is verdict)

    def standing(self) -> Mapping[AgentId, AgentId]:
        """Return who stands for whom: for each joined agent the least of its group."""
        joined = groups(self.pairs(Verdict.POSITIVE))
        return {member: group[0] for group in joined for member in group}
