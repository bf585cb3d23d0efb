"""Mutants: which there are of a module, and how functions become theirs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.mutation import mutants as subject
from tests.mutation.mutants import (
    Mutant,
    code_of,
    functions_by_module,
    mutants,
    swap_code,
)

MODULE = "rules.sample"
SOURCE = '''"""The docstring of a module."""

from functools import cache
from typing import cast

LIMIT = 3


class Box:
    """A class with a rule."""

    size: int = 5

    @property
    def big(self) -> "bool":
        """Tell whether it is big."""
        return self.size > LIMIT


@cache
def grown(size: int, by: int = 1) -> int:
    return cast("int", size + by)


RULE = lambda size: size == 2
'''


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of a module in a folder of its own."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "sample.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(subject, "ROOT", tmp_path)
    subject.source.cache_clear()
    return MODULE


def imported(module: str) -> dict[str, Any]:
    """Return the names of a module that was run as it is."""
    names: dict[str, Any] = {"__name__": module}
    path = str(subject.path_of(module))
    exec(compile(SOURCE, path, "exec", dont_inherit=True), names)  # noqa: S102 (our own)
    return names


def the(module: str, change: str) -> Mutant:
    """Return the mutant with a change."""
    (found,) = (each for each in mutants(module) if each.change.startswith(change))
    return found


def test_each_mutant_tells_where_it_is(module: str) -> None:
    """By function, and by the line on which the outermost function begins, or none."""
    told = [(each.line, each.function, each.begins) for each in mutants(module)]
    assert told == [
        (6, "(module)", 0),
        (12, "Box", 0),
        (17, "Box.big", 14),
        (17, "Box.big", 14),
        (17, "Box.big", 14),
        (21, "grown", 0),
        (22, "grown", 20),
        (22, "grown", 20),
        (25, "(module)", 25),
        (25, "(module)", 25),
    ]


def test_docstrings_annotations_and_names_of_types_are_left_alone(module: str) -> None:
    """What no run reads cannot be wrong for a test."""
    changes = " ".join(each.change for each in mutants(module))
    assert "docstring" not in changes
    assert "XXbool" not in changes
    assert "XXint" not in changes


def test_a_mutant_runs_with_its_change(module: str) -> None:
    """The code of the whole module, and nothing else is other."""
    names: dict[str, Any] = {}
    exec(code_of(the(module, "3 → 4")), names)  # noqa: S102 (our own)
    assert names["LIMIT"] == 4
    assert names["Box"]().big


def test_functions_that_are_imported_become_those_of_the_mutant(module: str) -> None:
    """Decorated, a property or a lambda: whoever holds it calls the mutant."""
    names = imported(module)
    box = names["Box"]()
    grown, rule = names["grown"], names["RULE"]
    for change in ("self.size > LIMIT → self.size <= LIMIT", "size + by", "size == 2"):
        functions = functions_by_module([module])[module]
        assert swap_code(the(module, change), functions)
    assert not box.big
    assert grown(1) == 0
    assert not rule(2)


def test_a_change_outside_of_functions_is_not_made_afterwards(module: str) -> None:
    """It has happened by then: the module is to be imported anew."""
    imported(module)
    assert not swap_code(the(module, "5 → 6"), functions_by_module([module])[module])
