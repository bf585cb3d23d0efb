"""Conditional answers: a tag for each body, 304 where the client has it already.

Rules
1. Two answers share a tag only if they are the same bytes of the same address.
2. A tag by state covers the state of log and read models, fold, version, address,
   media type and language; it is known before anything is built. If the state moves
   while a body is built, it is built again; if it keeps moving, there is no tag.
3. A tag by content is the hash of the body: for what carries the text of an article,
   which can be taken down without an event, and for what never changes.
4. Nothing is ever immutable: what is cached must be asked for again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from litestar import MediaType, Request, Response

from api.services import Services
from domain.projections.projection import FOLD_VERSION

Req = Request[Any, Any, Any]
ATTEMPTS = 3
"""How often a body is built while others write."""


def by_state(
    request: Req,
    services: Services,
    build: Callable[[], bytes],
    *,
    media_type: str = MediaType.JSON,
    language: str | None = None,
    also: tuple[object, ...] = (),
) -> Response[bytes]:
    """Answer with what is built from the record; not built where the tag is known.

    ``also`` is what else the body depends on.
    """
    headers: dict[str, str] = {}
    body: bytes | None = None
    for _ in range(ATTEMPTS):
        seq, head = _state(services)
        parts = (services.version, FOLD_VERSION, seq, head, media_type, language)
        tag = _tag(request, *parts, *also)
        headers = _headers(tag, language) | {"Onrecord-Seq": str(seq)}
        if tag in _sent(request):
            return _unchanged(headers, media_type)
        if (body := services.bodies.get(tag)) is None:
            body = build()
            if _state(services) != (seq, head):
                headers.pop("ETag")  # it may show more than its tag says
                continue
            services.bodies.keep(tag, body)
        break
    if "*" in _sent(request):
        return _unchanged(headers, media_type)
    return Response(body or b"", headers=headers, media_type=media_type)


def by_content(
    request: Req,
    body: bytes,
    *,
    media_type: str = MediaType.JSON,
    language: str | None = None,
    seq: int | None = None,
) -> Response[bytes]:
    """Answer with a body, or with 304 where the client has these very bytes."""
    tag = _tag(request, hashlib.sha256(body).hexdigest(), media_type, language)
    headers = _headers(tag, language)
    if seq is not None:
        headers["Onrecord-Seq"] = str(seq)
    if _sent(request) & {tag, "*"}:
        return _unchanged(headers, media_type)
    return Response(body, headers=headers, media_type=media_type)


def _headers(tag: str, language: str | None) -> dict[str, str]:
    said = {
        "ETag": tag,
        "Cache-Control": "no-cache",
        "Vary": "Accept, Accept-Language",
    }
    return said | ({"Content-Language": language} if language else {})


def _unchanged(headers: dict[str, str], media_type: str) -> Response[bytes]:
    return Response(b"", status_code=304, headers=headers, media_type=media_type)


def _state(services: Services) -> tuple[int, int]:
    """Return the seqs of read models and log: some answers show the one, some the other."""
    with services.views.snapshot() as views:
        return views.seq, services.log.head()


def _sent(request: Req) -> set[str]:
    sent = request.headers.get("if-none-match", "")
    return {each.strip().removeprefix("W/") for each in sent.split(",")}


def _tag(request: Req, *parts: object) -> str:
    scope = request.scope
    address = [scope["path"], scope["query_string"].decode("latin-1")]
    key = json.dumps([*address, *parts])
    return f'"{hashlib.sha256(key.encode()).hexdigest()[:24]}"'
