"""``/api/v1``: statements, articles, agents."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from litestar import Request, Response, Router, post
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, JSONBody
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.conditional import by_content, by_state
from api.json_body import JSONRequest
from api.problems import InvalidFieldsError
from api.routes.selection import Lang
from api.routes.shared import Uses, documented, encoded, language_of, read
from api.schemas import build, outer, written
from api.schemas.build import builder_of, by_id
from api.schemas.build_history import decided, mentioned
from api.schemas.build_statement import statement_out
from api.schemas.in_context import InContextOut
from api.services import Services
from domain.model.article import Capture
from domain.model.fields import wrong_fields
from domain.model.ids import ArticleId, StatementId
from domain.services.capturing import (
    Address,
    ArticleMetadata,
    Language,
    Outlet,
    Title,
)
from domain.services.ingest import Ingested, Outcome
from domain.services.statements import StatementInContext

Req = Request[Any, Any, Any]
LONGEST_BODY = 1_000_000
"""Bytes of a body; an article of news is shorter."""


class ArticleIn(BaseModel):
    """An article that is handed in."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(description="The text, exactly as it was published.")]
    language: Language | None = None
    title: Title | None = None
    outlet: Outlet | None = None
    url: Address | None = None
    published_at: Annotated[str, Field(description="EDTF.", max_length=64)] | None = (
        None
    )


@read(
    "/statements/{statement:str}", query=("lang",), summary="One statement in context"
)
def get_statement(
    request: Req, services: Uses, statement: FromPath[str], lang: Lang = None
) -> Response[outer.Envelope[InContextOut]]:
    """Return a statement, its judgements, its article and the words around it."""
    language = language_of(request, lang)
    found = services.statements.read(StatementId(statement))
    body = encoded(
        outer.Envelope(
            data=in_context(services, found, language),
            meta=outer.Meta(seq=found.seq),
            links={
                "article": f"/api/v1/articles/{found.article.captured.article}",
                "page": f"/statements/{statement}",
            },
        )
    )
    return by_content(request, body, language=language, seq=found.seq)  # type: ignore[return-value] # bytes of that shape


@read("/articles/{article:str}", summary="One article")
def get_article(
    request: Req, services: Uses, article: FromPath[str]
) -> Response[outer.Envelope[outer.ArticleOut]]:
    """Return an article: its text, what was marked, the statements found in it."""
    row, text = services.statements.article(ArticleId(article))
    body = encoded(
        outer.Envelope(
            data=build.article(row, text),
            meta=outer.Meta(seq=row.seq),
            links={"page": f"/articles/{article}"},
        )
    )
    return by_content(request, body)  # type: ignore[return-value] # bytes of that shape


@read("/agents", query=("lang",), summary="The register of agents")
def list_agents(
    request: Req, services: Uses, lang: Lang = None
) -> Response[outer.Envelope[tuple[outer.AgentOut, ...]]]:
    """Return all agents, by id."""
    language = language_of(request, lang)

    def body() -> bytes:
        agents = services.timelines.agents().values()
        data = tuple(build.agent(each, language) for each in agents)
        return encoded(
            outer.Envelope(data=data, meta=outer.Meta(seq=services.log.head()))
        )

    return by_state(request, services, body, language=language)  # type: ignore[return-value] # bytes of that shape


@post(
    "/articles",
    summary="Put an article on record",
    request_class=JSONRequest,
    request_max_body_size=LONGEST_BODY,
    response_description="It is new, or a revision; it can be read at once.",
    responses={
        200: ResponseSpec(
            outer.Envelope[written.IngestedOut],
            generate_examples=False,
            description="Its text was on record already; nothing changed.",
        ),
        **documented([400, 409, 413, 415, 422, 503]),
    },
)
async def post_article(
    services: Uses, data: JSONBody[ArticleIn]
) -> Response[outer.Envelope[written.IngestedOut]]:
    """Extract the statements of an article and record them, all or nothing.

    201 if it is new or a revision, 200 if its text was on record already.
    """
    told = _told(data)
    loop = asyncio.get_running_loop()
    done = await loop.run_in_executor(
        services.writer, _ingest, services, data.text, told
    )
    body = outer.Envelope[written.IngestedOut](
        data=build.ingested(done),
        meta=outer.Meta(seq=done.seq),
        links={"article": f"/api/v1/articles/{done.article}"},
    )
    return Response(
        encoded(body),  # type: ignore[arg-type] # bytes of that shape
        status_code=200 if done.outcome is Outcome.UNCHANGED else 201,
        headers={
            "Location": f"/api/v1/articles/{done.article}",
            "Onrecord-Seq": str(done.seq),
        },
        media_type="application/json",
    )


def _told(data: ArticleIn) -> ArticleMetadata:
    try:
        return ArticleMetadata.model_validate(data.model_dump(exclude={"text"}))
    except ValidationError as error:
        raise InvalidFieldsError(wrong_fields(error.errors())) from error


def _ingest(services: Services, text: str, told: ArticleMetadata) -> Ingested:
    article = services.capture(text, told)
    raw = text.encode()
    how = Capture(media_type="application/json", encoding="utf-8", byte_length=len(raw))
    ingest = services.ingest()
    with services.turns.of(article.id):
        return ingest(article, how)


def in_context(
    services: Services, found: StatementInContext, language: str
) -> InContextOut:
    """Return a statement in context in its outer shape."""
    agents = services.timelines.agents()
    topics = {each.topic for each in found.filed}
    topics |= {each.topic for each in found.decided}
    told = {topic: services.timelines.topic(topic) for topic in topics}
    builders = {t: builder_of(agents, [topic], language) for t, topic in told.items()}
    return InContextOut(
        statement=found.statement,
        filed=tuple(
            statement_out(each.live, each.topic, builders[each.topic])
            for each in found.filed
        ),
        positions=tuple(
            builders[each.topic].position(position, by_id(each.evidence))
            for each in found.filed
            for position in each.positions
        ),
        article=build.article(found.article, None),
        context=build.excerpt(found.context) if found.context else None,
        decided=tuple(
            decided(each, found.statement, told[each.topic], builders[each.topic])
            for each in found.decided
        ),
        mentioned=tuple(mentioned(each) for each in found.mentioned),
    )


router = Router(
    "/",
    route_handlers=[get_statement, get_article, list_agents, post_article],
    tags=["records"],
)
