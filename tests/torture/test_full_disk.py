"""A disk that is really full: a small one in memory, seen by one process alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.clock import SystemClock
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.views.sqlite import SQLiteViewStore
from tests.torture.conftest import Outcome, Tally
from tests.torture.facts import batch_of
from tests.torture.nursery import ROOT, check_views

ALONE = ("unshare", "--mount" if os.geteuid() == 0 else "--map-root-user", "--mount")
"""Runs a program whose mounts nobody else sees; they end with it."""
SCRIPT = """
mount -t tmpfs -o size="$4" none "$1" || exit 77
"$2" -m tests.torture."$5" "$1" "$3" && cp -a "$1"/. "$3"
"""


def on_a_small_disk(folder: Path, size: str, module: str) -> tuple[Path, str]:
    """Run a module on a disk; return where what was on it is kept, and what it printed.

    The module is told the folder of the disk, and the other one.
    """
    disk, kept = folder / "disk", folder / "kept"
    disk.mkdir()
    kept.mkdir()
    try:
        done = subprocess.run(
            [
                *(*ALONE, "sh", "-c", SCRIPT, "sh"),
                *(disk, sys.executable, kept, size, module),
            ],
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
    return kept, done.stdout


@pytest.mark.slow
def test_a_full_disk_refuses_and_goes_on_when_there_is_room(
    tmp_path: Path, tally: Tally
) -> None:
    """What was acknowledged before and after is there; the error says what to do."""
    kept, told = on_a_small_disk(tmp_path, "2m", "filling")
    number, _, said = told.partition(" ")
    with SQLiteEventLog(kept / "log.db", SystemClock()) as log:
        facts = range(int(number))
        lost = sum(log.find(batch_of(fact)) is None for fact in facts)
    tally(Outcome("facts, disk full", 1, "disk", len(facts), lost, "it has 2 MB"))
    assert lost == 0
    assert len(facts) > 50
    assert "is on a full disk: free some space" in said


@pytest.mark.slow
def test_a_rebuild_leaves_room_on_a_disk_that_it_would_fill(tmp_path: Path) -> None:
    """It is refused in time: what it wrote ahead is gone, and others have room.

    What was served is served; when there is room the next rebuild succeeds.
    """
    kept, told = on_a_small_disk(tmp_path, "12m", "filling_by_rebuilding")
    assert re.search(
        r"has too little room \(\d MB free, \d needed\): free .*; what is served stays",
        told,
    )
    with (
        SQLiteEventLog(kept / "log.db", SystemClock()) as log,
        SQLiteViewStore(kept / "views.db") as views,
    ):
        check_views(log, views)


@pytest.mark.slow
def test_a_store_on_a_full_disk_is_read_while_a_process_has_it_open(
    tmp_path: Path,
) -> None:
    """Where none has, room is needed to open it, and that is said: no disk is broken."""
    _, told = on_a_small_disk(tmp_path, "4m", "reading_when_full")
    assert told.endswith(
        "is on a full disk: free some space; a megabyte is enough to read\n"
    )
