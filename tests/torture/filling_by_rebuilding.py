"""Rebuilds read models on a disk that is too small for two of them; the log lies elsewhere.

Prints the error. What was written ahead is then gone, and there is room on the disk.
"""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import disk_usage

from adapters import sqlite_file
from adapters.clock import SystemClock
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.views.sqlite import SQLiteViewStore
from domain.errors import StoreUnavailableError
from domain.services.projecting import Projector
from tests.torture.facts import batch_of

FACTS = 1_500
LEFT = 1_200_000
"""Bytes of the disk that are free when the rebuild begins: it needs more."""
PAGE = 100
"""Events that a rebuild folds at once, so that it writes many pages."""
sqlite_file.ROOM = 1 << 19


def main(disk: Path, elsewhere: Path) -> None:
    """Fill the disk."""
    path, reserve = disk / "views.db", disk / "reserve"
    with SQLiteEventLog(elsewhere / "log.db", SystemClock()) as log:
        for fact in range(FACTS):
            log.append(batch_of(fact))
        with SQLiteViewStore(path) as views:
            Projector(log, views).catch_up()
        reserve.write_bytes(bytes(disk_usage(disk).free - LEFT))
        with SQLiteViewStore(path) as views:
            try:
                Projector(log, views, rebuild_page=PAGE).rebuild()
            except StoreUnavailableError as error:
                print(error)
            with views.snapshot() as served:
                assert served.seq == log.head(), "what was served is not"
        assert not path.with_name("views.db-wal").exists(), (
            "it left what it wrote ahead"
        )
        assert disk_usage(disk).free > sqlite_file.ROOM // 2, "it left no room"
        reserve.unlink()
        with SQLiteViewStore(path) as views:
            Projector(log, views, rebuild_page=PAGE).rebuild()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
