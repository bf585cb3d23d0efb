"""What the options tell of an article, and what is said where they are wrong."""

from __future__ import annotations

from codecs import BOM_UTF8
from io import BytesIO

import pytest

from api.commands.options import lines_of, metadata, text_of
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


def test_lines_are_read_with_their_numbers_and_blank_ones_are_none() -> None:
    """However they end; a byte order mark is no part of the first of them."""
    found = lines_of(BytesIO(BOM_UTF8 + b"{}\r\n \t\n\n{1}\r{2}"))
    assert found == [(1, b"{}"), (4, b"{1}"), (5, b"{2}")]
    assert lines_of(BytesIO(b"{}\n" + BOM_UTF8))[1] == (2, BOM_UTF8)


@pytest.mark.parametrize("nothing", [b"", b"\n", b" \r\n\t\n", BOM_UTF8])
def test_a_file_without_lines_is_refused(nothing: bytes) -> None:
    """Whoever hands in nothing has taken the wrong file."""
    source = BytesIO(nothing)
    source.name = "own.jsonl"
    with pytest.raises(InvalidInputError, match=r"^own\.jsonl: is empty: .* no line"):
        lines_of(source)


def test_a_line_that_is_no_text_is_told_with_the_byte() -> None:
    """One such line says nothing of the others."""
    assert text_of("né".encode()) == "né"
    with pytest.raises(
        InvalidInputError, match=r"^is not UTF-8 \(byte 1\): save it so"
    ):
        text_of("né".encode("latin-1"))
