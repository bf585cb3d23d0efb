"""The changes that mutation makes: which, where, and where none."""

from __future__ import annotations

import ast

import pytest

from tests.mutation.operators import alternatives


def changed(code: str) -> set[str]:
    """Return a statement with each change made at its outermost node."""
    (statement,) = ast.parse(code).body
    node = statement.value if isinstance(statement, ast.Expr) else statement
    return {ast.unparse(each) for each in alternatives(node)}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("a < b", {"a <= b", "a >= b"}),
        ("a >= b", {"a > b", "a < b"}),
        ("a == 0 != b", {"a != 0 != b", "a == 0 == b"}),
        ("a is None", {"a is not None"}),
        ("a in b", {"a not in b"}),
        ("a and b", {"a or b", "a", "b"}),
        ("a or b or c", {"a and b and c", "a or b", "a or c", "b or c"}),
        ("not a", {"a"}),
        ("-3", {"3"}),
        ("a + b", {"a - b"}),
        ("a | b", {"a & b"}),
        ("a % b", set()),
        ("7", {"8"}),
        ("0.6", {"0.7"}),
        ("True", {"False"}),
        ("'open'", {"'XXopen'"}),
        ("None", set()),
        ("min(a)", {"max(a)"}),
        ("any(a)", {"all(a)"}),
        ("sorted(a, key=b)", {"list(a)", "sorted(a)"}),
        ("f(a, b)", {"f(a)"}),
        ("f(a, x=b, y=c)", {"f(a, x=b)", "f(a, y=c)"}),
        ("isinstance(a, b)", set()),
        ("a if b else c", {"a if not b else c"}),
        ("a if b < c else d", set()),
    ],
)
def test_an_expression_is_changed_by_one_slip(code: str, expected: set[str]) -> None:
    """Each operator has its boundary or its opposite; what has neither is left alone."""
    assert changed(code) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("return a", {"return None"}),
        ("return None", set()),
        ("raise a", {"pass"}),
        ("a.b = c", {"pass"}),
        ("a = c", set()),
        ("a += c", {"a -= c", "pass"}),
        ("if a: b", {"if not a:\n    b"}),
        ("if a == c: b", set()),
        ("while a: b", {"while not a:\n    b"}),
    ],
)
def test_a_statement_is_negated_or_not_there(code: str, expected: set[str]) -> None:
    """A condition whose operator is changed already is not negated once more."""
    assert changed(code) == expected


def test_a_case_is_left_out_but_not_the_last_that_takes_all() -> None:
    """Without a wildcard the rest falls through: that is what it does, mostly."""
    code = "match a:\n    case 1:\n        b\n    case _:\n        c"
    assert changed(code) == {"match a:\n    case _:\n        c"}
