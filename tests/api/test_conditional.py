"""HEAD, tags and caching, unknown parameters, headers: on every route that is read."""

from __future__ import annotations

import httpx
import pytest
from litestar import Litestar

from api.http import create_app
from tests.api.conftest import Serve
from tests.api.support import TOPIC, Site, invented, post, problem

pytestmark = pytest.mark.slow

UNTAGGED = {"/health/live", "/health/ready", "/version"}
PAGE = {"Accept": "text/html"}


def routes(site: Site) -> dict[str, set[str]]:
    """Return the methods of every route of the application."""
    app: Litestar = create_app(site.services)
    return {str(route.path): set(route.methods) for route in app.routes}


def tag(site: Site, path: str, **headers: str) -> str:
    """Return the tag of an answer."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = site.client.get(path, headers=told)
    assert answer.status_code == 200, answer.text
    return answer.headers["etag"]


def test_the_list_of_read_routes_is_complete(site: Site) -> None:
    """Every route of the application, but those that write and the numbers of now."""
    read = {path for path, methods in routes(site).items() if "GET" in methods}
    assert read - {"/metrics"} == set(site.reading())


def test_head_is_get_without_the_body(site: Site) -> None:
    """Same status, same headers, the length of the body included, on every route."""
    for path in site.reading().values():
        got, head = site.client.get(path), site.client.head(path)
        assert (head.status_code, head.content) == (200, b""), path
        ignored = {"date", "x-request-id"}
        assert {k: v for k, v in head.headers.items() if k not in ignored} == {
            k: v for k, v in got.headers.items() if k not in ignored
        }, path


def test_what_the_client_has_is_not_sent_again(site: Site) -> None:
    """304 with the tag and without a body: for the tag, in a list, weak, and for *."""
    for path in set(site.reading().values()) - UNTAGGED:
        first = site.client.get(path)
        mine = first.headers["etag"]
        for sent in (mine, f'"other", {mine}', f"W/{mine}", "*"):
            answer = site.client.get(path, headers={"If-None-Match": sent})
            assert (answer.status_code, answer.content) == (304, b""), path
            for name in ("etag", "vary", "cache-control"):
                assert answer.headers[name] == first.headers[name]
        other = site.client.get(path, headers={"If-None-Match": '"other"'})
        assert (other.status_code, other.content) == (200, first.content)


def test_what_is_not_there_is_404_whatever_the_client_has(site: Site) -> None:
    """A tag, or *, does not make something of nothing."""
    for path in ("/api/v1/topics/none", "/api/v1/statements/none"):
        answer = site.client.get(path, headers={"If-None-Match": "*"})
        problem(answer, 404, "not-found")


def test_everything_must_be_asked_for_again(site: Site) -> None:
    """no-cache with a tag, no-store without; never immutable, never an age."""
    for path in site.reading().values():
        answer = site.client.get(path)
        said = "no-store" if path in UNTAGGED else "no-cache"
        assert answer.headers["cache-control"] == said, path
        if path not in UNTAGGED:
            assert answer.headers["vary"] == "Accept, Accept-Language"
    missing = site.client.get("/api/v1/topics/none")
    assert missing.headers["cache-control"] == "no-store"
    assert missing.headers["vary"] == "Accept, Accept-Language"


def test_two_addresses_never_share_a_tag(site: Site) -> None:
    """Nor do two selections, two languages or two media types of one thing."""
    timeline = f"/api/v1/topics/{TOPIC}/timeline"
    paths = set(site.reading().values()) - UNTAGGED
    queries = (
        "as_of=2025",
        "as_of=2026",
        f"known_at={site.services.log.head()}",
        "changed_only=true",
        "lang=fr",
    )
    tags = [tag(site, path) for path in paths]
    tags += [tag(site, f"{timeline}?{query}") for query in queries]
    tags += [tag(site, timeline, Accept_Language="fr")]
    tags += [tag(site, f"/topics/{TOPIC}", Accept_Language="ru", **PAGE)]
    assert len(tags) == len(set(tags))


def test_a_tag_changes_with_the_record(site: Site) -> None:
    """After a new article what is tagged by the state is to be fetched again."""
    path = f"/api/v1/topics/{TOPIC}/timeline"
    before = tag(site, path)
    assert tag(site, path) == before
    post(site.client, text=invented(), language="fr")
    assert tag(site, path) != before


def test_one_answer_does_not_depend_on_the_server_that_gives_it(
    site: Site, serve: Serve
) -> None:
    """Another process over the same store gives the same tag and the same bytes."""
    with serve() as other:
        for path in set(site.reading().values()) - UNTAGGED:
            one, two = site.client.get(path), other.get(path)
            assert one.headers["etag"] == two.headers["etag"]
            assert one.content == two.content


def test_a_tag_changes_with_the_version(site: Site, serve: Serve) -> None:
    """A newer onrecord may say the same record in another shape."""
    path = f"/topics/{TOPIC}"
    with serve(version="next") as newer:
        assert newer.get(path).headers["etag"] != tag(site, path)


def test_unknown_parameters_are_refused_everywhere(site: Site) -> None:
    """A misspelt name is an error on every route, with the known ones told."""
    for path in [*site.reading().values(), "/api/v1/articles"]:
        method = "POST" if path == "/api/v1/articles" else "GET"
        asked = f"{path}{'&' if '?' in path else '?'}surprise=1"
        answer = site.client.request(method, asked, json={})
        found = problem(answer, 400, "unknown-parameter")
        assert "'surprise' is not a parameter" in found["detail"], path


def test_every_answer_keeps_the_browser_in_bounds(site: Site) -> None:
    """Answers, errors, 304s and redirects carry the same security headers."""
    answers = [site.client.get(path) for path in site.reading().values()]
    answers += [
        site.client.get("/nowhere"),
        site.client.get("/nowhere", headers=PAGE),
        site.client.get("/api/v1/topics?surprise=1"),
        site.client.delete("/api/v1/topics"),
        site.client.options("/api/v1/topics"),
        site.client.post("/api/v1/articles", content=b"{"),
        site.client.get("/", headers={"If-None-Match": "*"}),
    ]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
        if answer.url.path != "/docs":
            assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert "server" not in answer.headers


def test_a_browser_gets_its_errors_as_pages(client: httpx.Client) -> None:
    """Outside the API, to who accepts HTML; the API always answers with data."""
    page = client.get("/topics/none", headers=PAGE)
    assert page.status_code == 404
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "no topic &#39;none&#39; on record" in page.text
    problem(client.get("/api/v1/topics/none", headers=PAGE), 404, "not-found")
