"""The changes that are made to code, one at a time: each is a slip of the hand.

- a comparison, a boundary, an arithmetic or set operator is another one
- a condition is negated; ``and`` is ``or``; a part of it is left out
- a number is one more, a truth value the other one, a text another text
- a function returns None; a statement or a ``case`` is not there
- the last argument, or a named one, is left out; ``min`` is ``max``, ``any`` is ``all``, ``sorted`` is ``list``

Left alone: docstrings, decorators, names that only the type checker reads, annotations
outside classes. Inside classes they are rules of pydantic: their constants and the
arguments of ``Field`` are changed too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import copy
from itertools import chain

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
"""The boundary and the opposite, where there are both."""
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.BitXor: ast.BitOr,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}
OF_TYPES = {"cast", "NewType", "TypeVar", "isinstance"}
"""Calls whose arguments are names of types."""


def alternatives(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what may stand in the place of a node: itself with one slip."""
    yield from _expressions(node)
    yield from _conditions(node)
    yield from _statements(node)


def _expressions(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare():
            yield from _compared(node)
        case ast.BoolOp(op=op, values=values):
            yield _with(node, op=ast.Or() if isinstance(op, ast.And) else ast.And())
            for left in _one_less(values):
                yield left[0] if len(left) == 1 else _with(node, values=left)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.BinOp(op=operator) | ast.AugAssign(op=operator):
            if type(operator) in OPERATORS:
                yield _with(node, op=OPERATORS[type(operator)]())
        case ast.Constant(value=value):
            yield from (_with(node, value=other) for other in _constants(value))
        case ast.Call():
            yield from _called(node)
        case _:
            pass


def _compared(node: ast.Compare) -> Iterator[ast.AST]:
    for index, operator in enumerate(node.ops):
        for other in COMPARISONS[type(operator)]:
            yield _with(node, ops=[*node.ops[:index], other(), *node.ops[index + 1 :]])


def _constants(value: object) -> Iterator[object]:
    match value:
        case bool():
            yield not value
        case int():
            yield value + 1
        case float():
            yield round(value + 0.1, 6)
        case str():
            yield f"XX{value}"
        case _:
            pass


def _called(node: ast.Call) -> Iterator[ast.AST]:
    name = node.func.id if isinstance(node.func, ast.Name) else None
    if name in NAMES:
        other = _with(node, func=ast.Name(NAMES[name], ast.Load()))
        yield _with(other, keywords=[]) if name == "sorted" else other
    if name in OF_TYPES:
        return
    if len(node.args) > 1:
        yield _with(node, args=node.args[:-1])
    yield from (_with(node, keywords=left) for left in _one_less(node.keywords))


def _conditions(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node with a condition of it negated, unless its operator is changed."""
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            if not _is_plain(test):
                yield _with(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.comprehension(ifs=tests):
            for index, test in enumerate(tests):
                if not _is_plain(test):
                    other: ast.expr = ast.UnaryOp(ast.Not(), test)
                    yield _with(node, ifs=[*tests[:index], other, *tests[index + 1 :]])
        case ast.match_case(guard=ast.expr() as test) if not _is_plain(test):
            yield _with(node, guard=ast.UnaryOp(ast.Not(), test))
        case _:
            pass


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Return(value=ast.expr() as value):
            if not (isinstance(value, ast.Constant) and value.value is None):
                yield _with(node, value=ast.Constant(None))
        case ast.Expr(value=value) if not isinstance(value, ast.Constant):
            yield ast.Pass()
        case ast.Match(cases=cases):
            for index, case in enumerate(cases):
                if not _is_wildcard(case):
                    left = cases[:index] + cases[index + 1 :]
                    yield _with(node, cases=left) if left else ast.Pass()
        case ast.Raise() | ast.Continue() | ast.Break() | ast.AugAssign():
            yield ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()
        case _:
            pass


def parts(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the children of a node that may be changed."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Import() | ast.ImportFrom():
            return
        case ast.FunctionDef(args=arguments, body=body):
            yield from (*arguments.defaults, *filter(None, arguments.kw_defaults))
            yield from body
        case ast.ClassDef(body=body):
            for each in body:
                if isinstance(each, ast.AnnAssign):
                    yield from _rules(each.annotation)
                yield each
        case ast.AnnAssign(value=value):
            yield from [value] if value is not None else []
        case ast.Call(func=ast.Name(id=name), args=[_, *rest]) if name in OF_TYPES:
            yield from rest if name != "isinstance" else node.args[:1]
        case ast.JoinedStr(values=values):
            yield from values
        case ast.arguments(defaults=defaults, kw_defaults=keywords):
            yield from (*defaults, *filter(None, keywords))
        case _:
            yield from ast.iter_child_nodes(node)


def _rules(annotation: ast.expr) -> Iterator[ast.AST]:
    """Yield the calls and texts of an annotation that pydantic reads."""
    for node in ast.walk(annotation):
        if isinstance(node, ast.Call):
            yield node
        elif isinstance(node, ast.Subscript):
            name = node.value.id if isinstance(node.value, ast.Name) else ""
            yield from [node.slice] if name == "Literal" else []


def _with(node: ast.AST, **fields: object) -> ast.AST:
    """Return a copy of a node with other fields."""
    other = copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def _one_less(listed: list[ast.expr] | list[ast.keyword]) -> Iterator[list[ast.AST]]:
    for index in range(len(listed)):
        yield list(chain(listed[:index], listed[index + 1 :]))


def _is_plain(test: ast.expr) -> bool:
    """Tell whether changing the operator of a condition negates it already."""
    if isinstance(test, ast.Compare):
        return len(test.ops) == 1
    return isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)


def _is_wildcard(case: ast.match_case) -> bool:
    return isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None
