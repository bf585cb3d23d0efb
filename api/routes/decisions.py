"""``/api/v1``: decisions on the record, and statements of an analyst."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, TypeVar

from litestar import Response, Router, post
from litestar.openapi import ResponseSpec
from litestar.params import JSONBody
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.json_body import JSONRequest
from api.problems import InvalidFieldsError
from api.routes.records import LONGEST_BODY
from api.routes.shared import Uses, documented, encoded
from api.schemas import outer, written
from api.services import Services
from domain.decisions.commands import COMMAND
from domain.events.base import Actor, ActorKind
from domain.model.fields import wrong_fields
from domain.model.patterns import LINE
from domain.model.told import Told
from domain.services.import_format import ImportedArticle
from domain.services.importing import Imported
from domain.services.recording import Written

T = TypeVar("T")
By = Annotated[
    Told,
    Field(min_length=1, max_length=100, pattern=LINE, description="Who decides."),
]


class DecisionIn(BaseModel):
    """A decision, who takes it, and the seq at which they read the record."""

    model_config = ConfigDict(extra="forbid")

    by: By
    decision: Annotated[
        dict[str, Any], Field(description="What to do (`do`), its fields, the reason.")
    ]
    expected_seq: Annotated[int, Field(ge=0)] | None = None


class ImportIn(BaseModel):
    """An article with an analyst's statements, and who hands it in."""

    model_config = ConfigDict(extra="forbid")

    by: By
    article: Annotated[
        dict[str, Any], Field(description="In the format of extract, plus readings.")
    ]


_post = partial(
    post,
    request_class=JSONRequest,
    request_max_body_size=LONGEST_BODY,
    response_description="It is on record, and can be read at once.",
    responses={
        200: ResponseSpec(
            outer.Envelope[written.WrittenOut],
            generate_examples=False,
            description="It was so already; nothing changed.",
        ),
        **documented([400, 404, 409, 413, 415, 422, 503]),
    },
)


@_post("/decisions", summary="Take a decision on the record")
async def post_decision(
    services: Uses, data: JSONBody[DecisionIn]
) -> Response[outer.Envelope[written.WrittenOut]]:
    """Correct, link, withdraw, or judge: events with a reason, undone by later ones."""
    command = _checked(COMMAND.validate_json, data.decision, "decision", skip=1)
    decide = partial(
        services.correct,
        command,
        actor=_person(data.by),
        expected_seq=data.expected_seq,
    )
    done: Written = await _written(services, decide)
    return _answer(done)


@_post("/statements/import", summary="Record statements of an analyst")
async def post_import(
    services: Uses, data: JSONBody[ImportIn]
) -> Response[outer.Envelope[written.WrittenOut]]:
    """Record an article with its statements, without the extractor, or nothing of it."""
    told = _checked(ImportedArticle.model_validate_json, data.article, "article")
    record = partial(services.imports, told, actor=_person(data.by))
    done: Imported = await _written(services, record)
    return _answer(done.written, done)


async def _written(services: Services, write: Callable[[], Any]) -> Any:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(services.writer, write)


def _person(name: str) -> Actor:
    return Actor(kind=ActorKind.PERSON, name=name)


def _checked(
    read: Callable[..., T], content: dict[str, Any], field: str, *, skip: int = 0
) -> T:
    """Return what a part of the body says, read as strictly as JSON can be.

    Raises:
        InvalidFieldsError: it is not valid; each field is named by its place in the body.
    """
    try:
        return read(json.dumps(content), strict=True)
    except ValidationError as error:
        wrong = wrong_fields(error.errors(), within=(field,), skip=skip)
        raise InvalidFieldsError(wrong) from error


def _answer(
    done: Written, imported: Imported | None = None
) -> Response[outer.Envelope[written.WrittenOut]]:
    body = outer.Envelope[written.WrittenOut](
        data=written.WrittenOut(
            events=done.events,
            streams=done.streams,
            statements=imported.statements if imported else (),
            differs=imported.differs if imported else (),
            withdrawn=imported.withdrawn if imported else (),
            seq=done.seq,
        ),
        meta=outer.Meta(seq=done.seq),
    )
    return Response(
        encoded(body),  # type: ignore[arg-type] # bytes of that shape
        status_code=201 if done.events else 200,
        headers={"Onrecord-Seq": str(done.seq)},
        media_type="application/json",
    )


router = Router("/", route_handlers=[post_decision, post_import], tags=["decisions"])
