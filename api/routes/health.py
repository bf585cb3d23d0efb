"""Health: is the process alive, is it ready, what is it."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, Router

from api.routes.shared import read
from api.services import Services
from domain.errors import StoreError


@read("/health/live", summary="The process is alive")
def live() -> dict[str, str]:
    """Answer, and nothing more."""
    return {"status": "alive"}


@read("/health/ready", summary="The service can serve", raises=[])
def ready(
    request: Request[Any, Any, Any], services: Services
) -> Response[dict[str, Any]]:
    """Tell whether the store answers and how far the read models are behind the log."""
    try:
        head = services.log.head()
        with services.views.snapshot() as views:
            seq, parked = views.seq, len(views.parked())
    except StoreError as error:
        return Response(
            {"status": "unavailable", "detail": str(error)}, status_code=503
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
        headers={"Onrecord-Seq": str(seq)},
    )


@read("/version", summary="Name and version")
def version(services: Services) -> dict[str, str]:
    """Return what is running."""
    return {"name": "onrecord", "version": services.version}


router = Router("/", route_handlers=[live, ready, version], tags=["health"])
