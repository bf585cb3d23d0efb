"""Errors over HTTP: one problem+json shape (RFC 9457), a page for browsers.

Every error of the domain has its status and a page under ``/problems/{slug}`` that
says what to do. An error nobody expected says nothing of the inside.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, ValidationException

from api.schemas.outer import Problem, ProblemError
from domain.errors import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    OnrecordError,
    StoreError,
    UnsupportedLanguageError,
)

PROBLEM_JSON = "application/problem+json"
logger = logging.getLogger("onrecord")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its slug, title, status, and what to do about it."""

    slug: str
    title: str
    status: int
    advice: str


KINDS = {
    kind.slug: kind
    for kind in (
        Kind(
            "bad-request",
            "The request is malformed",
            400,
            "Mend what the detail names and send it again.",
        ),
        Kind(
            "unknown-parameter",
            "Unknown query parameter",
            400,
            "Remove or correct it; the detail lists the known ones.",
        ),
        Kind(
            "not-found",
            "Nothing is on record there",
            404,
            "Check the id; /api/v1/topics lists the topics.",
        ),
        Kind(
            "method-not-allowed",
            "That method is not allowed here",
            405,
            "The Allow header names those that are.",
        ),
        Kind(
            "conflict", "Somebody else wrote first", 409, "Send the same request again."
        ),
        Kind(
            "too-large",
            "The body is too large",
            413,
            "An article has at most 1 MB; split it.",
        ),
        Kind(
            "unsupported-media-type",
            "That media type is not read",
            415,
            "Send application/json.",
        ),
        Kind(
            "invalid",
            "A value is not valid",
            422,
            "Mend what the errors name and send it again.",
        ),
        Kind(
            "unsupported-language",
            "No extractor for the language",
            422,
            "Name the language, or send an article in one that is installed.",
        ),
        Kind(
            "unavailable",
            "The store is not available",
            503,
            "Try again in a moment; nothing was half written.",
        ),
        Kind(
            "internal",
            "Something broke inside",
            500,
            "It was logged; try again, and report it if it stays.",
        ),
    )
}
_BY_STATUS = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    409: "conflict",
    413: "too-large",
    415: "unsupported-media-type",
    422: "invalid",
    503: "unavailable",
}


class UnknownParameterError(HTTPException):
    """A query parameter that the route does not know."""

    status_code = HTTPStatus.BAD_REQUEST


def problem_of(error: Exception) -> Problem:
    """Return what is said of an error."""
    errors: tuple[ProblemError, ...] = ()
    detail = str(error)
    match error:
        case UnknownParameterError():
            kind, detail = KINDS["unknown-parameter"], error.detail
        case ValidationException():
            kind, errors = KINDS["bad-request"], _fields(error)
            detail = "; ".join(each.detail for each in errors) or error.detail
        case HTTPException():
            status = error.status_code
            ours = status >= HTTPStatus.INTERNAL_SERVER_ERROR
            kind = KINDS[_BY_STATUS.get(status, "internal" if ours else "bad-request")]
            detail = kind.advice if ours else error.detail
        case NotFoundError():
            kind = KINDS["not-found"]
        case ConflictError():
            kind = KINDS["conflict"]
        case UnsupportedLanguageError():
            kind = KINDS["unsupported-language"]
        case InvalidInputError():
            kind = KINDS["invalid"]
        case StoreError():
            kind, detail = KINDS["unavailable"], KINDS["unavailable"].advice
        case RecursionError():
            kind, detail = KINDS["bad-request"], "the JSON is nested too deeply"
        case _:
            kind, detail = KINDS["internal"], KINDS["internal"].advice
    return Problem(
        type=f"/problems/{kind.slug}",
        title=kind.title,
        status=kind.status,
        detail=detail,
        errors=errors,
    )


def answer(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Return an error as problem+json, or as a page to a browser."""
    problem = problem_of(error)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        expected = isinstance(error, OnrecordError)
        logger.error(
            "%s %s: %s",
            request.method,
            request.url.path,
            error,
            exc_info=None if expected else error,
        )
    headers = dict(getattr(error, "headers", None) or {})
    if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "2"
    headers = {k: v for k, v in headers.items() if k.lower() != "content-type"}
    if wants_page(request):
        from api.pages.render import problem_page  # noqa: PLC0415 (pages import this module)

        return Response(
            problem_page(problem),
            status_code=problem.status,
            media_type=MediaType.HTML,
            headers=headers,
        )
    return Response(
        problem.model_dump_json().encode(),
        status_code=problem.status,
        media_type=PROBLEM_JSON,
        headers=headers,
    )


def wants_page(request: Request[Any, Any, Any]) -> bool:
    """Tell whether a browser asks for a page, not for data."""
    path = request.url.path
    machine = path.startswith(("/api/", "/health/"))
    return not machine and "text/html" in request.headers.get("accept", "")


def _fields(error: ValidationException) -> tuple[ProblemError, ...]:
    found = []
    extra: Any = error.extra if isinstance(error.extra, list) else []
    for each in extra:
        key, message = str(each.get("key", "")), str(each.get("message", "invalid"))
        in_body = str(each.get("source", "body")) in {"body", "ParamType.BODY"}
        place = f"/{key.replace('.', '/')}" if in_body else None
        found.append(
            ProblemError(
                pointer=place,
                parameter=None if in_body else key,
                detail=f"{key}: {message}" if key else message,
            )
        )
    return tuple(found)
