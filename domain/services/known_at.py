"""What ``known_at`` may say: a seq, or an instant as RFC 3339 writes it.

Python reads more as an instant than RFC 3339 has: weeks, days without dashes, hours
alone. They are refused, so that no client relies on how one library reads them.
"""

from __future__ import annotations

import re
from datetime import datetime

from domain.errors import InvalidInputError
from domain.ports import EventLog

LONGEST_SEQ = 19
"""Digits from which a number is beyond every log (SQLite counts to 2^63)."""
_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})",
    re.ASCII,
)


def seq_known_at(log: EventLog, text: str) -> int:
    """Return the seq that ``known_at`` names; one told by a number may be beyond the log.

    Raises:
        InvalidInputError: it is neither a seq nor an instant, or no log is so long.
    """
    if text.isascii() and text.isdecimal():
        digits = text.lstrip("0") or "0"
        if len(digits) < LONGEST_SEQ:
            return int(digits)
        raise beyond(log.head(), text)
    if (instant := _instant(text)) is not None:
        return log.seq_at(instant)
    message = (
        "known_at: expected a seq (42) or an instant with its zone, as RFC 3339 "
        f"writes it (2025-09-07T12:00:00Z), got {text[:40]!r}"
    )
    if re.search(r":\d{2} \d{2}:\d{2}$", text):
        message += "; in an address, write + as %2B"
    raise InvalidInputError(message)


def beyond(head: int, named: int | str) -> InvalidInputError:
    """Return the refusal of a seq that is beyond the log."""
    message = f"known_at: the log ends at seq {head}, got {str(named)[:40]}"
    return InvalidInputError(message)


def _instant(text: str) -> datetime | None:
    """Return the instant that a text writes; none on a day that there is not."""
    if not _INSTANT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
