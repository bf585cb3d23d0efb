"""Of several who put one article on record at once, one hears that it is new."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from adapters.articles.memory import MemoryArticleStore
from domain.model.article import Article, Capture
from domain.model.extraction import Extraction
from domain.ports import Batch
from domain.services.ingest import Ingest, Ingested, Outcome
from tests.support.desk import Desk, open_desk

ARTICLE = Article(text="Le port ouvrira.", language="fr")
CAPTURE = Capture(media_type="text/plain", encoding="utf-8", byte_length=16)


class Nothing:
    """Finds no statement in any article."""

    def extract(self, article: Article) -> Extraction:
        """Return an empty extraction."""
        return Extraction(extractor="none", found=(), boilerplate=(), skipped=())


class OvertakenLog:
    """A log at which somebody appends between the look at a stream and the append."""

    def __init__(self, log: Any, first: Callable[[], object]) -> None:
        self._log, self._first = log, first

    def __getattr__(self, name: str) -> Any:
        """Do all else undisturbed."""
        return getattr(self._log, name)

    def append(self, batch: Batch) -> int:
        """Append after the other."""
        self._first()
        appended: int = self._log.append(batch)
        return appended


def test_who_comes_second_hears_that_it_was_known() -> None:
    """Both processes offer the same facts; the log stores them once and tells which."""
    with open_desk() as desk:
        heard: list[Ingested] = []
        first = ingest_at(desk, desk.log)
        overtaken = OvertakenLog(
            desk.log, lambda: heard.append(first(ARTICLE, CAPTURE))
        )
        second = ingest_at(desk, overtaken)(ARTICLE, CAPTURE)
        assert (heard[0].outcome, heard[0].events) == (Outcome.NEW, 1)
        assert (second.outcome, second.events) == (Outcome.UNCHANGED, 0)
        assert second.seq == heard[0].seq == desk.log.head()


def ingest_at(desk: Desk, log: Any) -> Ingest:
    """Return how a process ingests."""
    return Ingest(
        log=log,
        texts=MemoryArticleStore(),
        views=desk.views,
        follower=desk.projector,
        extractor=Nothing(),
    )
