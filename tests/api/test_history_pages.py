"""The pages of revisions and differences: forms, words in two languages, hostile text."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import httpx
import pytest

from api.services import Services
from domain.events.codec import decode
from domain.model.ids import topic_stream
from domain.model.span import Excerpt
from tests.api.html import Element, visit
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
    page = visit(client, f"{HERE}/revisions")
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
    chosen, spoken, by_hand = page.all("form")
    for form in (chosen, by_hand):
        again = visit(client, f"{HERE}/diff?{urlencode(sent(form))}")
        assert again.one("main").words == page.one("main").words
    days = visit(client, f"{HERE}/diff?{urlencode(sent(spoken))}")
    assert "1 March 2031" in days.words
    assert "Positions added" in days.words


def sent(form: Element) -> dict[str, str]:
    """Return what a form sends as it stands."""
    found = {e.attributes["name"]: e.attributes["value"] for e in form.all("input")}
    for select in form.all("select"):
        (chosen,) = (o for o in select.all("option") if "selected" in o.attributes)
        found[select.attributes["name"]] = chosen.attributes["value"]
    return found


def test_states_to_compare_are_told_by_what_happened(client: httpx.Client) -> None:
    """Before and after each of the last changes, and by the day on which was spoken."""
    page = visit(client, f"{HERE}/diff?lang=en")
    options = [each.words for each in page.one(id="days").all("option")]
    assert options[0] == "1 May 2031, vesna-orlin: reaffirmed"
    before, after = page.all("select")
    told = [each.words.partition(": ") for each in before.all("option")]
    assert {each[0] for each in told} == {"before"}
    assert ": withdrawal of “<script>alert(1)</script>" in told[0][2]
    assert "recording of “" in told[-1][2]
    assert "spoken on 1 March 2031" in told[-1][2]
    assert len(told) == 4
    assert ": withdrawal of “" in after.all("option")[0].words


def test_a_change_leads_to_what_it_changed(client: httpx.Client) -> None:
    """By a stable address, which the chosen states are shown for as well."""
    page = visit(client, f"{HERE}/diff?lang=fr")
    links = [each.attributes["href"] for each in page.one(class_="steps").all("a")]
    assert len(links) == 4
    assert all(each.endswith("&lang=fr") for each in links)
    first = visit(client, links[-1])
    assert "Positions ajoutées" in first.words
    chosen = sent(first.all("form")[0])
    assert urlsplit(links[-1]).query == urlencode(
        {name: chosen[name] for name in ("from_known_at", "to_known_at", "lang")}
    )


def test_a_state_that_is_not_offered_stays_chosen(client: httpx.Client) -> None:
    """What the address names is in the form, whatever it is."""
    asked = {"from_known_at": "2031-01-01T00:00:00Z", "to_known_at": "71"}
    page = visit(client, f"{HERE}/diff?{urlencode(asked)}")
    for form in (page.all("form")[0], page.all("form")[2]):
        assert sent(form) == asked


def test_both_pages_are_there_in_french(client: httpx.Client) -> None:
    """Their own words, the sentences, labels and days; marked as French."""
    revisions = visit(client, f"{HERE}/revisions?lang=fr")
    assert "Comment les étiquettes ont été révisées" in revisions.words
    assert "l'étiquette était : déclaré" in revisions.words
    diff = visit(client, f"{HERE}/diff?lang=fr")
    assert "Positions disparues" in diff.words
    assert "1er mars 2031" in diff.words
    assert "étiquette" in diff.words
    for page in (revisions, diff):
        assert page.one("html").attributes["lang"] == "fr"
    russian = visit(client, f"{HERE}/diff?lang=ru")
    assert "Positions gone" in russian.words


def test_a_topic_without_positions_has_both_pages(bare_client: httpx.Client) -> None:
    """Nothing was revised, nothing differs; the topic leads to both."""
    topic = "/topics/putin-trump-talks"
    links = {a.attributes["href"] for a in visit(bare_client, topic).all("a")}
    assert f"{topic}/revisions" in links
    assert f"{topic}/diff" in links
    assert "No label was revised" in visit(bare_client, f"{topic}/revisions").words
    assert "Nothing differs." in visit(bare_client, f"{topic}/diff").words
