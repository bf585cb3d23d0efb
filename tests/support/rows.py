"""Rows in memory: what a store of read models does, in a few lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from domain.projections.rows import Changes, Key, Place, Rows, Table, Version, versions


class KeptRows:
    """All versions of rows, read as they are now or as they were at a seq."""

    def __init__(self) -> None:
        self._versions: dict[Place, list[Version]] = {}

    def save(self, changes: Changes) -> None:
        """Store changed rows."""
        every = changes.steps.items()
        for place, steps in (
            (Place(table, key), steps)
            for table, changed in every
            for key, steps in changed.items()
        ):
            kept = self._versions.setdefault(place, [])
            if not place.table.versioned:
                kept.clear()
            if kept and kept[-1].until is None:
                kept[-1] = kept[-1]._replace(until=steps[0].seq)
            kept += versions(place.key, steps)

    def at(self, seq: int | None = None) -> Rows:
        """Return all rows as they were at a seq (None: as they are)."""
        return {
            place: each.body
            for place, kept in self._versions.items()
            for each in kept
            if (each.until is None if seq is None else holds(each, seq))
        }

    def versions(self) -> set[Version]:
        """Return all versions of the rows of versioned tables."""
        every = self._versions.items()
        return {each for place, kept in every if place.table.versioned for each in kept}

    def row(self, table: Table, *key: str) -> bytes | None:
        """Return the body of one row, or None."""
        kept = self._versions.get(Place(table, key), [])
        return kept[-1].body if kept and kept[-1].until is None else None

    def beginning(
        self, table: Table, prefixes: Collection[Key]
    ) -> Iterator[tuple[Key, bytes]]:
        """Return all rows whose key begins with one of these, in the order of keys."""
        for place, body in sorted(self.at().items(), key=lambda each: each[0].key):
            if place.table is table and any(_begins(place.key, p) for p in prefixes):
                yield place.key, body

    def keys_with(self, table: Table, value: str, *prefix: str) -> list[Key]:
        """Return keys that begin so and whose indexed column holds a value, ascending."""
        column = table.columns.index(table.indexed or "")
        places = (p for p in self.at() if p.table is table)
        keys = (p.key for p in places if _begins(p.key, prefix))
        return sorted(key for key in keys if key[column] == value)


def holds(version: Version, seq: int) -> bool:
    """Tell whether a version holds at a seq."""
    return version.since <= seq and (version.until is None or seq < version.until)


def rows_of(changes: Iterable[Changes]) -> Rows:
    """Return the rows that changes come to."""
    kept = KeptRows()
    for each in changes:
        kept.save(each)
    return kept.at()


def _begins(key: Key, prefix: Key) -> bool:
    return key[: len(prefix)] == prefix
