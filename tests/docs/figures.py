"""The figures of ``docs/reference/attribution.md``: measured on the project's own articles."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.quality.__main__ import OWN, measure_all
from tests.quality.measuring import Measured, pooled
from tests.quality.tables import (
    attributes_table,
    by_kind,
    by_language,
    calibrated,
    words_table,
)

_HOW = """\
Measured on {day} with `make quality` on the articles of `tests/quality/gold`: invented people, the styles of different papers. The
first rules were written without them; since then mistakes in `open.jsonl` have been read and mended, in all languages, so its figures
flatter. Of `held.jsonl` only figures are ever looked at: it says more about articles that nobody has seen. In percent; P is precision, R recall.

- *exact*: the same letters and digits. *iou80*, *iou30*: an overlap of 0.8 or 0.3. *cov80*: 0.8 of the content covered, which
  rewards what is too long.
- The second table of each file compares what overlaps by 0.3: shares that are right; for addressee, medium, occasion and condition F1.
  *dated* counts only statements whose date the text tells."""


def figures() -> str:
    """Return the tables by language and kind, and how often each rule is right."""
    measured = measure_all(OWN)
    parts = [_HOW.format(day=datetime.now(UTC).date())]
    for each in measured:
        parts += [f"### {_title(each)}", *_tables(each)]
    rules = calibrated(pooled(measured)).replace("## ", "### ", 1)
    return "\n\n".join([*parts, rules])


def _tables(measured: Measured) -> list[str]:
    languages = by_language(measured)
    kinds = by_kind(measured.pairs)
    return [
        words_table(languages),
        attributes_table(languages),
        words_table(kinds),
        attributes_table(kinds),
    ]


def _title(measured: Measured) -> str:
    what = "held back" if measured.is_held else "may be looked at"
    statements = sum(len(each.statements) for each in measured.articles)
    return f"{measured.file.name}: {what}, {len(measured.articles)} articles, {statements} statements"
