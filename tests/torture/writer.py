"""A process that appends articles until it is killed; prints each acknowledgement.

Every batch is one article: its capture and thirteen statements. The line is printed,
and flushed, only after the log has acknowledged the batch.
"""

from __future__ import annotations

import sys
from pathlib import Path

from adapters.clock import SystemClock
from adapters.eventlog.sqlite import SQLiteEventLog
from domain.model.ids import topic_stream
from domain.ports import Append, Batch
from tests.support.facts import TESTER, TOPIC, attributed

SIZE = 14


def main(path: str, first: int) -> None:
    """Append batches numbered from ``first`` on."""
    with SQLiteEventLog(Path(path), SystemClock()) as log:
        number = first
        while True:
            events = tuple(attributed(number * SIZE + n) for n in range(SIZE))
            stream = topic_stream(TOPIC)
            log.append(
                Batch((Append(stream, log.version(stream), events),), actor=TESTER)
            )
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()
            number += 1


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
