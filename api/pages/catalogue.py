"""The texts of the pages: what stands around the words of the domain, by language.

Values, labels, conditions, reasons and days come from the domain's own vocabulary
(``domain.positions.wording``), so that they are called the same everywhere. Each
language fills the whole catalogue; a reader of another one is told in English.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain.model.value import Value


class Catalogue(Value):
    """The texts of one language.

    ``texts`` are phrases by name, some with gaps. ``counts`` are for one thing and for
    several; whether none counts as one is ``zero_is_one``. ``months`` are short, for an
    axis. The others are by what the domain tells apart.
    """

    name: str
    texts: Mapping[str, str]
    counts: Mapping[str, tuple[str, str]]
    zero_is_one: bool
    months: tuple[str, ...]
    bases: Mapping[str, str]
    kinds: Mapping[str, str]
    kinds_short: Mapping[str, str]
    acts: Mapping[str, str]
    resolutions: Mapping[str, str]
    parts: Mapping[str, str]
