"""Propose which statements of a topic may be one utterance; a person decides."""

from __future__ import annotations

from collections.abc import Iterator

from domain.errors import NotFoundError
from domain.model.ids import ArticleId, TopicId
from domain.model.kept import read_value
from domain.ports import EventLog, ViewSnapshot, ViewStore
from domain.positions.proposals import Proposed, Similar, proposals
from domain.projections.articles import ArticleRow
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
            revised = [*_revised(views, topic)]
        return proposals(self._statements.live(rows), self._similar, revised)


def _revised(
    views: ViewSnapshot, topic: TopicId
) -> Iterator[tuple[ArticleId, ArticleId]]:
    """Yield the articles of a topic each with a revision of it, and so on with these.

    A version that says nothing of the topic may lie between two that do.
    """
    left = {ArticleId(article) for _, article in views.keys(Table.TOPIC_ARTICLE, topic)}
    known: set[ArticleId] = set()
    while left:
        known |= left
        found = views.beginning(Table.ARTICLE, [(each,) for each in sorted(left)])
        rows = [read_value(ArticleRow, body) for _, body in found]
        yield from ((r.captured.article, each) for r in rows for each in r.revisions)
        left = {each for row in rows for each in row.revisions} - known
