"""What the harnesses share: the library of faults, and the tally of what they tried."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.torture.faults import NEEDED, can_compile, compile_into


@dataclass(frozen=True)
class Outcome:
    """What a harness tried, what was acknowledged meanwhile, and what of it is lost.

    ``tried`` are so many ``faults``. Where each of them is looked at by itself, as a
    disk image is, ``lost`` counts the faults that took something.
    """

    what: str
    tried: int
    faults: str
    acknowledged: int
    lost: int
    more: str

    @property
    def row(self) -> str:
        """The outcome as a row of the table in docs/reference/reliability.md."""
        return (
            f"| {self.what} | {self.tried:,} {self.faults} "
            f"| {self.acknowledged:,} | {self.lost:,} |"
        )

    def __str__(self) -> str:
        """Say it in one line."""
        return (
            f"{self.what}: {self.tried:,} {self.faults}, {self.acknowledged:,} "
            f"acknowledged, {self.lost:,} lost; {self.more}"
        )


Tally = Callable[[Outcome], None]
"""Told what a harness found."""
TABLE = ("| what | tried | acknowledged | lost |", "|---|--:|--:|--:|")
_OUTCOMES = pytest.StashKey[list[Outcome]]()


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
    """Return what prints the line of a harness and keeps it for the table."""
    outcomes = pytestconfig.stash.setdefault(_OUTCOMES, [])

    def keep(outcome: Outcome) -> None:
        outcomes.append(outcome)
        print(f"\n{outcome}")

    return keep


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print one table of all harnesses."""
    if outcomes := config.stash.get(_OUTCOMES, []):
        for line in (*TABLE, *(each.row for each in outcomes)):
            terminalreporter.write_line(line)
