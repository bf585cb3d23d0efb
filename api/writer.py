"""The one thread that writes, and the bounded queue before it.

What comes when the queue is full is refused at once: it would wait longer than its
client. On closing, what runs is finished and what waits is dropped: nothing of it was
recorded.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import BoundedSemaphore
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from api.problems import QueueFullError

P = ParamSpec("P")
T = TypeVar("T")
WAITING = 32
"""How many may wait for the one that runs."""


class Writer(ThreadPoolExecutor):
    """Runs what writes, one after the other; refuses what would wait too long."""

    def __init__(self, waiting: int = WAITING) -> None:
        super().__init__(max_workers=1, thread_name_prefix="writer")
        self._places = BoundedSemaphore(waiting + 1)

    def submit(
        self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Take a place in the queue.

        Raises:
            QueueFullError: there is none.
        """
        if not self._places.acquire(blocking=False):
            raise QueueFullError
        try:
            future = super().submit(fn, *args, **kwargs)
        except BaseException:
            self._places.release()
            raise
        future.add_done_callback(self._leave)
        return future

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        """Finish what runs, drop what waits."""
        self.shutdown(cancel_futures=True)

    def _leave(self, _: Future[Any]) -> None:
        self._places.release()
