"""The page on reliability tells what ``make torture`` does."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/reference/reliability.md"


def counts_of_make() -> dict[str, int]:
    """Return how often each fault is made by ``make torture``."""
    text = (ROOT / "Makefile").read_text("utf-8")
    return {
        name: int(number)
        for name, number in re.findall(r"(ONRECORD_[A-Z]+)=\$\$\{\1:-(\d+)\}", text)
    }


def test_the_page_tells_how_often_each_fault_is_made() -> None:
    """The last column of the table of variables holds the counts of the Makefile."""
    told = re.findall(
        r"^\| `(\w+)` .* ([\d,]+) \|$", PAGE.read_text("utf-8"), re.MULTILINE
    )
    counts = {name: int(number.replace(",", "")) for name, number in told}
    assert counts == counts_of_make()


def test_one_command_makes_enough_faults_to_be_told_of() -> None:
    """A thousand kills, 100,000 facts acknowledged, 10,000 images, fifty crashes.

    Two harnesses kill so many processes each.
    """
    counts = counts_of_make()
    assert 2 * counts["ONRECORD_KILLS"] >= 1_000
    assert counts["ONRECORD_ACKNOWLEDGED"] >= 100_000
    assert counts["ONRECORD_IMAGES"] >= 10_000
    assert counts["ONRECORD_CRASHES"] >= 50
