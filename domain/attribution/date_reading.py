"""What reads a temporal expression; never called on replay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from domain.model.moment import Moment


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a date reader made of some words."""

    moment: Moment
    basis: str
    reader: str
    flags: tuple[str, ...] = ()


class DateReader(Protocol):
    """Reads a short temporal expression; never called on replay."""

    def read(
        self, words: str, *, language: str, base: date | None
    ) -> DateReading | None:
        """Return the moment that the words name, or None if they name none.

        ``words`` is a short span (at most 40 code points), ``language`` one language
        of BCP 47, ``base`` the day that relative words count from. Without a base,
        relative words give None. Never raises for any text.
        """
        ...
