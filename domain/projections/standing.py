"""Who stands for whom, judgement by judgement: what a fold of topics asks at each seq."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from domain.events.base import Event, Recorded
from domain.model.ids import ALIASES, AgentId
from domain.positions.aliases import Aliases
from domain.projections.projection import StreamReader

Standing = Mapping[AgentId, AgentId]


class Judgement(NamedTuple):
    """Who stood for whom before a judgement, who does since, and who held until then.

    ``held`` are the holders, as they were, of whom some agent is held by another now.
    """

    before: Standing
    now: Standing
    held: frozenset[AgentId]


class Standings(Protocol):
    """Who stands for whom, as judgements are taken in one after the other."""

    def before(self, seq: int) -> Standing:
        """Return who stands for whom by the judgements before a seq."""
        ...

    def judge(self, recorded: Recorded[Event]) -> Judgement:
        """Take in the next judgement."""
        ...


class JudgedStandings:
    """Worked out as judgements come; those of before are read once from the log."""

    def __init__(self, read_stream: StreamReader) -> None:
        self._read_stream = read_stream
        self._known: tuple[Aliases, Standing] | None = None

    def before(self, seq: int) -> Standing:
        """Return who stands for whom by the judgements before a seq."""
        return self._read(seq)[1]

    def judge(self, recorded: Recorded[Event]) -> Judgement:
        """Take in the next judgement."""
        aliases, before = self._read(recorded.seq)
        aliases.add(recorded)
        self._known = (aliases, aliases.standing())
        return _judgement(before, self._known[1])

    def _read(self, seq: int) -> tuple[Aliases, Standing]:
        if self._known is None:
            aliases = Aliases(self._read_stream(ALIASES, seq - 1))
            self._known = (aliases, aliases.standing())
        return self._known


class AllStandings:
    """Worked out once from all judgements, for whoever takes them in again and again."""

    def __init__(self, judgements: Iterable[Recorded[Event]] = ()) -> None:
        """Take in all judgements, in the order of the log."""
        each = JudgedStandings(lambda stream, until: ())
        self._seqs: list[int] = []
        self._judged: list[Judgement] = []
        for recorded in judgements:
            self._seqs.append(recorded.seq)
            self._judged.append(each.judge(recorded))

    def before(self, seq: int) -> Standing:
        """Return who stands for whom by the judgements before a seq."""
        index = bisect_left(self._seqs, seq)
        return self._judged[index - 1].now if index else {}

    def judge(self, recorded: Recorded[Event]) -> Judgement:
        """Return what a judgement came to."""
        return self._judged[bisect_left(self._seqs, recorded.seq)]


def _judgement(before: Standing, now: Standing) -> Judgement:
    moved = (
        before.get(agent, agent)
        for agent in before.keys() | now.keys()
        if before.get(agent, agent) != now.get(agent, agent)
    )
    return Judgement(before, now, frozenset(moved))
