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

pytestmark = pytest.mark.slow

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
    "text": (b'"Mira Solen"', 400, "bad-request"),
    "no text": (b"{}", 422, "invalid"),
    "surrogate in the text": (b'{"text":"a \\ud800 b"}', 422, "invalid"),
    "surrogate in a key": (b'{"text":"a","\\ud800":1}', 422, "invalid"),
    "over 1 MB": (b'{"text":"' + b"a " * 500_000 + b'"}', 413, "too-large"),
}
WRONG_FIELDS: dict[str, tuple[dict[str, Any], str]] = {
    "text": ({"text": 1}, "should be a text"),
    "language": ({**GOOD, "language": "\ud800"}, "should be a text without lone"),
    "title": ({**GOOD, "title": "a\x00b"}, "should be one line"),
    "outlet": ({**GOOD, "outlet": "a" * 201}, "should have at most 200 characters"),
    "url": ({**GOOD, "url": "javascript:alert(1)"}, "should be an address that begins"),
    "published_at": ({**GOOD, "published_at": "soon"}, "is not a date"),
    "surprise": ({**GOOD, "surprise": 1}, "is no known field"),
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
    """The error points at it and says what it should be, in no words of our libraries."""
    article, said = WRONG_FIELDS[field]
    content = json.dumps(article)
    headers = {"Content-Type": "application/json"}
    answer = client.post("/api/v1/articles", content=content, headers=headers)
    (error,) = problem(answer, 422, "invalid")["errors"]
    assert error["pointer"] == f"/{field}"
    assert error["detail"].startswith(f"{field}: ")
    assert said in error["detail"]


@pytest.mark.parametrize("published", ["0001-01-01", "9999", "1899-12-31/1900", "2101"])
def test_a_date_of_publication_that_is_a_slip_is_refused(
    client: httpx.Client, published: str
) -> None:
    """No article is as old, and none as young."""
    found = problem(post(client, **GOOD, published_at=published), 422, "invalid")
    assert "within 1900 to 2100" in found["detail"]


@pytest.mark.parametrize("name", WRONG_TEXTS)
def test_a_text_that_cannot_be_an_article_is_a_problem(
    client: httpx.Client, name: str
) -> None:
    """The reason is that of the command line."""
    text, language, status, slug = WRONG_TEXTS[name]
    problem(post(client, text=text, language=language), status, slug)


@pytest.mark.parametrize("digits", [101, 5_000])
def test_a_number_of_very_many_digits_is_out_of_bounds(
    client: httpx.Client, digits: int
) -> None:
    """How it is read is none of the sender's business, and it is not repeated."""
    content = b'{"by":"Ada","decision":{},"expected_seq":-' + b"1" * digits + b"}"
    headers = {"Content-Type": "application/json"}
    answer = client.post("/api/v1/decisions", content=content, headers=headers)
    assert problem(answer, 400, "bad-request")["detail"] == (
        f"a number of {digits} digits is out of bounds: send one of at most 100"
    )


@pytest.mark.parametrize("said", ["text/plain", "application/xml", "text/json", ""])
def test_another_media_type_is_refused(client: httpx.Client, said: str) -> None:
    """415, whatever the bytes are."""
    content = json.dumps(GOOD)
    headers = {"Content-Type": said}
    answer = client.post("/api/v1/articles", content=content, headers=headers)
    problem(answer, 415, "unsupported-media-type")


@pytest.mark.parametrize(
    ("header", "value", "said"),
    [
        ("Content-Encoding", "gzip", "send it uncompressed"),
        ("Content-Encoding", "br", "send it uncompressed"),
        ("Content-Type", "application/json; charset=windows-1252", "send UTF-8"),
        ("Content-Type", "application/json;charset=UTF-16", "send UTF-8"),
    ],
)
def test_a_coding_that_is_not_read_is_told(
    client: httpx.Client, header: str, value: str, said: str
) -> None:
    """415: bytes in another charset, or compressed, are not taken for what they are not."""
    headers = {"Content-Type": "application/json", header: value}
    content = json.dumps(GOOD)
    answer = client.post("/api/v1/articles", content=content, headers=headers)
    assert said in problem(answer, 415, "unsupported-media-type")["detail"]


@pytest.mark.parametrize(
    "said", ["application/json; charset=utf-8", "Application/JSON"]
)
def test_json_is_read_however_its_type_is_written(
    client: httpx.Client, said: str
) -> None:
    """UTF-8 may be named; then the fields are looked at."""
    headers = {"Content-Type": said, "Content-Encoding": "identity"}
    answer = client.post("/api/v1/articles", content=b"{}", headers=headers)
    problem(answer, 422, "invalid")


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
