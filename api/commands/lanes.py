"""Processes that extract, each with the languages that it has met.

A group of articles in one language goes where that language is loaded, unless too many
wait there. A process that dies is replaced; of what it was given, each article is tried
again by itself, so that only the one that killed it is lost.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from api.app import ArticleFile
from api.commands.console import Exit
from domain.errors import OnrecordError

TOGETHER = 16
"""Articles that are extracted together: more are no faster, and come out later."""
LOADING = 2
"""Groups that may wait for a process before another loads their language too."""


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


Work = Callable[[Sequence[Input]], list[Outcome]]


@dataclass(frozen=True, slots=True)
class Sent:
    """Articles of one language that were given to a process; ``numbers`` are their places."""

    numbers: Sequence[int]
    inputs: Sequence[Input]
    future: Future[list[Outcome]]


class Lanes:
    """A number of processes, and which languages each has met."""

    def __init__(self, jobs: int, work: Work) -> None:
        self._lanes = [_Lane() for _ in range(jobs)]
        self._work = work

    def send(self, inputs: Sequence[Input]) -> list[Sent]:
        """Give articles to the processes, grouped by language."""
        sent: list[Sent] = []
        for language in dict.fromkeys(_language(each) for each in inputs):
            numbers = [n for n, e in enumerate(inputs) if _language(e) == language]
            for at in range(0, len(numbers), TOGETHER):
                group = numbers[at : at + TOGETHER]
                sent.append(self._send(group, [inputs[n] for n in group]))
        return sent

    def results(self, sent: Sequence[Sent]) -> Iterator[Outcome]:
        """Yield what became of articles that were sent together, in their order."""
        told: dict[int, Outcome] = {}
        for each in sent:
            told.update(zip(each.numbers, self._result(each), strict=True))
        for number in sorted(told):
            yield told[number]

    def close(self) -> None:
        """Stop at once: after an interruption nobody waits for what is half done."""
        for lane in self._lanes:
            lane.close()
        for child in multiprocessing.active_children():
            child.terminate()

    def _send(self, numbers: Sequence[int], inputs: Sequence[Input]) -> Sent:
        language = _language(inputs[0])
        lane = min(self._lanes, key=lambda lane: lane.waiting(language))
        return Sent(numbers, inputs, lane.submit(self._work, inputs, language))

    def _result(self, sent: Sent) -> list[Outcome]:
        try:
            return sent.future.result()
        except BrokenProcessPool:
            if len(sent.inputs) == 1:
                told = "cannot be extracted: a process was killed"
                return [Outcome(sent.inputs[0].name, complaint=told, code=Exit.INPUT)]
        again = zip(sent.numbers, sent.inputs, strict=True)
        return [self._result(self._send([n], [each]))[0] for n, each in again]


class _Lane:
    """One process, replaced if it dies."""

    def __init__(self) -> None:
        self._open()

    def _open(self) -> None:
        self._met: set[str] = set()
        self._sent: list[Future[list[Outcome]]] = []
        # spawned: a fork would copy the threads of libraries that are in use
        self._executor = ProcessPoolExecutor(
            1,
            mp_context=multiprocessing.get_context("spawn"),
            # Ctrl-C reaches the whole group; the parent decides what it means
            initializer=signal.signal,
            initargs=(signal.SIGINT, signal.SIG_IGN),
        )

    def waiting(self, language: str) -> int:
        """Return how many groups wait here, a language not met yet counted as some."""
        self._sent = [future for future in self._sent if not future.done()]
        return len(self._sent) + (0 if language in self._met else LOADING)

    def submit(
        self, work: Work, inputs: Sequence[Input], language: str
    ) -> Future[list[Outcome]]:
        """Give it articles of a language."""
        try:
            future = self._executor.submit(work, inputs)
        except BrokenProcessPool:
            self._open()
            future = self._executor.submit(work, inputs)
        self._met.add(language)
        self._sent.append(future)
        return future

    def close(self) -> None:
        """Take nothing more, and wait for nothing."""
        self._executor.shutdown(wait=False, cancel_futures=True)


def _language(each: Input) -> str:
    """Return the language of an input, empty if there is no article."""
    return "" if isinstance(each.read, OnrecordError) else each.read.article.language
