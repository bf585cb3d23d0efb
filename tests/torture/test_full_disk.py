"""A disk that is really full: a small one in memory, seen by one process alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.clock import SystemClock
from adapters.eventlog.sqlite import SQLiteEventLog
from tests.torture.conftest import Outcome, Tally
from tests.torture.facts import batch_of
from tests.torture.nursery import ROOT

SIZE = "2m"
ALONE = ("unshare", "--mount" if os.geteuid() == 0 else "--map-root-user", "--mount")
"""Runs a program whose mounts nobody else sees; they end with it."""
SCRIPT = f"""
mount -t tmpfs -o size={SIZE} none "$1" || exit 77
"$2" -m tests.torture.filling "$1" && cp -a "$1"/. "$3"
"""


@pytest.mark.slow
def test_a_full_disk_refuses_and_goes_on_when_there_is_room(
    tmp_path: Path, tally: Tally
) -> None:
    """What was acknowledged before and after is there; the error says what to do."""
    disk, kept = tmp_path / "disk", tmp_path / "kept"
    disk.mkdir()
    kept.mkdir()
    try:
        done = subprocess.run(
            [*ALONE, "sh", "-c", SCRIPT, "sh", disk, sys.executable, kept],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            check=False,
            capture_output=True,
            text=True,
        )
    except FileNotFoundError:
        pytest.skip("needs unshare, of util-linux")
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("needs the right to mount a file system")
    assert done.returncode == 0, done.stderr
    number, _, said = done.stdout.partition(" ")
    with SQLiteEventLog(kept / "log.db", SystemClock()) as log:
        facts = range(int(number))
        lost = sum(log.find(batch_of(fact)) is None for fact in facts)
    tally(Outcome("facts, disk full", 1, "disk", len(facts), lost, f"it has {SIZE}"))
    assert lost == 0
    assert len(facts) > 50
    assert "is on a full disk: free some space" in said
