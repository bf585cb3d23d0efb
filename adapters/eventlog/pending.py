"""Batches that wait for their answers, and how the answers of a transaction are told.

Python runs one thread at a time. Threads that are woken all at once push each other
aside, several times each, which costs more than what they were woken for. So they are
woken one by one: each wakes the next as soon as it runs, before it does anything else.

Rules
1. Every answer is put down before anybody is woken.
2. A thread that a signal may interrupt while it waits, the main one, wakes nobody: the
   others must not depend on it.
3. The writer goes on when the last has been woken: what those offer who ran first
   shares the next transaction. It waits ``PATIENCE`` for that and no longer.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from threading import Lock, get_ident, main_thread

from domain.ports import Batch

PATIENCE = 0.01
"""Seconds after which the writer goes on, though not all may have been woken yet."""


class Pending:
    """A batch that waits, and where its answer is put.

    A bare lock is all that one caller and one writer need; a condition or a future
    costs several times as much.
    """

    __slots__ = ("_answer", "batch", "size", "then", "wakes", "woken")

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.size = sum(len(append.events) for append in batch.appends)
        self.wakes = get_ident() != main_thread().ident
        """Whether the thread that waits for it may be relied on to wake another."""
        self.woken = shut()
        self.then: Lock | None = None
        self._answer: int | Exception = 0

    def put(self, answer: int | Exception) -> None:
        """Put the answer down; nobody is woken yet."""
        self._answer = answer

    def result(self) -> int:
        """Wait for the answer, wake the next; raise the answer if it is an error."""
        self.woken.acquire()
        if self.then is not None:
            self.then.release()
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


def tell(group: Sequence[Pending], answers: Sequence[int | Exception]) -> None:
    """Give all of a group their answers; return when all have been woken, or might be."""
    for pending, answer in zip(group, answers, strict=True):
        pending.put(answer)
    relay = [pending for pending in group if pending.wakes]
    for pending in group:
        if not pending.wakes:
            pending.woken.release()
    if relay:
        _pass_along(relay)


def _pass_along(relay: Sequence[Pending]) -> None:
    """Wake the first, who wakes the second, and so on; the last wakes this thread."""
    last = shut()
    for pending, following in pairwise(relay):
        pending.then = following.woken
    relay[-1].then = last
    relay[0].woken.release()
    last.acquire(timeout=PATIENCE)


def shut() -> Lock:
    """Return a lock that is taken: who takes it again waits until it is released."""
    lock = Lock()
    lock.acquire()
    return lock
