"""What became of mutants: kept line by line, and counted in a table.

Those that may live are listed with their reasons in ``docs/reference/mutation.md``. A
mutant is known there by its place and change, not by its line.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.mutation.mutants import ROOT, Mutant

PAGE = ROOT / "docs" / "reference" / "mutation.md"
Outcomes = Mapping[Mutant, str]
"""``killed``, ``timeout`` or ``survived``."""


def line_of(mutant: Mutant, outcome: str, by: str) -> str:
    """Return what became of a mutant as a line of JSON."""
    return json.dumps([*mutant, outcome, by], ensure_ascii=False)


def read(results: Path) -> dict[Mutant, str]:
    """Return what became of mutants, the last time each was tried."""
    if not results.exists():
        return {}
    lines = map(json.loads, results.read_text(encoding="utf-8").splitlines())
    return {Mutant(*kept): outcome for *kept, outcome, _ in lines}


def row(mutant: Mutant) -> tuple[str, str]:
    """Return place and change of a mutant as the page writes them."""
    where = f"{mutant.module.removeprefix('domain.')} {mutant.function}"
    return where, mutant.change.replace("|", "\\|").replace("`", "'")


def accepted(page: Path = PAGE) -> set[tuple[str, str]]:
    """Return place and change of the mutants that the page lists, each with a reason."""
    cells = (
        line.replace("\\|", "\0").strip("|").split("|")
        for line in page.read_text(encoding="utf-8").splitlines()
    )
    return {
        (where.strip(), change.strip().strip("`").replace("\0", "\\|"))
        for where, change, reason in (each for each in cells if len(each) == 3)
        if "→" in change and reason.strip()
    }


def table(outcomes: Outcomes, every: Iterable[Mutant]) -> str:
    """Return a table with a row for each module and one for each package."""
    lines = [
        "| module | mutants | tried | killed | survived | timeouts | found |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    there = Counter(part for each in every for part in _parts(each))
    found = Counter((p, o) for each, o in outcomes.items() for p in _parts(each))
    for part in sorted(there, key=lambda part: (part == "all", part)):
        killed, lived, late = (
            found[part, outcome] for outcome in ("killed", "survived", "timeout")
        )
        tried = killed + lived + late
        share = f"{100 * (killed + late) / tried:.1f} %" if tried else "–"
        lines.append(
            f"| {part} | {there[part]} | {tried} | {killed} | {lived} | {late} "
            f"| {share} |"
        )
    return "\n".join(lines)


def unknown(outcomes: Outcomes, known: set[tuple[str, str]]) -> Iterator[Mutant]:
    """Yield the mutants that live and are not listed."""
    for mutant, outcome in outcomes.items():
        if outcome == "survived" and row(mutant) not in known:
            yield mutant


def _parts(mutant: Mutant) -> tuple[str, str, str]:
    """Return the module of a mutant, its package, and all."""
    _, package, module = mutant.module.split(".")
    return f"{package}/{module}.py", f"{package}", "all"
