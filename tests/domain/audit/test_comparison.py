"""The first difference between a replay and what is served, with the field that differs."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.audit.comparison import Difference, first_difference
from domain.audit.digest import Line


def row(table: str, key: str, value: object) -> Line:
    """Return a row whose body is the JSON of a value."""
    return Line(table, (key,), json.dumps(value).encode())


def between(replayed: object, served: object) -> Difference:
    """Return the difference between two values of one row."""
    found = first_difference([row("t", "k", replayed)], [row("t", "k", served)])
    assert found is not None
    assert (found.table, found.key) == ("t", ("k",))
    return found


def test_equal_rows_have_no_difference() -> None:
    """In whatever order they come."""
    rows = [row("t", "a", 1), row("s", "b", 2)]
    assert first_difference(rows, reversed(rows)) is None
    assert first_difference([], []) is None


@pytest.mark.parametrize(
    ("replayed", "served", "told"),
    [
        ({"a": 1, "b": 2}, {"a": 1, "b": 3}, ("/b", "2", "3")),
        ({"b": 1, "a": 1}, {"a": 2, "b": 2}, ("/a", "1", "2")),
        (
            {"a": {"b": [1, {"c": "é"}]}},
            {"a": {"b": [1, {"c": "e"}]}},
            ("/a/b/1/c", '"é"', '"e"'),
        ),
        ({"a": [1]}, {"a": [1, 2]}, ("/a", "[1]", "[1, 2]")),
        ({"a": None}, {}, ("/a", "null", None)),
        ({}, {"a": None}, ("/a", None, "null")),
        ({"a": 1}, {"a": True}, ("/a", "1", "true")),
        ({"a": 1}, {"a": 1.0}, ("/a", "1", "1.0")),
        ({"a": 1}, {"a": "1"}, ("/a", "1", '"1"')),
        ({"a": {}}, {"a": []}, ("/a", "{}", "[]")),
        (1, 2, ("/", "1", "2")),
    ],
)
def test_the_first_field_that_differs_is_named(
    replayed: object, served: object, told: tuple[str, str | None, str | None]
) -> None:
    """The path leads to it, and both values are shown; a field that lacks is None."""
    found = between(replayed, served)
    assert (found.field, found.replayed, found.served) == told


def test_the_first_row_in_order_of_table_and_key_is_told() -> None:
    """Later differences wait."""
    one = [row("b", "1", 1), row("a", "2", 1), row("a", "1", 1)]
    other = [row("b", "1", 2), row("a", "2", 2), row("a", "1", 1)]
    found = first_difference(one, other)
    assert found is not None
    assert (found.table, found.key) == ("a", ("2",))


@pytest.mark.parametrize("swapped", [False, True])
def test_a_row_that_one_side_lacks_is_a_difference(swapped: bool) -> None:
    """The side that has it shows it whole, the other nothing."""
    sides: tuple[list[Line], list[Line]] = ([row("t", "k", {"a": 1})], [])
    found = first_difference(*(sides[::-1] if swapped else sides))
    assert found is not None
    shown = (found.replayed, found.served)
    assert shown == ((None, '{"a": 1}') if swapped else ('{"a": 1}', None))
    assert found.field is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (b'{"a":1}', b'{"a": 1}'),
        (b'{"a":1,"b":2}', b'{"b":2,"a":1}'),
        (b"\xff", b"\xfe"),
        (b"{", b"["),
        (b"[" * 9000, b"[" * 9001),
        (b"", b"null"),
    ],
)
def test_bodies_that_differ_in_bytes_only_are_shown_whole(
    one: bytes, other: bytes
) -> None:
    """What is served is compared byte for byte, readable or not."""
    found = first_difference([Line("t", (), one)], [Line("t", (), other)])
    assert found is not None
    assert found.field is None
    assert found.replayed == one.decode(errors="backslashreplace")


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-2, 2), st.text("ab", max_size=2)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("ab"), inner)
    ),
    max_leaves=6,
)


@given(VALUES, VALUES)
def test_a_difference_is_told_exactly_where_there_is_one(
    one: object, other: object
) -> None:
    """Equal as JSON means none; else the path leads to the two values that are shown."""
    left, right = json.dumps(one, sort_keys=True), json.dumps(other, sort_keys=True)
    rows = [Line("t", ("k",), body.encode()) for body in (left, right)]
    found = first_difference(rows[:1], rows[1:])
    if left == right:
        assert found is None
        return
    assert found is not None
    assert found.field is not None
    assert found.replayed != found.served
    for value, shown in ((one, found.replayed), (other, found.served)):
        at = value
        for part in found.field.split("/")[1:]:
            if part and isinstance(at, dict):
                at = at.get(part)
            elif part and isinstance(at, list):
                at = at[int(part)]
        assert shown in (None, json.dumps(at, ensure_ascii=False, sort_keys=True))
