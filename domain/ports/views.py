"""What the domain needs of a store of read models."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from domain.projections.rows import Changes, Key, Table, Version


@dataclass(frozen=True, slots=True)
class Parked:
    """An event that the projections could not take in, and why."""

    seq: int
    stream: str
    name: str
    error: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the log is folded in: up to which seq, and which event lies there.

    ``fingerprint`` tells that event from one of another log at the same seq; it is
    empty where nothing is folded in.
    """

    seq: int = 0
    fingerprint: str = ""


class ViewSnapshot(Protocol):
    """One consistent state of the read models; everything read belongs to one seq."""

    @property
    def progress(self) -> Progress:
        """How far the log is folded in."""
        ...

    @property
    def seq(self) -> int:
        """The seq up to which the log is folded in."""
        ...

    @property
    def generation(self) -> str:
        """Which rows these are: others wherever they were begun anew."""
        ...

    def rows(
        self, table: Table, *prefix: str, known_at: int | None = None
    ) -> Sequence[bytes]:
        """Return the bodies of all rows whose key begins so, in the order of keys.

        Those of a versioned table are read as they were at ``known_at``.
        """
        ...

    def row(self, table: Table, *key: str) -> bytes | None:
        """Return the body of one row, or None."""
        ...

    def beginning(
        self, table: Table, prefixes: Collection[Key]
    ) -> Iterable[tuple[Key, bytes]]:
        """Return all rows whose key begins with one of these, in the order of keys."""
        ...

    def versions(self, table: Table, *prefix: str) -> Sequence[Version]:
        """Return all versions of rows whose key begins so, by key and then by seq."""
        ...

    def keys(self, table: Table, *prefix: str) -> Sequence[Key]:
        """Return the keys of all rows whose key begins so, ascending."""
        ...

    def keys_with(self, table: Table, value: str, *prefix: str) -> Sequence[Key]:
        """Return keys that begin so and whose indexed column holds a value, ascending."""
        ...

    def parked(self) -> Sequence[Parked]:
        """Return the events that could not be taken in, by seq."""
        ...


class ViewTransaction(ViewSnapshot, Protocol):
    """An exclusive change of the read models; all of it, with its progress, or nothing."""

    def save(
        self, changes: Changes, parked: Sequence[Parked], progress: Progress
    ) -> None:
        """Store changed rows, parked events and the progress they come to."""
        ...

    def clear(self) -> None:
        """Empty all tables and go back to seq 0."""
        ...


class Views(Protocol):
    """Read models that can be read and folded on."""

    def snapshot(self) -> AbstractContextManager[ViewSnapshot]:
        """Open a consistent view for reading; writers are not held up."""
        ...

    def transaction(self) -> AbstractContextManager[ViewTransaction]:
        """Open the one writing transaction; commits at the end, or changes nothing."""
        ...


class FreshViews(Views, Protocol):
    """Read models that are built beside those that are served."""

    def replacing(self) -> AbstractContextManager[ViewTransaction]:
        """Open a writing transaction that puts these in the place of the served ones.

        The served ones do not change while it is open: what is folded in here until
        its end is not behind what was read before.

        Raises:
            NewerStoreError: those were folded by a newer onrecord meanwhile.
        """
        ...


class ViewStore(Views, Protocol):
    """The read models that are served: droppable, rebuilt from the log."""

    def lead(self) -> bool:
        """Become the one process that folds, or stay it; tell whether it is so.

        It is so until ``resign``, and no longer than the process lives, however it
        ends; then another may lead. This spares work and decides nothing: two that
        fold at once are kept apart by their transactions.
        """
        ...

    def resign(self) -> None:
        """Lead no more."""
        ...

    def building(self) -> Views:
        """Return the read models that another process has open beside the served ones."""
        ...

    def beside(self) -> AbstractContextManager[FreshViews]:
        """Open empty read models beside the served ones; unless they replace them, drop them.

        Raises:
            StoreUnavailableError: another process is building some.
            NewerStoreError: those that are served were folded by a newer onrecord.
        """
        ...
