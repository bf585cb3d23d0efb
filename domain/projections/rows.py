"""The rows that projections produce: a table, a key of texts, and a body.

A read model is nothing but these rows at a seq. That makes storing, comparing and
digesting them one mechanism for all projections.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from domain.audit.digest import Line


class Table(Enum):
    """The tables of the read models, with the names of their key columns."""

    TOPIC = ("topic", ("topic",))
    STATEMENT = ("statement", ("topic", "statement"))
    POSITION = ("position", ("topic", "question", "holder", "earliest"))
    ASIDE = ("aside", ("topic", "statement", "question", "holder", "reason"))
    STATEMENT_TOPIC = ("statement_topic", ("statement", "topic"))
    WITHDRAWN = ("withdrawn", ("statement", "topic"))
    ARTICLE = ("article", ("article",))
    ARTICLE_URL = ("article_url", ("url", "article"))
    AGENT = ("agent", ("agent",))

    def __init__(self, label: str, columns: tuple[str, ...]) -> None:
        self.label, self.columns = label, columns


Key = tuple[str, ...]


class Place(NamedTuple):
    """Where a row lies."""

    table: Table
    key: Key


Rows = dict[Place, bytes]
"""Rows by place; a body is the JSON of a value, in UTF-8."""


@dataclass(slots=True)
class Changes:
    """What turns one state of the rows into the next."""

    put: Rows = field(default_factory=dict)
    drop: set[Place] = field(default_factory=set)

    def __bool__(self) -> bool:
        """Whether anything changes."""
        return bool(self.put or self.drop)

    def merge(self, later: Changes) -> None:
        """Take in changes that come after these."""
        for place in later.drop:
            self.put.pop(place, None)
        self.drop |= later.drop
        self.drop -= later.put.keys()
        self.put |= later.put


def difference(old: Rows, new: Rows) -> Changes:
    """Return what turns the old rows into the new ones."""
    return Changes(
        put={place: body for place, body in new.items() if old.get(place) != body},
        drop=old.keys() - new.keys(),
    )


def lines(rows: Rows) -> Iterator[Line]:
    """Yield the rows as they are digested and compared."""
    for place, body in rows.items():
        yield Line(place.table.label, place.key, body)
