"""Errors over HTTP: one problem+json shape (RFC 9457), a page for browsers.

Every error of the domain has its status and a page under ``/problems/{slug}`` that
says what to do. An error nobody expected says nothing of the inside.

400 is for a request that cannot be read: no JSON object, a query that is no text, names
a parameter that there is not, or names one twice. 422 is for one that can be read and
holds a value that is not valid, in whatever way; each is named.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from litestar import MediaType, Request, Response
from litestar._signature.types import ExtendedMsgSpecValidationError
from litestar.exceptions import HTTPException, ValidationException

from api.freshness import BehindError
from api.logs import tell, tell_broken
from api.problem_kinds import BY_STATUS, KINDS
from api.schemas.problem import Problem, ProblemError
from domain.errors import (
    ConflictError,
    DamagedRowError,
    InvalidInputError,
    MissingRightError,
    NotFoundError,
    OutdatedError,
    QueueFullError,
    ReplicaError,
    StoreError,
    StoreRefusesError,
    UnsupportedLanguageError,
)
from domain.model.fields import WrongField, wrong_fields

__all__ = [
    "KINDS",
    "PROBLEM_JSON",
    "RETRY_AFTER",
    "InvalidFieldsError",
    "UnknownParameterError",
    "answer",
    "problem_of",
]

PROBLEM_JSON = "application/problem+json"
LONGEST_DETAIL = 500
"""Characters of a detail: what was sent is quoted, but not at any length."""
RETRY_AFTER = "2"
"""Seconds after which a store that is busy may be asked again."""
_TYPES = (
    ("`int | null`", "a whole number"),
    ("`bool | null`", "true or false"),
    ("`str | null`", "a text"),
    ("`int`", "a whole number"),
    ("`bool`", "true or false"),
    ("`str`", "a text"),
)
"""Types as Litestar names them, and what they are for who reads."""
_LONGER = re.compile(r"of length <= (\d+)")
"""How Litestar says that a text is too long."""


class UnknownParameterError(HTTPException):
    """A query parameter that the route does not know."""

    status_code = HTTPStatus.BAD_REQUEST
    slug = "unknown-parameter"


class InvalidFieldsError(HTTPException):
    """Fields of a body that are not valid."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, wrong: Iterable[WrongField]) -> None:
        """Take what is wrong, with its place in the body."""
        self.errors = tuple(_of_body(each) for each in wrong)
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
            kind, errors = KINDS["invalid"], _fields(error)
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
            kind = KINDS[_slug_of(error)]
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
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR and not _is_asked(error):
        if isinstance(error, StoreError | HTTPException):  # others may quote an article
            tell("request_failed", logging.ERROR, reason=str(error))
        else:
            tell_broken("request_failed", error)
    headers = {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language"}
    for name, value in (getattr(error, "headers", None) or {}).items():
        if name.lower() == "allow":
            headers["Allow"] = ", ".join(sorted(value.split(", ")))
    again = not isinstance(error, StoreRefusesError | DamagedRowError)
    if again and problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = RETRY_AFTER
    body, media_type = problem.model_dump_json().encode(), PROBLEM_JSON
    if wants_page(request):
        # pages and routes import this module
        from api.pages.render import problem_page  # noqa: PLC0415
        from api.routes.shared import reader_of_error  # noqa: PLC0415

        reader = reader_of_error(request)
        body, media_type = problem_page(reader, problem), MediaType.HTML
        headers["Content-Language"] = reader.told_in
    return Response(
        body, status_code=problem.status, media_type=media_type, headers=headers
    )


def _slug_of(error: StoreError) -> str:
    match error:
        case QueueFullError():
            return "busy"
        case ReplicaError():
            return "read-only"
        case MissingRightError():
            return "missing-right"
        case DamagedRowError():
            return "damaged"
        case _:
            return "unavailable"


def wants_page(request: Request[Any, Any, Any]) -> bool:
    """Tell whether a browser asks for a page, not for data."""
    machine = request.scope["path"].startswith(("/api/", "/health/"))
    return not machine and "text/html" in request.headers.get("accept", "")


def _is_asked(error: Exception) -> bool:
    """Whether an error is what the client asked for: nothing of ours has failed."""
    return isinstance(error, BehindError)


def _short(detail: str) -> str:
    """Return a detail of bounded length, without characters that are no text."""
    text = detail if len(detail) <= LONGEST_DETAIL else detail[:LONGEST_DETAIL] + " …"
    return text.encode("utf-8", "backslashreplace").decode()


def _fields(error: ValidationException) -> tuple[ProblemError, ...]:
    """Return what Litestar found wrong with a body or with parameters."""
    if isinstance(cause := error.__cause__, ExtendedMsgSpecValidationError):
        return tuple(_of_body(each) for each in wrong_fields(cause.errors))
    extra: Any = error.extra if isinstance(error.extra, list) else []
    return tuple(_of_parameter(each) for each in extra)


def _of_body(wrong: WrongField) -> ProblemError:
    """Return what is wrong with a field, and a JSON pointer to it (RFC 6901)."""
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in wrong.place)
    pointer = "".join(f"/{part}" for part in parts)
    return ProblemError(pointer=_short(pointer), detail=_short(str(wrong)))


def _of_parameter(told: dict[str, Any]) -> ProblemError:
    name, message = str(told.get("key", "")), str(told.get("message", "invalid"))
    for ours, plain in _TYPES:
        message = message.replace(ours, plain)
    reason = _LONGER.sub(r"of at most \1 characters", message.partition(", got")[0])
    return ProblemError(
        parameter=name, detail=_short(f"{name}: {reason}" if name else reason)
    )
