"""What is no moment is refused with the reason, and with what may be written."""

from __future__ import annotations

import re

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.errors import InvalidMomentError
from domain.model.moment import Moment

HINT = "write 2025, 2025-09, 2025-09-05, 2025-09-05~ or 2025-09-03/2025-09-06"
MOMENT: TypeAdapter[Moment] = TypeAdapter(Moment)


def refusal(text: str, why: str) -> str:
    """Return the whole message."""
    return f"{text!r} is not a date of the EDTF subset ({why}); {HINT}"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2025-W36", "not a year, month, day or interval of them"),
        ("2025-09-03/hier", "not a year, month, day or interval of them"),
        ("hier/2025-09-03", "not a year, month, day or interval of them"),
        ("202X-09", "an unspecified year with a known month"),
        ("20XX-09-XX", "an unspecified year with a known month"),
        ("2025-XX-05", "an unspecified month with a known day"),
        ("202X-XX-05", "an unspecified month with a known day"),
        ("2025-02-30", "no such day in the calendar"),
        ("2025-13", "no such day in the calendar"),
        ("0000-XX", "no such day in the calendar"),
        ("../..", "an interval open at both ends says nothing"),
        ("2025-09-06/2025-09-03", "the interval ends before it begins"),
    ],
)
def test_a_refusal_says_why_and_what_may_be_written(text: str, why: str) -> None:
    """The whole text is named, not the half of the interval that is wrong."""
    with pytest.raises(InvalidMomentError, match=f"^{re.escape(refusal(text, why))}$"):
        Moment.parse(text)


def test_a_long_text_is_named_by_its_beginning() -> None:
    """Sixty characters tell which it was."""
    told = refusal("x" * 60, "not a year, month, day or interval of them")
    with pytest.raises(InvalidMomentError, match=f"^{re.escape(told)}$"):
        Moment.parse("x" * 61)


@pytest.mark.parametrize(("value", "kind"), [(2025, "int"), (None, "NoneType")])
def test_what_is_no_text_is_refused_by_its_type(value: object, kind: str) -> None:
    """A number may look like a year: it is not written as one."""
    expected = f"Value error, expected an EDTF text, got {kind} "
    with pytest.raises(ValidationError, match=re.escape(expected)):
        MOMENT.validate_python(value)


def test_a_wrong_text_on_the_wire_has_the_same_message() -> None:
    """Whoever sent it reads what a person at the command line reads."""
    told = refusal("2025-13", "no such day in the calendar")
    with pytest.raises(ValidationError, match=re.escape(f"Value error, {told} ")):
        MOMENT.validate_json('"2025-13"')


def test_a_moment_is_taken_as_it_is() -> None:
    """One that was made in Python is not read again."""
    moment = Moment.parse("2025-09~")
    assert MOMENT.validate_python(moment) is moment


def test_the_schema_names_the_standard() -> None:
    """Other programs know by the title what the text is."""
    assert MOMENT.json_schema() == {
        "type": "string",
        "title": "EDTF",
        "examples": ["2025-09-03/.."],
    }
