"""Where the clause of a cue begins, and whether the cue stands in an inserted clause.

A later cue ends what an earlier one reports if it is coordinated with it: after a
coordinator or contrast, with a pronoun or elided subject, as a gerund after a comma,
or as an inserted clause. Otherwise it stands inside the report and is no cue.
"""

from __future__ import annotations

from domain.attribution.cues import Cue
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.phrases import phrase_end, word
from domain.attribution.sources import skip_asides, source_before, speaks

COMMAS = frozenset({",", "—", "–", "-", ";", "("})


def is_inserted(line: Line, cue: Cue, floor: int, limit: int, lexicon: Lexicon) -> bool:
    """Tell whether the cue reports what stands before it ("…, a dit X").

    Before it stands something to report, behind a comma or a closing mark; behind it
    an inverted pronoun or somebody who can speak.
    """
    before = cue.first - 1
    if cue.gerund or before < floor:
        return False
    if word(line, before) in lexicon.grammar.relative_pronouns:
        return False
    closes = before in line.quoted and cue.first not in line.quoted
    if not (closes or word(line, before) in COMMAS or word(line, before) in "?!…"):
        return False
    if cue.inverted is not None:
        return True
    start = skip_asides(line, cue.last + 1, limit, lexicon)
    end = phrase_end(line, start, limit, lexicon)
    if end > start and speaks(line, start, end, lexicon):
        said = _says_something(line, floor, before, lexicon)
        ahead = source_before(line, cue, floor, lexicon)
        return said or not (
            ahead and speaks(line, ahead.first, ahead.last + 1, lexicon)
        )
    return closes


def _says_something(line: Line, first: int, end: int, lexicon: Lexicon) -> bool:
    """Tell whether a stretch holds a quotation, or a finite verb of a main clause."""
    relative = False
    for at in range(first, end):
        said = word(line, at)
        if at in line.quoted:
            return True
        if said in lexicon.grammar.relative_pronouns:
            relative = True
        elif said == ",":
            relative = False
        elif line.tokens[at].feats.get("VerbForm") == "Fin" and not relative:
            return True
    return False


def clause_start(
    line: Line, cue: Cue, floor: int, limit: int, lexicon: Lexicon
) -> int | None:
    """Return where the clause of a coordinated cue begins, None if it is not one.

    ``floor`` is the first token behind the cue before it.
    """
    at = cue.first
    if is_inserted(line, cue, floor, limit, lexicon):
        return at - 1 if word(line, at - 1) in COMMAS else at
    if cue.gerund:
        return _opening(line, at, lexicon, bare_comma=True)
    if word(line, at - 1) in lexicon.grammar.subject_pronouns:
        return _opening(line, at - 1, lexicon, bare_comma=True)
    source = source_before(line, cue, floor, lexicon)
    first = source.first if source is not None else at
    if word(line, first - 1) in lexicon.grammar.complementizers:
        return None
    return _opening(line, first, lexicon, bare_comma=False)


def _opening(line: Line, at: int, lexicon: Lexicon, *, bare_comma: bool) -> int | None:
    """Return the index of what opens a coordinated clause at ``at``, commas included."""
    grammar = lexicon.grammar
    before = word(line, at - 1)
    two = f"{word(line, at - 2)} {before}"
    if two in grammar.contrasts:
        at -= 2
    elif before in grammar.coordinators or before in grammar.contrasts or before == ";":
        at -= 1
    elif not (bare_comma and before == ","):
        return None
    return at - 1 if word(line, at - 1) == "," else at
