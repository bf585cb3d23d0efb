"""Processes that fold topics for a rebuild, each with stores of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from functools import partial
from threading import Thread

from adapters.clock import SystemClock
from adapters.settings import Settings
from adapters.stores import open_stores
from domain.errors import StoreUnavailableError
from domain.services.rebuilding import Rebuilding


class Processes:
    """Folds topics in so many processes."""

    def __init__(
        self, settings: Settings, jobs: int, prepare: Callable[[], None]
    ) -> None:
        """Call ``prepare`` in each of them before it opens the stores."""
        self._settings, self._jobs, self._prepare = settings, jobs, prepare

    def fold_topics(self, shares: Iterable[Sequence[str]], head: int) -> Iterator[int]:
        """Fold the streams of each share up to a seq; yield how many events each had.

        Raises:
            StoreUnavailableError: one of them died, or cannot use the store.
        """
        # spawned: a fork would copy connections that are in use
        with ProcessPoolExecutor(
            self._jobs,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
        ) as pool:
            try:
                fold = partial(_Open.fold, self._settings, self._prepare, head)
                yield from pool.map(fold, shares)
            except BrokenProcessPool as error:
                message = (
                    "a process that rebuilt was killed; what is served stays: rebuild "
                    "again, with --jobs 1 if memory is short"
                )
                raise StoreUnavailableError(message) from error
            finally:
                pool.shutdown(cancel_futures=True)


class _Open:
    """What a process keeps open as long as it lives.

    It is opened for the first topics and not before: the pool tells an error of a
    process that begins as if it had been killed, and the error of a task as it is.
    """

    stack = ExitStack()
    rebuilding: Rebuilding | None = None

    @classmethod
    def fold(
        cls,
        settings: Settings,
        prepare: Callable[[], None],
        head: int,
        streams: Sequence[str],
    ) -> int:
        """Fold streams; return how many events they had.

        Raises:
            StoreError: the stores cannot be used.
        """
        if cls.rebuilding is None:
            prepare()
            opening = open_stores(settings, SystemClock(), existing=True)
            stores = cls.stack.enter_context(opening)
            cls.rebuilding = Rebuilding(stores.log, stores.views.building())
        done: list[int] = []
        cls.rebuilding.fold_topics(streams, head, done.append)
        return sum(done)


def _begin() -> None:
    """Leave Ctrl-C to the parent to decide, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


def end_with_parent() -> None:
    """Let this process end when its parent is gone: it has nobody to fold for."""

    def wait() -> None:
        if (parent := multiprocessing.parent_process()) is not None:
            parent.join()
            os._exit(1)

    Thread(target=wait, daemon=True).start()
