"""Every page as a reader meets it, without scripts; articles and statements."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.api.html import page, visit
from tests.api.support import TOPIC, Site

pytestmark = pytest.mark.slow


def pages(site: Site) -> list[str]:
    """Return the addresses of a page of each kind."""
    found = site.statement()
    return [
        "/",
        f"/topics/{TOPIC}",
        "/topics/unfiled",
        f"/statements/{found.statement}",
        f"/articles/{found.article.captured.article}",
        "/problems/invalid",
        "/docs",
    ]


def test_every_page_is_built_for_all_readers(site: Site) -> None:
    """Language, title, one h1, landmarks, a skip link that works, ids only once."""
    titles = set()
    for path in pages(site):
        found = visit(site.client, path)
        assert found.one("html").attributes["lang"] == "en"
        assert found.one("head").one("title").words.endswith("– onrecord")
        titles.add(found.one("head").one("title").words)
        assert found.one("h1").words
        for landmark in ("header", "main"):
            assert len(found.one("body").all(landmark)) == 1, path
        skip = found.one("a", class_="skip").attributes["href"]
        assert found.one("main").attributes["id"] == skip.removeprefix("#")
        ids = [e.attributes["id"] for e in found.all() if "id" in e.attributes]
        assert len(ids) == len(set(ids))
        for element in found.all():
            for named in element.attributes.get("aria-labelledby", "").split():
                assert named in ids
    assert len(titles) == len(pages(site))


def test_no_page_loads_or_runs_anything_that_is_not_ours(site: Site) -> None:
    """No address of another host, no inline script or style, no handler."""
    for path in pages(site):
        found = visit(site.client, path)
        for element in found.all():
            assert not any(name.startswith("on") for name in element.attributes)
            assert "style" not in element.attributes
            assert element.name not in {"style", "iframe", "object", "embed", "base"}
            for name in ("src", "href", "action", "poster", "data"):
                address = element.attributes.get(name, "")
                assert urlsplit(address).netloc == urlsplit(address).scheme == ""
            if element.name == "script":
                assert element.attributes["src"].startswith("/")
                assert element.text == ""


def test_every_link_of_ours_is_answered(site: Site) -> None:
    """No page leads nowhere, and what a fragment names is there."""
    for path in pages(site):
        here = visit(site.client, path)
        for link in [*here.all("a"), *here.all("link"), *here.all("script")]:
            address = urlsplit(link.attributes.get("href") or link.attributes["src"])
            if not address.path:
                continue
            answer = site.client.get(address._replace(fragment="").geturl())
            assert answer.status_code == 200, f"{path}: {address.geturl()}"
            if address.fragment:
                assert page(answer.text).all(id=address.fragment)


def test_styles_load_nothing_from_elsewhere(site: Site) -> None:
    """No @import, and url() only of data."""
    for path in (
        "/static/onrecord.css",
        "/static/docs.css",
        "/docs/static/swagger-ui.css",
    ):
        style = site.client.get(path).text
        assert "@import" not in style
        for part in style.split("url(")[1:]:
            assert part.lstrip("\"'").startswith("data:")


def test_the_words_are_marked_in_their_source(site: Site) -> None:
    """Without its tags the context is the text, and the marks are the exact words."""
    for number in range(6):
        found = site.statement(number)
        text = visit(site.client, f"/statements/{found.statement}")
        source = text.one("div", class_="source-text")
        assert found.context is not None
        assert source.text == found.context.words
        content = found.filed[0].live.statement.attribution.content
        marked = [each.text for each in source.all("mark", class_="content")]
        assert marked == [part.words for part in content]
        assert (source.attributes["lang"], source.attributes["dir"]) == ("fr", "auto")


def test_an_article_is_its_text_with_every_statement_marked(site: Site) -> None:
    """Without tags it is the captured text; each mark leads to its statement."""
    found = site.statement()
    captured = found.article.captured
    article = visit(site.client, f"/articles/{captured.article}")
    source = article.one("div", class_="source-text")
    _, text = site.services.statements.article(captured.article)
    assert source.text == text
    linked = {link.attributes["href"].rpartition("/")[2] for link in source.all("a")}
    assert linked == set(captured.statements)
    assert "between 3 and 6 September 2025" in article.one("main").words
