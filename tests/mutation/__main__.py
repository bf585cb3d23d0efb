"""``make mutation``: are the tests of the positions red on code that is wrong?"""

from __future__ import annotations

import argparse
import os
import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.mutation.mutants import ROOT, Mutant, mutants
from tests.mutation.results import accepted, line_of, read, table, unknown
from tests.mutation.running import QUIET, Loop

PACKAGES = ("domain/positions", "domain/model")
TESTS = (
    "tests/domain/model",
    "tests/domain/positions",
    "tests/properties/test_laws_of_positions.py",
    "tests/domain/services/test_projecting.py",
    "tests/domain/services/test_laws.py",
    "tests/golden/test_stored_events.py",
    "tests/golden/test_explained.py",
    "tests/golden/test_explained_revisions.py",
    "tests/golden/test_names.py",
    "tests/golden/test_demo_scenario.py",
)
"""What is run on mutants: the tests of what is mutated, and what rests on it most."""
RESULTS = ROOT / ".cache" / "mutation.jsonl"


def main() -> int:
    """Try mutants and print a table; fail where one lives that the page does not list."""
    arguments = parsed()
    modules = arguments.modules or all_modules()
    every = [each for module in modules for each in mutants(module)]
    kept = read(arguments.results) if arguments.go_on else {}
    outcomes = {each: kept[each] for each in every if each in kept}
    todo = [
        each
        for each in sampled(every, arguments.sample)
        if outcomes.get(each, "survived") == "survived"
    ]
    arguments.results.parent.mkdir(exist_ok=True)
    with (
        arguments.results.open("a" if arguments.go_on else "w") as file,
        TemporaryDirectory() as folder,
    ):

        def tell(mutant: Mutant, outcome: str, by: str) -> None:
            outcomes[mutant] = outcome
            file.write(f"{line_of(mutant, outcome, by)}\n")
            file.flush()

        os.environ["HYPOTHESIS_PROFILE"] = "mutation"
        loop = Loop(todo, Path(folder), arguments.jobs, tell)
        if status := pytest.main([*QUIET, *TESTS], plugins=[loop]):
            return int(status)
    print(table(outcomes, every))
    lived = list(unknown(outcomes, accepted()))
    for each in lived:
        print(f"lives: {each.module}:{each.line} {each.function}: {each.change}")
    return 1 if lived else 0


def parsed() -> argparse.Namespace:
    """Return the arguments of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutation", description=__doc__
    )
    parser.add_argument("modules", nargs="*", help="domain.positions.line, ...; all")
    parser.add_argument("--sample", type=int, metavar="N", help="at most N a module")
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time")
    parser.add_argument(
        "--go-on", action="store_true", help="those that lived or were never tried"
    )
    parser.add_argument("--results", type=Path, default=RESULTS, metavar="FILE")
    return parser.parse_args()


def all_modules() -> list[str]:
    """Return the modules that are mutated."""
    files = (file for each in PACKAGES for file in sorted((ROOT / each).glob("*.py")))
    return [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files]


def sampled(every: list[Mutant], size: int | None) -> list[Mutant]:
    """Return so many mutants of each module, the same ones each time; None for all."""
    if size is None:
        return every
    chosen: set[Mutant] = set()
    for module in {each.module for each in every}:
        own = [each for each in every if each.module == module]
        chosen |= set(random.Random(module).sample(own, min(size, len(own))))
    return [each for each in every if each in chosen]


if __name__ == "__main__":
    sys.exit(main())
