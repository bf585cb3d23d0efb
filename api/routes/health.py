"""Health: is the process alive, is it ready, what is it."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, Router
from litestar.openapi import ResponseSpec

from api.problem_kinds import KINDS
from api.problems import RETRY_AFTER, logger
from api.routes.shared import Uses, documented, read
from domain.errors import StoreError


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
        head = services.log.head()
        with services.views.snapshot() as views:
            seq, parked = views.seq, len(views.parked())
    except StoreError as error:
        logger.error("not ready: %s", error)
        return Response(
            {"status": "unavailable", "detail": KINDS["unavailable"].advice},
            status_code=503,
            headers={"Retry-After": RETRY_AFTER},
        )
    lag = head - seq
    behind = lag > services.ready_lag
    return Response(
        {
            "status": "lagging" if behind else "ready",
            "head": head,
            "seq": seq,
            "lag": lag,
            "parked": parked,
        },
        status_code=503 if behind else 200,
        headers={"Onrecord-Seq": str(seq)}
        | ({"Retry-After": RETRY_AFTER} if behind else {}),
    )


@read("/version", summary="Name and version", responses=documented([400]))
def version(services: Uses) -> dict[str, str]:
    """Return what is running."""
    return {"name": "onrecord", "version": services.version}


router = Router("/", route_handlers=[live, ready, version], tags=["health"])
