"""The description of the API says what the API does."""

from __future__ import annotations

from typing import Any

import pytest

from api.http import create_app
from tests.api.support import Site

pytestmark = pytest.mark.slow

PROBLEM = "application/problem+json"


@pytest.fixture
def described(site: Site) -> Any:
    """Return the description, as it is served."""
    answer = site.client.get("/api/v1/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def operations(described: Any) -> dict[tuple[str, str], Any]:
    """Return all operations by method and path."""
    return {
        (method.upper(), path): operation
        for path, item in described["paths"].items()
        for method, operation in item.items()
    }


def test_it_is_openapi_3_1_of_this_version(site: Site, described: Any) -> None:
    """Generators can be pointed at it."""
    assert described["openapi"].startswith("3.1.")
    assert described["info"]["title"] == "onrecord"
    assert described["info"]["version"] == site.services.version


def test_every_route_of_the_api_is_described(site: Site, described: Any) -> None:
    """Each path and method is there, with a summary and a name of its own."""
    app = create_app(site.services)
    served = {
        (method, route.path_format)
        for route in app.routes
        for method in getattr(route, "methods", ())
        if route.path.startswith(("/api/", "/health/", "/version", "/metrics"))
        and method != "OPTIONS"
        and route.path != "/api/v1/openapi.json"
    }
    found = operations(described)
    assert set(found) == served
    names = [each["operationId"] for each in found.values()]
    assert len(names) == len(set(names))
    assert "get_timeline" in names
    assert all(each["summary"] and each["description"] for each in found.values())


def test_every_error_is_described_as_a_problem(described: Any) -> None:
    """All but the report of readiness, which is a report whatever its status."""
    for key, operation in operations(described).items():
        errors = {s: r for s, r in operation["responses"].items() if s >= "400"}
        assert "400" in errors, key
        for status, response in errors.items():
            if (key[1], status) == ("/health/ready", "503"):
                continue
            assert list(response["content"]) == [PROBLEM], (key, status)
            schema = response["content"][PROBLEM]["schema"]
            assert schema == {"$ref": "#/components/schemas/Problem"}


def test_the_statuses_of_handing_in_an_article_are_all_described(
    described: Any,
) -> None:
    """New, unchanged, and each way to be refused."""
    posted = operations(described)["POST", "/api/v1/articles"]
    statuses = {"200", "201", "400", "409", "413", "415", "422", "503"}
    assert set(posted["responses"]) == statuses
    assert list(posted["requestBody"]["content"]) == ["application/json"]
    body = described["components"]["schemas"]["ArticleIn"]
    assert body["required"] == ["text"]


def test_the_parameters_of_a_timeline_are_described(described: Any) -> None:
    """Each with what it means; exactly those that the route knows."""
    timeline = operations(described)["GET", "/api/v1/topics/{topic}/timeline"]
    queries = {p["name"]: p for p in timeline["parameters"] if p["in"] == "query"}
    known = {"as_of", "known_at", "holder", "question", "lang", "changed_only"}
    assert set(queries) == known
    assert all(each["description"] for each in queries.values())


def test_what_is_served_has_the_described_shape(site: Site, described: Any) -> None:
    """The fields of each answer are those of its schema."""
    schemas = described["components"]["schemas"]
    found = operations(described)
    for path in (each for each in site.reading().values() if each.startswith("/api")):
        if path == "/api/v1/openapi.json":
            continue
        answer = site.client.get(path).json()
        bare = path.partition("?")[0]
        template = next(t for m, t in found if m == "GET" and _matches(t, bare))
        content = found["GET", template]["responses"]["200"]["content"]
        name = content["application/json"]["schema"]["$ref"].rpartition("/")[2]
        assert set(answer) == set(schemas[name]["properties"]), path
        data = schemas[name]["properties"]["data"]
        first = answer["data"]
        if not first:
            continue  # an empty list, whose members another test looks at
        if "$ref" not in data:
            data, first = data["items"], first[0]
        shape = schemas[data["$ref"].rpartition("/")[2]]
        assert set(first) == set(shape["properties"]), path


def _matches(template: str, path: str) -> bool:
    parts, actual = template.split("/"), path.split("/")
    return len(parts) == len(actual) and all(
        one == two or one.startswith("{")
        for one, two in zip(parts, actual, strict=True)
    )


def test_its_page_starts_offline(site: Site) -> None:
    """The scripts it names are served from here; without scripts it says where to look."""
    page = site.client.get("/docs").text
    assert '<script src="/docs/static/swagger-ui-bundle.js"></script>' in page
    assert "validatorUrl: null" in site.client.get("/static/docs.js").text
    assert '<a href="/api/v1/openapi.json">' in page.partition("<noscript>")[2]
