"""The page of a topic: statements, positions, the form, an empty one."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from api.services import Services
from domain.model.ids import article_stream, topic_stream
from tests.api.html import Element, visit
from tests.api.support import TOPIC, Site
from tests.support.desk import captured
from tests.support.facts import TOPIC as INVENTED
from tests.support.facts import (
    article_of,
    attributed,
    opened,
    posed,
    reading,
    statement_of,
)
from tests.support.stores import append

pytestmark = pytest.mark.slow


def entries(page: Element, part: str) -> list[Element]:
    """Return a part of each entry in the list of positions."""
    lines = page.all("ol", class_="line")
    return [each for line in lines for each in line.all("span", class_=part)]


def test_a_topic_shows_statements_in_order_with_who_when_and_where(site: Site) -> None:
    """Speaker, an uncertain date in words, addressee, medium, occasion, exact words."""
    topic = visit(site.client, f"/topics/{TOPIC}")
    cards = topic.all("article", class_="card")
    statements = site.data(f"/topics/{TOPIC}/statements")
    assert [c.attributes["id"] for c in cards] == [f"st-{s['id']}" for s in statements]
    for card, statement in zip(cards, statements, strict=True):
        assert statement["speaker"]["name"] in card.words
        assert "between 3 and 6 September 2025" in card.one(class_="uncertain").words
        quote = card.one("blockquote")
        assert quote.words == statement["words"]
        assert quote.attributes["lang"] == statement["language"]
        assert quote.attributes["dir"] == "auto"
        kind = "q" if statement["kind"] != "indirect" else "span"
        assert quote.all(kind, dir="auto")
    assert "to aux journalistes" in cards[2].words
    guarantees = visit(site.client, "/topics/ukraine-security-guarantees").words
    assert "through RIA Novosti" in guarantees
    assert "on the occasion" in guarantees


def test_a_topic_shows_each_position_with_its_label(site: Site) -> None:
    """As many as the API gives; stance in words, not by colour alone."""
    topic = visit(site.client, f"/topics/{TOPIC}")
    positions = site.data(f"/topics/{TOPIC}/timeline")["positions"]
    chips = entries(topic, "chip")
    assert len(chips) == len(positions) == 5
    assert {"−3 Categorically no", "+1 Possibly yes"} <= {chip.words for chip in chips}
    assert {e.words for e in entries(topic, "label")} == {"stated"}


def test_the_form_of_a_topic_works_by_its_address(site: Site) -> None:
    """Sent as it stands it changes nothing; filled in it shows what was asked for."""
    path = f"/topics/{TOPIC}"
    form = visit(site.client, path).one("form")
    assert (form.attributes["method"], form.attributes["action"]) == ("get", path)
    sent = {
        e.attributes["name"]: "" for e in form.all("input")[:2] + form.all("select")
    }
    untouched = visit(site.client, f"{path}?{urlencode(sent)}")
    assert len(entries(untouched, "chip")) == 5
    asked = sent | {
        "question": "new-talks-planned",
        "holder": "kremlin",
        "as_of": "2025",
    }
    filled = visit(site.client, f"{path}?{urlencode(asked)}")
    assert len(entries(filled, "chip")) == 1
    chosen = [
        each.attributes["value"]
        for each in filled.all("option")
        if "selected" in each.attributes
    ]
    assert chosen == ["kremlin", "new-talks-planned"]
    assert "as of 31 December 2025" in filled.words
    json = next(a for a in filled.all("a") if "as JSON" in a.words)
    known = parse_qs(urlsplit(json.attributes["href"]).query)
    assert known["question"] == ["new-talks-planned"]


def test_an_empty_topic_says_what_to_do(bare_client: httpx.Client) -> None:
    """Nothing on record yet: the page tells how to put something there."""
    topic = visit(bare_client, f"/topics/{TOPIC}")
    assert "Nothing is on record here yet." in topic.words
    assert "onrecord ingest article.txt" in topic.words


def test_a_change_of_position_is_shown_in_words(
    bare: Services, bare_client: httpx.Client
) -> None:
    """Certain dates are not hedged; a reversal is called one."""
    said = (
        attributed(1, "2031-02-01", reading(3)),
        attributed(2, "2031-05-09", reading(-3)),
    )
    append(bare.log, topic_stream(INVENTED), opened(), posed(), *said)
    bare.follower.catch_up()
    topic = visit(bare_client, f"/topics/{INVENTED}")
    labels = [each.words for each in entries(topic, "label")]
    assert labels == ["stated", "reversed"]
    assert "on 9 May 2031" in topic.words
    assert not topic.all(class_="uncertain")
    assert "Invented, for demonstration" in topic.words
    changed = visit(bare_client, f"/topics/{INVENTED}?changed_only=true")
    assert len(entries(changed, "chip")) == 1


def test_every_page_of_what_was_invented_says_so(
    bare: Services, bare_client: httpx.Client, site: Site
) -> None:
    """Nobody who comes by a link takes it for the record; what is real is not marked."""
    told = opened(), posed(), attributed(1, "2031-02-01", reading(3))
    append(bare.log, article_stream(article_of(1)), captured(1, "2031-02-20"))
    append(bare.log, topic_stream(INVENTED), *told)
    bare.follower.catch_up()
    invented, pages = f"/topics/{INVENTED}", ("", "/revisions", "/diff")
    said = (f"/statements/{statement_of(1)}", f"/articles/{article_of(1)}")
    for path in (*(invented + page for page in pages), *said):
        assert "Invented, for demonstration" in visit(bare_client, path).words, path
    real = site.data(f"/topics/{TOPIC}/statements")[0]
    said = (f"/statements/{real['id']}", f"/articles/{real['article']}")
    for path in (*(f"/topics/{TOPIC}{page}" for page in pages), *said):
        assert "Invented" not in visit(site.client, path).words, path


def test_a_topic_shows_at_a_glance_where_each_holder_stands(
    bare: Services, bare_client: httpx.Client
) -> None:
    """The last value, with its conditions, its label and days, leading to its entry."""
    said = (
        attributed(1, "2031-02-01", reading(3)),
        attributed(2, "2031-05-09", reading(-3, conditions=["toll-first"])),
        attributed(3, "2031-04-01", reading(1, holder="tarek-mool")),
    )
    append(bare.log, topic_stream(INVENTED), opened(), posed(), *said)
    bare.follower.catch_up()
    page = visit(bare_client, f"/topics/{INVENTED}")
    stand = page.one("section", class_="latest")
    assert stand.one("h2").words == "Where they stand"
    assert [each.words for each in stand.all("li")] == [
        "tarek-mool +1 Possibly yes stated 1 April 2031",
        (
            "vesna-orlin −3 Categorically no reversed on the condition “toll-first” "
            "9 May 2031"
        ),
    ]
    for link in stand.all("a"):
        assert len(page.all("li", id=link.attributes["href"][1:])) == 1
    page = visit(bare_client, f"/topics/{INVENTED}?as_of=2031-03")
    assert page.one(class_="lede").words.startswith(
        "1 statement, 1 position, no change on record. Shown as of 31 March 2031."
    )
    past = page.one(class_="latest")
    assert past.one("h2").words == "Where they stood"
    assert [each.words for each in past.all("li")] == [
        "vesna-orlin +3 Categorically yes stated 1 February 2031"
    ]
    changed = visit(bare_client, f"/topics/{INVENTED}?changed_only=true")
    assert not changed.all(class_="latest")
