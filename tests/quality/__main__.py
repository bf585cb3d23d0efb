"""``make quality``: how well statements are found, measured against annotated articles."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from api.commands.console import progress
from tests.quality import counts, mistakes, tables
from tests.quality.annotated import GoldError, files_of, read_file
from tests.quality.floors import write as write_floors
from tests.quality.measuring import Measured, measure, pooled

OWN = Path(__file__).parent / "gold"
"""The project's own articles, about invented people."""


def main() -> int:
    """Measure, print tables, and do what was asked for with the result."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.quality", description=__doc__
    )
    parser.add_argument(
        "gold",
        nargs="?",
        type=Path,
        default=OWN,
        help="a file, or a folder of *.jsonl; the project's own articles if left out",
    )
    parser.add_argument("--errors", action="store_true", help="list the mistakes")
    parser.add_argument(
        "--keep", type=Path, metavar="FILE", help="write what was found, as JSON lines"
    )
    parser.add_argument(
        "--write-floors",
        action="store_true",
        help="raise the floors of the project's own articles to what is measured",
    )
    parser.add_argument(
        "--write-counts",
        action="store_true",
        help="write how often each rule is right, for the extractor's confidence",
    )
    arguments = parser.parse_args()
    try:
        measured = measure_all(arguments.gold)
    except GoldError as error:
        sys.stderr.write(f"quality: {error}\n")
        return 2
    print("\n\n".join(tables.quality(each) for each in measured))
    open_to_all = pooled(measured)
    if open_to_all:
        print(f"\n{tables.calibrated(open_to_all)}")
    if arguments.errors:
        print(f"\n{mistakes.listed(open_to_all)}")
    if arguments.keep is not None:
        lines = [line for each in measured for line in each.lines]
        arguments.keep.write_text("".join(f"{x}\n" for x in lines), encoding="utf-8")
    if arguments.write_counts:
        counts.write(open_to_all)
    if arguments.write_floors:
        return write_floors(measured)
    return 0


def measure_all(place: Path) -> list[Measured]:
    """Measure the files that a path names, a progress bar on standard error.

    Raises:
        GoldError: there is none, or one is not in the form.
    """
    files = files_of(place)
    total = sum(len(read_file(file)) for file in files)
    with progress("quality", total) as tick:
        return [measure(file, tick) for file in files]


if __name__ == "__main__":
    sys.exit(main())
