"""Floors: what was reached once is not lost silently.

``floors.toml`` holds for each file of gold its sha256 and, per language, the least that
each measure may be, in percent. Floors are written from what is measured, rounded down
to a whole percent, and never lowered by that; whoever lowers one by hand says so in the
changelog.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Sequence
from math import floor
from pathlib import Path
from typing import NamedTuple

from tests.quality.measuring import Measured
from tests.quality.scoring import Scores

FILE = Path(__file__).parent / "floors.toml"
ENOUGH = 10
"""Annotated cases on which a measure must rest to have a floor."""
LOWERED = "quality floor lowered"
"""What a line of the changelog says when a floor was lowered."""
_HEAD = """\
# The least that each measure may be, in percent, by file of gold and language.
# Raised by `python -m tests.quality --write-floors`; to lower one, edit it here and
# write a line with "{lowered}" into CHANGELOG.md.
"""

Floors = dict[str, dict[str, int]]
"""Language to measure to percent."""


class Guarded(NamedTuple):
    """What is guarded of one file of gold."""

    sha256: str
    floors: Floors


def read(text: str) -> dict[str, Guarded]:
    """Return what is guarded, by the stem of the file of gold."""
    return {
        stem: Guarded(
            sha256=str(table["sha256"]),
            floors={k: v for k, v in table.items() if isinstance(v, dict)},
        )
        for stem, table in tomllib.loads(text).items()
    }


def reached(scores: Scores) -> dict[str, int]:
    """Return the measures of some statements in whole percent, rounded down.

    Recall of words is what F1 and precision leave. A measure of few cases has no
    floor: one of them more or less would move it by many percent.
    """
    cases = scores.cases()
    figures = {k: v for k, v in scores.figures().items() if cases[k] >= ENOUGH}
    if "iou80" in figures:
        figures["iou80_precision"] = scores.words["iou80"].precision.value
    return {
        # a share that is a whole percent must not fall below it by a bit of a float
        name: floor(100 * value + 1e-9)
        for name, value in figures.items()
        if value is not None
    }


def fallen(measured: Measured, guarded: Guarded) -> list[str]:
    """Return a line for each measure that is below its floor."""
    found = {name: reached(scores) for name, scores in measured.scores().items()}
    return [
        f"{measured.file.stem}, {language}: {measure} is "
        f"{found.get(language, {}).get(measure, 'not measured')}, its floor {least}"
        for language, floors in guarded.floors.items()
        for measure, least in floors.items()
        if found.get(language, {}).get(measure, -1) < least
    ]


def lowered(before: dict[str, Guarded], after: dict[str, Guarded]) -> list[str]:
    """Return a line for each floor that is lower than it was, or gone."""
    return [
        f"{stem}, {language}: {measure} from {least} to {now}"
        for stem, guarded in before.items()
        for language, floors in guarded.floors.items()
        for measure, least in floors.items()
        if (now := _floor(after, stem, language, measure)) < least
    ]


def raised(measured: Measured, guarded: Guarded | None) -> Guarded:
    """Return the floors of a file of gold, raised to what is measured."""
    floors = dict(guarded.floors) if guarded is not None else {}
    for language, scores in measured.scores().items():
        old, new = floors.get(language, {}), reached(scores)
        names = [*new, *(name for name in old if name not in new)]
        floors[language] = {
            name: max(old.get(name, 0), new.get(name, 0)) for name in names
        }
    return Guarded(measured.sha256, floors)


def dumped(guarded: dict[str, Guarded]) -> str:
    """Return the text of the file."""
    lines = [_HEAD.format(lowered=LOWERED)]
    for stem, (sha256, floors) in guarded.items():
        lines += [f"[{stem}]", f'sha256 = "{sha256}"', ""]
        for language, least in floors.items():
            lines.append(f"[{stem}.{language}]")
            lines += [f"{name} = {value}" for name, value in least.items()]
            lines.append("")
    return "\n".join(lines)


def write(measured: Sequence[Measured], file: Path = FILE) -> int:
    """Raise the floors in the file; tell what is below one. Returns an exit code."""
    guarded = read(file.read_text(encoding="utf-8")) if file.is_file() else {}
    below: list[str] = []
    for each in measured:
        stem = each.file.stem
        if stem in guarded:
            below += fallen(each, guarded[stem])
        guarded[stem] = raised(each, guarded.get(stem))
    file.write_text(dumped(guarded), encoding="utf-8")
    for line in below:
        sys.stderr.write(f"quality: {line}; the floor stays\n")
    return 1 if below else 0


def _floor(guarded: dict[str, Guarded], stem: str, language: str, measure: str) -> int:
    """Return a floor, -1 if there is none."""
    if stem not in guarded:
        return -1
    return guarded[stem].floors.get(language, {}).get(measure, -1)
