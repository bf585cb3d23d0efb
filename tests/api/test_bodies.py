"""Everything that can be wrong with a body is one problem, and records nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from domain.errors import StoreUnavailableError
from tests.api.conftest import Serve
from tests.api.support import invented, post, problem, seq

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("api")]

GOOD = {"text": "Mira Solen a dit que non.", "language": "fr"}


@pytest.fixture(autouse=True)
def nothing_is_recorded(client: httpx.Client) -> Iterator[None]:
    """Make sure that no request of these tests writes anything."""
    before = seq(client)
    yield
    assert seq(client) == before


NESTED = b'{"text":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
WRONG_BODIES: dict[str, tuple[bytes, int, str]] = {
    "malformed": (b'{"text": ', 400, "bad-request"),
    "empty": (b"", 400, "bad-request"),
    "nested": (NESTED, 400, "bad-request"),
    "nested and open": (b"[" * 100_000, 400, "bad-request"),
    "latin-1": ('{"text":"é"}'.encode("latin-1"), 400, "bad-request"),
    "NaN": (b'{"text": NaN}', 400, "bad-request"),
    "key twice": (b'{"text": "a", "text": "b"}', 400, "bad-request"),
    "endless number": (b'{"text": ' + b"9" * 100_000 + b"}", 400, "bad-request"),
    "array": (b"[]", 400, "bad-request"),
    "null": (b"null", 400, "bad-request"),
    "no text": (b"{}", 400, "bad-request"),
    "surrogate in the text": (b'{"text":"a \\ud800 b"}', 422, "invalid"),
    "surrogate in a key": (b'{"text":"a","\\ud800":1}', 400, "bad-request"),
    "over 1 MB": (b'{"text":"' + b"a " * 500_000 + b'"}', 413, "too-large"),
}
WRONG_FIELDS: dict[str, tuple[dict[str, Any], int, str]] = {
    "text": ({"text": 1}, 400, "bad-request"),
    "language": ({**GOOD, "language": "\ud800"}, 400, "bad-request"),
    "title": ({**GOOD, "title": "a\x00b"}, 400, "bad-request"),
    "outlet": ({**GOOD, "outlet": "a" * 201}, 400, "bad-request"),
    "url": ({**GOOD, "url": "javascript:alert(1)"}, 400, "bad-request"),
    "published_at": ({**GOOD, "published_at": "soon"}, 422, "invalid"),
    "surprise": ({**GOOD, "surprise": 1}, 400, "bad-request"),
}
WRONG_TEXTS = {
    "NUL": ("a\x00b", None, 422, "invalid"),
    "no text": ("", None, 422, "invalid"),
    "spaces": (" \n\t", None, 422, "invalid"),
    "no language": ("qzx vbn wqk zzt xpl mnb", None, 422, "unsupported-language"),
    "no extractor": ("Ministryně to řekla.", "cs", 422, "unsupported-language"),
}


@pytest.mark.parametrize("name", WRONG_BODIES)
def test_a_body_that_is_no_article_is_a_problem(
    client: httpx.Client, name: str
) -> None:
    """Refused before anything is read out of it."""
    content, status, slug = WRONG_BODIES[name]
    headers = {"Content-Type": "application/json"}
    answer = client.post("/api/v1/articles", content=content, headers=headers)
    problem(answer, status, slug)


@pytest.mark.parametrize("field", WRONG_FIELDS)
def test_a_wrong_field_is_named(client: httpx.Client, field: str) -> None:
    """The error points at it."""
    article, status, slug = WRONG_FIELDS[field]
    content = json.dumps(article)
    headers = {"Content-Type": "application/json"}
    answer = client.post("/api/v1/articles", content=content, headers=headers)
    found = problem(answer, status, slug)
    assert [each["pointer"] for each in found["errors"]] == [f"/{field}"]


@pytest.mark.parametrize("name", WRONG_TEXTS)
def test_a_text_that_cannot_be_an_article_is_a_problem(
    client: httpx.Client, name: str
) -> None:
    """The reason is that of the command line."""
    text, language, status, slug = WRONG_TEXTS[name]
    problem(post(client, text=text, language=language), status, slug)


@pytest.mark.parametrize("said", ["text/plain", "application/xml", "text/json", ""])
def test_another_media_type_is_refused(client: httpx.Client, said: str) -> None:
    """415, whatever the bytes are."""
    content = json.dumps(GOOD)
    headers = {"Content-Type": said}
    answer = client.post("/api/v1/articles", content=content, headers=headers)
    problem(answer, 415, "unsupported-media-type")


def test_a_store_that_cannot_be_written_is_503_and_says_when_to_come_back(
    serve: Serve,
) -> None:
    """Reading goes on; what the store says of itself is not told."""

    def refuse(*_: object) -> None:
        message = "the store /secret/place is read-only"
        raise StoreUnavailableError(message)

    with serve(ingest=lambda: refuse) as client:
        answer = post(client, text=invented(), language="fr")
        problem(answer, 503, "unavailable")
        assert answer.headers["retry-after"].isdecimal()
        assert "secret" not in answer.text
        assert client.get("/api/v1/topics").status_code == 200


def test_what_nobody_expected_tells_nothing_of_the_inside(serve: Serve) -> None:
    """500 with the one shape; the reason is in the log of the service only."""
    with serve(ingest=lambda: lambda *_: 1 / 0) as client:
        answer = post(client, text=invented(), language="fr")
        problem(answer, 500, "internal")
        assert "division" not in answer.text
