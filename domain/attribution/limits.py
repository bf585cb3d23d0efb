"""Where a report ends, and where the clause of an inserted cue does."""

from __future__ import annotations

from collections.abc import Sequence

from domain.attribution.clauses import clause_start
from domain.attribution.contents import Content
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.phrases import word
from domain.attribution.verb_groups import Cue


def report_end(
    line: Line, cue: Cue, later: Sequence[Cue], last: int, lexicon: Lexicon
) -> int:
    """Return the token behind the last that a cue may report.

    ``later`` are the cues behind it in its sentence, which ends before ``last``.
    """
    for other in later:
        start = clause_start(line, other, cue.last + 1, last, lexicon)
        if start is not None and start > cue.last:
            return start
    while last > cue.last + 1 and word(line, last - 1) in {".", "…"}:
        last -= 1
    return _semicolon(line, cue.last + 1, last, lexicon)


def _semicolon(line: Line, first: int, last: int, lexicon: Lexicon) -> int:
    """Return where a semicolon ends a report, unless a clause of it follows."""
    for at in range(first, last):
        ends = word(line, at) == ";" and at not in line.quoted
        if ends and word(line, at + 1) not in lexicon.grammar.complementizers:
            return at
    return last


def clause_end(line: Line, content: Content | None, limit: int) -> int:
    """Return where the clause of an inserted cue ends."""
    if content is None or len(content.spans) == 1:
        return limit
    start = content.spans[1].start
    return next((t.index for t in line.tokens if line.place(t).start >= start), limit)
