"""Rows are read back as they were written; anything else is told as damage, and where."""

from __future__ import annotations

import pytest

from domain.errors import DamagedRowError
from domain.model.kept import read_number, read_numbers, read_value
from domain.model.value import Value


class Harbour(Value):
    """What a row may hold."""

    name: str
    berths: int


def test_what_was_written_is_read_back() -> None:
    """Values as JSON, numbers in digits."""
    harbour = Harbour(name="Gull", berths=3)
    assert read_value(Harbour, harbour.model_dump_json().encode()) == harbour
    assert read_number(b"3") == 3
    assert read_numbers(b"3 4 12") == [3, 4, 12]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b'{"name": 1, "berths": "many"}', "name"),
        (b'{"name": "Gull"}', "berths"),
        (b'{"name": "\xff", "berths": 1}', ""),
        (b"", ""),
    ],
)
def test_a_value_that_is_damaged_is_called_so_by_its_first_wrong_field(
    body: bytes, what: str
) -> None:
    """The message names what it should be, what is wrong, and what to do."""
    told = (
        rf"^a row of the read models is no Harbour \({what}.+\): run onrecord rebuild$"
    )
    with pytest.raises(DamagedRowError, match=told):
        read_value(Harbour, body)


@pytest.mark.parametrize("body", [b"", b"three", b"3 x", b"\xff"])
def test_a_number_that_is_damaged_is_called_so(body: bytes) -> None:
    """A list of numbers is damaged where one of them is."""
    told = r"^a row of the read models is no number \(other signs than digits\): run"
    with pytest.raises(DamagedRowError, match=told):
        read_number(body)
    with pytest.raises(DamagedRowError, match=told):
        read_numbers(body)
