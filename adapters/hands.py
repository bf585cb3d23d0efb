"""Processes that fold topics for a rebuild, each with stores of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from threading import Thread
from typing import TypeVar

from adapters.clock import SystemClock
from adapters.store_url import StoreUrl
from adapters.stores import open_stores
from domain.errors import StoreUnavailableError
from domain.services.rebuilding import Rebuilding

T = TypeVar("T")


class Processes:
    """Folds topics in so many processes, of which this is one."""

    def __init__(self, where: StoreUrl, jobs: int, prepare: Callable[[], None]) -> None:
        """Call ``prepare`` in each of the others before it opens the stores."""
        self._where, self._others, self._prepare = where, jobs - 1, prepare

    @contextmanager
    def fold_topics(
        self, shares: Iterable[Sequence[str]], head: int, tick: Callable[[int], object]
    ) -> Iterator[Iterator[Sequence[str]]]:
        """Fold the streams of shares up to a seq; give those that are left for here.

        The others begin to load at once, and to fold when the first share is asked for:
        a thread for each of them hands it a share, and the next when it is folded.

        Raises:
            StoreUnavailableError: one of them died, or cannot use the store.
        """
        left, folded, others = deque(shares), deque[int](), list[Future[None]]()
        fold = partial(_Open.fold, self._where, self._prepare, head)
        with self._processes() as pool, ThreadPoolExecutor(self._others) as threads:

            def hand_out() -> None:
                try:
                    for share in _each(left):
                        folded.append(pool.submit(fold, share).result())
                except BaseException:
                    left.clear()  # what fails fails soon, not after all the rest
                    raise

            def own() -> Iterator[Sequence[str]]:
                others.extend(threads.submit(hand_out) for _ in range(self._others))
                for share in _each(left):
                    yield share
                    for events in _each(folded):
                        tick(events)

            try:
                yield own()
                for each in others:
                    each.result()
            except BrokenProcessPool as error:
                message = (
                    "a process that rebuilt was killed; what is served stays: rebuild "
                    "again, with --jobs 1 if memory is short"
                )
                raise StoreUnavailableError(message) from error
            finally:
                left.clear()
        tick(sum(folded))

    def _processes(self) -> ProcessPoolExecutor:
        """Return the other processes, which load already.

        They are spawned: a fork would copy connections that are in use.
        """
        pool = ProcessPoolExecutor(
            self._others,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
        )
        for _ in range(self._others):
            pool.submit(_load)
        return pool


def _each(left: deque[T]) -> Iterator[T]:
    """Yield what is left, each to the thread that asks first."""
    with suppress(IndexError):
        while True:
            yield left.popleft()


def _load() -> None:
    """Do nothing, in a process that has loaded this module for it."""


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
        where: StoreUrl,
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
            opening = open_stores(where, SystemClock(), existing=True)
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
