"""What the options tell of an article, and what is said where they are wrong."""

from __future__ import annotations

import pytest

from api.commands.options import metadata
from domain.errors import InvalidInputError


@pytest.mark.parametrize("written", ["fr", "FR", "Fr"])
def test_a_language_may_be_written_in_either_case(written: str) -> None:
    """FR is French; the code on record is the lower one."""
    assert metadata(language=written).language == "fr"


@pytest.mark.parametrize("written", ["french", "fr-FR", "", "f"])
def test_what_is_no_code_of_a_language_is_told_with_an_example(written: str) -> None:
    """No pattern is shown to somebody who wants to know what to write."""
    with pytest.raises(
        InvalidInputError, match=rf"^--language: .* such as fr, got '{written}'$"
    ):
        metadata(language=written)
