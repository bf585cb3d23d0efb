"""One thread that appends for many callers: who asks while it writes shares the next write.

Promises
1. Each caller gets its own answer: the last seq of its batch, or its own conflict. A
   batch that conflicts holds up no other.
2. Alone, a batch is written at once. While a transaction is being written and its
   answers are told (``pending.py``), what comes in gathers for the next one, up to
   ``EVENTS`` events; nobody else is waited for.
3. An answer is given when it is known. Where a transaction failed, each of its batches
   is looked for by its ids: what is stored is answered with its seq. Only where the log
   cannot be read either, and did not refuse to write, is the outcome unknown; offering
   the same batch again is safe then, as always.
4. When as many wait as may wait, the next is refused at once.
5. On closing, what was taken in is written and answered; then nothing more is taken in.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from threading import Condition, Lock, Thread
from typing import Self

from adapters.eventlog.batch import UNKNOWN
from adapters.eventlog.listeners import Told
from adapters.eventlog.pending import Pending, tell
from domain.errors import (
    ConflictError,
    QueueFullError,
    StoreError,
    StoreRefusesError,
    StoreUnavailableError,
)
from domain.events.base import Stored
from domain.ports import Batch, GroupLog

EVENTS = 1000
"""Events from which a transaction takes in no further batch."""
WAITING = 256
"""How many batches may wait for the transaction that is being written."""

Measure = Callable[[int, int], AbstractContextManager[object]]
"""Given the numbers of batches and events of a transaction."""


def unmeasured(_: int, __: int) -> AbstractContextManager[object]:
    """Measure nothing."""
    return nullcontext()


class GroupCommit:
    """An event log whose appends, from any thread, share transactions of another log."""

    def __init__(
        self, log: GroupLog, *, waiting: int = WAITING, measure: Measure = unmeasured
    ) -> None:
        """Append to a log. ``measure`` is entered around each transaction."""
        self._log, self._most, self._measure = log, waiting, measure
        self._queue: deque[Pending] = deque()
        self._lock, self._closed = Lock(), False
        self._changed = Condition(self._lock)
        self._thread = Thread(target=self._run, name="group-commit", daemon=True)

    def __enter__(self) -> Self:
        """Start the thread that writes."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Write what waits, then stop."""
        with self._lock:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def append(self, batch: Batch) -> int:
        """Store all events of the batch in a transaction that others may share.

        Raises:
            ConflictError: a stream is not at its expected version.
            QueueFullError: as many batches wait as may wait.
            StoreUnavailableError: the store is read-only, full, locked or closed.
        """
        pending = Pending(batch)
        with self._lock:
            if self._closed:
                message = "the log is closed: nothing of this was recorded"
                raise StoreUnavailableError(message)
            if len(self._queue) >= self._most:
                raise QueueFullError
            if not self._queue:
                self._changed.notify()  # first: who is interrupted here leaves nothing
            self._queue.append(pending)
        return pending.result()

    def _run(self) -> None:
        while group := self._next():
            with self._measure(len(group), sum(pending.size for pending in group)):
                answers = self._write(group)
            tell(group, answers)

    def _next(self) -> list[Pending]:
        """Wait for batches; return those that share a transaction, none at the end."""
        with self._lock:
            while not self._queue and not self._closed:
                self._changed.wait()
            group: list[Pending] = []
            events = 0
            while self._queue and (not group or events < EVENTS):
                group.append(self._queue.popleft())
                events += group[-1].size
            return group

    def _write(self, group: list[Pending]) -> Sequence[int | Exception]:
        try:
            return self._log.append_all([pending.batch for pending in group])
        except StoreError as error:
            return [self._resolve(pending.batch, error) for pending in group]
        except Exception as error:  # noqa: BLE001 (a defect answers who met it, not its neighbours)
            if len(group) == 1:
                return [error]
            return [answer for pending in group for answer in self._write([pending])]

    def _resolve(self, batch: Batch, error: StoreError) -> int | Exception:
        """Return what became of a batch whose transaction failed."""
        try:
            found = self._log.find(batch)
        except ConflictError as conflict:
            return conflict
        except StoreError:
            if isinstance(error, StoreRefusesError):
                return type(error)(*error.args)
            return StoreUnavailableError(f"{error}; {UNKNOWN}")
        return type(error)(*error.args) if found is None else found

    def read(
        self,
        *,
        after: int = 0,
        until: int | None = None,
        limit: int = 500,
        names: Collection[str] = (),
        outside: str = "",
    ) -> Sequence[Stored]:
        """Return events by seq."""
        return self._log.read(
            after=after, until=until, limit=limit, names=names, outside=outside
        )

    def at(self, seqs: Collection[int]) -> Sequence[Stored]:
        """Return events at seqs."""
        return self._log.at(seqs)

    def read_stream(
        self, stream: str, *, after: int = 0, limit: int = 500
    ) -> Sequence[Stored]:
        """Return events of a stream by version."""
        return self._log.read_stream(stream, after=after, limit=limit)

    def streams(self, beginning: str) -> Sequence[str]:
        """Return streams by the beginning of their name."""
        return self._log.streams(beginning)

    def version(self, stream: str, *, until: int | None = None) -> int:
        """Return the version of a stream."""
        return self._log.version(stream, until=until)

    def head(self) -> int:
        """Return the highest seq."""
        return self._log.head()

    def seq_at(self, moment: datetime) -> int:
        """Return the highest seq recorded at or before an instant."""
        return self._log.seq_at(moment)

    def check(self) -> None:
        """Make sure that appends are taken in."""
        self._log.check()

    def listen(self, told: Told) -> AbstractContextManager[None]:
        """Tell of each transaction."""
        return self._log.listen(told)
