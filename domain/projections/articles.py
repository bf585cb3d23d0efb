"""Articles as captured, and where they were published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar

from domain.events.article import ArticleCaptured, ArticleRevised
from domain.events.base import Event, Recorded
from domain.model.ids import ArticleId
from domain.model.kept import read_value
from domain.model.value import Value
from domain.projections.overlay import Overlay
from domain.projections.rows import Table


class ArticleRow(Value):
    """An article on record; its text lies in the article store."""

    captured: ArticleCaptured
    seq: int
    recorded_at: datetime
    revisions: tuple[ArticleId, ...] = ()

    @property
    def last_day(self) -> date:
        """The last day on which it may quote: of its publication, or its recording."""
        published = self.captured.published_at
        last = published.latest if published is not None else None
        return last or self.recorded_at.date()


class ArticlesProjection:
    """Folds the streams of articles, a few events each."""

    kinds: ClassVar[frozenset[str]] = frozenset({"article"})

    def __init__(self, rows: Overlay) -> None:
        self._rows = rows

    def expect(self, page: Sequence[Recorded[Event]]) -> None:
        """Need nothing beforehand."""

    def apply(self, recorded: Recorded[Event]) -> None:
        """Take in an event of an article."""
        match recorded.event:
            case ArticleCaptured() as captured:
                row = ArticleRow(
                    captured=captured,
                    seq=recorded.seq,
                    recorded_at=recorded.recorded_at,
                )
                self._put(recorded.seq, row)
                if url := captured.url:
                    key, seq = (url, captured.article), b"%d" % row.seq
                    self._rows.change(recorded.seq, Table.ARTICLE_URL, key, seq)
            case ArticleRevised(article=article, revision=revision):
                if (body := self._rows.row(Table.ARTICLE, article)) is None:
                    return
                row = read_value(ArticleRow, body)
                if revision not in row.revisions:
                    revisions = (*row.revisions, revision)
                    row = row.model_copy(update={"revisions": revisions})
                    self._put(recorded.seq, row)
            case _:
                pass

    def settle(self) -> None:
        """Owe nothing."""

    def _put(self, seq: int, row: ArticleRow) -> None:
        body = row.model_dump_json().encode()
        self._rows.change(seq, Table.ARTICLE, (row.captured.article,), body)
