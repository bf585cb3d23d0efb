"""The form of a text, and how one that has it not is told."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from domain.model import patterns
from domain.model.fields import wrong_fields
from domain.model.ids import SLUG
from domain.model.told import LanguageTag, Name

ID = "should be an id of small letters, digits and single hyphens, as toll-first"


@pytest.mark.parametrize(
    ("pattern", "fits", "does_not", "told"),
    [
        (SLUG, "toll-first", "Toll first", ID),
        (
            patterns.CONDITION,
            "toll-first:for_now",
            "toll-first:soon",
            f"{ID}, or id:kind with one of precondition, reciprocity, scope, deadline, for_now",
        ),
        (
            patterns.LANGUAGE,
            "fr",
            "fr-FR",
            "should be a language as two or three small letters, as fr (not fr-FR)",
        ),
        (
            patterns.LANGUAGE_TAG,
            "fr-CH",
            "fr_CH",
            "should be a language as fr or fr-CH",
        ),
        (
            patterns.ADDRESS,
            "https://example.org/a",
            "see https://example.org/a",
            "should be an address that begins with http:// or https://",
        ),
        (
            patterns.LINE,
            "one line",
            "two\nlines",
            "should be one line, without control characters",
        ),
    ],
)
def test_a_text_has_the_form_or_is_told_the_form_in_words(
    pattern: str, fits: str, does_not: str, told: str
) -> None:
    """No regular expression is shown to who hands in a text."""
    of_that_form = TypeAdapter[str](Annotated[str, Field(pattern=pattern)])
    assert of_that_form.validate_python(fits) == fits
    with pytest.raises(ValidationError) as refusal:
        of_that_form.validate_python(does_not)
    (wrong,) = wrong_fields(refusal.value.errors())
    assert wrong.reason == told


@pytest.mark.parametrize(
    ("shape", "longest"), [(Name, "x" * 200), (LanguageTag, "fr-" + "x" * 17)]
)
def test_a_name_and_a_language_have_an_end(shape: Any, longest: str) -> None:
    """What is longer is no name and no language."""
    adapter = TypeAdapter[str](shape)
    assert adapter.validate_python(longest) == longest
    for other in (f"{longest}x", ""):
        with pytest.raises(ValidationError):
            adapter.validate_python(other)


def test_a_name_may_be_one_letter() -> None:
    """In some languages it is."""
    assert TypeAdapter[str](Name).validate_python("李") == "李"
