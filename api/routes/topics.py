"""``/api/v1/topics``: topics, timelines, statements, raw events."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, Router
from litestar.params import FromPath, QueryParameter

from api.conditional import by_state
from api.routes.selection import (
    SELECTION,
    AsOf,
    ChangedOnly,
    Holder,
    KnownAt,
    Lang,
    QuestionParam,
    Req,
    address,
    query_of,
    timeline_of,
)
from api.routes.shared import Uses, encoded, language_of, read
from api.schemas import build, outer
from api.schemas.build import Builder
from domain.model.ids import TopicId

After = Annotated[
    int,
    QueryParameter(ge=0, le=2**53 - 1, description="Events after this version."),
]
Limit = Annotated[int, QueryParameter(ge=1, le=200, description="At most so many.")]


@read("/", query=("lang",), summary="List the topics")
def list_topics(
    request: Req, services: Uses, lang: Lang = None
) -> Response[outer.Envelope[tuple[outer.TopicOut, ...]]]:
    """Return all topics, by id."""
    language = language_of(request, lang)

    def body() -> bytes:
        builder = Builder({}, {}, language)
        topics = services.timelines.topics()
        return encoded(
            outer.Envelope(
                data=tuple(builder.topic(topic) for topic in topics),
                meta=outer.Meta(seq=max((t.seq for t in topics), default=0)),
                links={t.id: f"/api/v1/topics/{t.id}" for t in topics},
            )
        )

    return by_state(request, services, body, language=language)  # type: ignore[return-value] # bytes of that shape


@read("/{topic:str}", query=("lang",), summary="One topic")
def get_topic(
    request: Req, services: Uses, topic: FromPath[str], lang: Lang = None
) -> Response[outer.Envelope[outer.TopicOut]]:
    """Return one topic at a glance."""
    language = language_of(request, lang)

    def body() -> bytes:
        found = services.timelines.topic(TopicId(topic))
        here = f"/api/v1/topics/{topic}"
        return encoded(
            outer.Envelope(
                data=Builder({}, {}, language).topic(found),
                meta=outer.Meta(seq=found.seq),
                links={
                    "timeline": f"{here}/timeline",
                    "statements": f"{here}/statements",
                    "revisions": f"{here}/revisions",
                    "proposals": f"{here}/proposals",
                    "events": f"{here}/events",
                    "page": f"/topics/{topic}",
                },
            )
        )

    return by_state(request, services, body, language=language)  # type: ignore[return-value] # bytes of that shape


@read(
    "/{topic:str}/timeline",
    query=(*SELECTION, "changed_only"),
    summary="Positions over time",
)
def get_timeline(
    request: Req,
    services: Uses,
    topic: FromPath[str],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    holder: Holder = None,
    question: QuestionParam = None,
    changed_only: ChangedOnly = False,
    lang: Lang = None,
) -> Response[outer.Envelope[outer.TimelineOut]]:
    """Return the positions of a topic, the evidence beside the line, the statements."""
    language = language_of(request, lang)

    def body() -> bytes:
        query = query_of(services, topic, as_of, known_at, holder, question)
        found = services.timelines.read(query)
        return encoded(
            timeline_of(services, found, language, changed_only=changed_only)
        )

    return by_state(request, services, body, language=language)  # type: ignore[return-value] # bytes of that shape


@read("/{topic:str}/statements", query=SELECTION, summary="Statements of a topic")
def get_statements(
    request: Req,
    services: Uses,
    topic: FromPath[str],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    holder: Holder = None,
    question: QuestionParam = None,
    lang: Lang = None,
) -> Response[outer.Envelope[tuple[outer.StatementOut, ...]]]:
    """Return the statements of a topic, by the day of speaking."""
    language = language_of(request, lang)

    def body() -> bytes:
        query = query_of(services, topic, as_of, known_at, holder, question)
        found = services.timelines.read(query)
        whole = timeline_of(services, found, language)
        here = address(f"/api/v1/topics/{topic}/statements", query)
        return encoded(
            outer.Envelope(
                data=whole.data.statements,
                meta=whole.meta,
                links=whole.links | {"timeline": whole.links["self"], "self": here},
            )
        )

    return by_state(request, services, body, language=language)  # type: ignore[return-value] # bytes of that shape


@read("/{topic:str}/events", query=("after", "limit"), summary="Raw events of a topic")
def get_events(
    request: Req,
    services: Uses,
    topic: FromPath[str],
    after: After = 0,
    limit: Limit = 50,
) -> Response[outer.Envelope[tuple[outer.EventOut, ...]]]:
    """Return stored events as they are, by their version in the stream."""

    def body() -> bytes:
        page = services.raw_events.of_topic(TopicId(topic), after=after, limit=limit)
        here = f"/api/v1/topics/{topic}/events"
        last = page.events[-1].version if page.events else page.version
        links = {"self": f"{here}?after={after}&limit={limit}"}
        if last < page.version:
            links["next"] = f"{here}?after={last}&limit={limit}"
        return encoded(
            outer.Envelope(
                data=tuple(build.event(stored) for stored in page.events),
                meta=outer.Meta(seq=services.log.head()),
                links=links,
            )
        )

    return by_state(request, services, body)  # type: ignore[return-value] # bytes of that shape


router = Router(
    "/topics",
    route_handlers=[list_topics, get_topic, get_timeline, get_statements, get_events],
    tags=["topics"],
)
