"""Whatever is decided over HTTP on the demo is undone over HTTP, and leaves no trace.

What is compared is the whole JSON of the timeline: topic, positions, what stands beside
the line, statements. Three things of it move for ever, since the log forgets nothing:

1. ``seq`` and ``version`` of the topic, which count events; and how many ``articles`` it
   has, since the article of an import that is withdrawn was captured all the same.
2. ``recorded_at`` and ``seq`` of a statement that was reinstated: it was recorded again.
3. ``decisions`` of a statement that was assessed back, and the ``rule`` of the reading:
   a person has now decided what a rule or another person had said.

Nothing else may differ, and 2 and 3 for the statement that was decided on alone.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.test_command_line import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("cli")]
LAKE = "/api/v1/topics/lake-ardan/timeline"
QUESTION = "open-the-sluices"
Timeline = dict[str, Any]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Return a client of ``onrecord demo``, which is a process of its own."""
    folder: Path = tmp_path_factory.mktemp("demo")
    with (folder / "stderr").open("wb") as log:
        service = subprocess.Popen(
            [sys.executable, "-m", "api.cli", "demo", "--port", "0"],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=log,
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
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


def timeline(client: httpx.Client) -> Timeline:
    """Return the timeline without what counts events and articles."""
    found: Timeline = client.get(LAKE).json()["data"]
    for name in ("seq", "version", "articles"):
        del found["topic"][name]
    return found


def decide(client: httpx.Client, do: str, **told: Any) -> None:
    """Take a decision that changes the record."""
    decision = {"do": do, "reason": "by hand", **told}
    body = {"by": "Ada Quill", "decision": decision}
    answer = client.post("/api/v1/decisions", json=body)
    assert answer.status_code == 201, answer.text


def statement(found: Timeline, words: str) -> dict[str, Any]:
    """Return the statement with these words."""
    (told,) = (each for each in found["statements"] if each["words"] == words)
    return dict(told)


def without(found: Timeline, of: str, *names: str) -> Timeline:
    """Return a timeline without some fields of one statement, and of its readings."""
    statements = [
        _less(each, names) if each["id"] == of else each for each in found["statements"]
    ]
    return found | {"statements": statements}


def _less(statement: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    left = {name: each for name, each in statement.items() if name not in names}
    readings = left["readings"]
    left["readings"] = [
        {name: each for name, each in reading.items() if name not in names}
        for reading in readings
    ]
    return left


def test_a_correction_is_undone(demo: httpx.Client) -> None:
    """Assessed otherwise and back: only who decided is told from then on."""
    before = timeline(demo)
    told = statement(before, "Les vannes devraient s'ouvrir")
    (reading,) = told["readings"]
    of = {"statement": told["id"], "question": QUESTION}
    decide(demo, "assess", **of, commitment=-3)
    assert timeline(demo)["positions"] != before["positions"]
    decide(demo, "assess", **of, commitment=reading["commitment"], act=reading["act"])
    moved = (told["id"], "decisions", "rule")
    assert without(timeline(demo), *moved) == without(before, *moved)


def test_a_link_is_undone(demo: httpx.Client) -> None:
    """Two statements that were one utterance are two again: nothing differs at all."""
    before = timeline(demo)
    pair = {
        "first": statement(before, "Je retire ce que j'ai dit des vannes en juin")[
            "id"
        ],
        "second": statement(before, "Подтверждаю: шлюзы откроются")["id"],
    }
    decide(demo, "link", **pair)
    assert timeline(demo)["positions"] != before["positions"]
    decide(demo, "unlink", **pair)
    assert timeline(demo) == before


def test_a_withdrawal_is_undone(demo: httpx.Client) -> None:
    """Reinstated with all judgements: only when it was recorded is another."""
    before = timeline(demo)
    told = statement(before, "Les vannes s'ouvriront")
    decide(demo, "withdraw", statement=told["id"])
    assert timeline(demo)["positions"] != before["positions"]
    decide(demo, "reinstate", statement=told["id"])
    moved = (told["id"], "recorded_at", "seq")
    assert without(timeline(demo), *moved) == without(before, *moved)


def test_an_import_is_undone(demo: httpx.Client) -> None:
    """A withdrawn statement leaves the timeline as if it had never been recorded."""
    before = timeline(demo)
    said = {
        "content": [[2, 19]],
        "agent": "zolmin",
        "spoken_at": "2024-09-01",
        "readings": [{"topic": "lake-ardan", "question": QUESTION, "commitment": 3}],
    }
    text = "« Le lac est à tous », a dit Yarek Zolmin."
    article = {"language": "fr", "text": text, "statements": [said]}
    body = {"by": "Ada Quill", "article": article}
    answer = demo.post("/api/v1/statements/import", json=body)
    assert answer.status_code == 201, answer.text
    (imported,) = answer.json()["data"]["statements"]
    assert len(timeline(demo)["positions"]) == len(before["positions"]) + 1
    decide(demo, "withdraw", statement=imported)
    assert timeline(demo) == before
