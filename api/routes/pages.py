"""The pages, at the nouns of the API without its prefix."""

from __future__ import annotations

from litestar import MediaType, Response, Router
from litestar.params import FromPath

from api.conditional import by_content, by_state
from api.pages import render
from api.problem_kinds import KINDS
from api.routes.records import in_context
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
from api.routes.shared import Uses, read, reader_of
from api.schemas import build, outer
from api.schemas.build import Builder, builder_of, by_id, label_of
from api.security import DOCS_POLICY
from api.services import Services
from domain.errors import NotFoundError
from domain.model.ids import ArticleId, StatementId, TopicId
from domain.services.statements import Filed
from domain.services.timelines import TimelineQuery


@read("/", query=("lang",), media_type=MediaType.HTML, include_in_schema=False)
def home(request: Req, services: Uses, lang: Lang = None) -> Response[bytes]:
    """Show all topics."""
    reader = reader_of(request, lang)

    def body() -> bytes:
        topics = services.timelines.topics()
        builder = Builder({}, {}, reader.language)
        shown = tuple(builder.topic(topic) for topic in topics)
        return render.home_page(reader, shown, services.log.head())

    return by_state(
        request, services, body, media_type=MediaType.HTML, language=reader.language
    )


@read(
    "/topics/{topic:str}",
    query=(*SELECTION, "changed_only"),
    media_type=MediaType.HTML,
    include_in_schema=False,
)
def topic_page(
    request: Req,
    services: Uses,
    topic: FromPath[str],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    holder: Holder = None,
    question: QuestionParam = None,
    changed_only: ChangedOnly = False,
    lang: Lang = None,
) -> Response[bytes]:
    """Show a topic's timeline."""
    reader = reader_of(request, lang)

    def body() -> bytes:
        query = query_of(services, topic, as_of, known_at, holder, question)
        found = services.timelines.read(query)
        query = found.query
        whole = timeline_of(services, found, reader.language, changed_only=changed_only)
        known = query.model_copy(update={"known_at": found.seq})
        view = render.TopicView(
            whole,
            query,
            holders=_holders(services, query, reader.language),
            permalink=address(f"/topics/{topic}", known, changed_only),
        )
        return render.topic_page(reader, view, changed_only=changed_only)

    return by_state(
        request, services, body, media_type=MediaType.HTML, language=reader.language
    )


def _holders(
    services: Services, query: TimelineQuery, language: str
) -> list[tuple[str, str]]:
    """Return all whose positions a topic has, whichever of them are selected."""
    everything = query.model_copy(update={"holder": None, "question": None})
    agents = services.timelines.agents()
    builder = Builder(agents, {}, language)
    positions = services.timelines.read(everything).positions
    known = {each.holder for each in positions if each.holder in agents}
    return sorted((holder, builder.agent(holder).label) for holder in known)


@read(
    "/statements/{statement:str}",
    query=("lang",),
    media_type=MediaType.HTML,
    include_in_schema=False,
)
def statement_page(
    request: Req, services: Uses, statement: FromPath[str], lang: Lang = None
) -> Response[bytes]:
    """Show a statement in its source."""
    reader = reader_of(request, lang)
    language = reader.language
    found = services.statements.read(StatementId(statement))
    standings = [_standing(services, each, language) for each in found.filed]
    shown = in_context(services, found, language)
    return by_content(
        request,
        render.statement_page(reader, shown, standings),
        media_type=MediaType.HTML,
        language=language,
        seq=found.seq,
    )


def _standing(services: Services, filed: Filed, language: str) -> render.Standing:
    """Return where a statement stands in a topic that it is filed under."""
    topic = services.timelines.topic(filed.topic)
    builder = builder_of(services.timelines.agents(), [topic], language)
    evidence = by_id((filed.live, *filed.evidence))
    return render.Standing(
        topic=topic.id,
        label=label_of(topic.labels, language, topic.id),
        fiction=topic.fiction,
        positions=[builder.position(each, evidence) for each in filed.positions],
        asides=[builder.aside(each, evidence) for each in filed.asides],
    )


@read(
    "/articles/{article:str}",
    query=("lang",),
    media_type=MediaType.HTML,
    include_in_schema=False,
)
def article_page(
    request: Req, services: Uses, article: FromPath[str], lang: Lang = None
) -> Response[bytes]:
    """Show an article with its statements marked."""
    reader = reader_of(request, lang)
    language = reader.language
    row, text = services.statements.article(ArticleId(article))

    def body() -> bytes:
        statements: list[outer.StatementOut] = []
        for identifier in row.captured.statements:
            try:
                found = services.statements.read(StatementId(identifier))
            except NotFoundError:
                continue  # withdrawn since
            statements.append(in_context(services, found, language).filed[0])
        topics = {TopicId(each.topic) for each in statements}
        return render.article_page(
            reader,
            build.article(row, text),
            statements,
            fiction=any(services.timelines.topic(each).fiction for each in topics),
        )

    return by_state(
        request,
        services,
        body,
        media_type=MediaType.HTML,
        language=language,
        also=("text", text is not None),
    )


@read(
    "/problems/{slug:str}",
    query=("lang",),
    media_type=MediaType.HTML,
    include_in_schema=False,
)
def problem(request: Req, slug: FromPath[str], lang: Lang = None) -> Response[bytes]:
    """Say what a kind of problem means and what to do."""
    if (kind := KINDS.get(slug)) is None:
        raise NotFoundError("problem", slug)
    reader = reader_of(request, lang)
    return by_content(
        request,
        render.problem_kind_page(reader, kind),
        media_type=MediaType.HTML,
        language=reader.told_in,
    )


@read("/docs", media_type=MediaType.HTML, include_in_schema=False)
def docs(request: Req) -> Response[bytes]:
    """Show the documentation of the API, offline."""
    answer = by_content(request, render.docs_page(), media_type=MediaType.HTML)
    answer.headers["Content-Security-Policy"] = DOCS_POLICY
    return answer


router = Router(
    "/", route_handlers=[home, topic_page, statement_page, article_page, problem, docs]
)
