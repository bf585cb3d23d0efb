"""Propose which statements of a topic may be one utterance; a person decides."""

from __future__ import annotations

from domain.errors import NotFoundError
from domain.model.ids import TopicId
from domain.ports import EventLog, ViewStore
from domain.positions.proposals import Proposed, Similar, proposals
from domain.projections.rows import Table
from domain.services.recorded_events import StatementReader


class Proposals:
    """Reads what may be linked."""

    def __init__(self, log: EventLog, views: ViewStore, similar: Similar) -> None:
        self._views, self._similar = views, similar
        self._statements = StatementReader(log)

    def of_topic(self, topic: TopicId) -> Proposed:
        """Return the pairs of a topic that may be linked.

        Raises:
            NotFoundError: no such topic.
        """
        with self._views.snapshot() as views:
            if views.row(Table.TOPIC, topic) is None:
                raise NotFoundError("topic", topic)
            rows = views.rows(Table.STATEMENT, topic)
        return proposals(self._statements.live(rows), self._similar)
