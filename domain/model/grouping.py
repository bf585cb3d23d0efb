"""What is joined by pairs: the connected groups of a relation."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeVar

Member = TypeVar("Member", bound=str)


def groups(
    pairs: Iterable[tuple[Member, Member]], *, among: Collection[Member] | None = None
) -> list[list[Member]]:
    """Return the connected groups of two or more, groups and members ascending.

    A pair counts only if both of it are ``among`` (None: whoever they are).
    """
    of: dict[Member, set[Member]] = {}
    for first, second in pairs:
        if among is None or (first in among and second in among):
            joined = of.get(first, {first}) | of.get(second, {second})
            of |= dict.fromkeys(joined, joined)
    found = {min(group): sorted(group) for group in of.values() if len(group) > 1}
    return [found[least] for least in sorted(found)]


def ordered(first: Member, second: Member) -> tuple[Member, Member]:
    """Return an unordered pair in the order in which it is stored."""
    return (min(first, second), max(first, second))
