"""Lines in batches of a bounded size: the memory of a parser grows with its batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

MOST = 50_000
"""Code points of a batch: several articles, or the worst five lines that are read."""


def batches(lines: Sequence[str], most: int = MOST) -> Iterator[Sequence[str]]:
    """Yield the lines in order, as many at once as have ``most`` code points in all.

    A line that is longer than that comes alone.
    """
    first, size = 0, 0
    for number, line in enumerate(lines):
        if number > first and size + len(line) > most:
            yield lines[first:number]
            first, size = number, 0
        size += len(line)
    if first < len(lines):
        yield lines[first:]
