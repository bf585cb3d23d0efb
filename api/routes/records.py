"""``/api/v1``: statements, articles, agents."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, Router, post
from litestar.params import FromPath, JSONBody
from pydantic import BaseModel, ConfigDict, Field

from api.routes.shared import conditional, encoded, language_of, read
from api.routes.topics import Lang
from api.schemas import build, outer
from api.schemas.build import Builder
from api.services import Services
from domain.model.article import Capture
from domain.model.ids import ArticleId, StatementId
from domain.services.capturing import ArticleMetadata
from domain.services.ingest import Outcome
from domain.services.statements import StatementInContext

Req = Request[Any, Any, Any]
LONGEST_BODY = 1_000_000
"""Bytes of a body; an article of news is shorter."""


class ArticleIn(BaseModel):
    """An article that is handed in."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(description="The text, exactly as it was published.")]
    language: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published_at: Annotated[str | None, Field(description="EDTF.")] = None


@read(
    "/statements/{statement:str}", query=("lang",), summary="One statement in context"
)
def get_statement(
    request: Req, services: Services, statement: FromPath[str], lang: Lang = None
) -> Response[outer.Envelope[outer.InContextOut]]:
    """Return a statement, its judgements, its article and the words around it."""
    language = language_of(request, lang)

    def body() -> bytes:
        found = services.statements.read(StatementId(statement))
        return encoded(
            outer.Envelope(
                data=in_context(services, found, language),
                meta=outer.Meta(seq=found.seq),
                links={
                    "article": f"/api/v1/articles/{found.article.captured.article}",
                    "page": f"/statements/{statement}",
                },
            )
        )

    return conditional(request, services, body, language=language)  # type: ignore[return-value] # bytes of that shape


@read("/articles/{article:str}", summary="One article")
def get_article(
    request: Req, services: Services, article: FromPath[str]
) -> Response[outer.Envelope[outer.ArticleOut]]:
    """Return an article: its text, what was marked, the statements found in it."""

    def body() -> bytes:
        row, text = services.statements.article(ArticleId(article))
        return encoded(
            outer.Envelope(
                data=build.article(row, text),
                meta=outer.Meta(seq=row.seq),
                links={"page": f"/articles/{article}"},
            )
        )

    return conditional(request, services, body)  # type: ignore[return-value] # bytes of that shape


@read("/agents", query=("lang",), summary="The register of agents")
def list_agents(
    request: Req, services: Services, lang: Lang = None
) -> Response[outer.Envelope[tuple[outer.AgentOut, ...]]]:
    """Return all agents, by id."""
    language = language_of(request, lang)

    def body() -> bytes:
        agents = services.timelines.agents().values()
        data = tuple(build.agent(each, language) for each in agents)
        return encoded(
            outer.Envelope(data=data, meta=outer.Meta(seq=services.log.head()))
        )

    return conditional(request, services, body, language=language)  # type: ignore[return-value] # bytes of that shape


@post(
    "/articles",
    summary="Put an article on record",
    request_max_body_size=LONGEST_BODY,
    sync_to_thread=True,
)
def post_article(
    services: Services, data: JSONBody[ArticleIn]
) -> Response[outer.Envelope[outer.IngestedOut]]:
    """Extract the statements of an article and record them, all or nothing.

    201 if it is new or a revision, 200 if its text was on record already.
    """
    told = ArticleMetadata.model_validate(data.model_dump(exclude={"text"}))
    article = services.capture(data.text, told)
    raw = data.text.encode()
    how = Capture(media_type="application/json", encoding="utf-8", byte_length=len(raw))
    done = services.ingest()(article, how)
    body = outer.Envelope[outer.IngestedOut](
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


def in_context(
    services: Services, found: StatementInContext, language: str
) -> outer.InContextOut:
    """Return a statement in context in its outer shape."""
    agents = services.timelines.agents()
    filed: list[outer.StatementOut] = []
    positions: list[outer.PositionOut] = []
    for each in found.filed:
        topic = services.timelines.topic(each.topic)
        builder = Builder(agents, {q.id: q for q in topic.questions}, language)
        filed.append(builder.statement(each.live, each.topic))
        positions += [builder.position(position) for position in each.positions]
    return outer.InContextOut(
        statement=found.statement,
        filed=tuple(filed),
        positions=tuple(positions),
        article=build.article(found.article, None),
        context=build.excerpt(found.context) if found.context else None,
    )


router = Router(
    "/",
    route_handlers=[get_statement, get_article, list_agents, post_article],
    tags=["records"],
)
