"""Reading a timeline over HTTP, beside a static route of as many bytes in the same server."""

from __future__ import annotations

import http.client
import tempfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from litestar import Litestar, Response, get

from api.app import load, open_services
from api.bodies import Bodies
from api.http import create_app
from api.serving import running
from domain.model.ids import topic_stream
from domain.ports import Append, Batch
from tests.benchmarks.measure import Result, compare
from tests.support.facts import TESTER, TOPIC, attributed, opened, posed, reading

REQUESTS = 150
STATEMENTS = 40


def run() -> list[Result]:
    """Measure the timeline of a topic: built each time, kept, and unchanged."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load(store=f"sqlite:///{Path(folder) / 'bench.db'}")
        with open_services(settings) as services:
            events = [opened(), posed()]
            events += [
                attributed(n, f"2031-03-{n % 28 + 1:02d}", reading(n % 7 - 3))
                for n in range(STATEMENTS)
            ]
            stream = topic_stream(TOPIC)
            services.log.append(
                Batch((Append(stream, 0, tuple(events)),), actor=TESTER)
            )
            services.follower.catch_up()
            forgetful = replace(services, bodies=Bodies(most=0))
            with (
                running(create_app(services), "127.0.0.1", 0) as address,
                running(create_app(forgetful), "127.0.0.1", 0) as uncached,
            ):
                return _measure(address, uncached, f"/api/v1/topics/{TOPIC}/timeline")


def _measure(address: str, uncached: str, path: str) -> list[Result]:
    body, tag = _fetch(address, path)
    assert _fetch(uncached, path) == (body, tag)

    @get("/static-bytes", sync_to_thread=False)
    def static() -> Response[bytes]:
        return Response(body, media_type="application/json")

    with running(Litestar([static], openapi_config=None), "127.0.0.1", 0) as plain:
        floor_is = f"static-bytes route, {len(body) // 1024} kB"
        return [
            compare(
                f"timeline of {STATEMENTS} statements over HTTP, built for each request",
                floor_is,
                "requests",
                REQUESTS,
                thing=lambda: _load(uncached, path),
                floor=lambda: _load(plain, "/static-bytes"),
            ),
            compare(
                "the same, a finished body kept",
                floor_is,
                "requests",
                REQUESTS,
                thing=lambda: _load(address, path),
                floor=lambda: _load(plain, "/static-bytes"),
            ),
            compare(
                "the same, unchanged (304)",
                floor_is,
                "requests",
                REQUESTS,
                thing=lambda: _load(address, path, tag),
                floor=lambda: _load(plain, "/static-bytes"),
            ),
        ]


def _fetch(address: str, path: str) -> tuple[bytes, str]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return body, answer.headers["ETag"]


def _load(address: str, path: str, tag: str = "") -> None:
    """Make requests one after another over one connection."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    for _ in range(REQUESTS):
        connection.request("GET", path, headers={"If-None-Match": tag} if tag else {})
        connection.getresponse().read()
    connection.close()
