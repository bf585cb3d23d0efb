"""Tells of each request: method, route, status and duration, with an id for it.

The route is the template of its path: neither path nor query is told, which may hold
text. The id is the client's ``X-Request-ID`` where it is one, else one of ours; the
answer carries it, and so does all that is told while the request is answered.
"""

from __future__ import annotations

import re
import secrets
from time import perf_counter
from typing import Any

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from api.logs import REQUEST, tell

HEADER = b"x-request-id"
_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}


def logged(app: ASGIApp) -> ASGIApp:
    """Return an application that tells of its requests."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        status, begun = 0, perf_counter()
        identifier = _identifier(scope)
        told = REQUEST.set(identifier)

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                header = (HEADER, identifier.encode())
                message["headers"] = [*message["headers"], header]
            await send(message)

        try:
            await app(scope, receive, send_with_id)
        finally:
            tell(
                "request",
                method=_method(scope),
                route=_route(scope),
                status=status,
                ms=round((perf_counter() - begun) * 1000, 1),
            )
            REQUEST.reset(told)

    return serve


def _identifier(scope: Any) -> str:
    given = next((v for name, v in scope["headers"] if name == HEADER), b"")
    return given.decode() if _ID.fullmatch(given) else secrets.token_hex(8)


def _method(scope: Any) -> str:
    method = str(scope["method"])
    return method if method in _METHODS else "other"


def _route(scope: Any) -> str | None:
    """Return the template of the path, None where no route answers."""
    template: str | None = scope.get("path_template")
    return template
