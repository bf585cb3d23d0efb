"""A digest stands for a set of rows: any change shows, the order does not."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.audit.digest import Line, digest

NAMES = st.text(alphabet="ab\u00e9", max_size=3)
LINES = st.builds(
    Line,
    table=NAMES,
    key=st.lists(NAMES, max_size=3).map(tuple),
    body=st.binary(max_size=4),
)
SETS = st.lists(LINES, max_size=6, unique_by=lambda line: (line.table, line.key))


@given(SETS, st.randoms(use_true_random=False))
def test_the_order_of_rows_is_nothing(lines: list[Line], random: object) -> None:
    """Rows of equal content digest equally, however they are stored."""
    shuffled = list(lines)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert digest(shuffled) == digest(lines) == digest(iter(lines))


@given(SETS, SETS)
def test_other_rows_have_another_digest(one: list[Line], other: list[Line]) -> None:
    """No two different sets of rows give the same input."""
    assert (digest(one) == digest(other)) == (set(one) == set(other))


@given(SETS.filter(bool), st.data())
def test_a_change_in_any_part_changes_the_digest(
    lines: list[Line], data: st.DataObject
) -> None:
    """A table, a part of a key, a byte of a body, a row more or less."""
    at = data.draw(st.integers(0, len(lines) - 1))
    line = lines[at]
    changed = [
        line._replace(table=f"{line.table}x"),
        line._replace(key=(*line.key, "")),
        line._replace(key=tuple(f"{part}x" for part in line.key) or ("x",)),
        line._replace(body=line.body + b"\0"),
        line._replace(
            body=bytes([line.body[0] ^ 1]) + line.body[1:] if line.body else b"x"
        ),
    ]
    before = digest(lines)
    assert digest(lines[:at] + lines[at + 1 :]) != before
    for each in changed:
        assume(each not in lines)
        assert digest([*lines[:at], each, *lines[at + 1 :]]) != before


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([Line("a", ("b", "c"), b"d")], [Line("a", (), b"b"), Line("c", (), b"d")]),
        ([Line("a", ("bc",), b"d")], [Line("a", ("b",), b"cd")]),
        ([Line("a", ("b", ""), b"d")], [Line("a", ("", "b"), b"d")]),
        ([Line("ab", (), b"d")], [Line("a", ("b",), b"d")]),
        ([], [Line("", (), b"")]),
        ([Line("", (), b"")], [Line("", ("",), b"")]),
    ],
)
def test_parts_are_not_run_together(one: list[Line], other: list[Line]) -> None:
    """Lengths and numbers of parts are digested too."""
    assert digest(one) != digest(other)


def test_the_digest_of_nothing_and_of_a_row_are_promised() -> None:
    """Whoever notes a digest can compute it again."""
    head = b"onrecord-rows/v1\n"
    assert digest([]) == hashlib.sha256(head).hexdigest()
    row = b"".join(
        number.to_bytes(8, "big") + part
        for number, part in [(3, b""), (1, b"t"), (2, "é".encode()), (1, b"x")]
    )
    assert digest([Line("t", ("é",), b"x")]) == hashlib.sha256(head + row).hexdigest()
