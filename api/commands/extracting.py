"""Extraction of many articles, in this process or in several, in the order handed in.

Articles are read here, one after another, and extracted where there is room; a bounded
number is on its way at any time, so a folder may be of any size. What fails is told
with its article, and the others go on. Each process loads a model when it first meets
its language.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache, partial

from api.app import ArticleFile, Settings, make_extractor
from api.commands.console import Exit, code_of
from domain.attribution.extract import Extractor
from domain.errors import OnrecordError
from domain.model.extraction import Extraction

AHEAD = 4
"""Articles on their way for each process: none waits for work, few wait in memory."""

Shown = Callable[[str, ArticleFile, Extraction], str]
"""Renders an extraction of a named input; a function of a module, so that it can be sent to a process."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: what to print, or what went wrong."""

    name: str
    text: str = ""
    complaint: str = ""
    code: Exit = Exit.OK


@dataclass(frozen=True, slots=True)
class Input:
    """An input as it was named, and the article or the reason why there is none."""

    name: str
    read: ArticleFile | OnrecordError


def outcomes(
    inputs: Iterable[Input], settings: Settings, shown: Shown, jobs: int
) -> Generator[Outcome, None, None]:
    """Yield what becomes of each input, in order, whatever the number of processes.

    Raises:
        InvalidSeedError: a seed file is bad; told once, not for each article.
    """
    _extractor(settings)
    work = partial(_outcome, settings, shown)
    if jobs == 1:
        yield from map(work, inputs)
        return
    pool = _Pool(jobs)
    waiting: deque[tuple[str, Future[Outcome]]] = deque()
    try:
        for each in inputs:
            waiting.append((each.name, pool.submit(work, each)))
            if len(waiting) >= AHEAD * jobs:
                yield _result(*waiting.popleft())
        while waiting:
            yield _result(*waiting.popleft())
    finally:
        pool.close()


class _Pool:
    """Processes that are replaced if one dies."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._open()

    def _open(self) -> None:
        # spawned: a fork would copy the threads of libraries that are in use
        self._executor = ProcessPoolExecutor(
            self._jobs,
            mp_context=multiprocessing.get_context("spawn"),
            # Ctrl-C reaches the whole group; this process decides what it means
            initializer=signal.signal,
            initargs=(signal.SIGINT, signal.SIG_IGN),
        )

    def submit(self, work: Callable[[Input], Outcome], each: Input) -> Future[Outcome]:
        try:
            return self._executor.submit(work, each)
        except BrokenProcessPool:
            self._open()
            return self._executor.submit(work, each)

    def close(self) -> None:
        """Stop at once: after an interruption nobody waits for what is half done."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        for child in multiprocessing.active_children():
            child.terminate()


def _outcome(settings: Settings, shown: Shown, each: Input) -> Outcome:
    """Extract one article; what goes wrong is its outcome."""
    if isinstance(each.read, OnrecordError):
        return _failed(each.name, each.read)
    try:
        extraction = _extractor(settings).extract(each.read.article)
    except OnrecordError as error:
        return _failed(each.name, error)
    return Outcome(each.name, text=shown(each.name, each.read, extraction))


def _failed(name: str, error: OnrecordError) -> Outcome:
    return Outcome(name, complaint=str(error), code=code_of(error))


def _result(name: str, future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except BrokenProcessPool:
        told = "cannot be extracted: a process was killed"
        return Outcome(name, complaint=told, code=Exit.INPUT)


@cache
def _extractor(settings: Settings) -> Extractor:
    """Return the one extractor of this process."""
    return make_extractor(settings)
