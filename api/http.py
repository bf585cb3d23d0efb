"""The web application: routes, errors, headers, documentation.

What it holds to
- every error is problem+json (or a page), every unknown parameter is refused;
- pages and API load nothing from elsewhere and run no inline script or style;
- what carries words of a source is never cached without asking again.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import litestar_offline_docs
from litestar import Litestar, Response, Router
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import License, Tag
from litestar.static_files import create_static_files_router

from api.problems import answer
from api.routes import health, pages, records, topics
from api.routes.shared import POLICY, refuse_unknown_parameters
from api.services import Services


def create_app(services: Services) -> Litestar:
    """Return the application over some use cases."""
    api = Router("/api/v1", route_handlers=[topics.router, records.router])
    return Litestar(
        route_handlers=[api, health.router, pages.router, *_static()],
        dependencies={"services": Provide(lambda: services, sync_to_thread=False)},
        guards=[refuse_unknown_parameters],
        exception_handlers={Exception: answer},
        after_request=_secure,
        openapi_config=_openapi(services.version),
        request_max_body_size=records.LONGEST_BODY,
        debug=False,
        logging_config=None,
    )


def _openapi(version: str) -> OpenAPIConfig:
    return OpenAPIConfig(
        title="onrecord",
        version=version,
        summary="Who said what on a topic, when, and how their position moved.",
        description=(
            "Offsets are half-open code points of the captured text. Dates are EDTF. "
            "`as_of` is the axis of speaking, `known_at` that of the record. "
            "Every error is problem+json."
        ),
        license=License(name="Apache-2.0", identifier="Apache-2.0"),
        path="/api/v1",
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        tags=[
            Tag(name="topics", description="Topics and their timelines."),
            Tag(name="records", description="Statements, articles, agents."),
            Tag(name="health", description="For those who run it."),
        ],
        use_handler_docstrings=True,
    )


def _static() -> tuple[Router, Router]:
    ours = Path(str(files("api.pages").joinpath("static")))
    swagger = Path(litestar_offline_docs.__file__).parent / "static"
    return (
        create_static_files_router("/static", [ours], include_in_schema=False),
        create_static_files_router("/docs/static", [swagger], include_in_schema=False),
    )


async def _secure(response: Response[Any]) -> Response[Any]:
    """Add what keeps a browser from doing more than it should."""
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
    return response
