"""``python -m tests.benchmarks.history --sizes 10000,100000``: figures on histories."""

from __future__ import annotations

import argparse
from pathlib import Path

from api.memory import collect_seldom
from tests.benchmarks.history import (
    on_postgresql,
    reading,
    rebuilding,
    replaying,
    visible,
)
from tests.benchmarks.history.figures import Figures
from tests.benchmarks.history.store import Store, built

CACHE = Path(".cache/histories")
PARTS = ("replay", "rebuild", "visible", "timelines", "postgresql")
SMALL, LARGE = 20_000, 200_000
"""Statements up to which there are five rounds, and from which there is one."""


def main() -> None:
    """Measure, print tables, and write JSON where asked."""
    collect_seldom()
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.history")
    parser.add_argument("--sizes", default="10000", help="statements, with commas")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--parts", default=",".join(PARTS), help="what to measure")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where stores lie")
    parser.add_argument("--json", type=Path, help="write the results to this file")
    parser.add_argument(
        "--postgresql-most",
        type=int,
        default=100_000,
        help="statements up to which a history is put into PostgreSQL as well",
    )
    parser.add_argument(
        "--patience", type=float, default=900, help="seconds a rebuild may take"
    )
    arguments = parser.parse_args()
    parts = arguments.parts.split(",")
    figures = Figures()
    for size in map(int, arguments.sizes.split(",")):
        store = built(size, arguments.seed, arguments.cache)
        measure(store, parts, arguments.patience, figures)
        if "postgresql" in parts and size <= arguments.postgresql_most:
            on_postgresql.run(size, arguments.seed, min(rounds_of(size), 3), figures)
    if "visible" in parts:
        figures.waits += visible.run(arguments.seed)
    print(figures.tables())
    if arguments.json is not None:
        figures.write(arguments.json)


def rounds_of(size: int) -> int:
    """Return how often a history of a size is measured."""
    return 5 if size <= SMALL else 3 if size < LARGE else 1


def measure(store: Store, parts: list[str], patience: float, figures: Figures) -> None:
    """Measure one history."""
    rounds = rounds_of(store.size)
    if "replay" in parts:
        figures.rates += replaying.run(store, rounds)
    there = store.views.exists()
    if "rebuild" in parts:
        there = rebuilding.run(store, rounds, patience, figures)
    if "timelines" in parts and there:
        figures.waits += reading.run(store)
    elif "timelines" in parts:
        figures.remarks.append(
            f"No timelines of {store.size:,} statements: no read models."
        )


if __name__ == "__main__":
    main()
