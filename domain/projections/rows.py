"""The rows that projections produce: a table, a key of texts, and a body.

A read model is nothing but these rows at a seq. That makes storing, comparing and
digesting them one mechanism for all projections.

Rows of a *versioned* table are kept as they were: each version says from which seq
it holds, and the next one ends it. What was served at any past seq is therefore read
as it was, and not folded again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from typing import NamedTuple, Protocol

from domain.audit.digest import Line


class Table(Enum):
    """The tables of the read models: key columns, whether versioned, what is indexed.

    ``STATEMENT_EVENTS`` lists the seqs of the events on a statement of a topic, so
    that it is folded again without its topic, where there are more than its recording;
    under no statement it lists those on the topic itself. ``TOPIC_ARTICLE`` counts the
    statements that an article has in a topic. Rows are found by the beginning of their
    key, and by one more of its columns if that is indexed.
    """

    TOPIC = ("topic", ("topic",))
    TOPIC_HEAD = ("topic_head", ("topic",), True)
    STATEMENT = ("statement", ("topic", "statement"), True, "statement")
    POSITION = ("position", ("topic", "question", "holder", "earliest"), True, "holder")
    ASIDE = (
        "aside",
        ("topic", "statement", "question", "holder", "reason"),
        True,
        "holder",
    )
    STATEMENT_EVENTS = ("statement_events", ("topic", "statement"))
    TOPIC_ARTICLE = ("topic_article", ("topic", "article"))
    WITHDRAWN = ("withdrawn", ("statement", "topic"))
    ARTICLE = ("article", ("article",))
    ARTICLE_URL = ("article_url", ("url", "article"))
    AGENT = ("agent", ("agent",))

    def __init__(
        self,
        label: str,
        columns: tuple[str, ...],
        versioned: bool = False,
        indexed: str | None = None,
    ) -> None:
        self.label, self.columns, self.versioned = label, columns, versioned
        self.indexed = indexed

    __hash__ = object.__hash__


Key = tuple[str, ...]


class Place(NamedTuple):
    """Where a row lies."""

    table: Table
    key: Key


Rows = dict[Place, bytes]
"""Rows by place; a body is the JSON of a value, in UTF-8."""


class Version(NamedTuple):
    """A row as it was from a seq on, until before another; None: as it still is."""

    key: Key
    since: int
    until: int | None
    body: bytes


class Step(NamedTuple):
    """What a row became at a seq; None where it is no more."""

    seq: int
    body: bytes | None


class StoredRows(Protocol):
    """Rows that can be read, as they are now."""

    def row(self, table: Table, *key: str) -> bytes | None:
        """Return the body of one row, or None."""
        ...

    def beginning(
        self, table: Table, prefixes: Collection[Key]
    ) -> Iterable[tuple[Key, bytes]]:
        """Return all rows whose key begins with one of these, in the order of keys."""
        ...

    def keys_with(self, table: Table, value: str, *prefix: str) -> Iterable[Key]:
        """Return keys that begin so and whose indexed column holds a value, ascending."""
        ...


@dataclass(slots=True)
class Changes:
    """What turns one state of the rows into the next: the steps of each, ascending.

    ``fresh`` are rows that were not there before, of which a store need not keep what
    they were.
    """

    steps: dict[Table, dict[Key, list[Step]]] = field(
        default_factory=lambda: {table: {} for table in Table}
    )
    fresh: dict[Table, set[Key]] = field(
        default_factory=lambda: {table: set() for table in Table}
    )

    @classmethod
    def putting(cls, rows: Rows, seq: int) -> Changes:
        """Return changes that put rows at a seq."""
        changes = cls()
        for (table, key), body in rows.items():
            changes.add(seq, table, key, body)
        return changes

    def add(
        self,
        seq: int,
        table: Table,
        key: Key,
        body: bytes | None,
        *,
        fresh: bool = False,
    ) -> None:
        """Let a row become something at a seq; the last word of an event holds."""
        steps = self.steps[table].get(key)
        if steps is None:
            steps = self.steps[table][key] = []
            if fresh:
                self.fresh[table].add(key)
        elif steps[-1].seq == seq:
            steps.pop()
        steps.append(Step(seq, body))

    def join(self, others: Changes) -> None:
        """Take in changes of other rows."""
        for table in Table:
            self.steps[table].update(others.steps[table])
            self.fresh[table] |= others.fresh[table]

    def lines(self) -> Iterator[Line]:
        """Yield all rows and past versions that these make of nothing, to be compared."""
        for table, changed in self.steps.items():
            for key, steps in changed.items():
                if table.versioned:
                    lived = versions(key, steps)
                    yield from (version_line(table, each) for each in lived)
                elif (body := steps[-1].body) is not None:
                    yield Line(table.label, key, body)


def versions(key: Key, steps: list[Step]) -> Iterator[Version]:
    """Yield the versions that steps lead through."""
    for step, following in pairwise([*steps, None]):
        if step is not None and step.body is not None:
            until = following.seq if following is not None else None
            yield Version(key, step.seq, until, step.body)


def version_line(table: Table, version: Version) -> Line:
    """Return a version as it is compared: with the seqs between which it held."""
    until = "" if version.until is None else f"{version.until:020d}"
    key = (*version.key, f"{version.since:020d}", until)
    return Line(table.label, key, version.body)


def lines(rows: Rows) -> Iterator[Line]:
    """Yield the rows as they are digested and compared."""
    for place, body in rows.items():
        yield Line(place.table.label, place.key, body)
