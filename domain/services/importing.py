"""Put an analyst's statements on record, without the extractor, under the same rules.

Everything of one article is appended in one transaction, or nothing. Handing it in
again changes nothing; judgements that differ from those on record replace them. What is
new must share no words with what was captured with the article and stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from domain.decisions.capture import Streams, decide_capture, differing
from domain.decisions.importing import REASON, check_apart, decide_import, is_left_out
from domain.decisions.judging import check_date
from domain.decisions.state import StatementState
from domain.errors import InvalidInputError, NotFoundError
from domain.events.article import ArticleCaptured
from domain.events.base import Actor, Event
from domain.model.article import Article, Capture
from domain.model.extraction import Extraction, Found
from domain.model.ids import AgentId, ArticleId, StatementId
from domain.model.statement import Statement
from domain.model.value import Value
from domain.ports import ArticleStore, Clock
from domain.projections.articles import ArticleRow
from domain.services.capturing import ArticleMetadata
from domain.services.deciding import linked_as_elsewhere
from domain.services.import_format import ImportedArticle, extraction_of
from domain.services.recording import Recording, Written
from domain.services.states import States

JSON = "application/json"
Standing = dict[StatementId, StatementState | None]
"""What is known of statements, None of those that were never recorded."""
MakeArticle = Callable[[str, ArticleMetadata], Article]
"""Makes the article of a text; refuses what is no text."""


class Imported(Value):
    """What importing an article came to.

    What was left out is named: in ``differs`` what was said of a text otherwise than on
    record, in ``withdrawn`` the statements that are withdrawn where they were handed in.
    """

    article: ArticleId
    statements: tuple[StatementId, ...]
    written: Written
    differs: tuple[str, ...] = ()
    withdrawn: tuple[StatementId, ...] = ()


class Import:
    """Imports articles with their statements, one transaction each."""

    def __init__(
        self,
        record: Recording,
        texts: ArticleStore,
        make_article: MakeArticle,
        clock: Clock,
    ) -> None:
        self._record, self._texts = record, texts
        self._article, self._clock = make_article, clock

    def __call__(self, told: ImportedArticle, *, actor: Actor) -> Imported:
        """Record an article, if it is new, and the statements in it.

        Raises:
            InvalidInputError: spans, words, dates or readings are not valid.
            NotFoundError: a topic, question or agent is not on record.
            ConflictError: others kept appending to the same streams.
            StoreUnavailableError: the store cannot be written.
        """
        article = self._article(told.text, told.metadata())
        extraction = extraction_of(article, told)
        length = len(told.text.encode())
        capture = Capture(media_type=JSON, encoding="utf-8", byte_length=length)
        self._texts.put(article.text)
        published = article.published_at.latest if article.published_at else None
        today = self._clock.now().date()
        known: ArticleRow | None = None
        stand: Standing = {}

        def decide(states: States) -> Streams:
            nonlocal known, stand
            known = states.article_if_known(article.id)
            last_day = known.last_day if known else published or today
            for found in extraction.found:
                _check(found, states, last_day)
            if known is not None:
                stand = {
                    e.id: states.statement_if_known(e.id) for e in extraction.found
                }
                return _add(known.captured, extraction, stand, states)
            earlier = states.latest_capture(article.url)
            return decide_capture(article, capture, extraction, earlier=earlier)

        written = self._record(
            decide,
            actor=actor,
            causation=import_of(article.id),
        )
        ids = tuple(found.id for found in extraction.found)
        return Imported(
            article=article.id,
            statements=ids,
            written=written,
            differs=differing(article, known.captured) if known is not None else (),
            withdrawn=tuple(
                found.id
                for found in extraction.found
                if is_left_out(found, stand.get(found.id))
            ),
        )


def _add(
    known: ArticleCaptured, extraction: Extraction, stand: Standing, states: States
) -> Streams:
    """Return what the statements of an article on record add to it."""
    standing = _standing(known, extraction, states)
    streams: dict[str, list[Event]] = defaultdict(list)
    for found in extraction.found:
        statement = stand[found.id]
        if statement is None:
            check_apart(found, standing)
        for stream, events in decide_import(known.article, found, statement).items():
            streams[stream] += events
    added = {stream: tuple(events) for stream, events in streams.items()}
    return linked_as_elsewhere(added, states, REASON)


def _standing(
    known: ArticleCaptured, extraction: Extraction, states: States
) -> list[Statement]:
    """Return what was captured with an article, stands, and is not handed in."""
    ours = {found.id for found in extraction.found}
    others = (
        states.statement_if_known(each) for each in known.statements if each not in ours
    )
    return [
        next(each.statement for each in other.topics if each.is_live)
        for other in others
        if other is not None and any(each.is_live for each in other.topics)
    ]


def import_of(article: ArticleId) -> str:
    """Return what the events of an import say that they follow from."""
    return f"import {article}"


def _check(found: Found, states: States, last_day: date) -> None:
    """Make sure that what a statement names is on record, and its date possible."""
    who = found.identification
    named: set[AgentId | None] = {who.agent, who.on_behalf_of_agent}
    for filed in found.filed:
        topic = states.topic(filed.topic)
        questions = {question.id for question in topic.questions}
        taken_back = {question.id for question in topic.withdrawn_questions}
        for reading in filed.assessment.readings:
            if reading.question in taken_back:
                message = (
                    f"question {reading.question!r} of {topic.id} was taken back: "
                    "reinstate it first, by reinstate-question"
                )
                raise InvalidInputError(message)
            if reading.question not in questions:
                raise NotFoundError(
                    "question", str(reading.question), f" in {filed.topic}"
                )
            named.add(None if reading.holder == "self" else AgentId(reading.holder))
    for agent in named - {None}:
        states.agent(AgentId(str(agent)))
    if found.dating.spoken_at is not None:
        check_date(found.dating.spoken_at, found.id, last_day)
