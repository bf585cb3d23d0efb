"""Reads a store on a full disk: alone, and beside who has it open.

Prints what is said where nobody has it open.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage

from adapters.articles.store import SQLArticleStore
from adapters.clock import SystemClock
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.sqlite import ROOM
from adapters.views.sqlite import SQLiteViewStore
from domain.errors import StoreUnavailableError
from domain.model.ids import TopicId
from domain.services.projecting import Projector
from domain.services.timelines import TimelineQuery, Timelines
from tests.torture.facts import batch_of

TOPIC = TopicId("crew-0")
"""Of the first facts."""


@contextmanager
def opened(folder: Path) -> Iterator[tuple[SQLiteEventLog, SQLiteViewStore]]:
    """Open the store in a folder as every command does."""
    with (
        SQLiteEventLog(folder / "log.db", SystemClock()) as log,
        SQLArticleStore(folder / "log.articles.db"),
        SQLiteViewStore(folder / "log.views.db") as views,
    ):
        yield log, views


def read(folder: Path) -> None:
    """Read a timeline."""
    with opened(folder) as (log, views):
        Projector(log, views).catch_up()
        assert Timelines(log, views).read(TimelineQuery(topic=TOPIC)).positions


def main(folder: Path) -> None:
    """Make a store, fill the disk under it, and read: alone, and beside another."""
    ballast = folder / "ballast"
    with opened(folder) as (log, views):
        log.append(batch_of(0))
        Projector(log, views).catch_up()
    fill(ballast)
    try:
        read(folder)
    except StoreUnavailableError as error:
        print(error)
    os.truncate(ballast, ballast.stat().st_size - ROOM)
    with opened(folder):
        fill(ballast)
        read(folder)


def fill(ballast: Path) -> None:
    """Leave no room beside a file."""
    with ballast.open("ab") as file:
        file.write(bytes(disk_usage(ballast.parent).free))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
