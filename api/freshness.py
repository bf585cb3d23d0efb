"""A reader that waits for what it wrote: ``Onrecord-Min-Seq: 42``.

Every write answers with the seq that it reached. Who sends it back with a read gets an
answer that is not older, wherever the read models stood when it asked; or is told after
a while that they are not there yet.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import ClientException, HTTPException
from litestar.handlers import BaseRouteHandler

from api.follower import Follower
from api.problem_kinds import KINDS

MIN_SEQ = "Onrecord-Min-Seq"
LONGEST = 18
"""Digits of a seq (SQLite counts to 2^63)."""

Guard = Callable[
    [ASGIConnection[Any, Any, Any, Any], BaseRouteHandler], Awaitable[None]
]


class BehindError(HTTPException):
    """The read models have not reached the seq that the reader knows."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    slug = "behind"
    detail = KINDS[slug].advice


def not_older(follower: Follower) -> Guard:
    """Return a guard that waits until the read models are at the seq that is asked for."""

    async def wait(
        connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler
    ) -> None:
        if (told := connection.headers.get(MIN_SEQ)) is None:
            return
        if not (told.isascii() and told.isdecimal() and len(told) <= LONGEST):
            detail = f"{MIN_SEQ}: expected a seq (42), got {told[:40]!r}"
            raise ClientException(detail)
        if await asyncio.to_thread(follower.wait_for, int(told)) < int(told):
            raise BehindError

    return wait
