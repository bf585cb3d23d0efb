"""Revisions, differences and proposals over HTTP, on an invented topic."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from api.services import Services
from domain.events.article import ArticleRevised
from domain.events.codec import decode
from domain.events.topic import StatementAttributed
from domain.model.ids import agent_stream, article_stream, topic_stream
from domain.model.span import Excerpt
from tests.api.support import problem
from tests.support.desk import captured, registered
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
    withdrawn,
)
from tests.support.stores import append

pytestmark = pytest.mark.slow

STREAM = topic_stream(TOPIC)
HERE = f"/api/v1/topics/{TOPIC}"
MARCH, FEBRUARY, APRIL = map(statement_of, (1, 2, 3))
WORDS = "Le port d'Orsk restera fermé jusqu'au 3 mai"


def said(number: int, day: str, commitment: int) -> StatementAttributed:
    """Return the recording of an invented statement, always in the same words."""
    told = attributed(number, day, reading(commitment))
    content = (Excerpt(start=0, end=len(WORDS), words=WORDS),)
    found = told.attribution.model_copy(update={"content": content})
    return told.model_copy(update={"attribution": found})


@pytest.fixture
def client(bare: Services, bare_client: httpx.Client) -> httpx.Client:
    """Return a client of a topic with a late article and a statement that was withdrawn."""
    log = bare.log
    append(log, agent_stream(HOLDER), registered(HOLDER))
    append(log, STREAM, opened(), posed())
    for told in (
        said(1, "2031-03-01", -3),
        said(2, "2031-02-01", 3),
        said(3, "2031-04-01", 1),
    ):
        append(log, STREAM, told)
    last = decode(log.read_stream(STREAM)[-1])
    append(log, STREAM, withdrawn(last))
    bare.follower.catch_up()
    return bare_client


def answered(client: httpx.Client, path: str, **asked: Any) -> Any:
    """Return the whole answer at an address of the topic."""
    answer = client.get(f"{HERE}{path}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_late_article_is_told_as_the_cause_of_a_revision(
    client: httpx.Client,
) -> None:
    """From which seq to which, what was read before, the event, and a sentence."""
    found = answered(client, "/revisions", statement=MARCH)["data"]
    first, second = found["revisions"]
    assert (first["now"]["label"], second["now"]["label"]) == ("stated", "reversed")
    assert second["before"] == first["now"]
    assert first["until"] == second["since"] == second["cause"]["seq"]
    assert (second["until"], second["ended_by"]) == (None, None)
    assert second["cause"]["name"] == "statement-attributed.v1"
    assert second["cause"]["statements"] == [FEBRUARY]
    assert second["cause"]["told"] == "the recording of another statement"
    assert "since the recording of another statement" in second["explanation"]
    assert {each["id"] for each in found["statements"]} == {MARCH, FEBRUARY}
    for seq, revision in ((first["since"], first), (second["since"], second)):
        then = answered(client, "/timeline", known_at=seq)["data"]["positions"]
        (position,) = (p for p in then if MARCH in p["evidence"])
        assert position["label"] == revision["now"]["label"]


def test_a_withdrawal_ends_a_revision_with_its_reason(client: httpx.Client) -> None:
    """What is withdrawn is told of, and said to be off the record."""
    found = answered(client, "/revisions", statement=APRIL, lang="fr")["data"]
    (gone,) = found["revisions"]
    assert gone["ended_by"]["reason"] == "wrong article"
    assert gone["until"] == gone["ended_by"]["seq"]
    assert "son retrait du registre" in gone["explanation"]
    assert [each["on_record"] for each in found["statements"]] == [False]


def test_revisions_are_selected_and_paged(client: httpx.Client) -> None:
    """Following ``next`` gives each once, by the event that caused it."""
    whole = answered(client, "/revisions")["data"]["revisions"]
    assert len(whole) == 4
    causes = [each["cause"]["seq"] for each in whole]
    assert causes == sorted(causes)
    assert answered(client, "/revisions", holder=HOLDER, question=QUESTION)["data"][
        "revisions"
    ] == (whole)
    changed = answered(client, "/revisions", changed_only="true")["data"]["revisions"]
    assert {each["statement"] for each in changed} == {MARCH, APRIL}
    paged: list[Any] = []
    path: str | None = f"{HERE}/revisions?limit=1&lang=fr"
    while path:
        page = client.get(path).json()
        assert len(page["data"]["revisions"]) == 1
        paged += page["data"]["revisions"]
        path = page["links"].get("next")
    assert [(e["statement"], e["since"]) for e in paged] == [
        (e["statement"], e["since"]) for e in whole
    ]


@pytest.mark.parametrize(
    "asked",
    [
        "/revisions?holder=nobody",
        "/revisions?question=never-posed",
        "/revisions?statement=st-none",
        "/diff?from_known_at=0&to_known_at=1",
    ],
)
def test_what_nobody_knew_is_not_found(client: httpx.Client, asked: str) -> None:
    """An id that was never on record, and a time before the topic was opened."""
    problem(client.get(f"{HERE}{asked}"), 404, "not-found")


def test_two_states_of_the_record_are_compared(client: httpx.Client) -> None:
    """Added, changed with its aspects, and links to both timelines."""
    since = answered(client, "/revisions", statement=MARCH)["data"]["revisions"][0]
    head = answered(client, "/timeline")["meta"]["seq"]
    asked = {"from_known_at": since["since"], "to_known_at": head}
    answer = answered(client, "/diff", **asked)
    found = answer["data"]
    assert [p["evidence"] for p in found["added"]] == [[FEBRUARY]]
    (changed,) = found["changed"]
    assert changed["aspects"] == ["label"]
    assert changed["before"]["label"] == "stated"
    assert changed["after"]["label"] == "reversed"
    assert (found["gone"], found["asides_added"], found["asides_gone"]) == ([], [], [])
    assert {each["id"] for each in found["statements"]} == {MARCH, FEBRUARY}
    assert found["before"]["known_at"] == since["since"]
    for address in answer["links"].values():
        assert client.get(address).status_code == 200, address
    turned = answered(client, "/diff", from_known_at=head, to_known_at=since["since"])
    assert turned["data"]["gone"] == found["added"]


def test_two_days_of_speaking_are_compared(client: httpx.Client) -> None:
    """What was said between them is added."""
    found = answered(client, "/diff", from_as_of="2031-02", to_as_of="2031-03")["data"]
    assert [p["evidence"] for p in found["added"]] == [[MARCH]]
    assert (found["before"]["as_of"], found["after"]["as_of"]) == (
        "2031-02-28",
        "2031-03-31",
    )
    assert (found["before"]["digest"], found["after"]["digest"]) == (None, None)


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "?from_known_at=3",
        "?to_as_of=2031",
        "?from_known_at=3&to_as_of=2031",
        "?from_known_at=3&to_known_at=4&from_as_of=2031",
        "?from_as_of=2031&to_as_of=",
    ],
)
def test_a_comparison_that_names_no_two_states_on_one_axis_is_refused(
    client: httpx.Client, asked: str
) -> None:
    """Missing or mixed: the answer says what to name."""
    found = problem(client.get(f"{HERE}/diff{asked}"), 400, "bad-request")
    assert (
        "from_known_at and to_known_at, or from_as_of and to_as_of" in found["detail"]
    )


def test_what_may_be_one_utterance_is_proposed(
    bare: Services, client: httpx.Client
) -> None:
    """The same words of the same day in two articles; at most so many pairs."""
    assert answered(client, "/proposals")["data"] == []
    append(bare.log, STREAM, said(4, "2031-03-01", -3), said(5, "2031-03-01", -3))
    bare.follower.catch_up()
    found = answered(client, "/proposals")["data"]
    assert len(found) == 3
    told = {"similarity": 1, "conflicts": [], "versions": False}
    assert found[0] == {
        **told,
        "first": found[0]["first"],
        "second": found[0]["second"],
    }
    assert answered(client, "/proposals", limit=1)["data"] == found[:1]
    problem(client.get("/api/v1/topics/nowhere/proposals"), 404, "not-found")


def test_what_a_corrected_article_says_again_is_proposed(
    bare: Services, client: httpx.Client
) -> None:
    """The days of two versions differ; the pair tells why it is proposed."""
    assert answered(client, "/proposals")["data"] == []
    version, url = article_of(1), "https://gull.example/port"
    fact = ArticleRevised(article=article_of(2), revision=version, url=url)
    append(bare.log, article_stream(article_of(2)), captured(2, None), fact)
    bare.follower.catch_up()
    (found,) = answered(client, "/proposals")["data"]
    assert {found["first"], found["second"]} == {MARCH, FEBRUARY}
    assert (found["versions"], found["conflicts"]) == (True, ["day", "polarity"])


def test_how_many_pairs_were_not_compared_is_told(
    bare: Services, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list that leaves pairs out does not pass for the whole, whatever is listed."""
    append(bare.log, STREAM, said(4, "2031-03-01", -3), said(5, "2031-03-01", -3))
    bare.follower.catch_up()
    assert answered(client, "/proposals")["meta"]["unread"] == 0
    monkeypatch.setattr("domain.positions.proposals.MOST", 1)
    again = answered(client, "/proposals", limit=1)
    assert again["meta"]["unread"] == bare.proposals.of_topic(TOPIC).unread > 0


def test_a_topic_leads_to_what_changed_on_record(client: httpx.Client) -> None:
    """Links of the topic and of its timeline are answered."""
    links = answered(client, "")["links"] | answered(client, "/timeline")["links"]
    assert {"revisions", "proposals"} <= set(links)
    for address in links.values():
        assert client.get(address).status_code == 200, address
