"""Rows as the events taken in have left them: what is stored, and changes over it.

A fold reads rows and changes them without knowing where they lie. What it reads is
kept until the changes are handed over, so that a page asks the store few questions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from domain.projections.rows import Changes, Key, Place, StoredRows, Table


class NoRows:
    """What is stored where nothing is."""

    def row(self, table: Table, *key: str) -> bytes | None:
        """Return no row."""
        return None

    def beginning(
        self,
        table: Table,
        prefixes: Collection[Key],
    ) -> Iterable[tuple[Key, bytes]]:
        """Return no rows."""
        return ()


class Overlay:
    """Rows over those of a store, which it never changes."""

    def __init__(self, stored: StoredRows | None = None) -> None:
        self.stored: StoredRows = stored or NoRows()
        self._changes = Changes()
        self._read: dict[Place, bytes | None] = {}
        self._changed: set[tuple[Table, Key]] = set()

    def row(self, table: Table, *key: str) -> bytes | None:
        """Return the body of one row, or None."""
        place = Place(table, key)
        if steps := self._changes.steps.get(place):
            return steps[-1].body
        if place not in self._read:
            self._read[place] = self.stored.row(table, *key)
        return self._read[place]

    def rows(self, table: Table, *prefix: str) -> Iterator[tuple[Key, bytes]]:
        """Yield all rows whose key begins so, in the order of keys."""
        stored = self.stored.beginning(table, [prefix])
        if (table, prefix) not in self._changed:
            yield from stored
            return
        found: dict[Key, bytes | None] = dict(stored)
        for key, steps in self._changes.of(table):
            if key[: len(prefix)] == prefix:
                found[key] = steps[-1].body
        for key in sorted(found):
            if (body := found[key]) is not None:
                yield key, body

    def prefetch(self, table: Table, keys: Collection[Key]) -> None:
        """Read rows that will be asked for, all at once."""
        wanted = [key for key in keys if Place(table, key) not in self._read]
        self._read |= dict.fromkeys((Place(table, key) for key in wanted), None)
        for key, body in self.stored.beginning(table, wanted) if wanted else ():
            self._read[Place(table, key)] = body

    def change(self, seq: int, table: Table, key: Key, body: bytes | None) -> None:
        """Let a row become something at a seq; None: it is no more."""
        self._changes.add(seq, Place(table, key), body)
        self._changed.update((table, key[:length]) for length in range(len(key)))

    def hand_over(self) -> Changes:
        """Return the changes since the last time, and forget what was read."""
        changes, self._changes = self._changes, Changes()
        self._read.clear()
        self._changed.clear()
        return changes
