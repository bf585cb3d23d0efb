"""What the tests of the API share: the served site, short requests, invented articles."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx

from api.problem_kinds import KINDS
from api.services import Services
from domain.model.ids import StatementId
from domain.services.statements import StatementInContext

TOPIC = "putin-trump-talks"
TOPICS = ("putin-trump-talks", "russia-ukraine-summit", "ukraine-security-guarantees")
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Site:
    """A served store: its client, and what is behind it."""

    client: httpx.Client
    services: Services

    def data(self, path: str, **parameters: Any) -> Any:
        """Return the data at an address below ``/api/v1``."""
        answer = self.client.get(f"/api/v1{path}", params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    def statement(self, number: int = 0) -> StatementInContext:
        """Return a statement of the seed article."""
        identifier = self.data(f"/topics/{TOPIC}/statements")[number]["id"]
        return self.services.statements.read(StatementId(identifier))

    def reading(self) -> dict[str, str]:
        """Return an address of every route that is read."""
        found = self.statement()
        return {
            "/": "/",
            "/topics/{topic:str}": f"/topics/{TOPIC}",
            "/topics/{topic:str}/revisions": f"/topics/{TOPIC}/revisions",
            "/topics/{topic:str}/diff": f"/topics/{TOPIC}/diff",
            "/statements/{statement:str}": f"/statements/{found.statement}",
            "/articles/{article:str}": f"/articles/{found.article.captured.article}",
            "/problems/{slug:str}": "/problems/invalid",
            "/docs": "/docs",
            "/static/{name:str}": "/static/onrecord.css",
            "/docs/static/{name:str}": "/docs/static/swagger-ui.css",
            "/favicon.ico": "/favicon.ico",
            "/health/live": "/health/live",
            "/health/ready": "/health/ready",
            "/version": "/version",
            "/api/v1/openapi.json": "/api/v1/openapi.json",
            "/api/v1/topics": "/api/v1/topics",
            "/api/v1/topics/{topic:str}": f"/api/v1/topics/{TOPIC}",
            "/api/v1/topics/{topic:str}/timeline": f"/api/v1/topics/{TOPIC}/timeline",
            "/api/v1/topics/{topic:str}/statements": (
                f"/api/v1/topics/{TOPIC}/statements"
            ),
            "/api/v1/topics/{topic:str}/events": f"/api/v1/topics/{TOPIC}/events",
            "/api/v1/topics/{topic:str}/revisions": f"/api/v1/topics/{TOPIC}/revisions",
            "/api/v1/topics/{topic:str}/diff": (
                f"/api/v1/topics/{TOPIC}/diff?from_as_of=2024&to_as_of=2025"
            ),
            "/api/v1/topics/{topic:str}/proposals": f"/api/v1/topics/{TOPIC}/proposals",
            "/api/v1/agents": "/api/v1/agents",
            "/api/v1/statements/{statement:str}": (
                f"/api/v1/statements/{found.statement}"
            ),
            "/api/v1/articles/{article:str}": (
                f"/api/v1/articles/{found.article.captured.article}"
            ),
        }


def post(client: httpx.Client, **article: Any) -> httpx.Response:
    """Hand in an article."""
    return client.post("/api/v1/articles", json=article)


def invented() -> str:
    """Return the text of an article that nobody has handed in yet."""
    number = next(_numbers)
    return (
        f"Mira Solen, ministre des Transports de Valdorie, a déclaré que le quai {number} "
        "du port d'Orsk restera fermé.\n"
        f"« Nous rouvrirons le quai {number} au printemps », a ajouté la ministre.\n"
    )


def problem(answer: httpx.Response, status: int, slug: str) -> dict[str, Any]:
    """Return a problem after making sure that it is a whole one."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = answer.json()
    assert set(found) == {"type", "title", "status", "detail", "errors"}
    assert (found["status"], found["type"]) == (status, f"/problems/{slug}")
    assert found["title"] == KINDS[slug].title
    assert found["detail"]
    return found


def seq(client: httpx.Client) -> int:
    """Return the last seq of the log."""
    return int(client.get("/health/ready").json()["head"])


def raw(client: httpx.Client, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """Send bytes as they are; return status, headers and body of the answer."""
    where = client.base_url
    with socket.create_connection((where.host, where.port or 80), timeout=10) as sent:
        sent.sendall(request)
        received = b""
        while part := sent.recv(65536):
            received += part
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    return int(first.split()[1]), headers, body


def as_json(body: bytes) -> Any:
    """Return what some JSON says."""
    return json.loads(body)
