"""Read one statement: its words in their source, and the judgements on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.errors import NotFoundError
from domain.events.base import Event, Recorded
from domain.model.ids import ArticleId, StatementId, TopicId
from domain.model.kept import read_numbers, read_value
from domain.model.span import Excerpt, Span
from domain.model.value import Value
from domain.ports import ArticleStore, EventLog, ViewSnapshot, ViewStore
from domain.positions.causes import Cause, Happening
from domain.positions.live import LiveStatement
from domain.positions.timeline import Aside, Position
from domain.projections.articles import ArticleRow
from domain.projections.rows import Table
from domain.services.causes import Mentioned, cause_of, mentioned
from domain.services.recorded_events import StatementReader


class Filed(Value):
    """A statement as it stands in one topic; ``evidence`` is all that its positions have."""

    topic: TopicId
    live: LiveStatement
    positions: tuple[Position, ...]
    evidence: tuple[LiveStatement, ...]
    asides: tuple[Aside, ...]


class Decided(Value):
    """What was decided on a statement in a topic after it was recorded there."""

    topic: TopicId
    cause: Cause


class StatementInContext(Value):
    """A statement, its article, and the words around it.

    ``context`` holds the paragraphs of the content and one on each side, with the
    place of each code point unchanged; None if the text was taken down. ``decided`` is
    in the order of the log, also of topics that it was withdrawn from; ``mentioned``
    are the other statements that it is about.
    """

    statement: StatementId
    article: ArticleRow
    filed: tuple[Filed, ...]
    context: Excerpt | None
    decided: tuple[Decided, ...]
    mentioned: tuple[Mentioned, ...]
    seq: int


class Statements:
    """Answers questions about statements and articles."""

    def __init__(self, log: EventLog, views: ViewStore, texts: ArticleStore) -> None:
        self._views, self._texts = views, texts
        self._statements = StatementReader(log)

    def read(self, statement: StatementId) -> StatementInContext:
        """Return a statement on record.

        Raises:
            NotFoundError: no such statement, or it was withdrawn.
        """
        with self._views.snapshot() as views:
            topics = [
                TopicId(topic)
                for topic, _ in views.keys_with(Table.STATEMENT, statement)
            ]
            if not topics:
                raise self._not_found(views, statement)
            filed = tuple(self._filed(views, topic, statement) for topic in topics)
            article = _article(views, filed[0].live.statement.article)
            decided = self._decided(views, filed)
            others = {
                (each.topic, other)
                for each in decided
                for other in each.cause.statements
                if other != statement
            }
            spoken_of = mentioned(views, self._statements, others)
            seq = views.seq
        return StatementInContext(
            statement=statement,
            article=article,
            filed=filed,
            context=self._context(filed[0].live),
            decided=decided,
            mentioned=spoken_of,
            seq=seq,
        )

    def article(self, article: ArticleId) -> tuple[ArticleRow, str | None]:
        """Return an article on record and its text, None if it was taken down.

        Raises:
            NotFoundError: no such article.
        """
        with self._views.snapshot() as views:
            row = _article(views, article)
        return row, self._texts.get(article)

    def _filed(
        self, views: ViewSnapshot, topic: TopicId, statement: StatementId
    ) -> Filed:
        (live,) = self._statements.live(views.rows(Table.STATEMENT, topic, statement))
        every = map(Position.read, views.rows(Table.POSITION, topic))
        positions = tuple(each for each in every if statement in each.statements)
        shared = {(topic, each) for held in positions for each in held.statements}
        rows = views.beginning(Table.STATEMENT, shared)
        asides = map(Aside.read, views.rows(Table.ASIDE, topic, statement))
        return Filed(
            topic=topic,
            live=live,
            positions=positions,
            evidence=self._statements.live([body for _, body in rows]),
            asides=tuple(asides),
        )

    def _decided(
        self, views: ViewSnapshot, filed: Sequence[Filed]
    ) -> tuple[Decided, ...]:
        """Return all decisions on a statement, in the order of the log."""
        statement = filed[0].live.id
        topics = [each.topic for each in filed]
        topics += [TopicId(key[1]) for key in views.keys(Table.WITHDRAWN, statement)]
        seqs = {each.live.seq: each.topic for each in filed}
        for topic in topics:  # where no events are listed, there is the recording alone
            listed = views.row(Table.STATEMENT_EVENTS, topic, statement)
            seqs |= dict.fromkeys(
                read_numbers(listed) if listed is not None else (), topic
            )
        events = self._statements.listed(seqs)
        first = events[0].recorded_at
        told = (
            Decided(topic=seqs[e.seq], cause=_later_cause(e, first)) for e in events
        )
        recorded = Happening.RECORDED
        return tuple(each for each in told if each.cause.happening is not recorded)

    def _not_found(self, views: ViewSnapshot, statement: StatementId) -> NotFoundError:
        """Return the error for a statement that is not, or no longer, on record."""
        when = ""
        for gone in self._statements.withdrawn(views.rows(Table.WITHDRAWN, statement)):
            when = f": it was withdrawn by event {gone.seq}, {gone.reason}"
        return NotFoundError("statement", statement, when)

    def _context(self, live: LiveStatement) -> Excerpt | None:
        text = self._texts.get(live.statement.article)
        if text is None:
            return None
        content = live.statement.attribution.content
        return Excerpt.cut(text, around(text, content[0].start, content[-1].end))


def _later_cause(recorded: Recorded[Event], first: datetime) -> Cause:
    """Return the cause that an event is; a recording after the ``first`` files."""
    cause = cause_of(recorded)
    if cause.happening is Happening.RECORDED and recorded.recorded_at > first:
        return cause.model_copy(update={"happening": Happening.FILED})
    return cause


def around(text: str, start: int, end: int) -> Span:
    """Return the lines that hold ``[start, end)`` and one line on each side."""
    first = text.rfind("\n", 0, start) + 1
    if first:
        first = text.rfind("\n", 0, first - 1) + 1
    last = text.find("\n", end)
    if last >= 0:
        last = text.find("\n", last + 1)
    return Span(first, len(text) if last < 0 else last)


def _article(views: ViewSnapshot, article: ArticleId) -> ArticleRow:
    if (body := views.row(Table.ARTICLE, article)) is None:
        raise NotFoundError("article", article)
    return read_value(ArticleRow, body)
