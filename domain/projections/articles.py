"""Articles as captured, and where they were published."""

from __future__ import annotations

from datetime import datetime

from domain.events.article import ArticleCaptured, ArticleRevised
from domain.events.base import Event, Recorded
from domain.model.ids import ArticleId
from domain.model.value import Value
from domain.projections.projection import StreamReader
from domain.projections.rows import Changes, Place, Table


class ArticleRow(Value):
    """An article on record; its text lies in the article store."""

    captured: ArticleCaptured
    seq: int
    recorded_at: datetime
    revisions: tuple[ArticleId, ...] = ()


class ArticlesProjection:
    """Folds the streams of articles, a few events each."""

    def __init__(self, read_stream: StreamReader) -> None:
        self._read_stream = read_stream
        self._touched: dict[ArticleId, ArticleRow] = {}

    def apply(self, recorded: Recorded[Event]) -> None:
        """Take in an event of an article."""
        match recorded.event:
            case ArticleCaptured() as captured:
                self._touched[captured.article] = ArticleRow(
                    captured=captured,
                    seq=recorded.seq,
                    recorded_at=recorded.recorded_at,
                )
            case ArticleRevised(article=article, revision=revision):
                row = self._touched.get(article) or self._load(recorded)
                if row is not None and revision not in row.revisions:
                    revisions = (*row.revisions, revision)
                    row = row.model_copy(update={"revisions": revisions})
                    self._touched[article] = row
            case _:
                pass

    def changes(self) -> Changes:
        """Return the rows of the articles with new events."""
        changed = Changes()
        for article, row in self._touched.items():
            changed.put[Place(Table.ARTICLE, (article,))] = _body(row)
            if url := row.captured.url:
                changed.put[Place(Table.ARTICLE_URL, (url, article))] = b"%d" % row.seq
        self._touched.clear()
        return changed

    def _load(self, recorded: Recorded[Event]) -> ArticleRow | None:
        """Fold the article's stream before this event."""
        earlier = ArticlesProjection(self._read_stream)
        for each in self._read_stream(recorded.stream, recorded.seq - 1):
            earlier.apply(each)
        return next(iter(earlier._touched.values()), None)


def _body(row: ArticleRow) -> bytes:
    return row.model_dump_json().encode()
