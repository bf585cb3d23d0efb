"""Style sheets, scripts and our sign: a fixed set of files, read once.

Nothing is looked up in a folder by what a client sends: a name is on the list or it
is not there.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from litestar import Request, Response, Router
from litestar.params import FromPath

from api.conditional import by_content
from api.routes.shared import read
from domain.errors import NotFoundError

OURS = {
    "onrecord.css": "text/css",
    "docs.css": "text/css",
    "docs.js": "text/javascript",
    "favicon.svg": "image/svg+xml",
}
SWAGGER = {
    "swagger-ui.css": "text/css",
    "swagger-ui-bundle.js": "text/javascript",
}
Req = Request[Any, Any, Any]


@read("/static/{name:str}", include_in_schema=False)
def asset(request: Req, name: FromPath[str]) -> Response[bytes]:
    """Return a file of ours."""
    if name not in OURS:
        raise NotFoundError("file", name)
    return by_content(request, _read("api.pages", name), media_type=OURS[name])


@read("/docs/static/{name:str}", include_in_schema=False)
def swagger(request: Req, name: FromPath[str]) -> Response[bytes]:
    """Return a file of the offline Swagger UI."""
    if name not in SWAGGER:
        raise NotFoundError("file", name)
    body = _read("litestar_offline_docs", name)
    return by_content(request, body, media_type=SWAGGER[name])


@read("/favicon.ico", include_in_schema=False)
def favicon(request: Req) -> Response[bytes]:
    """Return our sign."""
    body = _read("api.pages", "favicon.svg")
    return by_content(request, body, media_type=OURS["favicon.svg"])


@cache
def _read(package: str, name: str) -> bytes:
    return files(package).joinpath("static", name).read_bytes()


router = Router("/", route_handlers=[asset, swagger, favicon])
