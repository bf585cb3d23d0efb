"""One digest for a set of rows, independent of how they are stored or ordered.

SHA-256 over the rows in ascending order of table and key. Before a row stands the
number of its parts and before every part its length in bytes, so that no two
different sets of rows give the same input.
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
        parts = [line.table.encode(), *(part.encode() for part in line.key), line.body]
        total.update(_number(len(parts)))
        for part in parts:
            total.update(_number(len(part)))
            total.update(part)
    return total.hexdigest()


def _number(number: int) -> bytes:
    return number.to_bytes(8, "big")
