"""Finished bodies, kept by their tag: what did not change is not built again.

A tag covers the state of the record, so an old body can never be served for a new
state. The least recently used are dropped when there are too many or too much.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock


class Bodies:
    """A bounded store of bodies, shared by all threads."""

    def __init__(self, *, most: int = 512, most_bytes: int = 64_000_000) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, tag: str) -> bytes | None:
        """Return the body of a tag, None if it is not kept."""
        with self._lock:
            body = self._kept.get(tag)
            if body is not None:
                self._kept.move_to_end(tag)
            return body

    def keep(self, tag: str, body: bytes) -> None:
        """Keep a body under its tag."""
        with self._lock:
            self._bytes += len(body) - len(self._kept.pop(tag, b""))
            self._kept[tag] = body
            while len(self._kept) > self._most or self._bytes > self._most_bytes:
                _, dropped = self._kept.popitem(last=False)
                self._bytes -= len(dropped)
