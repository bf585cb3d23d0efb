"""What was measured on histories, as tables in Markdown and for a machine."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.benchmarks.measure import Delay, Result, rate_of

LIBRARIES = ("eventsourcing", "pydantic", "pysqlite3", "psycopg")


def load() -> float:
    """Return the load of the machine over the last minute."""
    return round(os.getloadavg()[0], 1)


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate beside its floor on a history of so many statements."""

    figure: str
    size: int
    result: Result


@dataclass(frozen=True, slots=True)
class Wait:
    """How long something took on a topic of so many statements, and its floor."""

    figure: str
    size: int
    statements: int
    taken: Delay
    floor: Delay


@dataclass(frozen=True, slots=True)
class Memory:
    """What a fresh process held at most, in MB; ``floor`` is reading and decoding."""

    figure: str
    size: int
    most: float
    floor: float


@dataclass(slots=True)
class Figures:
    """All that was measured in one run."""

    rates: list[Rate] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)
    memory: list[Memory] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """What was given up, or left out."""
    load: float = field(default_factory=load)
    """Of the machine when the run began."""

    def tables(self) -> str:
        """Return everything in Markdown."""
        parts = [_rates(self.rates), _waits(self.waits), _memory(self.memory)]
        loads = f"Load of the machine: {self.load} at first, {load()} at last."
        return "\n\n".join([*(each for each in parts if each), *self.remarks, loads])

    def write(self, path: Path) -> None:
        """Write everything for a machine."""
        told = {"run": _run(self), **asdict(self)}
        path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _run(figures: Figures) -> dict[str, Any]:
    """Return when and where the figures were taken."""
    return {
        "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        "load": {"at first": figures.load, "at last": load()},
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
    }


def _rates(rates: Sequence[Rate]) -> str:
    return _table(
        "| statements | what | rate | floor | floor is | ratio |",
        "|--:|---|--:|--:|---|--:|",
        (
            f"| {each.size:,} | {r.what} | {rate_of(r.rate)} {r.unit}/s "
            f"| {rate_of(r.floor)} {r.unit}/s | {r.floor_is} | {r.ratio:.2f} |"
            for each in rates
            for r in (each.result,)
        ),
    )


def _waits(waits: Sequence[Wait]) -> str:
    return _table(
        "| what | topic of | times | p50 | p95 | floor is | p50 | p95 |",
        "|---|--:|--:|--:|--:|---|--:|--:|",
        (
            f"| {each.taken.what} | {each.statements:,} | {each.taken.times} "
            f"| {each.taken.p50:.2f} ms | {each.taken.p95:.2f} ms | {each.floor.what} "
            f"| {each.floor.p50:.2f} ms | {each.floor.p95:.2f} ms |"
            for each in waits
        ),
    )


def _memory(memory: Sequence[Memory]) -> str:
    return _table(
        "| statements | a fresh process | at most | only reading and decoding |",
        "|--:|---|--:|--:|",
        (
            f"| {m.size:,} | {m.figure} | {m.most:,.0f} MB | {m.floor:,.0f} MB |"
            for m in memory
        ),
    )


def _table(head: str, line: str, rows: Any) -> str:
    found = list(rows)
    return "\n".join([head, line, *found]) if found else ""
