"""Turns by which threads of this process put articles on record."""

from __future__ import annotations

from threading import Lock

from domain.model.ids import ArticleId

LOCKS = 64
"""Turns that articles share; more than are on their way, so that few wait in vain."""


class Turns:
    """Lets no two threads put one article on record at once.

    Who comes second finds it on record, and is spared the extraction.
    """

    def __init__(self, locks: int = LOCKS) -> None:
        self._locks = [Lock() for _ in range(locks)]

    def of(self, article: ArticleId) -> Lock:
        """Return the turn of an article; some share one."""
        return self._locks[hash(article) % len(self._locks)]
