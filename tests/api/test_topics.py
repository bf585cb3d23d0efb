"""Topics, timelines and raw events over HTTP."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.support import TOPIC, TOPICS, Site

pytestmark = pytest.mark.slow

GOLDEN = Path(__file__).parents[1] / "golden" / "timelines"
TIMELINE = f"/topics/{TOPIC}/timeline"


def test_topics_are_listed_by_id_with_their_addresses(site: Site) -> None:
    """Each topic tells what is on record and is found at its link."""
    answer = site.client.get("/api/v1/topics").json()
    ids = [each["id"] for each in answer["data"]]
    assert ids == sorted(ids)
    assert set(TOPICS) <= set(ids)
    for topic in answer["data"]:
        alone = site.client.get(answer["links"][topic["id"]]).json()
        assert alone["data"] == topic


def test_the_links_of_a_topic_lead_somewhere(site: Site) -> None:
    """Every link of a topic and of its timeline is answered."""
    for path in (f"/api/v1/topics/{TOPIC}", f"/api/v1{TIMELINE}?as_of=2025"):
        links = site.client.get(path).json()["links"]
        assert links
        for address in links.values():
            assert site.client.get(address).status_code == 200, address


@pytest.mark.parametrize("topic", TOPICS)
def test_the_timeline_of_the_seed_is_the_reviewed_one(site: Site, topic: str) -> None:
    """Over HTTP too: the positions that a person has read, all first statements."""
    golden = json.loads((GOLDEN / f"{topic}.json").read_text(encoding="utf-8"))
    found = site.data(f"/topics/{topic}/timeline")
    words = {
        each["id"]: " […] ".join(part["words"] for part in each["content"])
        for each in found["statements"]
    }
    shown = [
        (p["question"]["id"], p["holder"]["id"], p["earliest"], p["latest"], p["label"])
        for p in found["positions"]
    ]
    assert shown == [
        (p["question"], p["holder"], p["from"], p["to"], p["label"]) for p in golden
    ]
    stances = [
        (p["value"], p["commitment"], p["conditions"]) for p in found["positions"]
    ]
    assert stances == [
        ("stance", p["value"]["commitment"], p["value"]["conditions"]) for p in golden
    ]
    said = [[words[each] for each in p["evidence"]] for p in found["positions"]]
    assert said == [p["evidence"] for p in golden]
    assert {p["label"] for p in found["positions"]} == {"stated"}


def test_as_of_leaves_out_what_cannot_have_been_spoken_by_then(site: Site) -> None:
    """The last day of an EDTF text counts: a day, a month, an interval."""
    assert site.data(TIMELINE, as_of="2025-09-02")["positions"] == []
    assert site.data(TIMELINE, as_of="2025-08")["statements"] == []
    for text in ("2025-09-03", "2025-09", "2025", "../2025-09-06", "2025-09-03~"):
        assert len(site.data(TIMELINE, as_of=text)["positions"]) == 5, text


def test_known_at_a_seq_is_the_record_as_it_stood(site: Site) -> None:
    """Within the transaction of an article there is nothing yet; where it ends, all."""
    whole = site.data(TIMELINE)
    first = min(each["seq"] for each in whole["statements"])
    assert site.data(TIMELINE, known_at=first - 1)["statements"] == []
    assert site.data(TIMELINE, known_at=first)["statements"] == []
    at = {"known_at": site.data(TIMELINE)["statements"][0]["recorded_at"]}
    assert site.data(TIMELINE, **at)["statements"] == whole["statements"]
    assert site.data(TIMELINE, known_at=_head(site))["positions"] == whole["positions"]


def test_known_at_an_instant_is_the_last_event_by_then(site: Site) -> None:
    """An instant is mapped to a seq, which the answer names."""
    statement = site.data(TIMELINE)["statements"][0]
    at = site.client.get(
        f"/api/v1{TIMELINE}", params={"known_at": statement["recorded_at"]}
    ).json()
    assert at["meta"]["known_at"] >= statement["seq"]
    by_seq = site.data(TIMELINE, known_at=at["meta"]["known_at"])
    assert by_seq == at["data"]
    early = site.client.get(
        f"/api/v1{TIMELINE}", params={"known_at": "2000-01-01T00:00:00Z"}
    )
    assert early.status_code == 404


def test_holder_and_question_select(site: Site) -> None:
    """Only positions of that holder on that question, and their evidence."""
    whole = site.data(TIMELINE)
    wanted = whole["positions"][0]["question"]["id"]
    found = site.data(TIMELINE, question=wanted, holder="kremlin")
    assert [p["question"]["id"] for p in found["positions"]] == [wanted]
    evidence = {each for p in found["positions"] for each in p["evidence"]}
    assert {each["id"] for each in found["statements"]} == evidence
    other = next(a["id"] for a in site.data("/agents") if a["id"] != "kremlin")
    assert site.data(TIMELINE, holder=other)["positions"] == []
    assert len(site.data(TIMELINE, holder="kremlin")["positions"]) == 5


def test_changed_only_leaves_out_first_statements(site: Site) -> None:
    """The seed has no change, so nothing is left; the statements stay."""
    found = site.data(TIMELINE, changed_only="true")
    assert found["positions"] == []
    assert len(found["statements"]) == 6
    assert len(site.data(TIMELINE, changed_only="false")["positions"]) == 5


@pytest.mark.parametrize(
    ("headers", "lang", "label"),
    [
        ({}, None, "Putin–Trump talks"),
        ({"Accept-Language": "fr-FR,en;q=0.5"}, None, "Discussions Poutine–Trump"),
        ({"Accept-Language": "fr;q=0.3, en;q=0.8"}, None, "Putin–Trump talks"),
        ({"Accept-Language": "fr;q=0, de"}, None, "Putin–Trump talks"),
        ({"Accept-Language": "fr"}, "en", "Putin–Trump talks"),
        ({}, "ru", "Переговоры Путина и Трампа"),
        ({}, "", "Putin–Trump talks"),
    ],
)
def test_labels_are_in_the_language_asked_for(
    client: httpx.Client, headers: dict[str, str], lang: str | None, label: str
) -> None:
    """The parameter wins over the header; the header's weights count."""
    parameters = {} if lang is None else {"lang": lang}
    path = f"/api/v1/topics/{TOPIC}"
    answer = client.get(path, params=parameters, headers=headers)
    assert answer.json()["data"]["label"] == label


def test_statements_are_those_of_the_timeline(site: Site) -> None:
    """By the day of speaking, then by their place in the article."""
    statements = site.data(f"/topics/{TOPIC}/statements")
    assert statements == site.data(TIMELINE)["statements"]
    starts = [each["content"][0]["start"] for each in statements]
    assert starts == sorted(starts)


@pytest.mark.parametrize("limit", [1, 3, 200])
def test_the_pages_of_raw_events_are_the_whole_stream(site: Site, limit: int) -> None:
    """Following ``next`` gives each stored event once, in order, byte for byte."""
    found: list[Any] = []
    path: str | None = f"/api/v1/topics/{TOPIC}/events?limit={limit}"
    while path:
        page = site.client.get(path).json()
        assert 0 < len(page["data"]) <= limit
        found += page["data"]
        path = page["links"].get("next")
    stored = site.services.log.read_stream(f"topic:{TOPIC}")
    assert [(e["seq"], e["version"], e["name"], e["stream"]) for e in found] == [
        (each.seq, each.version, each.name, each.stream) for each in stored
    ]
    assert [each["stored"] for each in found] == [json.loads(e.state) for e in stored]


def test_a_page_behind_the_last_event_is_empty(site: Site) -> None:
    """There is nothing after the end, and no link further."""
    path = f"/api/v1/topics/{TOPIC}/events?after=9007199254740991"
    page = site.client.get(path).json()
    assert page["data"] == []
    assert "next" not in page["links"]


def _head(site: Site) -> int:
    return site.services.log.head()
