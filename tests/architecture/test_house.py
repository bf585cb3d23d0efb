"""The rules of the house that no other tool holds: names, docstrings, size, events."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from domain.events.base import Event
from domain.events.registry import EVENTS, UPCASTERS
from tests.golden import test_stored_events

ROOT = Path(__file__).parents[2]
PACKAGES = ("domain", "adapters", "api")
LONGEST = 300
REFUSED = re.compile(
    r"(?:^|_)(?:manager|helpers?|utils?|process|handle)(?:_|$)", re.IGNORECASE
)
"""Words that say nothing of what a thing is."""
EVENT_NAME = re.compile(r"[a-z-]+\.v\d+")
STORED_EVENTS = ROOT / "tests" / "golden" / "events"

Named = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def sources(*packages: str) -> list[Path]:
    """Return the modules of packages."""
    return sorted(path for each in packages for path in (ROOT / each).rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def here(path: Path) -> str:
    """Return a path as it is written from the root."""
    return path.relative_to(ROOT).as_posix()


def definitions(node: ast.AST, prefix: str = "") -> Iterator[tuple[str, Named]]:
    """Yield the classes and functions of a module, not those inside functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Named):
            yield f"{prefix}{child.name}", child
            if isinstance(child, ast.ClassDef):
                yield from definitions(child, f"{prefix}{child.name}.")
        elif isinstance(child, ast.If | ast.Try):
            yield from definitions(child, prefix)


def is_public(name: str) -> bool:
    """Tell whether no part of a dotted name is private or special."""
    return not any(part.startswith("_") for part in name.split("."))


def identifiers(module: ast.Module) -> Iterator[str]:
    """Yield every name that a module gives to something."""
    for node in ast.walk(module):
        if isinstance(node, Named):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
        elif isinstance(node, ast.alias) and node.asname:
            yield node.asname


def snake(name: str) -> str:
    """Return a name with its words parted by underscores."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)


# --- events ----------------------------------------------------------------------------


def subclasses(of: type[Event]) -> Iterator[type[Event]]:
    """Yield all classes below a class, in code of ours."""
    for each in of.__subclasses__():
        yield each
        yield from subclasses(each)


def test_every_event_class_is_in_the_registry() -> None:
    """What can be appended can be read again: each class stands under its name."""
    ours = {e for e in subclasses(Event) if e.__module__.startswith("domain.")}
    assert ours == set(EVENTS.values())
    assert all(EVENTS[event.name] is event for event in ours)


@pytest.mark.parametrize("name", [*EVENTS, *UPCASTERS])
def test_stored_names_are_words_and_a_version(name: str) -> None:
    """A stored name is short, lower case and versioned, never a Python path."""
    assert EVENT_NAME.fullmatch(name)


@pytest.mark.parametrize("name", EVENTS)
def test_every_event_has_golden_bytes(name: str) -> None:
    """Its bytes are promised for ever by a file and by the test that reads it."""
    assert (STORED_EVENTS / f"{name}.json").is_file()
    assert name in {event.name for event in test_stored_events.GOLDEN}


@pytest.mark.parametrize("event", EVENTS.values(), ids=lambda event: event.name)
def test_events_are_facts_in_the_past_tense(event: type[Event]) -> None:
    """Noun first, then what happened to it; nothing is merely updated, changed or set."""
    last = snake(event.__name__).split("_")[-1].lower()
    assert last.endswith("ed") or last in {"held", "withdrawn"}
    assert last not in {"updated", "changed", "set"}
    words = snake(event.__name__).lower().replace("_", "-")
    assert event.name.rpartition(".v")[0] == words
    assert event.model_config["frozen"]
    assert event.model_config["extra"] == "forbid"


# --- modules -------------------------------------------------------------------------------


@pytest.mark.parametrize("package", PACKAGES)
def test_no_name_says_nothing(package: str) -> None:
    """Names say what a thing is: no manager, helper or util, nothing is processed or handled."""
    found = {
        (here(path), name)
        for path in sources(package)
        for name in (path.stem, *identifiers(tree(path)))
        if REFUSED.search(snake(name))
    }
    assert found == set()


@pytest.mark.parametrize("package", [*PACKAGES, "tests"])
def test_no_module_is_too_long_to_read(package: str) -> None:
    """A module that grows over the bound is more than one thing."""
    bound = LONGEST if package != "tests" else 2 * LONGEST
    lines = {
        here(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in sources(package)
    }
    assert {path: many for path, many in lines.items() if many > bound} == {}


@pytest.mark.parametrize("package", [*PACKAGES, "tests"])
def test_every_module_class_and_function_says_what_it_is(package: str) -> None:
    """Modules, public classes and functions have a docstring; of a test it is the rule."""
    silent: list[tuple[str, str]] = []
    for path in sources(package):
        module = tree(path)
        silent += [(here(path), "module")] if not ast.get_docstring(module) else []
        silent += [
            (here(path), name)
            for name, node in definitions(module)
            if is_public(name) and not ast.get_docstring(node)
        ]
    assert silent == []


def test_the_domain_imports_the_standard_library_pydantic_and_msgspec_alone() -> None:
    """Told once more from the source, so that a new library cannot slip past a list."""
    import sys  # noqa: PLC0415 (of this test alone)

    allowed = sys.stdlib_module_names | {
        "domain",
        "msgspec",
        "pydantic",
        "pydantic_core",
    }
    found: set[tuple[str, str]] = set()
    for path in sources("domain"):
        for node in ast.walk(tree(path)):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            tops = {name.partition(".")[0] for name in names}
            found |= {(here(path), top) for top in tops - allowed}
    assert found == set()


IMPURE = {
    "os",
    "io",
    "socket",
    "subprocess",
    "random",
    "secrets",
    "time",
    "threading",
    "sqlite3",
    "uuid",
    "urllib",
}
REACHES_OUT = {"open", "print", "input", "eval", "exec"}


def test_the_domain_has_no_input_output_clock_or_randomness() -> None:
    """What the domain gives depends on what it is given."""
    found: set[tuple[str, str]] = set()
    for path in sources("domain"):
        for node in ast.walk(tree(path)):
            names: set[str] = set()
            if isinstance(node, ast.Import):
                names = {a.name.partition(".")[0] for a in node.names} & IMPURE
            elif isinstance(node, ast.ImportFrom):
                names = {(node.module or "").partition(".")[0]} & IMPURE
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                names = {node.func.id} & REACHES_OUT
            found |= {(here(path), name) for name in names}
    assert found == set()


def test_a_language_model_is_loaded_once_a_process() -> None:
    """Tests take the parsers that the service keeps: each takes hundreds of megabytes."""
    made = re.compile(r"(?:SpacyParser|NatashaParser)\(")
    parsing = {
        here(path)
        for path in sources("api", "tests")
        if made.search(path.read_text(encoding="utf-8"))
    }
    assert parsing == {"api/app.py"}
