"""What a service logs: one JSON object a line, and no word of what was handed in."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from adapters.sqlite import dbapi
from tests.e2e.test_command_line import ROOT

pytestmark = pytest.mark.slow
WORDS = ("Zorvath", "Quellmark", "відкрито", "Орест", "Дім", "Міст")
"""Of the article, of names and reasons, of queries: none of them is logged."""
TEXT = "«Міст\x07\u202e відкрито», — сказав Орест Дім про Zorvath.\n"


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[httpx.Client]:
    """Serve a store of a folder as a process of its own; its log is ``stderr``."""
    with (folder / "stderr").open("wb") as log:
        service = subprocess.Popen(
            [sys.executable, "-m", "api.cli", "serve", "--port", "0"],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=log,
            env=os.environ
            | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
            | settings,
        )
        try:
            assert service.stdout is not None
            address = service.stdout.readline().decode().split()[-1]
            with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
                yield client
            service.send_signal(signal.SIGTERM)
            assert service.wait(30) == 0
        finally:
            service.kill()
            service.communicate()


def use(client: httpx.Client) -> httpx.Response:
    """Write, decide, ask and err, each with the words; return the first answer."""
    article = {"text": TEXT, "language": "uk", "outlet": "Quellmark"}
    posted = client.post("/api/v1/articles", json=article)
    assert posted.status_code == 201, posted.text
    (statement,) = posted.json()["data"]["statements"]
    for decision in (
        {"do": "withdraw", "statement": statement, "reason": "Quellmark"},
        {"do": "withdraw", "statement": "Quellmark", "reason": "Zorvath"},
        {"do": "identify", "statement": statement, "speaker": "Zorvath", "x": TEXT},
    ):
        body = {"by": "Zorvath Quellmark", "decision": decision}
        client.post("/api/v1/decisions", json=body)
    imported = {"language": "uk", "text": TEXT, "statements": [{"content": [[1, 999]]}]}
    body = {"by": "Zorvath", "article": imported}
    assert client.post("/api/v1/statements/import", json=body).status_code == 422
    client.post("/api/v1/articles", content=TEXT.encode(), headers={"X-Key": "Zorvath"})
    for path in (
        "/api/v1/topics/putin-trump-talks/timeline?holder=Zorvath",
        "/api/v1/topics/Quellmark?Zorvath=Quellmark",
        "/Quellmark/Zorvath",
        "/topics/unfiled?lang=en",
    ):
        client.get(path, headers={"X-Request-ID": "not an id Zorvath"})
    client.request("ZORVATH", "/health/live")
    return posted


def lines(folder: Path) -> list[dict[str, Any]]:
    """Return the lines of the log, each a JSON object in plain ASCII."""
    raw = (folder / "stderr").read_bytes()
    assert raw.isascii()
    assert not set(raw.decode()) & {chr(c) for c in (*range(10), *range(11, 32), 127)}
    return [json.loads(line) for line in raw.splitlines()]


def test_a_service_logs_what_it_does_and_no_word_of_an_article(tmp_path: Path) -> None:
    """Start, lead, requests, appends, folds and a clean end, as JSON lines."""
    with serving(tmp_path) as client:
        posted = use(client)
        client.get("/health/live", headers={"X-Request-ID": "trace-7"})
    found = lines(tmp_path)
    text = (tmp_path / "stderr").read_text().lower()
    for word in WORDS:
        assert word.lower() not in text
        assert json.dumps(word)[1:-1].lower() not in text
    events = [each["event"] for each in found]
    assert events.index("started") < events.index("request")
    assert events[-1] == "stopped"
    assert set(events) == {
        *("started", "lead_taken", "request", "appended", "folded"),
        *("lead_lost", "stopped"),
    }
    requests = [each for each in found if each["event"] == "request"]
    assert requests[0].keys() == {
        *("time", "level", "event", "request", "method", "route", "status", "ms"),
    }
    first = requests[0]
    assert (first["method"], first["route"]) == ("POST", "/api/v1/articles")
    assert first["request"] == posted.headers["x-request-id"]
    assert re.fullmatch("[0-9a-f]{16}", first["request"])
    assert {each["route"] for each in requests} >= {
        "/api/v1/topics/{topic}/timeline",
        None,
    }
    assert {each["method"] for each in requests} == {"POST", "GET", "other"}
    assert requests[-1]["request"] == "trace-7"
    assert {each["level"] for each in found} == {"info"}
    assert not any("password" in line for line in text.splitlines())


def test_parked_events_and_failures_are_warnings_without_their_words(
    tmp_path: Path,
) -> None:
    """An event that nobody knows is named by its seq; its content is not repeated."""
    with serving(tmp_path) as client:
        other = dbapi.connect(str(tmp_path / "onrecord.db"))
        other.execute(
            "INSERT INTO stored_events (originator_id, originator_version, topic, "
            "state, recorded_at) VALUES ('topic:later', 1, 'later.v9', "
            """'{"words": "Zorvath"}', 9e15)"""
        )
        other.commit()
        other.close()
        use(client)
    (parked,) = [each for each in lines(tmp_path) if each["event"] == "parked"]
    assert (parked["level"], parked["name"]) == ("warning", "later.v9")
    assert "Zorvath" not in (tmp_path / "stderr").read_text()


def test_the_level_and_the_form_can_be_set(tmp_path: Path) -> None:
    """Plain lines for who reads them; what is graver than a request, or nothing."""
    with serving(tmp_path, ONRECORD_LOG_FORMAT="plain") as client:
        client.get("/health/live")
    told = (tmp_path / "stderr").read_text().splitlines()
    request = next(line for line in told if " request " in line)
    assert re.fullmatch(
        r"\S+Z info request request=[0-9a-f]{16} method=GET route=/health/live "
        r"status=200 ms=[0-9.]+",
        request,
    )
    with serving(tmp_path, ONRECORD_LOG_LEVEL="warning") as client:
        client.get("/health/live")
    assert (tmp_path / "stderr").read_text() == ""
