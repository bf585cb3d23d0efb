"""One digest for a set of rows, independent of how they are stored or ordered.

SHA-256 over the rows in ascending order of table and key, every part preceded by
its length in bytes, so that no two different sets of rows give the same input.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple


class Line(NamedTuple):
    """A row as it is compared: table, key, body."""

    table: str
    key: tuple[str, ...]
    body: bytes


def digest(lines: Iterable[Line]) -> str:
    """Return the digest of rows, in hex."""
    total = hashlib.sha256(b"onrecord-rows/v1\n")
    for line in sorted(lines):
        for part in (line.table, *line.key):
            _feed(total, part.encode())
        _feed(total, line.body)
    return total.hexdigest()


def _feed(total: hashlib._Hash, part: bytes) -> None:
    total.update(len(part).to_bytes(8, "big"))
    total.update(part)
