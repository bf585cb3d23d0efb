"""Errors over HTTP: one problem+json shape (RFC 9457), a page for browsers.

Every error of the domain has its status and a page under ``/problems/{slug}`` that
says what to do. An error nobody expected says nothing of the inside.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, ValidationException

from api.freshness import BehindError
from api.problem_kinds import BY_STATUS, KINDS
from api.schemas.problem import Problem, ProblemError
from domain.errors import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    OnrecordError,
    OutdatedError,
    QueueFullError,
    StoreError,
    UnsupportedLanguageError,
)

__all__ = [
    "KINDS",
    "PROBLEM_JSON",
    "RETRY_AFTER",
    "InvalidFieldsError",
    "UnknownParameterError",
    "answer",
    "logger",
    "problem_of",
]

PROBLEM_JSON = "application/problem+json"
LONGEST_DETAIL = 500
"""Characters of a detail: what was sent is quoted, but not at any length."""
RETRY_AFTER = "2"
"""Seconds after which a store that is busy may be asked again."""
logger = logging.getLogger("onrecord")


class UnknownParameterError(HTTPException):
    """A query parameter that the route does not know."""

    status_code = HTTPStatus.BAD_REQUEST
    slug = "unknown-parameter"


class InvalidFieldsError(HTTPException):
    """Fields of a body whose shape is right and whose values are not."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, errors: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a field and what is wrong with it."""
        self.errors = tuple(
            ProblemError(pointer=f"/{field}", detail=f"{field}: {reason}")
            for field, reason in errors
        )
        super().__init__(detail="; ".join(each.detail for each in self.errors))


def problem_of(error: Exception) -> Problem:
    """Return what is said of an error."""
    errors: tuple[ProblemError, ...] = ()
    detail = str(error)
    match error:
        case UnknownParameterError() | BehindError():
            kind, detail = KINDS[error.slug], error.detail
        case InvalidFieldsError():
            kind, detail, errors = KINDS["invalid"], error.detail, error.errors
        case ValidationException():
            kind, errors = KINDS["bad-request"], _fields(error)
            detail = "; ".join(each.detail for each in errors) or error.detail
        case HTTPException():
            status = error.status_code
            ours = status >= HTTPStatus.INTERNAL_SERVER_ERROR
            kind = KINDS[BY_STATUS.get(status, "internal" if ours else "bad-request")]
            bare = ours or error.detail == HTTPStatus(status).phrase
            detail = kind.advice if bare else error.detail
        case NotFoundError():
            kind = KINDS["not-found"]
        case ConflictError():
            outdated = isinstance(error, OutdatedError)
            kind = KINDS["outdated" if outdated else "conflict"]
        case UnsupportedLanguageError():
            kind = KINDS["unsupported-language"]
        case InvalidInputError():
            kind = KINDS["invalid"]
        case StoreError():
            full = isinstance(error, QueueFullError)
            kind = KINDS["busy" if full else "unavailable"]
            detail = kind.advice
        case _:
            kind, detail = KINDS["internal"], KINDS["internal"].advice
    return Problem(
        type=f"/problems/{kind.slug}",
        title=kind.title,
        status=kind.status,
        detail=_short(detail),
        errors=errors,
    )


def answer(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Return an error as problem+json, or as a page to a browser."""
    problem = problem_of(error)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        expected = isinstance(error, OnrecordError | HTTPException)
        logger.error(
            "%s %s: %s",
            request.method,
            request.scope["path"],
            error,
            exc_info=None if expected else error,
        )
    headers = {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language"}
    for name, value in (getattr(error, "headers", None) or {}).items():
        if name.lower() == "allow":
            headers["Allow"] = ", ".join(sorted(value.split(", ")))
    if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = RETRY_AFTER
    body, media_type = problem.model_dump_json().encode(), PROBLEM_JSON
    if wants_page(request):
        from api.pages.render import problem_page  # noqa: PLC0415 (pages import this module)

        body, media_type = problem_page(problem), MediaType.HTML
    return Response(
        body, status_code=problem.status, media_type=media_type, headers=headers
    )


def wants_page(request: Request[Any, Any, Any]) -> bool:
    """Tell whether a browser asks for a page, not for data."""
    machine = request.scope["path"].startswith(("/api/", "/health/"))
    return not machine and "text/html" in request.headers.get("accept", "")


def _short(detail: str) -> str:
    """Return a detail of bounded length, without characters that are no text."""
    text = detail if len(detail) <= LONGEST_DETAIL else detail[:LONGEST_DETAIL] + " …"
    return text.encode("utf-8", "backslashreplace").decode()


def _fields(error: ValidationException) -> tuple[ProblemError, ...]:
    found = []
    extra: Any = error.extra if isinstance(error.extra, list) else []
    for each in extra:
        key, message = str(each.get("key", "")), str(each.get("message", "invalid"))
        in_body = str(each.get("source", "body")) in {"body", "ParamType.BODY"}
        place = f"/{key.replace('.', '/')}" if in_body and key else None
        found.append(
            ProblemError(
                pointer=place,
                parameter=None if in_body else key,
                detail=_short(f"{key}: {message}" if key else message),
            )
        )
    return tuple(found)
