"""What became of mutants is counted, and what may live is listed with its reason."""

from __future__ import annotations

from pathlib import Path

from tests.mutation.__main__ import all_modules, sampled
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.results import accepted, line_of, read, row, table, unknown


def mutant(number: int, change: str = "a | b → a & b") -> Mutant:
    """Return a mutant of an invented module."""
    return Mutant("domain.positions.sample", number, 1, "f", 1, change)


def test_every_mutant_that_the_page_lists_exists() -> None:
    """A rule that was rewritten takes its excuses with it."""
    existing = {row(each) for module in all_modules() for each in mutants(module)}
    assert accepted() - existing == set()


def test_a_mutant_lives_unknown_unless_its_row_has_a_reason(tmp_path: Path) -> None:
    """It is found by place and change, wherever its line has moved."""
    page = tmp_path / "page.md"
    where, change = row(mutant(1))
    page.write_text(
        "| where | change | why |\n|---|---|---|\n"
        f"| {where} | `{change}` | the same in whatever order |\n"
        f"| {where} | `b → c` | |\n",
        encoding="utf-8",
    )
    outcomes = {
        mutant(1)._replace(line=9): "survived",
        mutant(2, "b → c"): "survived",
        mutant(3, "c → d"): "killed",
    }
    assert list(unknown(outcomes, accepted(page))) == [mutant(2, "b → c")]


def test_the_last_that_became_of_a_mutant_counts(tmp_path: Path) -> None:
    """Results are written as they come, and may be gone on with."""
    results = tmp_path / "results.jsonl"
    assert read(results) == {}
    lines = (line_of(mutant(1), each, "") for each in ("survived", "killed"))
    results.write_text("\n".join(lines), encoding="utf-8")
    assert read(results) == {mutant(1): "killed"}


def test_the_table_counts_what_was_tried() -> None:
    """What takes too long is found as well; what was not tried is no success."""
    outcomes = {
        mutant(1): "killed",
        mutant(2): "timeout",
        mutant(3): "survived",
    }
    rows = table(outcomes, map(mutant, range(1, 6))).splitlines()
    assert "| positions/sample.py | 5 | 3 | 1 | 1 | 1 | 66.7 % |" in rows
    assert "| all | 5 | 3 | 1 | 1 | 1 | 66.7 % |" in rows


def test_a_sample_is_the_same_each_time() -> None:
    """So many of each module, in the order of its lines; all where there are fewer."""
    every = list(map(mutant, range(9)))
    chosen = sampled(every, 4)
    assert chosen == sampled(every, 4) == sorted(chosen)
    assert len(chosen) == 4
    assert sampled(every, 99) == sampled(every, None) == every
