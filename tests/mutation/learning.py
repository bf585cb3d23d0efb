"""What the tests do as they are: which functions each calls, and how long it takes."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable
from functools import _lru_cache_wrapper
from itertools import zip_longest
from time import process_time
from types import FrameType
from typing import NamedTuple

import pytest

from tests.mutation.mutants import Mutant, path_of

Function = tuple[str, int]
"""A function by its module and its first line."""


class Learnt(NamedTuple):
    """Processor seconds and called functions of each test, as they were collected."""

    seconds: list[float]
    called: list[set[Function]]
    files: list[str]

    def tests(self, mutant: Mutant) -> list[int]:
        """Return the tests that call the function of a mutant, the fastest first."""
        function = (mutant.module, mutant.begins)
        found = [i for i, called in enumerate(self.called) if function in called]
        return sorted(found, key=lambda index: self.seconds[index])

    def fastest_files(self) -> list[str]:
        """Return the files of the tests, the fastest first."""
        total = dict.fromkeys(self.files, 0.0)
        for file, seconds in zip(self.files, self.seconds, strict=True):
            total[file] += seconds
        return sorted(total, key=lambda file: total[file])


class Watch:
    """Notes which functions of some modules are called."""

    def __init__(self, modules: Iterable[str]) -> None:
        self.called: set[Function] = set()
        self._modules = {str(path_of(module)): module for module in modules}

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        """Take in a call, as ``sys.setprofile`` tells it."""
        code = frame.f_code
        if event == "call" and code.co_filename in self._modules:
            module = self._modules[code.co_filename]
            self.called.add((module, code.co_firstlineno))


def learn(items: list[pytest.Item], modules: Iterable[str]) -> Learnt:
    """Run tests as they are.

    Raises:
        RuntimeError: a test fails.
    """
    watch, kept = Watch(modules), caches()
    learnt = Learnt([], [], [str(each.path) for each in items])
    for item, following in zip_longest(items, items[1:]):
        for cache in kept:
            cache.cache_clear()
        watch.called = set()
        begun = process_time()
        sys.setprofile(watch)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        sys.setprofile(None)
        learnt.seconds.append(process_time() - begun)
        learnt.called.append(watch.called)
        if item.session.testsfailed:
            message = f"{item.nodeid} fails as it is"
            raise RuntimeError(message)
    return learnt


def caches() -> list[_lru_cache_wrapper[object]]:
    """Return the caches of the domain: what is kept in them is not called."""
    every = (x for x in gc.get_objects() if isinstance(x, _lru_cache_wrapper))
    return [each for each in every if each.__module__.startswith("domain.")]
