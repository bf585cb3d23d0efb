"""Tells those who listen in this process that the log went on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

Told = Callable[[int], object]


class Listeners:
    """Who wants to know of the last seq of each transaction."""

    def __init__(self) -> None:
        self._listening: tuple[Told, ...] = ()
        self._changing = Lock()

    @contextmanager
    def listen(self, told: Told) -> Iterator[None]:
        """Call ``told`` from now on, as long as the context lasts."""
        with self._changing:
            self._listening = (*self._listening, told)
        try:
            yield
        finally:
            with self._changing:
                self._listening = tuple(t for t in self._listening if t is not told)

    def tell(self, seq: int) -> None:
        """Call all who listen, in the thread that appended."""
        for told in self._listening:
            told(seq)
