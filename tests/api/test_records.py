"""Statements, articles and agents over HTTP; handing in articles, also many at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import httpx
import pytest

from api.writer import WORKERS
from domain.model.ids import ArticleId, article_id, article_stream
from tests.api.conftest import SEED
from tests.api.support import TOPIC, Site, invented, post, seq

pytestmark = pytest.mark.slow

UNFILED = "/topics/unfiled/statements"


def test_a_statement_is_the_exact_words_of_its_article(site: Site) -> None:
    """Content, cue and source are the text at their span; so is the context."""
    for statement in site.data(f"/topics/{TOPIC}/statements"):
        found = site.data(f"/statements/{statement['id']}")
        text = site.data(f"/articles/{statement['article']}")["text"]
        filed = found["filed"][0]
        parts = [*filed["content"], filed["cue"], filed["source"], found["context"]]
        for part in (each for each in parts if each):
            assert text[part["start"] : part["end"]] == part["words"]
        for part in filed["content"]:
            assert found["context"]["start"] <= part["start"]
            assert part["end"] <= found["context"]["end"]
        assert filed == statement


def test_a_statement_tells_the_positions_it_is_evidence_for(site: Site) -> None:
    """They are those of the timeline that name it."""
    timeline = site.data(f"/topics/{TOPIC}/timeline")["positions"]
    statement = timeline[0]["evidence"][0]
    found = site.data(f"/statements/{statement}")
    assert found["positions"] == [p for p in timeline if statement in p["evidence"]]


def test_an_article_is_its_text_unaltered(site: Site) -> None:
    """The text is the file's, the id its hash; what is no article is marked."""
    text = SEED.read_text(encoding="utf-8")
    found = site.data(f"/articles/{article_id(text)}")
    assert found["text"] == text
    assert len(found["statements"]) == 12
    assert found["published_at"] == "2025-09-03/2025-09-06"
    cut = min(each["start"] for each in found["boilerplate"])
    assert text[cut:].lstrip().startswith("Recommended for you")


def test_a_text_that_is_taken_down_is_gone_at_the_next_request(site: Site) -> None:
    """No copy is kept and no tag holds on; the words of its statements stay."""
    text = invented() + "Il pleuvait sur le port.\n"
    told = post(site.client, text=text, language="fr").json()["data"]
    article, statement = ArticleId(told["article"]), told["statements"][-1]
    nouns = (f"/articles/{article}", f"/statements/{statement}")
    paths = [*nouns, *(f"/api/v1{each}" for each in nouns)]
    before = [site.client.get(path) for path in paths]
    assert all("Il pleuvait" in each.text for each in before)
    site.services.statements._texts.erase(article)  # type: ignore[attr-defined]
    for path, earlier in zip(paths, before, strict=True):
        asked = {"If-None-Match": earlier.headers["etag"]}
        answer = site.client.get(path, headers=asked)
        assert answer.status_code == 200
        assert "Il pleuvait" not in answer.text
        assert "Nous rouvrirons" in answer.text or path == f"/api/v1/articles/{article}"


def test_agents_are_listed_with_their_names(site: Site) -> None:
    """By id, with a label in the language asked for."""
    agents = site.data("/agents", lang="fr")
    ids = [each["id"] for each in agents]
    assert ids == sorted(ids)
    kremlin = next(each for each in agents if each["id"] == "kremlin")
    assert kremlin["label"] == kremlin["labels"]["fr"]


def test_a_new_article_is_201_and_can_be_read_at_once(site: Site) -> None:
    """Location leads to it; at the seq returned its statements are on record."""
    text = invented()
    answer = post(
        site.client,
        text=text,
        language="fr",
        title="Le port d'Orsk",
        outlet="La Gazette d'Orsk",
        url="https://gazette.example/orsk",
        published_at="2031-03-05",
    )
    assert answer.status_code == 201
    told = answer.json()["data"]
    assert (told["outcome"], told["topics"]) == ("new", {"unfiled": 2})
    assert answer.headers["onrecord-seq"] == str(told["seq"]) == str(seq(site.client))
    article = site.client.get(answer.headers["location"])
    assert article.json()["data"]["text"] == text
    assert article.json()["data"]["title"] == "Le port d'Orsk"
    listed = {each["id"] for each in site.data(UNFILED)}
    assert set(told["statements"]) <= listed
    known = site.data(UNFILED, known_at=told["seq"])
    assert set(told["statements"]) <= {each["id"] for each in known}


def test_the_same_text_again_is_200_and_changes_nothing(client: httpx.Client) -> None:
    """Whatever else is said of it: no event, the same address; it is told what stays."""
    text = invented()
    first = post(client, text=text, language="fr")
    before = seq(client)
    again = post(client, text=text, title="Another title")
    assert again.status_code == 200
    assert again.json()["data"] == {
        "article": first.json()["data"]["article"],
        "outcome": "unchanged",
        "events": 0,
        "statements": first.json()["data"]["statements"],
        "topics": {},
        "skipped": first.json()["data"]["skipped"],
        "boilerplate": first.json()["data"]["boilerplate"],
        "differs": ["title"],
        "seq": before,
    }
    assert again.headers["location"] == first.headers["location"]
    assert seq(client) == before


def test_another_text_under_the_same_url_is_a_revision(client: httpx.Client) -> None:
    """It is 201, and the earlier article names the later one."""
    url = "https://gazette.example/revised"
    first = post(client, text=invented(), language="fr", url=url)
    second = post(client, text=invented(), language="fr", url=url)
    assert second.status_code == 201
    assert second.json()["data"]["outcome"] == "revised"
    earlier = client.get(first.headers["location"]).json()["data"]
    later = client.get(second.headers["location"]).json()["data"]
    assert earlier["revisions"] == [later["id"]]
    assert later["revisions"] == []


def test_one_article_from_sixteen_at_once_is_captured_once(site: Site) -> None:
    """Exactly one is told 201, the others 200; there is one event of capture."""
    text = invented()

    def hand_in(_: int) -> httpx.Response:
        return post(site.client, text=text, language="fr")

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(hand_in, range(16)))
    assert sorted(each.status_code for each in answers) == [200] * 15 + [201]
    assert site.services.log.version(article_stream(article_id(text))) == 1
    reached = {each.json()["data"]["seq"] for each in answers}
    assert reached == {seq(site.client)}


def test_eight_articles_at_once_are_all_recorded(site: Site) -> None:
    """Nobody is refused because somebody else writes."""
    texts = [invented() for _ in range(8)]

    def hand_in(text: str) -> httpx.Response:
        return post(site.client, text=text, language="fr")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(hand_in, texts))
    assert [each.status_code for each in answers] == [201] * 8
    listed = {each["id"] for each in site.data(UNFILED)}
    for answer in answers:
        assert set(answer.json()["data"]["statements"]) <= listed


def test_reading_does_not_wait_for_writing(site: Site) -> None:
    """While many hand in articles and none gets on, readers are answered."""
    release = Event()
    held = [site.services.writer.submit(release.wait, 30) for _ in range(WORKERS)]
    text = invented()
    with ThreadPoolExecutor(24) as pool:
        waiting = [
            pool.submit(post, site.client, text=text, language="fr") for _ in range(24)
        ]
        try:
            with httpx.Client(base_url=site.client.base_url, timeout=10) as reader:
                for _ in range(3):
                    assert reader.get("/api/v1/topics?lang=fr").status_code == 200
            assert not any(each.done() for each in waiting)
        finally:
            release.set()
        statuses = sorted(each.result().status_code for each in waiting)
    assert all(each.result() for each in held)
    assert statuses == [200] * 23 + [201]
