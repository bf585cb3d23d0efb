"""The pages of revisions and differences: forms, words in two languages, hostile text."""

from __future__ import annotations

from urllib.parse import urlencode

import httpx
import pytest

from api.pages.history_words import TEXTS
from api.services import Services
from domain.events.codec import decode
from domain.model.ids import topic_stream
from domain.model.span import Excerpt
from domain.positions.differences import Aspect
from domain.positions.timeline import Reason
from tests.api.html import visit
from tests.support.facts import (
    TOPIC,
    attributed,
    opened,
    posed,
    reading,
    statement_of,
    withdrawn,
)
from tests.support.stores import append

pytestmark = pytest.mark.slow

STREAM = topic_stream(TOPIC)
HERE = f"/topics/{TOPIC}"
HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} {seq} \u202eabc"


@pytest.fixture
def client(bare: Services, bare_client: httpx.Client) -> httpx.Client:
    """Return a client of a topic whose late article is withdrawn; its words are hostile."""
    log = bare.log
    append(log, STREAM, opened(), posed())
    append(log, STREAM, attributed(1, "2031-03-01", reading(-3)))
    late = attributed(2, "2031-02-01", reading(3))
    content = (Excerpt(start=0, end=len(HOSTILE), words=HOSTILE),)
    told = late.attribution.model_copy(update={"content": content})
    append(log, STREAM, late.model_copy(update={"attribution": told}))
    append(log, STREAM, attributed(3, "2031-05-01", reading(-3)))
    last = decode(log.read_stream(STREAM)[-2])
    undone = withdrawn(last).model_copy(update={"reason": HOSTILE})
    append(log, STREAM, undone)
    bare.follower.catch_up()
    return bare_client


def test_at_first_only_revised_labels_are_shown(client: httpx.Client) -> None:
    """The form shows everything too; each statement stands there with its sentences."""
    page = visit(client, f"{HERE}/revisions?lang=en")
    cards = page.all("div", class_="card")
    assert len(cards) == 2
    revised = next(each for each in cards if "reversed" in each.words)
    assert len(revised.all("li")) == 3
    assert "since the withdrawal of another statement" in revised.words
    form = page.one("form")
    assert (form.attributes["method"], form.attributes["action"]) == (
        "get",
        f"{HERE}/revisions",
    )
    every = visit(client, f"{HERE}/revisions?{urlencode({'changed_only': 'false'})}")
    assert len(every.all("div", class_="card")) == 3


def test_a_withdrawn_statement_is_shown_without_a_link(client: httpx.Client) -> None:
    """Its page is gone, and no link leads to nothing."""
    for path in ("/revisions", "/diff"):
        page = visit(client, f"{HERE}{path}")
        assert "withdrawn from the record" in page.words
        linked = {a.attributes["href"].rpartition("/")[2] for a in page.all("a")}
        assert statement_of(2) not in linked


@pytest.mark.parametrize("path", ["/revisions?changed_only=false", "/diff"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_hostile_words_and_reasons_are_shown_literally(
    client: httpx.Client, path: str, language: str
) -> None:
    """No element comes of them, no format and no template sees them."""
    joined = "&" if "?" in path else "?"
    page = visit(client, f"{HERE}{path}{joined}lang={language}")
    assert not page.all("script")
    assert "<script>alert(1)</script> {{ 7 * 7 }} {seq}" in page.words
    assert "\u202e" not in page.words


def test_a_difference_is_shown_of_what_was_changed_last(client: httpx.Client) -> None:
    """Without parameters; the forms stand filled in and give the same when they are sent."""
    page = visit(client, f"{HERE}/diff?lang=en")
    assert "Positions gone" in page.words
    assert "Positions changed" in page.words
    known, spoken = page.all("form")
    sent = {e.attributes["name"]: e.attributes["value"] for e in known.all("input")}
    again = visit(client, f"{HERE}/diff?{urlencode(sent)}")
    assert again.one("main").words == page.one("main").words
    sent = {e.attributes["name"]: e.attributes["value"] for e in spoken.all("input")}
    days = visit(client, f"{HERE}/diff?{urlencode(sent)}")
    assert "1 March 2031" in days.words
    assert "Positions added" in days.words


def test_both_pages_are_there_in_french(client: httpx.Client) -> None:
    """Their own words, the sentences, labels and days; marked as French."""
    revisions = visit(client, f"{HERE}/revisions?lang=fr")
    assert "Comment les étiquettes ont été révisées" in revisions.words
    assert "on lisait ici : déclaré" in revisions.words
    diff = visit(client, f"{HERE}/diff?lang=fr")
    assert "Positions disparues" in diff.words
    assert "1er mars 2031" in diff.words
    assert "étiquette" in diff.words
    for page in (revisions, diff):
        assert page.one("main").all("div", lang="fr")
    russian = visit(client, f"{HERE}/diff?lang=ru")
    assert "Positions gone" in russian.words


def test_a_topic_without_positions_has_both_pages(bare_client: httpx.Client) -> None:
    """Nothing was revised, nothing differs; the topic leads to both."""
    topic = "/topics/putin-trump-talks"
    links = {a.attributes["href"] for a in visit(bare_client, topic).all("a")}
    assert f"{topic}/revisions?lang=en" in links
    assert f"{topic}/diff?lang=en" in links
    assert "No label was revised" in visit(bare_client, f"{topic}/revisions").words
    assert "Nothing differs." in visit(bare_client, f"{topic}/diff").words


def test_no_word_is_missing_in_either_language() -> None:
    """What English says, French says; aspects and reasons have their words."""
    assert set(TEXTS["en"]) == set(TEXTS["fr"])
    assert {each.value for each in (*Aspect, *Reason)} <= set(TEXTS["en"])
