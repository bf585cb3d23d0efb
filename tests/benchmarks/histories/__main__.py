"""``python -m tests.benchmarks.histories --n 1000 --seed 7``: what a history comes to."""

from __future__ import annotations

import argparse

from tests.benchmarks.histories.counting import count
from tests.benchmarks.histories.newsroom import history


def main() -> None:
    """Make a history, and print its counts and its digest."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.histories")
    parser.add_argument("--n", type=int, default=1000, help="recordings of statements")
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    counts = count(history(arguments.n, arguments.seed))
    for name, number in sorted(counts.events.items()):
        print(f"{number:>10,} {name}")
    largest = counts.topics.most_common(1)[0][1]
    print(f"{len(counts.topics):>10,} topics, the largest of {largest:,} statements")
    print(f"{max(counts.a_day.values()):>10,} statements a day, holder and question")
    print(f"sha256 {counts.digest}")


if __name__ == "__main__":
    main()
