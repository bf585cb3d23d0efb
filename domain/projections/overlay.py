"""Rows as the events taken in have left them: what is stored, and changes over it.

A fold reads rows and changes them without knowing where they lie. What it reads is
kept until the changes are handed over, so that a page asks the store few questions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from domain.projections.rows import Changes, Key, StoredRows, Table


class StoredRowsError(Exception):
    """The store could not be read; its cause is what the store said."""


class Overlay:
    """Rows over those of a store, which it never changes; over nothing without one."""

    def __init__(self, stored: StoredRows | None = None) -> None:
        self.stored = stored
        self._changes = Changes()
        self._read: dict[Table, dict[Key, bytes | None]] = {t: {} for t in Table}

    def row(self, table: Table, *key: str) -> bytes | None:
        """Return the body of one row, or None."""
        if steps := self._changes.steps[table].get(key):
            return steps[-1].body
        if self.stored is None:
            return None
        read = self._read[table]
        if key not in read:
            with _reading():
                read[key] = self.stored.row(table, *key)
        return read[key]

    def rows(self, table: Table, *prefix: str) -> Iterator[tuple[Key, bytes]]:
        """Yield all rows whose key begins so, in the order of keys."""
        found: dict[Key, bytes | None] = dict(self.stored_rows(table, [prefix]))
        for key, steps in self._changes.steps[table].items():
            if key[: len(prefix)] == prefix:
                found[key] = steps[-1].body
        for key in sorted(found):
            if (body := found[key]) is not None:
                yield key, body

    def keys_with(self, table: Table, value: str) -> list[Key]:
        """Return the keys of the rows whose indexed column holds a value, ascending."""
        found: set[Key] = set()
        if self.stored is not None:
            with _reading():
                found.update(self.stored.keys_with(table, value))
        column = table.columns.index(table.indexed or "")
        for key, steps in self._changes.steps[table].items():
            if key[column] == value:
                (found.add if steps[-1].body is not None else found.discard)(key)
        return sorted(found)

    def prefetch(self, table: Table, keys: Iterable[Key]) -> None:
        """Read rows that will be asked for, all at once."""
        if self.stored is None:
            return
        read = self._read[table]
        wanted = {key for key in keys if key not in read}
        read |= dict.fromkeys(wanted)
        if wanted:
            with _reading():
                read |= self.stored.beginning(table, wanted)

    def stored_rows(
        self, table: Table, prefixes: Collection[Key]
    ) -> list[tuple[Key, bytes]]:
        """Return stored rows whose key begins with one of these, without changes."""
        if self.stored is None:
            return []
        with _reading():
            return list(self.stored.beginning(table, prefixes))

    def change(
        self,
        seq: int,
        table: Table,
        key: Key,
        body: bytes | None,
        *,
        fresh: bool = False,
    ) -> None:
        """Let a row become something at a seq; None: it is no more.

        ``fresh`` tells that it was not there before: over nothing no row was.
        """
        new = fresh or self.stored is None
        self._changes.add(seq, table, key, body, fresh=new)

    def hand_over(self) -> Changes:
        """Return the changes since the last time, and forget what was read."""
        changes, self._changes = self._changes, Changes()
        for read in self._read.values():
            read.clear()
        return changes


@contextmanager
def _reading() -> Iterator[None]:
    """Keep what a store raises apart from what is wrong with an event."""
    try:
        yield
    except Exception as error:
        raise StoredRowsError from error
