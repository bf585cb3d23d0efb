"""Derived values are a part of pydantic's models, and say in JSON all that they hold."""

from __future__ import annotations

import json
from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.errors import StoreUnavailableError
from domain.model.derived import Derived
from domain.model.statement import Filing
from domain.model.value import Value


class Held(Derived, frozen=True):
    """A derived value with a value of ours, a day and a default in it."""

    filing: Filing
    day: date
    more: tuple[str, ...] = ()


class Words(Value):
    """A value of ours, of whose bytes msgspec would make something else."""

    words: bytes


class Said(Derived, frozen=True):
    """A derived value that holds them."""

    said: Words


class Shown(Value):
    """A model that holds one."""

    held: Held


HELD = Held(
    filing=Filing(rule="r", matched=("m",)),
    day=date(2031, 2, 1),
)


def test_a_model_takes_a_derived_value_as_it_is_and_nothing_else() -> None:
    """It was made of checked values: it is not copied, and nothing is made of a mapping."""
    assert Shown(held=HELD).held is HELD
    with pytest.raises(ValidationError):
        Shown.model_validate({"held": {"filing": None}})


def test_a_model_writes_all_of_it_defaults_too() -> None:
    """Values of ours as their own JSON, a day as ISO 8601."""
    expected = {
        "filing": {"rule": "r", "matched": ["m"]},
        "day": "2031-02-01",
        "more": [],
    }
    shown = Shown(held=HELD)
    assert shown.model_dump(mode="json") == {"held": expected}
    assert json.loads(shown.model_dump_json()) == {"held": expected}


def test_a_value_of_ours_is_written_as_it_writes_itself() -> None:
    """Not as msgspec would write what is in it: bytes are a text, not base64."""
    adapter = TypeAdapter(Said)
    said = Said(said=Words(words=b"open"))
    assert adapter.dump_python(said, mode="json") == {"said": {"words": "open"}}


def test_the_body_of_something_else_is_refused_with_what_to_do() -> None:
    """A row that was changed or torn is nothing to read; a rebuild writes it anew."""

    class Row(Derived, frozen=True):
        """A row of one number."""

        seq: int

    assert Row.read(Row(seq=3).body) == Row(seq=3)
    told = r"^a row of the read models is no Row \({}\): run onrecord rebuild$"
    for body, why in (
        (b'{"seq":3,"more":4}', "Object contains unknown field `more`"),
        (b"{}", "Object missing required field `seq`"),
        (b"\x00", r"JSON is malformed: invalid character \(byte 0\)"),
    ):
        with pytest.raises(StoreUnavailableError, match=told.format(why)):
            Row.read(body)
    assert Row(seq=3).changed(seq=4) == Row(seq=4)
