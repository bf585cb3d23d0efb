"""A cue at the end that reports all of its sentence, other cues included."""

from __future__ import annotations

from collections.abc import Sequence

from domain.attribution.clauses import is_inserted
from domain.attribution.hits import Hit
from domain.attribution.lexicon import Lexicon
from domain.attribution.sources import source_behind
from domain.attribution.verb_groups import Cue


def is_outer(cue: Cue, earlier: Sequence[Hit], limit: int, lexicon: Lexicon) -> bool:
    """Tell whether a cue reports the statements before it in its sentence too.

    "Le port aurait promis de rouvrir, a rapporté une source": what the first cue
    reports is not quoted, and the last one names somebody of its own.
    """
    if not earlier or cue.inverted is not None:
        return False
    line = earlier[-1].line
    outer = [q.outer for q in line.quotations]
    if any(span.overlaps(q) for h in earlier for span in h.content for q in outer):
        return False
    inserted = is_inserted(line, cue, earlier[-1].at, limit, lexicon)
    return inserted and source_behind(line, cue.last + 1, limit, lexicon) is not None
