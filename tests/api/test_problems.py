"""Everything that can be wrong with an address is one problem, and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from api.problem_kinds import KINDS
from tests.api.support import TOPIC, as_json, problem, raw, seq

pytestmark = pytest.mark.slow

TIMELINE = f"/api/v1/topics/{TOPIC}/timeline"
EVENTS = f"/api/v1/topics/{TOPIC}/events"


@pytest.fixture(autouse=True)
def nothing_is_recorded(client: httpx.Client) -> Iterator[None]:
    """Make sure that no request of these tests writes anything."""
    before = seq(client)
    yield
    assert seq(client) == before


WRONG_QUERIES = [
    (TIMELINE, "lang=de", 422, "invalid"),
    (TIMELINE, "as_of=2025/..", 422, "invalid"),
    (TIMELINE, "as_of=soon", 422, "invalid"),
    (TIMELINE, "as_of=2025-13", 422, "invalid"),
    (TIMELINE, "as_of=" + "9" * 5000, 422, "invalid"),
    (TIMELINE, "known_at=999999", 422, "invalid"),
    (TIMELINE, "known_at=" + "9" * 60, 422, "invalid"),
    (TIMELINE, "known_at=" + "9" * 5000, 422, "invalid"),
    (TIMELINE, "known_at=-1", 422, "invalid"),
    (TIMELINE, "known_at=2025-09-07T12:00:00", 422, "invalid"),
    (TIMELINE, "known_at=%D9%A3", 422, "invalid"),
    (TIMELINE, "known_at=20250907T120000Z", 422, "invalid"),
    (TIMELINE, "known_at=2025-W36-7T12:00:00Z", 422, "invalid"),
    (TIMELINE, "known_at=2025-09-07T12Z", 422, "invalid"),
    (TIMELINE, "known_at=2025-09-07x12:00:00Z", 422, "invalid"),
    (TIMELINE, "known_at=2025-09-07T12:00:00%2B00:00:30", 422, "invalid"),
    (TIMELINE, "holder=nobody", 404, "not-found"),
    (TIMELINE, "question=nothing", 404, "not-found"),
    (TIMELINE, "changed_only=maybe", 422, "invalid"),
    (TIMELINE, "as_of=2025&as_of=2026", 400, "bad-request"),
    (TIMELINE, "holder=%00", 400, "bad-request"),
    (TIMELINE, "holder=%ff", 400, "bad-request"),
    (TIMELINE, "holder=%ed%a0%80", 400, "bad-request"),
    (TIMELINE, "%ff=1", 400, "bad-request"),
    (TIMELINE, "limit=1", 400, "unknown-parameter"),
    (EVENTS, "after=-1", 422, "invalid"),
    (EVENTS, "after=9007199254740992", 422, "invalid"),
    (EVENTS, "after=1.5", 422, "invalid"),
    (EVENTS, "limit=0", 422, "invalid"),
    (EVENTS, "limit=201", 422, "invalid"),
]


@pytest.mark.parametrize(("path", "query", "status", "slug"), WRONG_QUERIES)
def test_a_wrong_parameter_is_a_problem(
    client: httpx.Client, path: str, query: str, status: int, slug: str
) -> None:
    """Refused with what is wrong, at a bounded length; never taken for another."""
    found = problem(client.get(f"{path}?{query}"), status, slug)
    assert len(found["detail"]) < 600


def test_a_parameter_that_is_too_long_is_told_in_characters(
    client: httpx.Client,
) -> None:
    """In words, as the length of a field of a body is."""
    found = problem(client.get(f"{TIMELINE}?as_of={'9' * 65}"), 422, "invalid")
    assert found["detail"] == "as_of: Expected a text of at most 64 characters"


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/api/v1",
        "/api/v1/nowhere",
        "/api/v1/topics/none/nothing/at/all",
        "/api/v1/topics/none",
        "/api/v1/topics/none/timeline",
        "/api/v1/topics/none/events",
        "/api/v1/statements/none",
        "/api/v1/articles/none",
        "/topics/none",
        "/statements/none",
        "/articles/none",
        "/problems/none",
        "/api/v1/topics/%ff",
        "/api/v1/topics/%00",
        "/api/v1/topics/%zz%",
        "/api/v1/statements/%ed%a0%80",
        "/topics/a%2fb",
        "/static/%00",
        "/static/..%2f..%2fapp.py",
        "/static/",
        "/docs/static/none.js",
        "/api/v1/topics/" + "a" * 30_000,
    ],
)
def test_an_unknown_address_is_a_problem(client: httpx.Client, path: str) -> None:
    """Whatever is asked for: 404 with the one shape, and nothing of the inside."""
    found = problem(client.get(path), 404, "not-found")
    assert len(found["detail"]) < 600


def test_what_is_no_http_is_a_problem_too(client: httpx.Client) -> None:
    """The server itself answers in the same shape, with the same headers."""
    for request in (
        b"GARBAGE\r\n\r\n",
        b"GET /topics/\xff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nNo host at all\r\n\r\n",
    ):
        status, headers, body = raw(client, request)
        assert status == 400
        assert headers["content-type"] == "application/problem+json"
        assert headers["x-content-type-options"] == "nosniff"
        assert as_json(body)["type"] == "/problems/bad-request"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/api/v1/topics", "GET, HEAD, OPTIONS"),
        ("DELETE", f"/api/v1/topics/{TOPIC}", "GET, HEAD, OPTIONS"),
        ("PUT", "/", "GET, HEAD, OPTIONS"),
        ("PATCH", "/api/v1/openapi.json", "GET, HEAD, OPTIONS"),
        ("GET", "/api/v1/articles", "OPTIONS, POST"),
        ("BREW", "/health/live", "GET, HEAD, OPTIONS"),
    ],
)
def test_a_wrong_method_names_the_allowed_ones(
    client: httpx.Client, method: str, path: str, allowed: str
) -> None:
    """405 with Allow, always in the same order."""
    answer = client.request(method, path)
    problem(answer, 405, "method-not-allowed")
    assert answer.headers["allow"] == allowed


def test_a_french_reader_is_told_of_an_error_in_french(client: httpx.Client) -> None:
    """By the address or by Accept-Language; what the error says of itself is English."""
    html = {"Accept": "text/html"}
    for path, headers in (
        ("/topics/nowhere?lang=fr", html),
        ("/topics/nowhere", html | {"Accept-Language": "fr-CH, en;q=0.5"}),
    ):
        answer = client.get(path, headers=headers)
        assert answer.status_code == 404
        assert answer.headers["content-language"] == "fr"
        assert '<html lang="fr">' in answer.text
        assert "<h1>Rien au registre à cette adresse</h1>" in answer.text
        assert 'lang="en">' in answer.text
    assert (
        'href="/problems/not-found?lang=fr"'
        in client.get("/topics/nowhere?lang=fr", headers=html).text
    )


def test_an_address_that_is_wrong_altogether_is_told_in_its_language(
    client: httpx.Client,
) -> None:
    """A parameter that there is not, a language that there is not, bytes that are no text."""
    html = {"Accept": "text/html"}
    told = client.get("/?lang=fr&x=1", headers=html)
    assert (told.status_code, "Paramètre inconnu" in told.text) == (400, True)
    for path in ("/?lang=xx", "/?lang=%ff", "/?lang=fr&lang=%00"):
        answer = client.get(path, headers=html)
        assert answer.status_code in {400, 422}
        assert answer.headers["content-language"] == "en"


@pytest.mark.parametrize("slug", KINDS)
def test_every_kind_of_problem_has_its_page_in_french(
    client: httpx.Client, slug: str
) -> None:
    """None is left in English, and the page leads to the English one."""
    answer = client.get(f"/problems/{slug}?lang=fr")
    assert answer.status_code == 200
    assert answer.headers["content-language"] == "fr"
    assert KINDS[slug].title not in answer.text
    assert KINDS[slug].advice not in answer.text
    assert f'href="/problems/{slug}?lang=en"' in answer.text


@pytest.mark.parametrize("slug", KINDS)
def test_the_type_of_every_problem_leads_to_a_page(
    client: httpx.Client, slug: str
) -> None:
    """It says what happened and what to do."""
    answer = client.get(f"/problems/{slug}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert KINDS[slug].title in answer.text
    assert KINDS[slug].advice in answer.text.replace("&#39;", "'")
