"""How a record changed, through the real command."""

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
    """Return a folder whose store holds the seed article, one statement withdrawn."""
    made = tmp_path_factory.mktemp("history")
    assert onrecord(made, "ingest", str(SEED)).returncode == 0
    statement = positions(made)[0]["evidence"][0]
    assert onrecord(made, "correct", "withdraw", statement, *BY).returncode == 0
    return made


def positions(folder: Path) -> Any:
    """Return the positions of the seed."""
    return json.loads(onrecord(folder, "timeline", TOPIC, "--json").stdout)["positions"]


def test_a_history_tells_what_was_withdrawn_and_why(folder: Path) -> None:
    """The sentence, the words, and the reason; one JSON object a line on request."""
    told = onrecord(folder, "history", TOPIC, "--changed-only")
    assert told.returncode == 0, told.stderr
    assert "until its withdrawal, on" in told.stdout
    assert "decided by Ada Quill: read again" in told.stdout
    listed = onrecord(folder, "history", TOPIC, "--changed-only", "--json").stdout
    (revision,) = map(json.loads, listed.splitlines())
    assert revision["ended_by"]["name"] == "statement-withdrawn.v1"
    own = ("--statement", revision["statement"], "--holder", revision["holder"])
    every = onrecord(folder, "history", TOPIC, *own, "--json").stdout
    assert json.loads(every.splitlines()[0]) == revision
    assert len(onrecord(folder, "history", TOPIC, "--json").stdout.splitlines()) > 1
    assert onrecord(folder, "history", TOPIC, "--holder", "nobody").returncode == 5


def test_what_is_listed_is_explained_in_the_language_asked_for(folder: Path) -> None:
    """Positions and revisions carry their sentence, as they do over HTTP."""
    english = [each["explanation"] for each in positions(folder)]
    assert all("no earlier position is on record (rule 3;" in each for each in english)
    french = json.loads(
        onrecord(folder, "timeline", TOPIC, "--json", "--lang", "fr").stdout
    )
    assert "n'est au registre (règle 3 ;" in french["positions"][0]["explanation"]
    told = onrecord(folder, "history", TOPIC, "--changed-only", "--lang", "fr")
    listed = onrecord(
        folder, "history", TOPIC, "--changed-only", "--lang", "fr", "--json"
    ).stdout
    assert json.loads(listed)["explanation"] in told.stdout
    assert "Après son enregistrement, le " in told.stdout


def test_a_diff_tells_what_differs_between_two_states(folder: Path) -> None:
    """By seq or by day; two states on one axis, and nothing else."""
    listed = onrecord(folder, "history", TOPIC, "--changed-only", "--json").stdout
    revision = json.loads(listed)
    states = (str(revision["since"]), str(revision["until"]))
    told = onrecord(folder, "diff", TOPIC, "--known-at", *states)
    assert told.returncode == 0, told.stderr
    assert f"seq {states[0]} to seq {states[1]}" in told.stdout
    found = json.loads(
        onrecord(folder, "diff", TOPIC, "--known-at", *states, "--json").stdout
    )
    assert [str(found[side]["seq"]) for side in ("before", "after")] == [*states]
    assert found["before"]["digest"] != found["after"]["digest"]
    changed = [each["before"] for each in found["changed"]] + found["gone"]
    evidence = {named for each in changed for named in each["evidence"]}
    assert revision["statement"] in evidence
    days = onrecord(folder, "diff", TOPIC, "--as-of", "2025-08", "2025-09")
    assert "4 added, 0 gone, 0 changed" in days.stdout
    for wrong in (
        [],
        ["--as-of", "2025"],
        ["--known-at", "1", "2", "--as-of", "1", "2"],
    ):
        done = onrecord(folder, "diff", TOPIC, *wrong)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
