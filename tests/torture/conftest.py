"""What the harnesses share: the library of faults, and the tally of what they tried."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.torture.faults import NEEDED, can_compile, compile_into

Tally = Callable[[str, int, int, str], None]
"""Told of a harness: its name, how many it tried, how many were lost, and what more."""
_COUNTED = pytest.StashKey[list[tuple[int, int]]]()


@pytest.fixture(scope="session")
def faults_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the library that records calls and makes them fail."""
    if not can_compile():
        pytest.skip(NEEDED)
    return compile_into(tmp_path_factory.mktemp("faults"))


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """Return a folder in memory: what is tried there waits for no disk."""
    shared = Path("/dev/shm")  # noqa: S108 (a folder of its own is made in it)
    if not os.access(shared, os.W_OK):
        yield tmp_path
        return
    with TemporaryDirectory(dir=shared, prefix="onrecord-") as folder:
        yield Path(folder)


@pytest.fixture
def tally(pytestconfig: pytest.Config) -> Tally:
    """Return what prints the line of a harness and counts it."""
    counted = pytestconfig.stash.setdefault(_COUNTED, [])

    def count(harness: str, tried: int, lost: int, more: str) -> None:
        counted.append((tried, lost))
        print(f"\n{harness}: {tried:,} tried, {lost:,} lost; {more}")

    return count


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the sum of all harnesses."""
    if counted := config.stash.get(_COUNTED, []):
        tried, lost = map(sum, zip(*counted, strict=True))
        terminalreporter.write_line(
            f"torture: {len(counted)} harnesses, {tried:,} tried, {lost:,} lost"
        )
