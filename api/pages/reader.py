"""Who reads a page: in which language, and at which address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from api.pages.words import CATALOGUES, language_told


class Other(NamedTuple):
    """The same page in another language."""

    code: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader of one page.

    ``language`` is that of labels; ``lang`` is the one that the address names, which
    the links of the page keep. ``query`` is what else the address selects.
    """

    language: str
    lang: str | None = None
    path: str = "/"
    query: str = ""

    @property
    def told_in(self) -> str:
        """Return the language of the page: that of labels, or English."""
        return language_told(self.language)

    @property
    def asked(self) -> str:
        """Return what a link adds to an address without a query."""
        return f"?lang={self.lang}" if self.lang else ""

    @property
    def others(self) -> tuple[Other, ...]:
        """Return where the page is in each other language."""
        joined = f"{quote(self.path)}?{self.query}{'&' if self.query else ''}lang="
        return tuple(
            Other(code, catalogue.name, f"{joined}{code}")
            for code, catalogue in CATALOGUES.items()
            if code != self.told_in
        )


ENGLISH = Reader("en")
"""Of the pages that are in English only."""
