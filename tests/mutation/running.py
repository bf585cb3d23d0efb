"""Runs the tests on mutants, each in a process forked after all was imported.

The tests are collected once and run as they are once. For each mutant a fork then gives
the functions that are already imported the code of the mutant, and runs the tests that
call them, the fastest first, up to the first that fails.

A change that is felt by an import (outside of functions, or in a function that was
called by the end of the imports) cannot be made afterwards. There the fork imports
everything anew, with the mutant in the place of its module, and runs all tests.

A mutant ends after five times the usual processor time, or at too much memory.
"""

from __future__ import annotations

import gc
import importlib.abc
import importlib.util
import os
import pickle
import resource
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from functools import _lru_cache_wrapper
from importlib.machinery import ModuleSpec
from itertools import zip_longest
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import pytest

from tests.mutation.learning import Learnt, Watch, caches, learn
from tests.mutation.mutants import Mutant, code_of, functions_by_module, swap_code

OURS = {"domain", "adapters", "api", "seeds", "tests"}
"""Packages that are imported anew where a change is felt by an import."""
PATIENCE = 5
START = 20
"""Processor seconds for importing everything anew, and to spare."""
MEMORY = 4 << 30
BROKEN = "not tried:"
"""Begins what is told of a mutant on which the tests could not be run."""
QUIET = ["-x", "-q", "-s", "-p", "no:xdist"]

Tell = Callable[[Mutant, str, str], None]
"""Takes a mutant, what became of it, and the test that failed."""


class MutantImporter(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module with other code than its file has."""

    def __init__(self, module: str, code: CodeType) -> None:
        self._module, self._code = module, code

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        """Find the one module."""
        if name != self._module:
            return None
        return importlib.util.spec_from_loader(
            name, self, origin=self._code.co_filename
        )

    def exec_module(self, module: ModuleType) -> None:
        """Run the code that was given."""
        exec(self._code, module.__dict__)  # noqa: S102 (that is what an import does)


class Loop:
    """A plugin that takes the place of pytest's loop over the tests."""

    def __init__(
        self, todo: Sequence[Mutant], folder: Path, jobs: int, tell: Tell
    ) -> None:
        self._todo, self._folder, self._jobs, self._tell = todo, folder, jobs, tell
        self._modules = sorted({each.module for each in todo})
        self._imports = Watch(self._modules)
        self._caches: list[_lru_cache_wrapper[object]] = []
        self._running: dict[int, tuple[Mutant, Path]] = {}
        sys.setprofile(self._imports)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests as they are, then on every mutant."""
        sys.setprofile(None)
        learnt = self._learn(session)
        functions, self._caches = functions_by_module(self._modules), caches()
        gc.freeze()
        for mutant in self._todo:
            while len(self._running) >= self._jobs:
                self._wait()
            self._start(mutant, session, learnt, functions[mutant.module])
        while self._running:
            self._wait()
        return True

    def _learn(self, session: pytest.Session) -> Learnt:
        """Return what the tests do, found out in a fork that leaves no trace here."""
        kept = self._folder / "learnt"

        def run() -> str:
            kept.write_bytes(pickle.dumps(learn(session.items, self._modules)))
            files = sorted({str(each.path) for each in session.items})
            return anew(files, None)

        if not (pid := os.fork()):
            in_child(self._folder, run)
        os.waitpid(pid, 0)
        if found := (self._folder / "found").read_text(encoding="utf-8"):
            message = f"the tests fail without any change: {found}"
            raise pytest.UsageError(message)
        learnt: Learnt = pickle.loads(kept.read_bytes())  # noqa: S301 (our own)
        return learnt

    def _start(
        self,
        mutant: Mutant,
        session: pytest.Session,
        learnt: Learnt,
        functions: list[FunctionType],
    ) -> None:
        tests = learnt.tests(mutant)
        early = (mutant.module, mutant.begins) in self._imports.called
        kept = self._caches
        by_import = early or not mutant.begins

        def run() -> str:
            for cache in kept:
                cache.cache_clear()
            limit(sum(learnt.seconds[index] for index in tests))
            swapped = swap_code(mutant, functions)
            found = first_failure(session, tests) if swapped else ""
            if found or (swapped and not by_import):
                return found
            limit(2 * sum(learnt.seconds))
            return anew(learnt.fastest_files(), mutant)

        if not tests and not by_import:
            self._tell(mutant, "survived", "no test calls it")
            return
        folder = self._folder / f"{mutant.module}-{mutant.number}"
        folder.mkdir()
        if not (pid := os.fork()):
            in_child(folder, run)
        self._running[pid] = mutant, folder

    def _wait(self) -> None:
        pid, status = os.wait()
        mutant, folder = self._running.pop(pid)
        if os.WIFSIGNALED(status):
            self._tell(mutant, "timeout", signal.Signals(os.WTERMSIG(status)).name)
        else:
            told = folder / "found"
            found = told.read_text(encoding="utf-8") if told.exists() else BROKEN
            lives = not found or found.startswith(BROKEN)
            self._tell(mutant, "survived" if lives else "killed", found)
        shutil.rmtree(folder)


def first_failure(session: pytest.Session, tests: list[int]) -> str:
    """Return the id of the first test that fails; nothing where none does."""
    items = [session.items[index] for index in tests]
    for item, following in zip_longest(items, items[1:]):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return item.nodeid
    return ""


def anew(files: list[str], mutant: Mutant | None) -> str:
    """Import everything anew, a mutant among it, and return what fails."""
    for name in list(sys.modules):
        if name.partition(".")[0] in OURS:
            del sys.modules[name]
    if mutant is not None:
        sys.meta_path.insert(0, MutantImporter(mutant.module, code_of(mutant)))
    for part in split(files, mutant):
        failures = Failures()
        status = pytest.main([*QUIET, *part], plugins=[failures])
        if status != pytest.ExitCode.OK:
            return failures.first or str(status)
    return ""


def split(files: list[str], mutant: Mutant | None) -> list[list[str]]:
    """Return files in parts: the module's own, half of the others, and what is slow."""
    name = mutant.module.rpartition(".")[2] if mutant else "-"
    own = [each for each in files if Path(each).stem.startswith(f"test_{name}")]
    others = [each for each in files if each not in own]
    half = len(others) // 2
    return [each for each in (own, others[:half], others[half:]) if each]


class Failures:
    """A plugin that keeps the first failure."""

    first = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep a test that fails."""
        if report.failed and not self.first:
            self.first = report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep a file that cannot be imported."""
        if report.failed and not self.first:
            self.first = f"import of {report.nodeid}"


def limit(usual: float) -> None:
    """End this process by a signal when it takes too long; bound its memory."""
    seconds = START + int(PATIENCE * usual)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))
    signal.alarm(20 * seconds)  # it may sleep, or the machine be busy


def in_child(folder: Path, run: Callable[[], str]) -> None:
    """Run something, write what it finds to a folder, and end this process."""
    os.environ["PYTEST_DEBUG_TEMPROOT"] = str(folder)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    try:
        found = run()
    except BaseException as error:  # noqa: BLE001 (no test found it: it is ours)
        found = f"{BROKEN} {type(error).__name__}: {error}"
    (folder / "found").write_text(found, encoding="utf-8")
    os._exit(0)
