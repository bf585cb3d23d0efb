"""What several commands take on the command line."""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import BinaryIO

import click
from pydantic import ValidationError

from domain.errors import InvalidInputError
from domain.model.fields import wrong_fields
from domain.services.capturing import ArticleMetadata

LANG = click.option(
    "--lang",
    type=click.Choice(["en", "fr"]),
    default="en",
    help="Language of what is printed; en.",
)
"""In which language text and explanations are printed."""


def metadata(**given: str | None) -> ArticleMetadata:
    """Return what the options tell about an article; a language in either case.

    Raises:
        InvalidInputError: an option is wrong; names it.
    """
    language = given.get("language")
    told = given | {"language": language.lower() if language is not None else None}
    try:
        return ArticleMetadata.model_validate(told)
    except ValidationError as error:
        place, reason = wrong_fields(error.errors())[0]
        option = "--" + str(place[0]).replace("_", "-")
        if option == "--language":
            reason = f"expected a code such as fr, got {(language or '')[:40]!r}"
        message = f"{option}: {reason}"
        raise InvalidInputError(message) from error


def lines_of(source: BinaryIO) -> list[tuple[int, bytes]]:
    """Return the lines of a file that are not blank, with their numbers.

    A byte order mark is none of it.

    Raises:
        InvalidInputError: there is nothing in it.
    """
    lines = source.read().removeprefix(BOM_UTF8).splitlines()
    found = [(n, line) for n, line in enumerate(lines, start=1) if line.strip()]
    if not found:
        message = f"{source.name}: is empty: there is no line in it"
        raise InvalidInputError(message)
    return found


def text_of(line: bytes) -> str:
    """Return the text of a line.

    Raises:
        InvalidInputError: it is no text in UTF-8.
    """
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 (byte {error.start}): save it so"
        raise InvalidInputError(message) from error


def first_of(error: ValidationError, *, skip: int = 0) -> str:
    """Return what is first wrong, and where; ``skip`` leaves the outer places out."""
    return str(wrong_fields(error.errors(), skip=skip)[0])
