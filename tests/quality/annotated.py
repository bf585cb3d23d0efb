"""Annotated articles: the gold against which extraction is measured.

One JSON object a line, one article a line, in the form of ``onrecord extract --jsonl``
(docs/reference/extract-format.md). Offsets are code points of ``text``. What is left
out of a statement counts as null. A list ``optional`` beside ``statements`` holds those
that could be read either way: found or not, they count neither for nor against.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

HELD = "held"
"""Stem of the file whose articles nobody looks at: its errors are never listed."""
SEVERAL = "; "
"""What joins speakers who speak as one."""

Place = tuple[int, int]


class GoldError(ValueError):
    """A file that is not in the form; the message names file, line and field."""


class _Shape(BaseModel):
    """Frozen; what the form does not know is left alone, it may hold remarks."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Statement(_Shape):
    """One statement, annotated or extracted."""

    content: Annotated[tuple[Place, ...], Field(min_length=1)]
    cue: Place | None = None
    source: Place | None = None
    speaker: str | None = None
    resolution: str | None = None
    on_behalf_of: str | None = None
    kind: str | None = None
    addressee: Place | None = None
    medium: Place | None = None
    occasion: Place | None = None
    spoken_at: str | None = None
    polarity: str | None = None
    commitment: Annotated[int, Field(ge=0, le=3)] | None = None
    conditions: tuple[Place, ...] = ()

    def places(self) -> Iterator[Place]:
        """Yield every place that the statement names."""
        yield from self.content
        yield from self.conditions
        slots = (self.cue, self.source, self.addressee, self.medium, self.occasion)
        yield from (each for each in slots if each is not None)


class Extracted(Statement):
    """A statement that was found, with the rules that found and judged it."""

    rule: str = ""
    confidence: float = 0.0
    speaker_rule: str = ""
    speaker_confidence: float = 0.0
    date_basis: str = ""
    date_confidence: float = 0.0


class AnnotatedArticle(_Shape):
    """One article with its statements."""

    id: str
    language: str = "und"
    text: str
    published_at: str | None = None
    boilerplate: tuple[Place, ...] = ()
    statements: tuple[Statement, ...]
    optional: tuple[Statement, ...] = ()

    @model_validator(mode="after")
    def _places_are_in_the_text(self) -> Self:
        listed = [*self.statements, *self.optional]
        places = [place for each in listed for place in each.places()]
        for start, end in (*places, *self.boilerplate):
            if not 0 <= start < end <= len(self.text):
                message = f"[{start}, {end}) is no place in the text"
                raise ValueError(message)
        return self


def read_file(path: Path) -> list[AnnotatedArticle]:
    """Return the articles of a file.

    Raises:
        GoldError: a line is not in the form, or an id stands twice.
    """
    found: dict[str, AnnotatedArticle] = {}
    # the form says lines: no other separator of Unicode ends one
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            article = AnnotatedArticle.model_validate(json.loads(line))
        except json.JSONDecodeError as error:
            message = f"{path}:{number}: no JSON at column {error.colno}: {error.msg}"
            raise GoldError(message) from error
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            field = ".".join(str(part) for part in first["loc"]) or "article"
            message = f"{path}:{number}: {field}: {first['msg']}"
            raise GoldError(message) from error
        if article.id in found:
            message = f"{path}:{number}: the id {article.id!r} stands twice"
            raise GoldError(message)
        found[article.id] = article
    return list(found.values())


def files_of(place: Path) -> list[Path]:
    """Return the files of gold that a path names: itself, or those of a folder.

    What is held back comes last.

    Raises:
        GoldError: there is none.
    """
    files = sorted(place.glob("*.jsonl")) if place.is_dir() else [place]
    files.sort(key=lambda file: file.stem == HELD)
    if not files or not all(file.is_file() for file in files):
        message = f"{place}: no such file, or no *.jsonl in this folder"
        raise GoldError(message)
    return files
