"""The shape of every error over HTTP (RFC 9457)."""

from __future__ import annotations

from api.schemas.outer import Shape


class ProblemError(Shape):
    """One thing that is wrong with a request."""

    pointer: str | None = None
    parameter: str | None = None
    detail: str


class Problem(Shape):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[ProblemError, ...] = ()
