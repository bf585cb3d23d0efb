"""The web application: routes, errors, headers, documentation.

What it holds to
- every error is problem+json (or a page), every unknown parameter is refused;
- pages and API load nothing from elsewhere and run no inline script or style;
- what carries words of a source is never cached without asking again.
"""

from __future__ import annotations

from litestar import Litestar, Router
from litestar.datastructures import MutableScopeHeaders
from litestar.di import Provide
from litestar.logging.config import BaseLoggingConfig
from litestar.plugins.pydantic import PydanticPlugin
from litestar.types import Message, Scope

from api.freshness import not_older
from api.metrics import REQUESTS, metrics
from api.openapi import description, openapi_config
from api.problems import answer
from api.routes import (
    assets,
    decisions,
    health,
    history,
    history_pages,
    pages,
    records,
    topics,
)
from api.routes.shared import refuse_unknown_parameters
from api.security import HEADERS
from api.services import Services


def create_app(
    services: Services, logging: BaseLoggingConfig | None = None
) -> Litestar:
    """Return the application over some use cases; ``logging`` is how it logs, if it does."""
    parts = [topics.router, history.router, records.router, decisions.router]
    api = Router("/api/v1", route_handlers=parts)
    return Litestar(
        route_handlers=[
            api,
            description,
            health.router,
            metrics,
            pages.router,
            history_pages.router,
            assets.router,
        ],
        dependencies={"services": Provide(lambda: services, sync_to_thread=False)},
        guards=[refuse_unknown_parameters, not_older(services.follower)],
        exception_handlers={Exception: answer},
        middleware=[REQUESTS.middleware],
        plugins=[PydanticPlugin(validate_strict=True)],  # a number is no text
        before_send=[_secure],
        openapi_config=openapi_config(services.version),
        request_max_body_size=records.LONGEST_BODY,
        debug=False,
        logging_config=logging,
    )


async def _secure(message: Message, _: Scope) -> None:
    """Add to every answer, errors included, what keeps a browser in bounds."""
    if message["type"] == "http.response.start":
        headers = MutableScopeHeaders.from_message(message)
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
