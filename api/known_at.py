"""What ``known_at`` may say: a seq, or an instant as RFC 3339 writes it.

Python reads more as an instant than RFC 3339 has: weeks, days without dashes, hours
alone. They are refused, so that no client relies on how one library reads them.
"""

from __future__ import annotations

import re

from domain.errors import InvalidInputError
from domain.services.timelines import Timelines

_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})",
    re.ASCII,
)


def seq_known_at(timelines: Timelines, text: str) -> int:
    """Return the seq that ``known_at`` names.

    Raises:
        InvalidInputError: it is neither a seq nor an instant, or beyond the log.
    """
    is_seq = text.isascii() and text.isdecimal()
    if not (is_seq or _INSTANT.fullmatch(text)):
        message = (
            "known_at: expected a seq (42) or an instant with its zone, as RFC 3339 "
            f"writes it (2025-09-07T12:00:00Z), got {text[:40]!r}"
        )
        if re.search(r":\d{2} \d{2}:\d{2}$", text):
            message += "; in an address, write + as %2B"
        raise InvalidInputError(message)
    return timelines.seq_known_at(text)
