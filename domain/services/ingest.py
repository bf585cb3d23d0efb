"""Put an article and the statements found in it on record.

1. An article whose text is on record changes nothing, and is not read again. What is
   said of it otherwise than on record is told, and left out: a text is captured once.
2. The text is stored first, under its hash; then all events are appended in one
   transaction. A crash between the two leaves a text that nothing refers to.
3. If somebody else appended to one of the streams meanwhile, the versions are read
   again and the same facts offered again, a bounded number of times.
4. The read models are brought up before the call returns: what was ingested can be
   read at once. Where they are busy it is on record all the same, and is served when
   they are brought up next.
5. A text that is missing beside its article is put back.
6. Of several who put one article on record at once, in whatever processes, one hears
   that it is new, the others that it was known.
"""

from __future__ import annotations

from typing import Protocol

from domain.decisions.capture import Streams, decide_capture, differing
from domain.errors import ConflictError, StoreUnavailableError
from domain.events.base import Actor, ActorKind
from domain.model.article import (
    Article,
    Capture,
    marked_by_reason,
    skipped_by_reason,
)
from domain.model.extraction import Extraction
from domain.model.ids import ArticleId, StatementId, TopicId, article_stream
from domain.model.kept import read_value
from domain.model.value import Value
from domain.model.word import Word
from domain.ports import (
    AlreadyStored,
    Append,
    ArticleStore,
    Batch,
    EventLog,
    ViewStore,
)
from domain.projections.articles import ArticleRow
from domain.projections.rows import Table
from domain.services.projecting import CatchesUp

ATTEMPTS = 8
"""How often a batch is offered when others append to the same streams."""


class Extracts(Protocol):
    """Finds the statements of an article."""

    def extract(self, article: Article) -> Extraction:
        """Return what was found, and what was passed over and why."""
        ...


class Outcome(Word):
    """What ingesting an article came to."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"


class Ingested(Value):
    """The result of ingesting one article.

    ``seq`` is the seq that was reached: a reader that waits for it sees the result.
    ``topics`` counts the statements filed under each topic. What the article holds
    besides is told by reason: ``skipped`` counts the stretches that were passed over,
    ``boilerplate`` the characters that are not the article. ``differs`` names what was
    said of a text otherwise than on record, where the record stays.
    """

    article: ArticleId
    outcome: Outcome
    events: int
    seq: int
    statements: tuple[StatementId, ...]
    topics: dict[TopicId, int]
    skipped: dict[str, int]
    boilerplate: dict[str, int]
    differs: tuple[str, ...] = ()


class Ingest:
    """Ingests articles, one transaction each."""

    def __init__(
        self,
        *,
        log: EventLog,
        texts: ArticleStore,
        views: ViewStore,
        follower: CatchesUp,
        extractor: Extracts,
    ) -> None:
        self._log, self._texts, self._views = log, texts, views
        self._follower, self._extractor = follower, extractor

    def __call__(
        self, article: Article, capture: Capture, *, dry_run: bool = False
    ) -> Ingested:
        """Put an article on record; ``dry_run`` stops before anything is stored.

        Raises:
            UnsupportedLanguageError: no extractor for the language.
            ConflictError: others kept appending to the same streams.
            StoreUnavailableError: the store cannot be written.
        """
        if self._log.version(article_stream(article.id)):
            return self._unchanged(article)
        extraction = self._extractor.extract(article)
        if dry_run:
            earlier = self._earlier(article)
            streams = decide_capture(article, capture, extraction, earlier=earlier)
            seq = self._log.head()
            return self._ingested(extraction, streams, article, earlier, seq=seq)
        self._texts.put(article.text)
        return self._append(article, capture, extraction)

    def _append(
        self, article: Article, capture: Capture, extraction: Extraction
    ) -> Ingested:
        """Append all facts; none if another process captured the article first.

        What the article revises is looked up anew on each attempt.
        """
        actor = Actor(
            kind=ActorKind.RULE, name="extractor", version=extraction.extractor
        )
        for attempt in range(1, ATTEMPTS + 1):
            earlier = self._earlier(article)
            streams = decide_capture(article, capture, extraction, earlier=earlier)
            appends = tuple(
                Append(stream, self._log.version(stream), events)
                for stream, events in streams.items()
            )
            if appends[0].expected:
                break
            try:
                batch = Batch(appends, actor=actor, causation=f"ingest {article.id}")
                appended = self._log.append(batch)
            except ConflictError:
                if attempt == ATTEMPTS:
                    raise
            else:
                if isinstance(appended, AlreadyStored):
                    break
                seq = self._served(appended)
                return self._ingested(extraction, streams, article, earlier, seq=seq)
        return self._unchanged(article)

    def _served(self, appended: int) -> int:
        """Fold in what was appended; return the seq that was reached.

        Read models that are busy are no failure: the article is on record, and
        whoever folds next serves it.
        """
        try:
            return max(appended, self._follower.catch_up())
        except StoreUnavailableError:
            return appended

    def _earlier(self, article: Article) -> ArticleId | None:
        """Return the latest other article captured under the same url.

        The read models are brought up first: what they lack would be revised unseen.
        """
        if article.url is None:
            return None
        self._follower.catch_up()
        with self._views.snapshot() as views:
            captured = (
                read_value(ArticleRow, body)
                for _, other in views.keys(Table.ARTICLE_URL, article.url)
                if (body := views.row(Table.ARTICLE, other)) is not None
            )
            latest = max(captured, key=lambda row: row.seq, default=None)
        return latest.captured.article if latest else None

    def _ingested(
        self,
        extraction: Extraction,
        streams: Streams,
        article: Article,
        earlier: ArticleId | None,
        *,
        seq: int,
    ) -> Ingested:
        topics: dict[TopicId, int] = {}
        for found in extraction.found:
            for filed in found.filed:
                topics[filed.topic] = topics.get(filed.topic, 0) + 1
        return Ingested(
            article=article.id,
            outcome=Outcome.REVISED if earlier else Outcome.NEW,
            events=sum(len(events) for events in streams.values()),
            seq=seq,
            statements=tuple(found.id for found in extraction.found),
            topics=topics,
            skipped=skipped_by_reason(extraction.skipped),
            boilerplate=marked_by_reason(extraction.boilerplate),
        )

    def _unchanged(self, article: Article) -> Ingested:
        """Return what is on record already."""
        if self._texts.get(article.id) is None:
            self._texts.put(article.text)
        seq = self._served(self._log.head())
        with self._views.snapshot() as views:
            body = views.row(Table.ARTICLE, article.id)
        row = read_value(ArticleRow, body) if body is not None else None
        captured = row.captured if row is not None else None
        return Ingested(
            article=article.id,
            outcome=Outcome.UNCHANGED,
            events=0,
            seq=seq,
            statements=captured.statements if captured else (),
            topics={},
            skipped=skipped_by_reason(captured.skipped if captured else ()),
            boilerplate=marked_by_reason(captured.boilerplate if captured else ()),
            differs=differing(article, captured) if captured else (),
        )
