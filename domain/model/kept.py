"""Rows of the read models read back: one that is not what was written is told as damage.

A row is written by us and by nobody else. Where one was changed by hand or torn by a
disk, nothing is made of it: the log is whole, and a rebuild writes the row anew.
"""

from __future__ import annotations

from typing import TypeVar

from pydantic import ValidationError

from domain.errors import DamagedRowError
from domain.model.fields import wrong_fields
from domain.model.value import Value

ValueT = TypeVar("ValueT", bound=Value)


def read_value(shape: type[ValueT], body: bytes) -> ValueT:
    """Return the value of a body.

    Raises:
        DamagedRowError: it is the body of something else, or of nothing.
    """
    try:
        return shape.model_validate_json(body)
    except ValidationError as error:
        first = wrong_fields(error.errors())[0]
        raise DamagedRowError(shape.__name__, str(first)) from error


def read_number(body: bytes) -> int:
    """Return the number of a body.

    Raises:
        DamagedRowError: it holds something else.
    """
    try:
        return int(body)
    except ValueError as error:
        raise DamagedRowError("number", "other signs than digits") from error


def read_numbers(body: bytes) -> list[int]:
    """Return the numbers of a body, one or several, which are parted by spaces.

    Raises:
        DamagedRowError: it holds something else.
    """
    return [read_number(number) for number in body.split(b" ")]
