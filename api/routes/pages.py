"""The pages, at the nouns of the API without its prefix."""

from __future__ import annotations

from importlib.resources import files
from typing import Annotated, Any

from litestar import MediaType, Request, Response, Router
from litestar.params import FromPath, QueryParameter

from api.pages import render
from api.problems import KINDS
from api.routes.records import in_context
from api.routes.shared import DOCS_POLICY, conditional, language_of, read
from api.routes.topics import query_of, timeline_of
from api.schemas import build
from api.schemas.build import Builder, label_of
from api.services import Services
from domain.errors import NotFoundError
from domain.model.ids import ArticleId, StatementId

Req = Request[Any, Any, Any]
Text = Annotated[str | None, QueryParameter()]


@read("/", summary="All topics", media_type=MediaType.HTML, include_in_schema=False)
def home(request: Req, services: Services) -> Response[bytes]:
    """Show all topics."""
    language = language_of(request, None)

    def body() -> bytes:
        topics = services.timelines.topics()
        builder = Builder({}, {}, language)
        shown = tuple(builder.topic(topic) for topic in topics)
        return render.home_page(shown, services.log.head())

    return conditional(
        request, services, body, media_type=MediaType.HTML, language=language
    )


@read(
    "/topics/{topic:str}",
    query=("as_of", "known_at", "holder", "question", "lang"),
    media_type=MediaType.HTML,
    include_in_schema=False,
)
def topic_page(
    request: Req,
    services: Services,
    topic: FromPath[str],
    as_of: Text = None,
    known_at: Text = None,
    holder: Text = None,
    question: Text = None,
    lang: Text = None,
) -> Response[bytes]:
    """Show a topic's timeline."""
    language = language_of(request, lang)

    def body() -> bytes:
        query = query_of(services, topic, as_of, known_at, holder, question)
        whole = timeline_of(services, services.timelines.read(query), language)
        return render.topic_page(whole.data, query, whole.meta)

    return conditional(
        request, services, body, media_type=MediaType.HTML, language=language
    )


@read("/statements/{statement:str}", media_type=MediaType.HTML, include_in_schema=False)
def statement_page(
    request: Req, services: Services, statement: FromPath[str]
) -> Response[bytes]:
    """Show a statement in its source."""
    language = language_of(request, None)

    def body() -> bytes:
        found = services.statements.read(StatementId(statement))
        labels = {
            str(each.topic): label_of(
                services.timelines.topic(each.topic).labels, language, each.topic
            )
            for each in found.filed
        }
        shown = in_context(services, found, language)
        return render.statement_page(shown, found.seq, labels)

    return conditional(
        request, services, body, media_type=MediaType.HTML, language=language
    )


@read("/articles/{article:str}", media_type=MediaType.HTML, include_in_schema=False)
def article_page(
    request: Req, services: Services, article: FromPath[str]
) -> Response[bytes]:
    """Show an article with its statements marked."""
    language = language_of(request, None)

    def body() -> bytes:
        row, text = services.statements.article(ArticleId(article))
        statements = []
        for identifier in row.captured.statements:
            try:
                found = services.statements.read(StatementId(identifier))
            except NotFoundError:
                continue  # withdrawn since
            statements.append(in_context(services, found, language).filed[0])
        return render.article_page(build.article(row, text), statements)

    return conditional(
        request, services, body, media_type=MediaType.HTML, language=language
    )


@read("/problems/{slug:str}", media_type=MediaType.HTML, include_in_schema=False)
def problem(slug: FromPath[str]) -> Response[bytes]:
    """Say what a kind of problem means and what to do."""
    if (kind := KINDS.get(slug)) is None:
        raise NotFoundError("problem", slug)
    page = render.problem_kind_page(kind.title, kind.advice, kind.status)
    return Response(page, media_type=MediaType.HTML)


@read("/docs", media_type=MediaType.HTML, include_in_schema=False)
def docs() -> Response[bytes]:
    """Show the documentation of the API, offline."""
    headers = {"Content-Security-Policy": DOCS_POLICY}
    return Response(render.docs_page(), media_type=MediaType.HTML, headers=headers)


@read(["/favicon.svg", "/favicon.ico"], include_in_schema=False, sync_to_thread=False)
def favicon() -> Response[bytes]:
    """Return our sign."""
    drawing = files("api.pages").joinpath("static/favicon.svg").read_bytes()
    return Response(drawing, media_type="image/svg+xml")


router = Router(
    "/",
    route_handlers=[
        home,
        topic_page,
        statement_page,
        article_page,
        problem,
        docs,
        favicon,
    ],
)
