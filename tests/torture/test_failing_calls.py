"""The n-th write or sync fails, for each n: nothing false is said, nothing half is left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.torture.conftest import Outcome, Tally
from tests.torture.faults import preloaded

KINDS = [("EIO",), ("ENOSPC", "--on"), ("EIO", "--on"), ("ENOSPC",)]
"""A disk that fails once, one that is full and stays so, and the other way round."""
SHORT = 2
TRIED = KINDS[: int(os.environ.get("ONRECORD_FAULTS", SHORT))]
"""Kinds of faults that are tried; ``make torture`` tries all."""


def outcomes(library: Path, folder: Path, *told: str) -> Counter[str]:
    """Let a process do something, each of its calls failing in turn."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture.failing", folder, *told],
        env=preloaded(library),
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return Counter(json.loads(done.stdout))


@pytest.mark.slow
@pytest.mark.parametrize("work", ["appending", "opening", "folding"])
def test_a_call_that_fails_leaves_what_was_said_true(
    faults_library: Path, memory: Path, tally: Tally, work: str
) -> None:
    """What was acknowledged is there, at once and after a restart.

    What was refused is not, or was said to be open. The error says what to do; reads go
    on; when nothing fails any more the same works again, or says to start again.
    """
    found = Counter[str]()
    for kind in TRIED:
        # read models are not synced but in checkpoints, of which a small one has none
        for call in ["WRITE", "SYNC"][: 1 if work == "folding" else 2]:
            name = "-".join((work, call, *kind))
            found += outcomes(faults_library, memory / name, work, call, *kind)
    tally(
        Outcome(
            f"appends, a call fails while {work}",
            found["tried"],
            "runs",
            found["acknowledged"],
            found["wrong"],
            f"{found['refused']} refused",
        )
    )
    assert found["tried"] > 10 * len(TRIED)
    assert found["wrong"] == 0
