"""Decisions and imports through the real command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.test_command_line import SEED, onrecord

pytestmark = pytest.mark.slow
TOPIC = "putin-trump-talks"
BY = ("--by", "Ada Quill", "--reason", "read again")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder whose store holds the seed article."""
    made = tmp_path_factory.mktemp("correcting")
    assert onrecord(made, "ingest", str(SEED)).returncode == 0
    return made


def timeline(folder: Path) -> Any:
    """Return a timeline of the seed."""
    return json.loads(onrecord(folder, "timeline", TOPIC, "--json").stdout)


def test_a_decision_is_taken_told_and_undone(folder: Path) -> None:
    """A subcommand decides; the same again is so already; another undoes it."""
    before = timeline(folder)
    statement = before["statements"][0]["statement"]["id"]
    done = onrecord(folder, "correct", "withdraw", statement, *BY)
    assert (done.returncode, done.stdout[:8]) == (0, "1 event "), done.stderr
    assert len(timeline(folder)["statements"]) == len(before["statements"]) - 1
    twice = onrecord(folder, "correct", "withdraw", statement, *BY)
    assert (twice.returncode, twice.stdout) == (3, "")
    assert twice.stderr.count("\n") == 1
    assert "is withdrawn already" in twice.stderr
    assert onrecord(folder, "correct", "reinstate", statement, *BY).returncode == 0
    assert timeline(folder)["positions"] == before["positions"]


def test_a_negative_commitment_and_nothing_can_be_written(folder: Path) -> None:
    """-3 is no option; none is no commitment."""
    statement = timeline(folder)["statements"][0]["statement"]["id"]
    before = timeline(folder)["positions"]
    question = before[0]["question"]
    told = ("correct", "assess", statement, question)
    for said in (("-2", "--conditions", "for-now"), ("none",)):
        done = onrecord(folder, *told, *said, *BY)
        assert done.returncode == 0, done.stderr


def test_a_file_of_decisions_is_taken_line_by_line(folder: Path) -> None:
    """What is refused is told with its line, and the others go on."""
    posed = {
        "do": "pose",
        "topic": TOPIC,
        "question": "asked-by-file",
        "kind": "state",
        "labels": {"en": "Is it so?"},
        "reason": "readers ask",
    }
    bad = {**posed, "topic": "nowhere"}
    lines = "\n".join(json.dumps(each) for each in (bad, posed, {"do": "date"}))
    done = onrecord(
        folder, "correct", "apply", "-", "--by", "Ada Quill", stdin=lines.encode()
    )
    assert done.returncode == 5
    assert done.stdout.startswith(f"1 event in topic:{TOPIC}; seq ")
    assert [line.partition(": line ")[2][:2] for line in done.stderr.splitlines()] == [
        "1:",
        "3:",
    ]


def test_what_extract_prints_can_be_imported(folder: Path) -> None:
    """The format is one: extracted, read over, imported; again, nothing changes."""
    text = folder / "quai.txt"
    text.write_text("« Le quai est fermé », a déclaré Mira Solen.\n", encoding="utf-8")
    printed = onrecord(folder, "extract", str(text), "--language", "fr", "--jsonl")
    assert printed.returncode == 0, printed.stderr
    for told in ("1 statement, 2 events", "1 statement, already on record"):
        done = onrecord(
            folder,
            "import",
            "-",
            "--by",
            "Ada Quill",
            stdin=printed.stdout.encode() + b"{}\n",
        )
        assert done.returncode == 3
        assert told in done.stdout
        assert "line 2: " in done.stderr


@pytest.mark.parametrize("command", [("import",), ("correct", "apply")])
def test_a_line_that_cannot_be_read_stops_no_other(
    folder: Path, command: tuple[str, ...]
) -> None:
    """A byte order mark is read over; what is not UTF-8, or half a character, is told."""
    lines = (b"\xef\xbb\xbf{}", b'{"text": "\xe9"}', b'{"text": "\\ud800 b"}', b"{}")
    done = onrecord(folder, *command, "-", "--by", "Ada", stdin=b"\n".join(lines))
    assert (done.returncode, done.stdout) == (3, "")
    first, second, third, last = done.stderr.splitlines()
    assert first.endswith(" is missing")
    assert last == first.replace("line 1", "line 4")
    assert "line 2: is not UTF-8" in second
    assert "line 3: should be text without lone surrogates" in third


@pytest.mark.parametrize("command", [("import",), ("correct", "apply")])
def test_a_file_with_nothing_in_it_is_refused(
    folder: Path, command: tuple[str, ...]
) -> None:
    """As an empty article is; silence would pass for done."""
    done = onrecord(folder, *command, "-", "--by", "Ada", stdin=b"\n \n")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "onrecord: <stdin>: is empty: there is no line in it\n"


def test_proposals_are_listed_and_nothing_is_linked(folder: Path) -> None:
    """A second report of the same words is proposed; that there is none is told."""
    told = {
        "language": "fr",
        "published_at": "2031-02-03",
        "statements": [
            {"content": [[2, 20]], "spoken_at": "2031-02-02", "topics": [TOPIC]}
        ],
    }
    texts = ("« Le quai est fermé », dit-elle.", "« Le quai est fermé », a-t-elle dit.")
    lines = "\n".join(json.dumps(told | {"text": text}) for text in texts)
    by = ("--by", "Ada Quill")
    assert onrecord(folder, "import", "-", *by, stdin=lines.encode()).returncode == 0
    assert onrecord(folder, "proposals", "unfiled").stdout == "0 pairs\n"
    listed = onrecord(folder, "proposals", TOPIC)
    heading, *words, count = listed.stdout.splitlines()
    assert heading.endswith("  1.00  review: speaker differs")
    assert words == ["  “Le quai est fermé”"] * 2
    assert count == "1 pair"
    assert not any(each["linked"] for each in timeline(folder)["statements"])
    assert onrecord(folder, "proposals", "nowhere").returncode == 5


def test_what_a_corrected_article_says_again_is_proposed(tmp_path: Path) -> None:
    """Another text under the same url, days later: the pair tells what it is."""
    told = {
        "language": "fr",
        "url": "https://gull.example/quai",
        "statements": [{"content": [[2, 20]], "agent": "putin", "topics": [TOPIC]}],
    }
    for day, text in (
        ("03", "« Le quai est fermé », dit-il."),
        ("09", "« Le quai est fermé »"),
    ):
        line = {**told, "text": text, "published_at": f"2031-02-{day}"}
        done = onrecord(
            tmp_path, "import", "-", "--by", "Ada", stdin=json.dumps(line).encode()
        )
        assert done.returncode == 0, done.stderr
    heading = onrecord(tmp_path, "proposals", TOPIC).stdout.splitlines()[0]
    assert heading.endswith("  1.00  may be one; versions of one article")
    printed = onrecord(tmp_path, "proposals", TOPIC, "--json").stdout
    assert json.loads(printed)["versions"] is True
