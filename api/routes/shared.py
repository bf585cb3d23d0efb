"""What all routes share: reading with GET and HEAD, conditional answers, languages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from litestar import HttpMethod, MediaType, Request, Response, route
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from pydantic import BaseModel

from api.problems import UnknownParameterError
from api.services import Services
from domain.errors import InvalidInputError
from domain.model.moment import Moment
from domain.projections.projection import FOLD_VERSION

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
DOCS_POLICY = POLICY.replace(
    "style-src 'self'; img-src 'self'",
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:",
)
"""Swagger UI sets styles on its elements and draws with data URLs."""

LANGUAGES = ("en", "fr", "ru")
read = partial(
    route, http_method=[HttpMethod.GET, HttpMethod.HEAD], sync_to_thread=True
)
"""A reading route; HEAD is answered like GET, without the body."""


def refuse_unknown_parameters(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """Refuse a query parameter that the route does not declare (``opt["query"]``).

    Raises:
        UnknownParameterError: names it and lists the known ones.
    """
    known = handler.opt.get("query", ())
    for name in connection.query_params:
        if name not in known:
            told = ", ".join(known) or "none"
            detail = f"{name[:40]!r} is not a parameter of this address (known: {told})"
            raise UnknownParameterError(detail)
    for value in connection.query_params.values():
        if "\x00" in str(value) or any("\ud800" <= c <= "\udfff" for c in str(value)):
            detail = "a parameter has characters that are no text"
            raise UnknownParameterError(detail)


def language_of(request: Request[Any, Any, Any], lang: str | None) -> str:
    """Return the language for labels: asked for, accepted by the client, English.

    Raises:
        InvalidInputError: a language that there are no labels in.
    """
    if lang is not None:
        if lang not in LANGUAGES:
            message = f"lang: expected one of {', '.join(LANGUAGES)}, got {lang[:20]!r}"
            raise InvalidInputError(message)
        return lang
    for part in request.headers.get("accept-language", "").split(","):
        wanted = part.partition(";")[0].strip().lower().partition("-")[0]
        if wanted in LANGUAGES:
            return wanted
    return "en"


def last_day(text: str) -> date:
    """Return the last day of an EDTF text.

    Raises:
        InvalidInputError: the text is no date, or has no end.
    """
    if (latest := Moment.parse(text).latest) is None:
        message = (
            f"as_of: {text[:40]!r} has no end; name a day, month, year or interval"
        )
        raise InvalidInputError(message)
    return latest


def conditional(
    request: Request[Any, Any, Any],
    services: Services,
    build: Callable[[], bytes],
    *,
    media_type: str = MediaType.JSON,
    language: str = "en",
) -> Response[bytes]:
    """Answer with what is built, or with 304 where the client has it already.

    The tag covers the state of the read models, the fold, the address and the
    language. Nothing is ever immutable: what carries words of a source must be asked
    for again, so that a take-down reaches the next request.
    """
    seq = _seq(services)
    tag = _tag(request, seq, media_type, language)
    headers = {
        "ETag": tag,
        "Cache-Control": "no-cache",
        "Vary": "Accept, Accept-Language",
        "Onrecord-Seq": str(seq),
        "Content-Language": language,
    }
    sent = request.headers.get("if-none-match", "")
    if sent == "*" or tag in {
        each.strip().removeprefix("W/") for each in sent.split(",")
    }:
        return Response(b"", status_code=304, headers=headers, media_type=media_type)
    body = services.bodies.get(tag)
    if body is None:
        body = build()
        if _seq(services) == seq:  # else it may show more than its tag says
            services.bodies.keep(tag, body)
    return Response(body, headers=headers, media_type=media_type)


def _seq(services: Services) -> int:
    with services.views.snapshot() as views:
        return views.seq


def _tag(
    request: Request[Any, Any, Any], seq: int, media_type: str, language: str
) -> str:
    address = f"{request.url.path}?{request.url.query}"
    key = f"{FOLD_VERSION} {seq} {address} {media_type} {language}"
    return f'"{hashlib.sha256(key.encode()).hexdigest()[:24]}"'


def encoded(body: BaseModel) -> bytes:
    """Return a shape as JSON bytes: encoded once, handed on as it is."""
    return body.model_dump_json().encode()
