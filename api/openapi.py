"""The description of the API: OpenAPI 3.1, and the address that serves it."""

from __future__ import annotations

import json
from typing import Any

from litestar import Request, Response, Router
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import License, Tag
from litestar.types import ControllerRouterHandler, Method

from api.conditional import by_content
from api.routes.shared import read

DESCRIPTION = (
    "Offsets are half-open code points of the captured text. Dates are EDTF. "
    "`as_of` is the axis of speaking, `known_at` that of the record. "
    "Every error is problem+json."
)


class _Silent(Router):
    """Serves nothing of what is registered.

    The framework would add a page of its own, loaded from elsewhere, for every
    unknown address below the one of the description.
    """

    def register(self, value: ControllerRouterHandler) -> list[Any]:
        """Take a handler and leave it."""
        return []


def openapi_config(version: str) -> OpenAPIConfig:
    """Return what the description says of the whole."""
    return OpenAPIConfig(
        title="onrecord",
        version=version,
        summary="Who said what on a topic, when, and how their position moved.",
        description=DESCRIPTION,
        license=License(name="Apache-2.0", identifier="Apache-2.0"),
        openapi_router=_Silent("/api/v1", route_handlers=[]),
        render_plugins=[],
        operation_id_creator=_operation_id,
        tags=[
            Tag(name="topics", description="Topics and their timelines."),
            Tag(name="records", description="Statements, articles, agents."),
            Tag(name="health", description="For those who run it."),
        ],
        use_handler_docstrings=True,
    )


@read("/api/v1/openapi.json", include_in_schema=False)
def description(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Return the description of the API."""
    schema = request.app.openapi_schema.to_schema()
    body = json.dumps(schema, ensure_ascii=False).encode()
    return by_content(request, body, media_type="application/json")


def _operation_id(handler: HTTPRouteHandler, method: Method, _: list[Any]) -> str:
    """Return a name that clients can be generated from: get_topic, get_topic_head."""
    name = str(handler.handler_name)
    return f"{name}_head" if method == "HEAD" else name
