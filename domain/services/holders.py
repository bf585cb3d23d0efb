"""Whose positions are meant by the id of an agent: those of who stands for it."""

from __future__ import annotations

from domain.model.ids import ALIASES, AgentId
from domain.ports import EventLog
from domain.positions.aliases import Aliases
from domain.services.folding import stream_reader


def standing_holder(log: EventLog, agent: AgentId | None, seq: int) -> AgentId | None:
    """Return who stands for an agent at a seq: another where both were judged to be one.

    An agent that another stands for holds nothing by itself: asked for it, the record
    would seem to know of no position.
    """
    if agent is None:
        return None
    judged = Aliases(stream_reader(log)(ALIASES, seq))
    return judged.standing().get(agent, agent)
