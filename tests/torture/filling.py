"""Appends to a log on a disk until it is full, then makes room and goes on.

Prints the number of facts that were acknowledged, and the error in between.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from adapters.clock import SystemClock
from adapters.eventlog.sqlite import SQLiteEventLog
from domain.errors import StoreUnavailableError
from domain.services.log_pages import read_all
from tests.torture.facts import batch_of

RESERVED = 200_000
"""Bytes that are given back when the disk is full."""


def main(folder: Path) -> None:
    """Fill the disk under a folder."""
    reserve = folder / "reserve"
    reserve.write_bytes(bytes(RESERVED))
    with SQLiteEventLog(folder / "log.db", SystemClock()) as log:
        for fact in count():
            try:
                log.append(batch_of(fact))
            except StoreUnavailableError as error:
                refused, said = fact, error
                break
        assert len(list(read_all(log))) == refused, "it cannot be read, or is not whole"
        reserve.unlink()
        assert log.append(batch_of(refused)) == refused + 1
    print(refused + 1, said)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
