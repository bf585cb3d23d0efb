"""What Prometheus is told, and what it is not."""

from __future__ import annotations

import httpx
import pytest
from prometheus_client import CONTENT_TYPE_LATEST

from api.services import Services
from domain.model.ids import topic_stream
from tests.api.support import invented, post
from tests.support.facts import TOPIC, opened, posed
from tests.support.stores import append

pytestmark = pytest.mark.slow


def scraped(client: httpx.Client) -> dict[str, float]:
    """Return the numbers of a scrape by their names and labels."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers.get_list("content-type") == [CONTENT_TYPE_LATEST]
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (s.rpartition(" ") for s in lines)}


def test_an_article_is_counted(client: httpx.Client) -> None:
    """One article: one batch, its events, one extraction, one request, no lag."""
    before = scraped(client)
    answer = post(client, text=invented(), language="fr")
    after = scraped(client)
    events = answer.json()["data"]["events"]
    for name, more in {
        "onrecord_append_batches_total": 1,
        "onrecord_append_events_total": events,
        "onrecord_transaction_seconds_count": 1,
        "onrecord_transaction_batches_count": 1,
        "onrecord_extraction_seconds_count": 1,
        "onrecord_log_seq": events,
    }.items():
        assert after[name] - before[name] == more, name
    assert after["onrecord_lag_events"] == after["onrecord_lag_seconds"] == 0
    assert any("/api/v1/articles" in name and "201" in name for name in after)


def test_the_lag_is_told(bare: Services, bare_client: httpx.Client) -> None:
    """Events that nobody folded yet are counted, with the age of the oldest."""
    append(bare.log, topic_stream(TOPIC), opened(), posed())
    told = scraped(bare_client)
    assert told["onrecord_lag_events"] == 2
    assert told["onrecord_lag_seconds"] > 0
    assert told["onrecord_parked_events"] == 0


def test_no_word_and_no_id_of_an_article_is_told(client: httpx.Client) -> None:
    """Routes are counted by their pattern: what is asked for does not add a number."""
    location = post(client, text=invented(), language="fr").headers["location"]
    client.get(location)
    client.get("/api/v1/topics/no-such-topic")
    told = client.get("/metrics").text
    assert location not in told
    assert "no-such-topic" not in told
    assert "Solen" not in told
    assert client.get("/no/such-address").status_code == 404
    told = client.get("/metrics").text
    assert 'path="/api/v1/articles/{article}"' in told
    assert "such-address" not in told
