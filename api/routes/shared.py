"""What all routes share: reading with GET and HEAD, parameters, languages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes, urlencode

from litestar import HttpMethod, Request, route
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.exceptions import ClientException, NotFoundException
from litestar.handlers import BaseRouteHandler
from litestar.openapi import ResponseSpec
from pydantic import BaseModel

from api.pages.reader import Reader
from api.problems import PROBLEM_JSON, UnknownParameterError
from api.schemas.problem import Problem
from api.services import Services
from domain.errors import InvalidInputError
from domain.model.moment import Moment

Uses = NamedDependency[Services]
"""The use cases, as a handler is given them."""
LANGUAGES = ("en", "fr", "ru")


def documented(statuses: Sequence[int]) -> dict[int, ResponseSpec]:
    """Return the errors of a route for its documentation."""
    return {
        status: ResponseSpec(
            Problem,
            generate_examples=False,
            description="A problem; its type leads to what to do.",
            media_type=PROBLEM_JSON,
        )
        for status in statuses
    }


read = partial(
    route,
    http_method=[HttpMethod.GET, HttpMethod.HEAD],
    sync_to_thread=True,
    responses={
        304: ResponseSpec(None, description="What the client has is still so."),
        **documented([400, 404, 422, 503]),
    },
)
"""A reading route; HEAD is answered like GET, without the body."""


def refuse_unknown_parameters(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """Refuse a query parameter that the route does not declare (``opt["query"]``).

    Raises:
        UnknownParameterError: names it and lists the known ones.
        ClientException: the query is no text, or gives a parameter twice.
    """
    _refuse_what_is_no_text(connection.scope["query_string"])
    if any("\x00" in str(value) for value in connection.path_params.values()):
        raise NotFoundException  # no id has one, and no database looks for it
    known = handler.opt.get("query", ())
    for name, values in connection.query_params.dict().items():
        if name not in known:
            told = ", ".join(known) or "none"
            detail = f"{name[:40]!r} is not a parameter of this address (known: {told})"
            raise UnknownParameterError(detail)
        if len(values) > 1:
            detail = f"{name} is given {len(values)} times"
            raise ClientException(detail)


def _refuse_what_is_no_text(query: bytes) -> None:
    try:
        is_text = "\x00" not in unquote_to_bytes(query).decode()
    except UnicodeDecodeError:
        is_text = False
    if not is_text:
        detail = "the query is no text: it has NUL characters or is not UTF-8"
        raise ClientException(detail)


def language_of(request: Request[Any, Any, Any], lang: str | None) -> str:
    """Return the language for labels: asked for, liked best by the client, English.

    Raises:
        InvalidInputError: a language that there are no labels in.
    """
    if lang:
        if lang not in LANGUAGES:
            message = f"lang: expected one of {', '.join(LANGUAGES)}, got {lang[:20]!r}"
            raise InvalidInputError(message)
        return lang
    liked = [
        (weight, language)
        for part in request.headers.get("accept-language", "").split(",")
        for language, weight in [_preference(part)]
        if language in LANGUAGES and weight > 0
    ]
    return max(liked, key=lambda each: each[0], default=(0, "en"))[1]


def reader_of(request: Request[Any, Any, Any], lang: str | None) -> Reader:
    """Return who reads a page: in which language, and where.

    Raises:
        InvalidInputError: a language that there are no labels in.
    """
    query = request.scope["query_string"].decode("latin-1")
    others = [each for each in parse_qsl(query) if each[0] != "lang"]
    return Reader(
        language=language_of(request, lang),
        lang=lang or None,
        path=request.scope["path"],
        query=urlencode(others),
    )


def reader_of_error(request: Request[Any, Any, Any]) -> Reader:
    """Return who reads of an error, whatever else is wrong with the request."""
    query = request.scope["query_string"].decode("latin-1")
    asked = dict(parse_qsl(query)).get("lang")
    lang = asked if asked in LANGUAGES else None
    return Reader(language=language_of(request, lang), lang=lang)


def _preference(part: str) -> tuple[str, float]:
    """Return language and weight of a part of ``Accept-Language``."""
    tag, _, parameters = part.partition(";")
    _, _, weight = parameters.strip().partition("q=")
    try:
        weighs = float(weight or 1)
    except ValueError:
        weighs = 0
    return tag.strip().lower().partition("-")[0], weighs


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


def encoded(body: BaseModel) -> bytes:
    """Return a shape as JSON bytes: encoded once, handed on as it is."""
    return body.model_dump_json().encode()
