"""From a text and what is told about it to an article: language and date checked."""

from __future__ import annotations

from typing import Annotated, Protocol

from pydantic import AfterValidator, Field

from domain.errors import UnsupportedLanguageError
from domain.model.article import Article
from domain.model.moment import Moment
from domain.model.patterns import ADDRESS, LANGUAGE, LINE
from domain.model.value import Value

SURE = 0.5
"""How sure identification must be; below, the language must be named."""


class Identifies(Protocol):
    """Tells the language of a text."""

    def identify(self, text: str) -> tuple[str, float]:
        """Return a language (BCP 47) and how sure that is, 0 to 1."""
        ...


LONGEST_URL = 2000
"""Bytes of an address in UTF-8; the index of a database holds little more."""


def _fits_an_index(url: str) -> str:
    """Refuse an address that a database cannot look up: signs take up to four bytes."""
    if len(url.encode()) > LONGEST_URL:
        message = f"should have at most {LONGEST_URL} bytes"
        raise ValueError(message)
    return url


Address = Annotated[
    str,
    Field(max_length=LONGEST_URL, pattern=ADDRESS),
    AfterValidator(_fits_an_index),
]
"""The URL of an article."""
FIRST_YEAR, LAST_YEAR = 1900, 2100


def _in_bounds(published: Moment) -> Moment:
    """Refuse a date that is a slip: no article on record is as old, none as young."""
    outer = [day for day in (published.earliest, published.latest) if day is not None]
    if any(not FIRST_YEAR <= day.year <= LAST_YEAR for day in outer):
        message = f"should be within {FIRST_YEAR} to {LAST_YEAR}, got {published}"
        raise ValueError(message)
    return published


Published = Annotated[Moment, AfterValidator(_in_bounds)]
"""When an article was published."""
Language = Annotated[str, Field(pattern=LANGUAGE)]
Title = Annotated[str, Field(max_length=500, pattern=LINE)]
Outlet = Annotated[str, Field(max_length=200, pattern=LINE)]


class ArticleMetadata(Value):
    """What is told about an article: by its sidecar file, or by who hands it in.

    ``sha256`` pins the text that is meant, in hex.
    """

    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    language: Language | None = None
    title: Title | None = None
    outlet: Outlet | None = None
    url: Address | None = None
    published_at: Published | None = None
    published_at_basis: Annotated[str, Field(pattern="^(stated|inferred)$")] | None = (
        None
    )
    published_at_note: Annotated[str, Field(max_length=1000)] | None = None


def capture(text: str, told: ArticleMetadata, languages: Identifies) -> Article:
    """Return the article of a text.

    Raises:
        UnsupportedLanguageError: its language is not told and cannot be identified.
    """
    language = told.language
    if language is None:
        language, sure = languages.identify(text)
        if sure < SURE:
            message = "the language cannot be identified: name it, for example fr"
            raise UnsupportedLanguageError(message)
    basis = told.published_at_basis
    return Article(
        text=text,
        language=language,
        title=told.title,
        outlet=told.outlet,
        url=told.url,
        published_at=told.published_at,
        published_at_basis=basis or ("stated" if told.published_at else None),
        published_at_note=told.published_at_note,
    )
