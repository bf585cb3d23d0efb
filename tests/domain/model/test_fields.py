"""What is wrong with fields is told in plain words, each at its place."""

from __future__ import annotations

import re
from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from domain.model.fields import WrongField, wrong_fields
from domain.model.ids import SLUG
from domain.model.moment import Moment
from domain.model.patterns import LANGUAGE
from domain.model.value import Value


class Inner(Value):
    """A value within another."""

    do: Literal["go"] = "go"
    places: Annotated[tuple[tuple[int, int], ...], Field(min_length=1)] = ((0, 1),)


class Outer(Value):
    """A value with fields of every kind."""

    text: Annotated[str, Field(min_length=2, max_length=3, pattern="^[a-z]*$")] = "ab"
    checked: Annotated[str, AfterValidator(str.strip), Field(max_length=3)] = "ab"
    one: Annotated[str, Field(min_length=1)] = "a"
    language: Annotated[str, Field(pattern=LANGUAGE)] = "fr"
    slug: Annotated[str, Field(pattern=SLUG)] = "toll-first"
    number: Annotated[int, Field(ge=0, le=9)] = 0
    truth: bool = True
    inner: Inner = Inner()
    mapping: dict[str, int] | None = None
    moment: Moment | None = None
    share: float = 0.5
    nothing: None = None
    names: Annotated[list[str], Field(max_length=2)] = []  # noqa: RUF012 (pydantic copies)


class Colour(Enum):
    """A value of a few."""

    RED = "red"
    BLUE = "blue"


class Shape(Value):
    """A value with a field that has no default."""

    colour: Colour


class FromAttributes(Inner):
    """A value that is read from any object."""

    model_config = ConfigDict(from_attributes=True)


class Move(Value):
    """One of two kinds."""

    kind: Literal["move"]
    steps: int = 1


class Stay(Value):
    """The other kind."""

    kind: Literal["stay"]


def odd(number: int) -> int:
    """Refuse even numbers in words of our own."""
    if number % 2 == 0:
        kind, said = "even", "Value is not odd"
        raise PydanticCustomError(kind, said)
    return number


SOON = (
    "'soon' is not a date of the EDTF subset (not a year, month, day or interval of "
    "them); write 2025, 2025-09, 2025-09-05, 2025-09-05~ or 2025-09-03/2025-09-06"
)


def wrong(shape: Any, told: Any, *, strict: bool = True) -> list[WrongField]:
    """Return what is wrong with something handed in."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(shape).validate_python(told, strict=strict)
    return wrong_fields(caught.value.errors())


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"text": 1}, "text: should be a text"),
        ({"text": "\ud800"}, "text: should be a text without lone surrogates"),
        ({"text": "a"}, "text: should have at least 2 characters"),
        ({"text": "abcd"}, "text: should have at most 3 characters"),
        ({"checked": "abcd"}, "checked: should have at most 3 characters"),
        ({"one": ""}, "one: should have at least 1 character"),
        ({"text": "AB"}, "text: should match ^[a-z]*$"),
        (
            {"slug": "Not A Slug"},
            (
                "slug: should be an id of small letters, digits and single hyphens, as "
                "toll-first"
            ),
        ),
        (
            {"language": "fr-FR"},
            (
                "language: should be a language as two or three small letters, as fr "
                "(not fr-FR)"
            ),
        ),
        ({"number": -1}, "number: should be at least 0"),
        ({"number": 10}, "number: should be at most 9"),
        ({"number": "3"}, "number: should be a whole number"),
        ({"number": 1.5}, "number: should be a whole number"),
        ({"share": "3"}, "share: should be a number"),
        ({"truth": "yes"}, "truth: should be true or false"),
        ({"nothing": 1}, "nothing: should be null"),
        ({"inner": 4}, "inner: should be an object"),
        ({"inner": {"do": "stay"}}, "inner.do: should be 'go'"),
        ({"inner": {"places": 4}}, "inner.places: should be a list"),
        ({"names": 4}, "names: should be a list"),
        ({"names": ["a", "b", "c"]}, "names: should have at most 2 values"),
        (
            {"inner": {"places": ()}},
            "inner.places: should have at least 1 value, has 0",
        ),
        (
            {"inner": {"places": ((0, "1"),)}},
            "inner.places.0.1: should be a whole number",
        ),
        ({"mapping": 1}, "mapping: should be an object"),
        ({"other": 1}, "other: is no known field"),
        ({"moment": "soon"}, f"moment: {SOON}"),
    ],
)
def test_what_is_wrong_is_told_in_plain_words(told: dict[str, Any], said: str) -> None:
    """One line a field, without the names of classes or of pydantic's kinds."""
    assert [str(each) for each in wrong(Outer, told)] == [said]


@pytest.mark.parametrize(
    ("shape", "told", "said"),
    [
        (Shape, {}, "colour: is missing"),
        (Shape, {"colour": "green"}, "colour: should be one of 'red' or 'blue'"),
        (int, "x", "should be a whole number"),
        (int, 1.5, "should be a whole number"),
        (float, "x", "should be a number"),
        (bool, "perhaps", "should be true or false"),
        (FromAttributes, 4, "should be an object"),
        (Annotated[int, Field(gt=3)], 3, "should be greater than 3"),
        (Annotated[int, AfterValidator(odd)], 2, "is not odd"),
    ],
)
def test_so_is_what_is_read_from_texts(shape: Any, told: Any, said: str) -> None:
    """Of a kind that has no words of ours pydantic's stand there, without their subject."""
    assert [str(each) for each in wrong(shape, told, strict=False)] == [said]


def test_text_that_is_no_json_is_told_with_the_place_in_it() -> None:
    """The parser says what it expected, and where."""
    with pytest.raises(ValidationError) as caught:
        Outer.model_validate_json('{"text": ')
    (found,) = wrong_fields(caught.value.errors())
    assert str(found) == "is no JSON: EOF while parsing a value at line 1 column 9"


@pytest.mark.parametrize("lone", [r"a \ud800 b", r"\ud800", r"\udc00", r"\ud800\u0041"])
def test_an_escape_of_half_a_character_is_told_as_no_text(lone: str) -> None:
    """The parser speaks of hex escapes; what is wrong is the text, not its JSON."""
    with pytest.raises(ValidationError) as caught:
        Outer.model_validate_json(f'{{"text": "{lone}"}}')
    (found,) = wrong_fields(caught.value.errors())
    expected = (
        r"should be text without lone surrogates, has one before line 1 column \d+"
    )
    assert re.fullmatch(expected, str(found))


def test_the_kinds_of_a_union_are_none_of_what_was_sent() -> None:
    """Which kind it is meant to be is a field as others; its name is no place."""
    shape = Annotated[Move | Stay, Field(discriminator="kind")]
    (missing,) = wrong(shape, {})
    assert missing == (("kind",), "is missing")
    (unknown,) = wrong(shape, {"kind": "sing"})
    assert unknown == (("kind",), "should be one of 'move', 'stay'")
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(shape).validate_python({"kind": "move", "steps": "x"})
    details = caught.value.errors()
    (inner,) = wrong_fields(details, skip=1)
    assert inner == (("steps",), "should be a whole number")
    assert wrong_fields(details)[0].name == "move.steps"
    assert wrong_fields(details, skip=1, within=("moves", 2))[0].name == "moves.2.steps"
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(list[shape]).validate_python([{}])
    found = wrong_fields(caught.value.errors(), within=("moves",))
    assert [each.name for each in found] == ["moves.0.kind"]


def test_what_is_wrong_only_for_the_sake_of_what_lies_in_it_is_left_out() -> None:
    """The innermost is told; what stands beside it stays."""
    places: list[tuple[int | str, ...]] = [
        ("a",),
        ("a", "b"),
        ("a", "b", 0),
        ("a", "c"),
        ("ab",),
        ("d",),
    ]
    details = [{"type": "missing", "loc": place} for place in places]
    found = [each.place for each in wrong_fields(details)]
    assert found == [("a", "b", 0), ("a", "c"), ("ab",), ("d",)]
    alike = [{"type": "missing", "loc": ("a",)}, {"type": "enum_type", "loc": ("a",)}]
    assert len(wrong_fields([each | {"msg": "Input is odd"} for each in alike])) == 2


def test_a_wrong_name_of_a_field_is_at_the_place_of_the_field() -> None:
    """A place leads through what was sent: nothing of pydantic's stands in it."""
    names = dict[Annotated[str, Field(max_length=2)], int]
    said = "the name should have at most 2 characters"
    assert wrong(names, {"abc": 1}) == [(("abc",), said)]
    assert wrong(dict[str, names], {"of": {"abc": 1}}) == [(("of", "abc"), said)]


def test_a_place_may_lie_within_another() -> None:
    """What holds the value is named in front."""
    with pytest.raises(ValidationError) as caught:
        Outer.model_validate({"number": "x"}, strict=True)
    (found,) = wrong_fields(caught.value.errors(), within=("article", 3))
    assert (found.place, found.name) == (("article", 3, "number"), "article.3.number")
