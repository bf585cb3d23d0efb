"""Brings the read models up to the log.

1. The log is read in pages of whole transactions; the rows of a page, its parked events
   and its progress are stored in one transaction: a crash leaves a whole page or none.
2. The progress goes on over events that no projection wants.
3. What is folded is read from the rows. What is kept of them in memory is bounded, and
   dropped when another process has moved the read models on, or begun them anew.
4. Read models that were folded from another log (an older copy was put back, or the log
   is gone) are not on record: they are emptied and folded anew. They are known by the
   event at their seq, which is not the one that the log has there.
5. A rebuild fills new tables beside the served ones and puts them in their place in one
   transaction: whoever reads meanwhile sees a whole state.

Not for two threads at once: who folds, and when, is decided outside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from itertools import takewhile
from typing import Protocol

from domain.errors import StoreBusyError
from domain.events.base import Stored
from domain.events.codec import are_together
from domain.ports import EventLog, Progress, Views, ViewStore, ViewTransaction
from domain.services.folding import PAGE, Folding, progress_at
from domain.services.rebuilding import PAGE as REBUILD_PAGE
from domain.services.rebuilding import Hands, Rebuilding

MANY = 4_000
"""Events of which none is folded yet, from which that is done topic by topic."""
Tick = Callable[[int], object]
"""Told the number of events of each page."""


def no_tick(_: int) -> None:
    """Show nothing."""


class CatchesUp(Protocol):
    """Brings the read models up, or has them brought up."""

    def catch_up(self) -> int:
        """Have folded what the log has and the read models have not; return their seq.

        Raises:
            StoreUnavailableError: the log or the read models are busy.
        """
        ...


class Pages:
    """Folds the log into read models, a page a transaction."""

    def __init__(self, log: EventLog, views: Views, size: int) -> None:
        self._log, self._views, self._size = log, views, size
        self._folding: Folding | None = None
        self._generation = ""

    def run(self, tick: Tick) -> int:
        """Fold to where the log ends when its last page is read; return the seq there."""
        taken = self._size
        while taken >= self._size:
            if taken := self._page():
                tick(taken)
        return self._folding.progress.seq if self._folding else 0

    def run_within(self, transaction: ViewTransaction, tick: Tick) -> None:
        """Fold to where the log ends now, in one transaction."""
        head = self._log.head()
        while transaction.seq < head:
            self._folding, taken = self._fold(transaction)
            tick(taken)

    def _page(self) -> int:
        """Fold one page in a transaction of its own; return its size."""
        with self._views.transaction() as transaction:
            folding, taken = self._fold(transaction)
        self._folding = folding
        return taken

    def _fold(self, transaction: ViewTransaction) -> tuple[Folding, int]:
        """Fold one page; return the state it leads to, and the size of the page.

        Unless the transaction commits, that state is not what is stored.
        """
        page = self._next(transaction)
        folding, self._folding = self._folding, None
        known = (transaction.progress, transaction.generation)
        if folding is None or (folding.progress, self._generation) != known:
            folding = Folding(self._log, transaction.progress)
            self._generation = transaction.generation
        if page:
            parked = folding.take_in(page, transaction)
            transaction.save(folding.hand_over(), parked, folding.progress)
        return folding, len(page)

    def _next(self, transaction: ViewTransaction) -> Sequence[Stored]:
        """Return the events after the progress; empty what was folded from another log."""
        if (done := transaction.progress).seq:
            events = self._log.read(after=done.seq - 1, limit=self._size + 1)
            if events and progress_at(events[0]) == done:
                return self._whole(events[1:])
            transaction.clear()
        return self._whole(self._log.read(limit=self._size))

    def _whole(self, page: Sequence[Stored]) -> Sequence[Stored]:
        """Return a page with the rest of the transaction that it would cut apart."""
        whole = list(page)
        while len(whole) >= self._size and (
            more := self._log.read(after=whole[-1].seq, limit=self._size)
        ):
            same = [*takewhile(partial(are_together, whole[-1]), more)]
            whole += same
            if len(same) < len(more):
                break
        return whole


class Projector:
    """Brings the served read models up to the head of the log."""

    def __init__(
        self,
        log: EventLog,
        views: ViewStore,
        *,
        page: int = PAGE,
        rebuild_page: int = REBUILD_PAGE,
    ) -> None:
        """Fold so many events at once."""
        self._log, self._views = log, views
        self._page, self._rebuild_page = page, rebuild_page
        self._pages = Pages(log, views, page)

    def catch_up(self, tick: Tick = no_tick) -> int:
        """Fold what the log has and the read models have not; return their seq.

        Where nothing of a long log is folded yet, it is folded as in a rebuild.
        """
        progress, end = self._progress(), self._end()
        if progress == end:
            return progress.seq
        if end.seq > MANY and not progress.seq:
            with suppress(StoreBusyError):  # another process is at it
                self.rebuild(tick)
        return self._pages.run(tick)

    def is_current(self) -> bool:
        """Tell whether the read models end at the last event of the log."""
        return self._progress() == self._end()

    def _progress(self) -> Progress:
        with self._views.snapshot() as served:
            return served.progress

    def _end(self) -> Progress:
        """Return the progress of read models that end where the log does."""
        last = self._log.at([self._log.head()])
        return progress_at(last[0]) if last else Progress()

    def seq(self) -> int:
        """Return the seq up to which the log is folded in."""
        return self._progress().seq

    def rebuild(self, tick: Tick = no_tick, hands: Hands | None = None) -> int:
        """Fold the log from its first event into tables that replace the served ones.

        ``hands`` fold topics beside this process.

        Raises:
            StoreBusyError: another process rebuilds them.
        """
        with self._views.beside() as fresh:
            Rebuilding(self._log, fresh, page=self._rebuild_page).run(tick, hands)
            pages = Pages(self._log, fresh, self._page)
            pages.run(tick)
            with fresh.replacing() as transaction:
                pages.run_within(transaction, tick)
                return transaction.seq
