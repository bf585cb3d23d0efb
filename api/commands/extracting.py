"""Extraction of many articles, in this process or in several, in the order handed in.

Articles are read here and extracted in groups, those of a language together; a bounded
number is on its way at any time, so a folder may be of any size. What fails is told
with its article, and the others go on. Each process loads a model when it first meets
its language, and is given the languages that it has met.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from functools import cache, partial

from api.app import ArticleFile, Settings, make_extractor
from api.commands.console import code_of
from api.commands.inputs import windows
from api.commands.lanes import TOGETHER, Input, Lanes, Outcome, Sent
from domain.attribution.extract import Extractor
from domain.errors import OnrecordError
from domain.model.extraction import Extraction

AHEAD = 32
"""Articles for each process that are read at a time, while as many are extracted."""
Shown = Callable[[str, ArticleFile, Extraction], str]
"""Renders an extraction of a named input; a function of a module, so that it can be sent to a process."""


def outcomes(
    inputs: Iterable[Input], settings: Settings, shown: Shown, jobs: int
) -> Generator[Outcome, None, None]:
    """Yield what becomes of each input, in order, whatever the number of processes.

    Raises:
        InvalidSeedError: a seed file is bad; told once, not for each article.
    """
    _extractor(settings)
    work = partial(_group, settings, shown)
    if jobs == 1:
        for group in windows(inputs, TOGETHER):
            yield from work(group)
        return
    lanes = Lanes(jobs, work)
    sent: deque[list[Sent]] = deque()
    try:
        for window in windows(inputs, AHEAD * jobs):
            sent.append(lanes.send(window))
            if len(sent) > 1:
                yield from lanes.results(sent.popleft())
        while sent:
            yield from lanes.results(sent.popleft())
    finally:
        lanes.close()


def _group(settings: Settings, shown: Shown, inputs: Sequence[Input]) -> list[Outcome]:
    """Extract articles together; what goes wrong with one is its outcome."""
    articles = [e.read.article for e in inputs if isinstance(e.read, ArticleFile)]
    told = iter(_extractor(settings).extract_all(articles))
    found: list[Outcome] = []
    for each in inputs:
        if isinstance(each.read, OnrecordError):
            found.append(_failed(each.name, each.read))
        elif isinstance(extraction := next(told), OnrecordError):
            found.append(_failed(each.name, extraction))
        else:
            found.append(Outcome(each.name, shown(each.name, each.read, extraction)))
    return found


def _failed(name: str, error: OnrecordError) -> Outcome:
    return Outcome(name, complaint=str(error), code=code_of(error))


@cache
def _extractor(settings: Settings) -> Extractor:
    """Return the one extractor of this process."""
    return make_extractor(settings)
