"""Text that would be mark-up, script or a trick of direction is shown as text."""

from __future__ import annotations

import pytest

from api.pages.reader import ENGLISH
from api.pages.render import Standing, article_page, statement_page
from api.routes.records import in_context
from api.schemas import build, outer
from api.schemas.in_context import DecidedOut
from api.visible import shown
from tests.api.html import page
from tests.api.support import Site, invented, post

pytestmark = pytest.mark.slow

HOSTILE = (
    "<script>alert(1)</script>",
    "</div><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" \'',
    "&lt;b&gt; &amp;amp; {{ 7 * 7 }} {% raw %}",
    "javascript:alert(1)",
    "abc\u202edef\u2066ghi\u2069",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_shown_literally(site: Site, hostile: str) -> None:
    """In text, title, outlet and speaker's words: no element comes of it."""
    said = "Mira Solen a déclaré que le quai"
    text = invented() + f"{said} {hostile} restera fermé.\nFin {hostile}\n"
    told = {"title": f"Titre {hostile}", "outlet": f"Journal {hostile}"}
    answer = post(site.client, text=text, language="fr", **told)
    assert answer.status_code == 201, answer.text
    data = answer.json()["data"]
    paths = [f"/articles/{data['article']}", "/topics/unfiled"]
    paths += [f"/statements/{each}" for each in data["statements"]]
    for path in paths:
        found = page(site.client.get(path, headers={"Accept": "text/html"}).text)
        assert not found.all("script") + found.all("img")
        for element in found.all():
            assert not any(name.startswith("on") for name in element.attributes)
            assert not element.attributes.get("href", "").startswith("javascript")
    article = page(site.client.get(paths[0]).text)
    assert article.one("div", class_="source-text").text == shown(text)
    assert article.one("h1").text == shown(told["title"])
    assert shown(told["outlet"]) in article.one("main").text
    assert shown(told["title"]) in article.one("head").one("title").text


def test_a_url_that_breaks_out_of_its_attribute_is_shown_literally(site: Site) -> None:
    """Quotes and angle brackets stay inside the link."""
    url = 'https://gazette.example/"onclick="alert(1)\'<b>'
    answer = post(site.client, text=invented(), language="fr", url=url)
    article = page(
        site.client.get(f"/articles/{answer.json()['data']['article']}").text
    )
    link = next(a for a in article.all("a") if a.attributes.get("href") == url)
    assert link.attributes == {"href": url, "rel": "noopener nofollow"}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil"])
def test_an_address_that_is_not_of_the_web_is_no_link(site: Site, url: str) -> None:
    """Even if it came on record some other way, it is shown as text."""
    row, text = site.services.statements.article(
        site.statement().article.captured.article
    )
    article = build.article(row, text).model_copy(update={"url": url})
    found = page(article_page(ENGLISH, article, []).decode())
    assert url in found.one("main").text
    assert all(a.attributes.get("href") != url for a in found.all("a"))


def test_a_page_shows_what_nobody_sees_in_every_field(site: Site) -> None:
    """Controls and spaces without width, in a name, an actor or a label, are marks."""
    hidden = "\u200b\u202e\x07"
    row, _ = site.services.statements.article(site.statement().article.captured.article)
    article = build.article(row, None).model_copy(
        update=dict.fromkeys(("title", "outlet", "published_at_note"), f"A{hidden}b")
    )
    shown_page = article_page(ENGLISH, article, []).decode()
    assert not set(hidden) & set(shown_page)
    assert shown_page.count("A[U+200B][U+202E][U+0007]b") >= 4
    found = in_context(site.services, site.statement(), "en")
    first = found.filed[0]
    speaker = first.speaker.model_copy(update={"name": f"Mira{hidden}"})
    decided = DecidedOut(
        seq=9,
        event="e",
        name="statement-dated.v1",
        happening="date_decided",
        actor=f"Ada{hidden}",
        recorded_at=first.recorded_at,
        statements=(),
        agents=(),
        reason=hidden,
        told="what happened",
        topic=outer.Named(id=first.topic, label="here"),
    )
    filed = first.model_copy(update={"speaker": speaker})
    told = found.model_copy(update={"filed": (filed,), "decided": (decided,)})
    standing = Standing(first.topic, f"Topic{hidden}", found.positions, ())
    shown_page = statement_page(ENGLISH, told, [standing]).decode()
    assert not set(hidden) & set(shown_page)
    for name in ("Mira", "Ada", "Topic"):
        assert f"{name}[U+200B][U+202E][U+0007]" in shown_page
