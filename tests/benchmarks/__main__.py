"""``make bench``: every figure beside its floor, in one run."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from api.memory import collect_seldom
from tests.benchmarks import appending, extraction, log, postgresql, timeline_read
from tests.benchmarks.measure import as_json, delay_table, table


def main() -> None:
    """Measure, print a table, and write JSON where asked."""
    collect_seldom()
    logging.disable(logging.INFO)  # what a service tells of each request
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--json", type=Path, help="write the results to this file")
    arguments = parser.parse_args()
    results = []
    for module in (log, appending, postgresql, extraction, timeline_read):
        results += module.run()
    delays = appending.delays()
    print(table(results))
    print(f"\n{delay_table(delays)}")
    print(f"\n{extraction.memory_table()}")
    if arguments.json is not None:
        arguments.json.write_text(as_json(results, delays) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
