"""The years that a decision may speak of: beyond them, a date is a slip of the keys."""

from __future__ import annotations

from domain.errors import InvalidCommandError
from domain.model.moment import Moment

FIRST_YEAR, LAST_YEAR = 1900, 2100


def check_years(field: str, moment: Moment) -> None:
    """Refuse a moment that begins or ends beyond the years that are taken.

    Raises:
        InvalidCommandError: it does; names the field.
    """
    outer = [day for day in (moment.earliest, moment.latest) if day is not None]
    if any(not FIRST_YEAR <= day.year <= LAST_YEAR for day in outer):
        message = f"{field}: expected {FIRST_YEAR} to {LAST_YEAR}, got {moment}"
        raise InvalidCommandError(message)
