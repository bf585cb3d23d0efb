"""Health: is the process alive, is it ready, what is it."""

from __future__ import annotations

import logging
from typing import Any

from litestar import Request, Response, Router
from litestar.openapi import ResponseSpec

from api.logs import tell
from api.problem_kinds import KINDS
from api.problems import RETRY_AFTER
from api.routes.shared import Uses, documented, read
from domain.errors import StoreError
from domain.services.lag import read_lag


@read("/health/live", summary="The process is alive", responses=documented([400]))
def live() -> dict[str, str]:
    """Answer, and nothing more."""
    return {"status": "alive"}


@read(
    "/health/ready",
    summary="The service can serve",
    responses={
        503: ResponseSpec(
            dict[str, Any],
            generate_examples=False,
            description="The store does not answer, or the read models lag.",
        ),
        **documented([400]),
    },
)
def ready(request: Request[Any, Any, Any], services: Uses) -> Response[dict[str, Any]]:
    """Tell whether the store answers and how far the read models are behind the log."""
    try:
        services.log.check()
        lag = read_lag(services.log, services.views, services.clock.now())
    except StoreError as error:
        tell("not_ready", logging.ERROR, reason=str(error))
        return Response(
            {"status": "unavailable", "detail": KINDS["unavailable"].advice},
            status_code=503,
            headers={"Retry-After": RETRY_AFTER},
        )
    behind = lag.events > services.ready_lag
    return Response(
        {
            "status": "lagging" if behind else "ready",
            "head": lag.head,
            "seq": lag.seq,
            "lag": lag.events,
            "lag_seconds": lag.seconds,
            "parked": lag.parked,
        },
        status_code=503 if behind else 200,
        headers={"Onrecord-Seq": str(lag.seq)}
        | ({"Retry-After": RETRY_AFTER} if behind else {}),
    )


@read("/version", summary="Name and version", responses=documented([400]))
def version(services: Uses) -> dict[str, str]:
    """Return what is running."""
    return {"name": "onrecord", "version": services.version}


router = Router("/", route_handlers=[live, ready, version], tags=["health"])
