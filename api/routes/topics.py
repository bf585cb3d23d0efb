"""``/api/v1/topics``: topics, timelines, statements, raw events."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, Router
from litestar.params import FromPath, QueryParameter

from api.routes.shared import conditional, encoded, language_of, last_day, read
from api.schemas import build, outer
from api.schemas.build import Builder
from api.services import Services
from domain.model.ids import AgentId, QuestionId, TopicId
from domain.services.timelines import TimelineQuery, TopicTimeline

Req = Request[Any, Any, Any]
Lang = Annotated[
    str | None, QueryParameter(description="Language of labels: en, fr or ru.")
]
AsOf = Annotated[
    str | None,
    QueryParameter(description="EDTF: only what may have been spoken by its last day."),
]
KnownAt = Annotated[
    str | None,
    QueryParameter(
        description="A seq, or an RFC 3339 instant: the record as it stood."
    ),
]
Holder = Annotated[str | None, QueryParameter(description="Id of a holder.")]
QuestionParam = Annotated[str | None, QueryParameter(description="Id of a question.")]
ChangedOnly = Annotated[
    bool, QueryParameter(description="Leave out first statements and reaffirmations.")
]
After = Annotated[int, QueryParameter(ge=0, description="Events after this version.")]
Limit = Annotated[int, QueryParameter(ge=1, le=200, description="At most so many.")]

_SELECTION = ("as_of", "known_at", "holder", "question", "lang")
_UNCHANGED = {"stated", "reaffirmed"}


@read("/", query=("lang",), summary="List the topics")
def list_topics(
    request: Req, services: Services, lang: Lang = None
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

    return conditional(request, services, body, language=language)  # type: ignore[return-value] # bytes of that shape


@read("/{topic:str}", query=("lang",), summary="One topic")
def get_topic(
    request: Req, services: Services, topic: FromPath[str], lang: Lang = None
) -> Response[outer.Envelope[outer.TopicOut]]:
    """Return one topic at a glance."""
    language = language_of(request, lang)

    def body() -> bytes:
        found = services.timelines.topic(TopicId(topic))
        here = f"/api/v1/topics/{topic}"
        return encoded(
            outer.Envelope(
                data=Builder({}, {}, language).topic(found),
                meta=outer.Meta(seq=found.seq, digest=found.digest),
                links={
                    "timeline": f"{here}/timeline",
                    "statements": f"{here}/statements",
                    "events": f"{here}/events",
                    "page": f"/topics/{topic}",
                },
            )
        )

    return conditional(request, services, body, language=language)  # type: ignore[return-value] # bytes of that shape


@read(
    "/{topic:str}/timeline",
    query=(*_SELECTION, "changed_only"),
    summary="Positions over time",
)
def get_timeline(
    request: Req,
    services: Services,
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

    return conditional(request, services, body, language=language)  # type: ignore[return-value] # bytes of that shape


@read("/{topic:str}/statements", query=_SELECTION, summary="Statements of a topic")
def get_statements(
    request: Req,
    services: Services,
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
        return encoded(
            outer.Envelope(
                data=whole.data.statements, meta=whole.meta, links=whole.links
            )
        )

    return conditional(request, services, body, language=language)  # type: ignore[return-value] # bytes of that shape


@read("/{topic:str}/events", query=("after", "limit"), summary="Raw events of a topic")
def get_events(
    request: Req,
    services: Services,
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

    return conditional(request, services, body)  # type: ignore[return-value] # bytes of that shape


def query_of(
    services: Services,
    topic: str,
    as_of: str | None,
    known_at: str | None,
    holder: str | None,
    question: str | None,
) -> TimelineQuery:
    """Return the query that parameters ask for; an empty one counts as absent."""
    return TimelineQuery(
        topic=TopicId(topic),
        as_of=last_day(as_of) if as_of else None,
        known_at=services.timelines.seq_known_at(known_at) if known_at else None,
        holder=AgentId(holder) if holder else None,
        question=QuestionId(question) if question else None,
    )


def timeline_of(
    services: Services,
    found: TopicTimeline,
    language: str,
    *,
    changed_only: bool = False,
) -> outer.Envelope[outer.TimelineOut]:
    """Return a timeline in its outer shape."""
    builder = Builder(
        services.timelines.agents(),
        {question.id: question for question in found.topic.questions},
        language,
    )
    positions = [builder.position(each) for each in found.positions]
    if changed_only:
        positions = [each for each in positions if each.label not in _UNCHANGED]
    topic = found.topic.id
    here = f"/api/v1/topics/{topic}"
    return outer.Envelope(
        data=outer.TimelineOut(
            topic=builder.topic(found.topic),
            positions=tuple(positions),
            asides=tuple(builder.aside(each) for each in found.asides),
            statements=tuple(builder.statement(s, topic) for s in found.statements),
        ),
        meta=outer.Meta(
            seq=found.seq,
            known_at=found.query.known_at,
            as_of=found.query.as_of,
            holder=found.query.holder,
            question=found.query.question,
            digest=found.topic.digest,
        ),
        links={
            "self": f"{here}/timeline",
            "topic": here,
            "events": f"{here}/events",
            "page": f"/topics/{topic}",
            "permalink": f"{here}/timeline?known_at={found.seq}",
        },
    )


router = Router(
    "/topics",
    route_handlers=[list_topics, get_topic, get_timeline, get_statements, get_events],
    tags=["topics"],
)
