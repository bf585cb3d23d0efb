"""What is wrong with fields is told in plain words, each at its place."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from domain.model.fields import wrong_fields
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
    language: Annotated[str, Field(pattern=LANGUAGE)] = "fr"
    slug: Annotated[str, Field(pattern=SLUG)] = "toll-first"
    number: Annotated[int, Field(ge=0, le=9)] = 0
    truth: bool = True
    inner: Inner = Inner()
    mapping: dict[str, int] | None = None
    moment: Moment | None = None


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"text": 1}, "text: should be a text"),
        ({"text": "a"}, "text: should have at least 2 characters"),
        ({"text": "abcd"}, "text: should have at most 3 characters"),
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
        ({"truth": "yes"}, "truth: should be true or false"),
        ({"inner": 4}, "inner: should be an object"),
        ({"inner": {"do": "stay"}}, "inner.do: should be 'go'"),
        ({"inner": {"places": 4}}, "inner.places: should be a list"),
        (
            {"inner": {"places": ()}},
            "inner.places: should have at least 1 items, has 0",
        ),
        (
            {"inner": {"places": ((0, "1"),)}},
            "inner.places.0.1: should be a whole number",
        ),
        ({"mapping": 1}, "mapping: should be an object"),
        ({"other": 1}, "other: is no known field"),
        ({"moment": "soon"}, "moment: 'soon' is not a date"),
    ],
)
def test_what_is_wrong_is_told_in_plain_words(told: dict[str, Any], said: str) -> None:
    """One line a field, without the names of classes or of pydantic's kinds."""
    with pytest.raises(ValidationError) as caught:
        Outer.model_validate(told, strict=True)
    (wrong,) = wrong_fields(caught.value.errors())
    assert str(wrong).startswith(said)
    assert "Input" not in str(wrong)


def test_a_wrong_name_of_a_field_is_at_the_place_of_the_field() -> None:
    """A place leads through what was sent: nothing of pydantic's stands in it."""
    names = TypeAdapter(dict[Annotated[str, Field(max_length=2)], int])
    with pytest.raises(ValidationError) as caught:
        names.validate_python({"abc": 1})
    (wrong,) = wrong_fields(caught.value.errors())
    assert wrong.place == ("abc",)
    assert wrong.reason == "the name should have at most 2 characters"


def test_a_place_may_lie_within_another() -> None:
    """What holds the value is named in front."""
    with pytest.raises(ValidationError) as caught:
        Outer.model_validate({"number": "x"}, strict=True)
    (wrong,) = wrong_fields(caught.value.errors(), within=("article", 3))
    assert (wrong.place, wrong.name) == (("article", 3, "number"), "article.3.number")
