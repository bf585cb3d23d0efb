"""The threads that put articles on record, and the bounded queue before them.

What comes when the queue is full is refused at once: it would wait longer than its
client. On closing, what runs is finished and what waits is dropped: nothing of it was
recorded.

Extraction is one at a time: it keeps a core busy, and neither parsers nor date readers
promise to serve two threads. What follows it, storing and folding, is not: the appends
of several articles share a transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import BoundedSemaphore, Lock
from types import TracebackType
from typing import Any, ParamSpec, Protocol, TypeVar

from api.metrics import EXTRACTION
from domain.errors import OnrecordError, QueueFullError
from domain.model.article import Article
from domain.model.extraction import Extraction
from domain.model.ids import ArticleId
from domain.services.ingest import Extracts

P = ParamSpec("P")
T = TypeVar("T")
WORKERS = 8
"""How many articles are on their way at once."""
WAITING = 32
"""How many may wait for them."""


class Writer(ThreadPoolExecutor):
    """Runs what writes, a few at once; refuses what would wait too long."""

    def __init__(self, waiting: int = WAITING, workers: int = WORKERS) -> None:
        super().__init__(max_workers=workers, thread_name_prefix="writer")
        self._places = BoundedSemaphore(waiting + workers)

    def submit(
        self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Take a place in the queue.

        Raises:
            QueueFullError: there is none.
        """
        if not self._places.acquire(blocking=False):
            raise QueueFullError
        try:
            future = super().submit(fn, *args, **kwargs)
        except BaseException:
            self._places.release()
            raise
        future.add_done_callback(self._leave)
        return future

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        """Finish what runs, drop what waits."""
        self.shutdown(cancel_futures=True)

    def _leave(self, _: Future[Any]) -> None:
        self._places.release()


class ExtractsMany(Extracts, Protocol):
    """Finds the statements of one article or of several."""

    def extract_all(
        self, articles: Sequence[Article]
    ) -> Sequence[Extraction | OnrecordError]:
        """Return for each what was found, or why that is not known."""
        ...


class OneAtATime:
    """An extractor for several threads, of which one extracts at a time."""

    def __init__(self, extractor: ExtractsMany) -> None:
        self._extractor, self._turn = extractor, Lock()
        self._ahead: dict[ArticleId, Extraction | OnrecordError] = {}

    def extract(self, article: Article) -> Extraction:
        """Return what was found, when it is this thread's turn."""
        if (found := self._ahead.pop(article.id, None)) is not None:
            if isinstance(found, OnrecordError):
                raise found
            return found
        with self._turn, EXTRACTION.time():
            return self._extractor.extract(article)

    def extract_ahead(self, articles: Sequence[Article]) -> None:
        """Extract some together, which is faster; each is handed out once, when asked for."""
        with self._turn:
            found = self._extractor.extract_all(articles)
        ids = (article.id for article in articles)
        self._ahead = dict(zip(ids, found, strict=True))
