"""Whose words a position rests on: agents that its holder stands for, by their own ids.

Where agents were judged to be one, the least id of them holds the positions of all. A
reader of a position is to know that its evidence named another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.model.ids import AgentId, StatementId
from domain.positions.live import LiveStatement
from domain.positions.timeline import Position


def stood_for(
    position: Position, statements: Mapping[StatementId, LiveStatement]
) -> tuple[AgentId, ...]:
    """Return the agents other than its holder whom the evidence of a position names.

    ``statements`` are those that are its evidence, by id, as they are folded.
    """
    named = {
        agent
        for each in position.statements
        for agent in _named(position, statements[each])
    }
    return tuple(sorted(named - {position.holder}))


def _named(position: Position, live: LiveStatement) -> Iterator[AgentId]:
    """Yield whom a statement names as the holder of a position."""
    told, speaker = live.statement, live.statement.identification.agent
    for reading, folded in zip(told.assessment.readings, live.readings, strict=True):
        named = reading.whose(speaker)
        of = (folded.question, folded.holder)
        if named is not None and of == (position.question, position.holder):
            yield named
