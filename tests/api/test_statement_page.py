"""The page of a statement: what it is evidence for, in each language; long words folded."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from api.pages.words import instant
from api.services import Services
from api.visible import CUT, shortened
from domain.events.topic import QuestionWithdrawn, StatementAttributed
from domain.model.commitment import Act
from domain.model.ids import (
    AgentId,
    TopicId,
    agent_stream,
    article_stream,
    topic_stream,
)
from domain.model.span import Excerpt
from tests.api.html import visit
from tests.support.desk import PUBLISHED, captured, registered
from tests.support.facts import (
    HOLDER,
    QUESTION,
    TOPIC,
    article_of,
    attributed,
    opened,
    posed,
    reading,
    statement_of,
)
from tests.support.stores import append

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("api")]

HERE = f"/topics/{TOPIC}"
ALONE = f"/statements/{statement_of(3)}"
LONG = " ".join(f"word{number}" for number in range(200))


def long(event: StatementAttributed) -> StatementAttributed:
    """Return a recording with very long words."""
    content = (Excerpt(start=0, end=len(LONG), words=LONG),)
    told = event.attribution.model_copy(update={"content": content})
    return event.model_copy(update={"attribution": told})


@pytest.fixture
def client(bare: Services, bare_client: httpx.Client) -> httpx.Client:
    """Return a client of a topic with four statements, of which one is undated."""
    said = (
        attributed(1, "2031-02-01", reading(3, conditions=["toll-first"])),
        attributed(2, "2031-05-01", reading(0, act=Act.WITHDRAW)),
        long(attributed(3, "2031-06-01", reading(-2))),
        attributed(4, "2031", reading(-2)),
    )
    for number in range(1, 5):
        stream = article_stream(article_of(number))
        append(bare.log, stream, captured(number, PUBLISHED))
    append(bare.log, agent_stream(HOLDER), registered(HOLDER))
    append(bare.log, topic_stream(TOPIC), opened(), posed(), *said)
    bare.follower.catch_up()
    return bare_client


def test_a_statement_tells_what_it_is_evidence_for(client: httpx.Client) -> None:
    """Question, holder, value, label and days of each position."""
    page = visit(client, f"/statements/{statement_of(1)}")
    (position,) = page.one(id="evidence-of").all("div", class_="position")
    assert position.one(class_="holder").words == "vesna-orlin"
    assert position.one(class_="chip").words == "+3 Categorically yes"
    assert position.one(class_="label").words == "stated"
    for told in (
        "open-the-harbour?",
        "on the condition “toll-first”",
        "1 February 2031",
    ):
        assert told in position.words, told
    again = visit(client, f"/statements/{statement_of(3)}")
    assert again.one(class_="label").words == "stated again"


def test_whose_view_it_is_is_told_though_its_question_was_taken_back(
    bare: Services, client: httpx.Client
) -> None:
    """The holder of what was said stays who he is, whatever is asked."""
    own = reading(2).model_copy(update={"holder": "self"})
    append(bare.log, article_stream(article_of(5)), captured(5, PUBLISHED))
    gone = QuestionWithdrawn(topic=TOPIC, question=QUESTION, reason="asked twice")
    append(bare.log, topic_stream(TOPIC), attributed(5, "2031-07-01", own), gone)
    bare.follower.catch_up()
    told = client.get(f"/api/v1/statements/{statement_of(5)}").json()
    (says,) = told["data"]["filed"][0]["readings"]
    assert (says["question"], says["holder"]["id"]) == (None, HOLDER)
    assert says["taken_back"]["id"] == QUESTION


@pytest.mark.parametrize(
    ("lang", "reads", "beside"),
    [
        (
            "en",
            "A question that was taken back: open-the-harbour?",
            "the question that it answers was taken back (open-the-harbour?)",
        ),
        (
            "fr",
            "Une question retirée depuis : open-the-harbour?",
            "la question à laquelle elle répond a été retirée (open-the-harbour?)",
        ),
    ],
)
def test_a_question_that_was_taken_back_is_told_with_its_words(
    bare: Services, client: httpx.Client, lang: str, reads: str, beside: str
) -> None:
    """It is no question of the topic any more; what was answered stays to be read."""
    gone = QuestionWithdrawn(topic=TOPIC, question=QUESTION, reason="asked twice")
    append(bare.log, topic_stream(TOPIC), gone)
    bare.follower.catch_up()
    page = visit(client, f"/statements/{statement_of(1)}?lang={lang}")
    assert reads in page.one(class_="readings").words
    assert beside in page.one(id="evidence-of").words
    timeline = visit(client, f"{HERE}?lang={lang}")
    assert beside in timeline.one(class_="asides").words


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "(judged to be one with w-orlin)"),
        ("fr", "(qui ne fait qu'un, par décision, avec w-orlin)"),
    ],
)
def test_a_holder_who_stands_for_another_is_told_to_do_so(
    bare: Services, client: httpx.Client, lang: str, told: str
) -> None:
    """Where the evidence names the other: in timelines, on its page, in what differs."""
    other = AgentId("w-orlin")
    append(bare.log, agent_stream(other), registered(other))
    append(bare.log, article_stream(article_of(5)), captured(5, PUBLISHED))
    own = reading(1, holder=other)
    append(bare.log, topic_stream(TOPIC), attributed(5, "2031-07-01", own))
    judged = {"first": HOLDER, "second": other, "verdict": "positive"}
    body = {
        "by": "Ines Varga",
        "decision": {"do": "alias", "reason": "one signature", **judged},
    }
    before = bare.log.head()
    assert client.post("/api/v1/decisions", json=body).status_code == 201
    page = visit(client, f"/statements/{statement_of(5)}?lang={lang}")
    assert page.one(id="evidence-of").words.count(told) == 1
    assert f"vesna-orlin {told}" in page.one(class_="readings").words
    assert told not in visit(client, f"/statements/{statement_of(1)}?lang={lang}").words
    timeline = visit(client, f"{HERE}?lang={lang}")
    noted = [p for p in timeline.all(class_="who") if told in p.words]
    assert [p.words.startswith(f"vesna-orlin {told}") for p in noted] == [True]
    states = f"from_known_at={before}&to_known_at={before + 1}"
    differs = visit(client, f"{HERE}/diff?{states}&lang={lang}")
    assert differs.one("main").words.count(told) == 1


def test_it_leads_to_the_entry_in_the_timeline_and_to_its_revisions(
    client: httpx.Client,
) -> None:
    """The entry is there, and the page of revisions shows this statement alone."""
    page = visit(client, f"/statements/{statement_of(2)}?lang=fr")
    links = [a.attributes["href"] for a in page.one(class_="position").all("a")]
    entry, same, revisions = (urlsplit(each) for each in links)
    assert entry == same
    assert (entry.path, entry.query) == (HERE, "lang=fr")
    timeline = visit(client, f"{entry.path}?{entry.query}")
    assert "rétracté" in timeline.one(id=entry.fragment).words
    assert parse_qs(revisions.query)["statement"] == [statement_of(2)]
    shown = visit(client, f"{revisions.path}?{revisions.query}")
    assert len(shown.all(class_="card")) == 1
    assert "l'étiquette est : rétracté (propos rétractés)" in shown.words


def test_a_statement_beside_the_line_says_why(client: httpx.Client) -> None:
    """It is evidence for no position."""
    page = visit(client, f"/statements/{statement_of(4)}")
    told = page.one(id="evidence-of").words
    assert "It is evidence for no position." in told
    assert "its date is wider than a week" in told


@pytest.mark.parametrize(
    "path",
    [f"/statements/{statement_of(3)}", HERE, f"{HERE}/revisions", f"{HERE}/diff"],
)
def test_long_words_are_folded_and_whole_inside(
    client: httpx.Client, path: str
) -> None:
    """Their beginning is seen, up to a word; the fold says how many characters there are."""
    page = visit(client, f"{path}?changed_only=false" if "rev" in path else path)
    if path == ALONE:
        assert page.one("h1").one("q").text == shortened(LONG)
    for fold in page.all("details", class_="long"):
        *beginning, whole = fold.all("q")
        assert [each.text for each in beginning] == (
            [] if path == ALONE else [shortened(LONG)]
        )
        assert whole.text == LONG
        assert f"show all {len(LONG)} characters" in fold.one("summary").words
        assert not page.one("main").all("p", class_="long")
    assert page.all("details", class_="long")


def test_words_are_shortened_at_a_space() -> None:
    """At most 400 characters are shown of them; those not long stay as they are."""
    assert shortened("a" * 500) == "a" * 500
    beginning = shortened(LONG).removesuffix(CUT)
    assert 390 < len(beginning) <= 400
    assert LONG.startswith(f"{beginning} ")
    assert shortened("a" * 501) == "a" * 400 + CUT
    assert shortened(" " * 600) == " " * 400 + CUT


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/", "Sujets au registre"),
        (HERE, "Les positions dans le temps"),
        (f"/statements/{statement_of(1)}", "Ce qu'elle appuie"),
        (f"{HERE}/revisions", "Comment les étiquettes ont été révisées"),
        (f"{HERE}/diff", "Ce qui diffère"),
    ],
)
def test_every_page_is_there_in_french(
    client: httpx.Client, path: str, heading: str
) -> None:
    """By its address or by what the client likes; the masthead too; each leads to the other."""
    french = visit(client, f"{path}?lang=fr")
    assert french.one("html").attributes["lang"] == "fr"
    assert heading in french.words
    assert "Qui a dit quoi" in french.one("header").words
    (link,) = french.one("header").one("nav").all("a")
    assert (link.words, link.attributes["hreflang"]) == ("English", "en")
    english = visit(client, link.attributes["href"])
    assert english.one("html").attributes["lang"] == "en"
    (back,) = english.one("header").one("nav").all("a")
    assert visit(client, back.attributes["href"]).words == french.words
    liked = client.get(path, headers={"Accept": "text/html", "Accept-Language": "fr"})
    assert heading in liked.text.replace("&#39;", "'")


def test_the_other_language_shows_the_same_selection(client: httpx.Client) -> None:
    """What else the address selects is kept, whatever it holds."""
    page = visit(client, f"{HERE}?as_of=2031-03&changed_only=true&lang=fr")
    (link,) = page.one("header").one("nav").all("a")
    address = urlsplit(link.attributes["href"])
    assert address.path == HERE
    assert parse_qs(address.query) == {
        "as_of": ["2031-03"],
        "changed_only": ["true"],
        "lang": ["en"],
    }


def test_links_of_a_page_keep_the_language_that_its_address_names(
    client: httpx.Client,
) -> None:
    """Who chose French stays in French, from page to page."""
    for path in ("/", HERE, f"/statements/{statement_of(1)}", f"{HERE}/diff"):
        main = visit(client, f"{path}?lang=fr").one("main")
        for link in main.all("a"):
            address = urlsplit(link.attributes["href"])
            if address.path.startswith(("/topics", "/statements")):
                assert "lang=fr" in address.query, link.attributes["href"]


def test_every_later_decision_is_listed_with_who_took_it_when_and_why(
    bare: Services, client: httpx.Client
) -> None:
    """As the API tells it; the other statement of a link is quoted, and leads to itself."""
    one, two = statement_of(1), statement_of(2)
    page = visit(client, f"/statements/{one}")
    assert not page.all(id="decided")
    why = {"reason": "asked the desk"}
    for do, about in (
        ("link", {"first": one, "second": two, "kind": "repeats"}),
        ("unlink", {"first": one, "second": two}),
        ("withdraw", {"statement": one}),
        ("reinstate", {"statement": one}),
    ):
        body = {"by": "Ines Varga", "decision": {"do": do, **about, **why}}
        assert client.post("/api/v1/decisions", json=body).status_code == 201
    found = client.get(f"/api/v1/statements/{one}").json()["data"]["decided"]
    assert [each["topic"]["id"] for each in found] == [TOPIC] * 4
    listed = visit(client, f"/statements/{one}").one(id="decided").all("li")
    names = ["link to", "end of its link", "withdrawal", "reinstatement"]
    for entry, each, name in zip(listed, found, names, strict=True):
        assert each["actor"] == "person Ines Varga"
        when = instant(datetime.fromisoformat(each["recorded_at"]))
        assert name in entry.words
        told = f", by Ines Varga on {when} (event {each['seq']}): asked the desk"
        assert told in entry.words
    (link,) = listed[0].all("a")
    assert link.attributes["href"] == f"/statements/{two}"
    assert not listed[2].all("a")
    french = visit(client, f"/statements/{one}?lang=fr").one(id="decided").words
    assert "Son retrait du registre, par Ines Varga le " in french


def test_a_decision_names_its_topic_where_there_are_several(
    bare: Services, client: httpx.Client
) -> None:
    """Of what is filed under two topics, and of what left one of them."""
    one, elsewhere = statement_of(1), "putin-trump-talks"
    filed = {"do": "file", "statement": one, "topic": elsewhere, "reason": "there too"}
    gone = {"do": "withdraw", "statement": one, "topic": TOPIC, "reason": "not here"}
    for decision in (filed, gone):
        body = {"by": "Ines Varga", "decision": decision}
        assert client.post("/api/v1/decisions", json=body).status_code == 201
    label = bare.timelines.topic(TopicId(elsewhere)).labels["en"]
    filing, withdrawal = visit(client, f"/statements/{one}").one(id="decided").all("li")
    assert "Its filing under this topic" in filing.words
    assert "The harbour treaty" in withdrawal.words
    assert label in filing.words
