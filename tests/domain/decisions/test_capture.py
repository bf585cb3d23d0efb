"""Given an article and what was found in it, which facts follow, and on which streams."""

from __future__ import annotations

from adapters.eventlog.memory import MemoryEventLog
from domain.decisions.capture import decide_capture
from domain.events.article import ArticleCaptured, ArticleRevised
from domain.events.base import Event
from domain.events.codec import event_id
from domain.events.topic import StatementAttributed
from domain.model.article import Article, Capture, Marked, Skipped
from domain.model.extraction import Extraction, Filed, Found
from domain.model.ids import ArticleId, TopicId, article_id, article_stream
from domain.model.moment import Moment
from domain.model.statement import Filing
from tests.support.facts import assessed, attributed, reading
from tests.support.stores import SteppingClock, batch

HARBOUR, BRIDGE = TopicId("harbour-treaty"), TopicId("great-bridge")
ARTICLE = Article(
    text="Article 1",
    language="fr",
    title="Le port",
    outlet="La Vigie",
    url="https://vigie.example/port",
    published_at=Moment.parse("2031-02-03"),
    published_at_basis="stated",
)
CAPTURE = Capture(media_type="text/plain", encoding="utf-8", byte_length=9)
STREAM = article_stream(ARTICLE.id)


def found(number: int, *topics: TopicId) -> Found:
    """Return the statement with a number, filed under topics."""
    told = attributed(number)
    return Found(
        id=told.statement,
        attribution=told.attribution,
        identification=told.identification,
        dating=told.dating,
        filed=tuple(
            Filed(
                topic=topic,
                filing=Filing(rule=f"r-{topic}"),
                assessment=assessed([reading()]),
            )
            for topic in topics
        ),
    )


def extraction(*statements: Found) -> Extraction:
    """Return what was found."""
    return Extraction(
        extractor="rules 1",
        found=statements,
        boilerplate=(Marked(start=0, end=2, reason="related", confidence=0.9),),
        skipped=(Skipped(start=3, end=5, reason="inside_report"),),
    )


def decide(
    *statements: Found, article: Article = ARTICLE, earlier: ArticleId | None = None
) -> dict[str, tuple[Event, ...]]:
    """Decide the capture of the article."""
    return decide_capture(article, CAPTURE, extraction(*statements), earlier=earlier)


def test_an_article_without_statements_is_captured() -> None:
    """Given nothing found, then one fact with all metadata, boilerplate and skipped."""
    assert decide() == {
        STREAM: (
            ArticleCaptured(
                article=ARTICLE.id,
                length=9,
                language="fr",
                title="Le port",
                outlet="La Vigie",
                url="https://vigie.example/port",
                published_at=Moment.parse("2031-02-03"),
                published_at_basis="stated",
                published_at_note=None,
                capture=CAPTURE,
                extractor="rules 1",
                boilerplate=extraction().boilerplate,
                skipped=extraction().skipped,
                statements=(),
            ),
        )
    }


def test_each_statement_is_recorded_in_each_of_its_topics() -> None:
    """Given two statements on two topics, then a fact a pair, in their order."""
    streams = decide(found(1, HARBOUR, BRIDGE), found(2, BRIDGE))
    (captured,) = streams.pop(STREAM)
    assert isinstance(captured, ArticleCaptured)
    assert captured.statements == (found(1).id, found(2).id)
    told = {
        stream: [
            (e.topic, e.statement, e.article, e.filing.rule, e.answers)
            for e in events
            if isinstance(e, StatementAttributed)
        ]
        for stream, events in streams.items()
    }
    assert told == {
        "topic:harbour-treaty": [
            (HARBOUR, found(1).id, ARTICLE.id, "r-harbour-treaty", None)
        ],
        "topic:great-bridge": [
            (BRIDGE, found(1).id, ARTICLE.id, "r-great-bridge", None),
            (BRIDGE, found(2).id, ARTICLE.id, "r-great-bridge", None),
        ],
    }


def test_the_capture_is_the_first_fact() -> None:
    """The stream of the article comes first: its version tells whether it is captured."""
    assert next(iter(decide(found(1, HARBOUR)))) == STREAM


def test_another_text_under_the_same_url_is_a_revision() -> None:
    """Given an earlier article of the url, then it is told to be revised, on its stream."""
    earlier = article_id("Article 0")
    streams = decide(earlier=earlier)
    assert streams[article_stream(earlier)] == (
        ArticleRevised(
            article=earlier, revision=ARTICLE.id, url="https://vigie.example/port"
        ),
    )


def test_the_same_text_or_no_url_is_no_revision() -> None:
    """An article does not revise itself, and without a url nobody knows."""
    assert decide(earlier=ARTICLE.id) == decide()
    nameless = ARTICLE.model_copy(update={"url": None})
    assert list(decide(article=nameless, earlier=article_id("Article 0"))) == [STREAM]


def test_deciding_twice_gives_the_same_facts() -> None:
    """Equal facts have equal ids wherever they stand: the log takes them once."""
    first, second = decide(found(1, HARBOUR)), decide(found(1, HARBOUR))
    for stream, events in first.items():
        ids = {event_id(stream, 1, event) for event in events}
        assert {event_id(stream, 7, event) for event in second[stream]} == ids
    log = MemoryEventLog(SteppingClock())
    head = log.append(batch(log, dict(first)))
    assert log.append(batch(log, dict(second))) == head == log.head()
