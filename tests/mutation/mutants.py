"""Mutants: a module of the domain with one change, where it is, and its code."""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import takewhile
from pathlib import Path
from types import CodeType, FunctionType
from typing import NamedTuple

from tests.mutation.operators import alternatives, parts

ROOT = Path(__file__).parents[2]
SHOWN, BESIDE = 120, 3
"""Characters of code that are shown whole, and words beside a change in longer code."""


class Mutant(NamedTuple):
    """The change of a number in a module, in words.

    ``begins`` is the first line of the outermost function that it is in, 0 where it is
    in none: it then happens when the module is imported.
    """

    module: str
    number: int
    line: int
    function: str
    begins: int
    change: str

    @property
    def known_by(self) -> tuple[str, str, str]:
        """What stays the same when other lines move."""
        return (self.module, self.function, self.change)


class _Site(NamedTuple):
    """A node, the names of what it is inside of, and the first line of its function."""

    node: ast.AST
    scope: tuple[str, ...]
    begins: int


def path_of(module: str) -> Path:
    """Return the file of a module."""
    return ROOT / f"{module.replace('.', '/')}.py"


@cache
def source(module: str) -> str:
    """Return the text of a module."""
    return path_of(module).read_text(encoding="utf-8")


def mutants(module: str) -> list[Mutant]:
    """Return all mutants of a module, in the order of its lines."""
    return [
        Mutant(
            module,
            number,
            _line(site.node),
            ".".join(site.scope) or "(module)",
            site.begins,
            _change(module, site.node, other),
        )
        for number, (site, other) in enumerate(_changes(ast.parse(source(module))))
    ]


def code_of(mutant: Mutant) -> CodeType:
    """Return the compiled module of a mutant."""
    tree = ast.parse(source(mutant.module))
    for number, (site, other) in enumerate(_changes(tree)):
        if number == mutant.number:
            return _compiled(_replaced(tree, site.node, other), mutant.module)
    raise LookupError(mutant)


def swap_code(mutant: Mutant, functions: Iterable[FunctionType]) -> bool:
    """Give functions that are already imported the code of the mutant.

    Tells whether that was possible: it is not where the change is outside of functions,
    or a function shares other variables with the one around it.
    """
    if not mutant.begins:
        return False
    old = _compiled(ast.parse(source(mutant.module)), mutant.module)
    new = dict(_pairs(old, code_of(mutant)))
    for function in functions:
        other = new.get(function.__code__)
        if other is not None:
            if other.co_freevars != function.__code__.co_freevars:
                return False
            function.__code__ = other
    return True


def functions_by_module(modules: Iterable[str]) -> Mapping[str, list[FunctionType]]:
    """Return all functions that were imported from modules, lambdas included."""
    files = {str(path_of(module)): module for module in modules}
    found: dict[str, list[FunctionType]] = {module: [] for module in files.values()}
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename in files:
            found[files[each.__code__.co_filename]].append(each)
    return found


def _changes(tree: ast.Module) -> Iterator[tuple[_Site, ast.AST]]:
    for site in list(_sites(tree, (), 0)):
        for other in alternatives(site.node):
            yield site, other


def _sites(node: ast.AST, scope: tuple[str, ...], begins: int) -> Iterator[_Site]:
    """Yield what is inside a node; a default of an argument is outside its function."""
    yield _Site(node, scope, begins)
    body: list[ast.AST] = []
    first = begins
    match node:
        case ast.FunctionDef(name=name, decorator_list=decorators, lineno=line):
            body, scope = [*node.body], (*scope, name)
            first = begins or min((each.lineno for each in decorators), default=line)
        case ast.Lambda(lineno=line):
            body, first = [node.body], begins or line
        case ast.ClassDef(name=name):
            scope = (*scope, name)
        case _:
            pass
    for part in parts(node):
        yield from _sites(part, scope, first if part in body else begins)


def _replaced(tree: ast.Module, old: ast.AST, new: ast.AST) -> ast.Module:
    for node in ast.walk(tree):
        for name, value in ast.iter_fields(node):
            if value is old:
                setattr(node, name, new)
            elif isinstance(value, list) and any(each is old for each in value):
                setattr(node, name, [new if each is old else each for each in value])
    return tree


def _compiled(tree: ast.Module, module: str) -> CodeType:
    whole = ast.fix_missing_locations(tree)
    return compile(whole, str(path_of(module)), "exec", dont_inherit=True)


def _pairs(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Yield the code objects of two modules that are alike but for a change."""
    yield old, new
    before, after = _inner(old), _inner(new)
    if len(before) == len(after):
        for pair in zip(before, after, strict=True):
            yield from _pairs(*pair)


def _inner(code: CodeType) -> list[CodeType]:
    return [each for each in code.co_consts if isinstance(each, CodeType)]


def _change(module: str, old: ast.AST, new: ast.AST) -> str:
    """Return a change in words; with its line where the words alone may be anywhere."""
    change = " → ".join(_shortened(_shown(old), _shown(new)))
    if isinstance(old, ast.Constant | ast.UnaryOp | ast.Name):
        change += f", in {source(module).splitlines()[_line(old) - 1].strip()}"
    return change


def _shortened(old: str, new: str) -> tuple[str, str]:
    """Return two texts; of long ones the words that differ, and a few beside them."""
    if len(old) <= SHOWN:
        return old, new
    one, other = old.split(), new.split()
    begin = max(_alike(one, other) - BESIDE, 0)
    end = max(_alike(one[:begin:-1], other[:begin:-1]) - BESIDE, 0)
    first, last = "… " * (begin > 0), " …" * (end > 0)
    kept = (" ".join(words[begin : len(words) - end]) for words in (one, other))
    cut = [text if len(text) <= SHOWN else f"{text[:SHOWN]} …" for text in kept]
    return f"{first}{cut[0]}{last}", f"{first}{cut[1]}{last}"


def _alike(one: list[str], other: list[str]) -> int:
    """Return how many words two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _line(node: ast.AST) -> int:
    """Return the line of a node; some have none but their parts do."""
    lines = (getattr(each, "lineno", None) for each in ast.walk(node))
    return next((line for line in lines if line is not None), 0)


def _shown(node: ast.AST) -> str:
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            text = f"if {ast.unparse(test)}"
        case ast.Match(cases=cases):
            text = " | ".join(f"case {ast.unparse(each.pattern)}" for each in cases)
        case ast.match_case(guard=ast.expr() as guard):
            text = f"if {ast.unparse(guard)}"
        case _:
            text = ast.unparse(node).strip()
    return " ".join(text.split())
