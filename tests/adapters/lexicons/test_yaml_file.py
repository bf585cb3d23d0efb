"""A bad file is refused with its name, its line and a reason; never anything else."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import Field, TypeAdapter

from adapters.lexicons.yaml_file import LARGEST, load_yaml, read_yaml
from domain.errors import InvalidSeedError
from domain.model.moment import Moment
from domain.model.value import Value


class Ferry(Value):
    """An invented entry."""

    name: str
    seats: Annotated[int, Field(ge=0)] = 0
    since: Moment | None = None
    ports: tuple[str, ...] = ()


FERRIES = TypeAdapter(tuple[Ferry, ...])
GOOD = "- name: Orsk\n  seats: 12\n  since: 2031-02-03\n  ports: [Velm, Orsk]\n"


def file(folder: Path, content: str | bytes) -> Path:
    """Write a file and return its path."""
    path = folder / "ferries.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_good_file_is_its_value(tmp_path: Path) -> None:
    """A bare date stays text, a list becomes a tuple, a comment says nothing."""
    (ferry,) = load_yaml(file(tmp_path, f"# ferries\n{GOOD}"), FERRIES)
    assert ferry.since == Moment.parse("2031-02-03")
    assert (ferry.name, ferry.seats, ferry.ports) == ("Orsk", 12, ("Velm", "Orsk"))


def test_a_byte_order_mark_and_foreign_line_ends_are_read(tmp_path: Path) -> None:
    """An editor on another system may write them."""
    written = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    assert load_yaml(file(tmp_path, written), FERRIES) == load_yaml(
        file(tmp_path, GOOD), FERRIES
    )


BAD: dict[str, tuple[str | bytes, int | None, str]] = {
    "an unknown key": (
        "- name: Orsk\n  colour: red\n",
        2,
        "0.colour: is no known field",
    ),
    "a wrong type": (
        "- name: Orsk\n  seats:\n    many\n",
        3,
        "0.seats: should be a whole number",
    ),
    "a number off its range": (
        f"{GOOD}- name: Velm\n  seats: -1\n",
        6,
        "1.seats: should be ",
    ),
    "a missing field": (f"{GOOD}- seats: 3\n", 5, "1.name: is missing"),
    "a truth for a text": ("- name: no\n", 1, "0.name: should be a text"),
    "a time for a text": (
        "- name: 12:30\n",
        1,
        "0.name: should be a text",
    ),
    "a mapping for a list": ("name: Orsk\n", 1, "should be a list"),
    "a text for a list": ("just words\n", 1, "should be a list"),
    "a bad EDTF": (
        "- name: Orsk\n  seats: 3\n  since: 2031-W05\n",
        3,
        "0.since: '2031-W05' is not a date",
    ),
    "a day that is none": (
        "- name: Orsk\n  since: 2031-02-30\n",
        2,
        "no such day in the calendar",
    ),
    "a wrong entry of a list": (
        "- name: Orsk\n  ports:\n  - Velm\n  - [Orsk]\n",
        4,
        "0.ports.1",
    ),
    "a syntax error": (
        "- name: Orsk\n  seats: [1, 2\n- name: x\n",
        3,
        "expected ',' or ']'",
    ),
    "a bracket never closed": ("- name: {Orsk\n", 2, "expected ',' or '}'"),
    "a colon too many": ("- name: Orsk: Velm\n", 1, "mapping values are not allowed"),
    "a tab": ("- name: Orsk\n\tseats: 3\n", 2, "'\\t' that cannot start any token"),
    "a key given twice": (
        "- name: Orsk\n  seats: 1\n  seats: 2\n",
        3,
        "'seats' stands twice",
    ),
    "a key that is a list": (
        "- name: Orsk\n  ? [a]\n  : 1\n",
        2,
        "a key must be a text",
    ),
    "an alias": ("- &a\n  name: Orsk\n- *a\n", 3, "anchors are not read"),
    "an alias of itself": ("- &a\n  name: *a\n", 2, "anchors are not read"),
    "a merge": ("- name: Orsk\n  <<: {seats: 3}\n", 2, "'merge' is not read"),
    "an object of a program": (
        "- !!python/object/apply:os.getcwd []\n",
        1,
        "is not read",
    ),
    "a tag of its own": ("- name: !ferry Orsk\n", 1, "'!ferry' is not read"),
    "a set": ("- name: Orsk\n  ports: !!set {Velm}\n", 2, "'set' is not read"),
    "a number that is none": (
        "- name: Orsk\n  seats: !!int many\n",
        2,
        "no int: 'many'",
    ),
    "a number without end": (
        "- name: Orsk\n  seats: " + "9" * 5000 + "\n",
        2,
        "no int",
    ),
    "a number that is nothing": ("- name: Orsk\n  seats: !!int\n", 2, "no int: ''"),
    "a truth that is none": ("- name: Orsk\n  seats: !!bool x\n", 2, "no bool: 'x'"),
    "two documents": (f"{GOOD}---\n{GOOD}", 5, "but found another document"),
    "an empty file": ("", 1, "the file is empty"),
    "comments alone": ("# nothing\n\n", 1, "the file is empty"),
    "nothing": ("~\n", 1, "should be a list"),
    "no UTF-8": (
        "- name: Orsk\n- name: Vélm\n".encode("latin-1"),
        2,
        "not UTF-8 at byte 22",
    ),
    "UTF-16": (GOOD.encode("utf-16"), 1, "not UTF-8 at byte 0"),
    "a NUL": (
        "- name: Orsk\n  seats: 1\n- name: a\0b\n",
        3,
        "a character that YAML does not allow",
    ),
    "brackets upon brackets": ("[" * 50_000, 1, "nested too deeply"),
    "a huge file": ("- name: " + "x" * LARGEST, None, "larger than 1000000 bytes"),
}
ENDLESS = {"brackets upon brackets"}
"""What takes as long as the largest file may."""


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=pytest.mark.slow if case in ENDLESS else ())
        for case in BAD
    ],
)
def test_a_bad_file_is_refused_with_name_line_and_reason(
    case: str, tmp_path: Path
) -> None:
    """Whoever wrote the file finds the place at once."""
    content, line, reason = BAD[case]
    path = file(tmp_path, content)
    started = time.perf_counter()
    with pytest.raises(InvalidSeedError) as caught:
        load_yaml(path, FERRIES)
    assert time.perf_counter() - started < 5
    assert caught.value.file == str(path)
    assert caught.value.line == line
    assert reason in caught.value.reason
    where = f"{path}:{line}: " if line else f"{path}: "
    assert str(caught.value).startswith(where)


def test_a_bomb_of_anchors_is_refused_before_it_unfolds(tmp_path: Path) -> None:
    """A few lines must not stand for billions of entries."""
    levels = [f"- &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12)]
    path = file(tmp_path, "\n".join(["- &l0 [lol]", *levels]))
    started = time.perf_counter()
    with pytest.raises(InvalidSeedError, match=r":2: anchors are not read"):
        load_yaml(path, FERRIES)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("name", ["missing.yaml", "", "missing/ferries.yaml"])
def test_a_file_that_cannot_be_read_is_refused(name: str, tmp_path: Path) -> None:
    """A missing file or a folder is an error of the same kind."""
    with pytest.raises(InvalidSeedError) as caught:
        load_yaml(tmp_path / name, FERRIES)
    assert caught.value.line is None
    assert caught.value.reason


def test_a_file_without_end_is_refused(tmp_path: Path) -> None:
    """A device gives bytes for ever; only so many are read."""
    with pytest.raises(InvalidSeedError, match="larger than"):
        load_yaml(Path("/dev/zero"), FERRIES)


def test_what_was_read_knows_its_lines(tmp_path: Path) -> None:
    """Checks between files refuse by the line of the entry, or of its parent."""
    read = read_yaml(
        file(tmp_path, f"{GOOD}- name: Velm\n  ports:\n    - Orsk\n"), FERRIES
    )
    for place, line in {
        (): 1,
        (0, "seats"): 2,
        (1,): 5,
        (1, "ports", 0): 7,
        (1, "seats"): 5,
        (9,): 1,
        (0, "name", "x"): 1,
    }.items():
        with pytest.raises(InvalidSeedError, match=rf"ferries.yaml:{line}: no"):
            read.refuse("no", *place)


PIECES = st.sampled_from(
    [
        "- ",
        "name: ",
        "seats: ",
        "since: ",
        "ports: ",
        "\n",
        "  ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        ": ",
        "&a ",
        "*a",
        "!x ",
        "!!int ",
        "? ",
        "| ",
        "> ",
        "'",
        '"',
        "#",
        "---",
        "...",
        "%YAML 1.1",
        "<<",
        "~",
        "=",
        "1",
        "no",
        "2031-02",
        "é",
        "\t",
        "\0",
        "\x85",
        "\ufeff",
        "\ud800",
        "@",
        "`",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=80),
        st.lists(PIECES, max_size=25).map(
            lambda p: "".join(p).encode("utf-8", "surrogatepass")
        ),
    )
)
def test_any_bytes_are_a_value_or_one_named_error(tmp_path: Path, raw: bytes) -> None:
    """No content of a file makes anything else of it."""
    value: object = ()
    with suppress(InvalidSeedError):
        value = load_yaml(file(tmp_path, raw), FERRIES)
    assert isinstance(value, tuple)
