"""The stores that histories are measured on: built once, through the real log, and kept.

They lie in a folder whose name tells the size, the seed, and the recipe by the digest of
its source: another recipe builds anew.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from adapters.clock import SystemClock
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.sqlite import dbapi
from adapters.store_url import StoreUrl
from domain.ports import Batch, GroupLog
from tests.benchmarks import histories
from tests.benchmarks.histories.newsroom import Written, history

TRANSACTION = 1000
"""Events from which a transaction of the building is full."""
COLUMNS = "seq, originator_id, originator_version, topic, CAST(state AS BLOB)"


class HistoryClock:
    """Shows the instant of the last article: a history is recorded in its own time."""

    def __init__(self) -> None:
        self.at = datetime(2031, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        """Return that instant."""
        return self.at


@dataclass(frozen=True, slots=True)
class Store:
    """A built history: so many recordings of statements, so many events."""

    folder: Path
    size: int
    seed: int
    events: int

    @property
    def log(self) -> Path:
        """The file of the log."""
        return self.folder / "log.db"

    @property
    def views(self) -> Path:
        """The file of the read models."""
        return StoreUrl(f"sqlite:///{self.log}").views_path

    @property
    def library(self) -> Path:
        """The file of the same events as the library stores them."""
        return self.folder / "library.db"

    def opened(self) -> SQLiteEventLog:
        """Open the log."""
        return SQLiteEventLog(self.log, SystemClock())

    def raw(self) -> dbapi.Connection:
        """Open the file of the log with nothing of ours."""
        return dbapi.connect(f"file:{self.log}?mode=ro", uri=True)


def built(size: int, seed: int, cache: Path) -> Store:
    """Return the store of a history; build it where it is not there."""
    folder = cache / f"{size}-{seed}-{recipe_digest()}"
    if not folder.exists():
        part = folder.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        clock = HistoryClock()
        with (
            SQLiteEventLog(part / "log.db", clock) as log,
            bar(size, f"building {size:,} statements") as shown,
        ):
            for group in transactions(history(size, seed)):
                clock.at = group[-1].at
                append_all(log, group)
                shown.update(sum(each.statements for each in group))
        part.rename(folder)
    with SQLiteEventLog(folder / "log.db", SystemClock()) as log:
        return Store(folder, size, seed, log.head())


def bar(length: int, label: str) -> click._termui_impl.ProgressBar[int]:
    """Return a progress bar beside what is printed; its label alone in a log."""
    return click.progressbar(length=length, label=label, file=sys.stderr)


def append_all(log: GroupLog, written: Sequence[Written]) -> None:
    """Append transactions of a history as one."""
    batches: list[Batch] = [each.batch for each in written]
    for answer in log.append_all(batches):
        if not isinstance(answer, int):
            raise answer


def transactions(written: Iterable[Written]) -> Iterator[list[Written]]:
    """Yield transactions of a history together, up to some thousand events."""
    group: list[Written] = []
    events = 0
    for each in written:
        group.append(each)
        events += sum(len(append.events) for append in each.batch.appends)
        if events >= TRANSACTION:
            yield group
            group, events = [], 0
    if group:
        yield group


def recipe_digest() -> str:
    """Return a digest of the source that histories are made by."""
    sources = sorted(Path(next(iter(histories.__path__))).glob("*.py"))
    told = b"".join(source.read_bytes() for source in sources)
    return hashlib.sha256(told).hexdigest()[:8]
