"""Where the clause of a cue begins, and whether the cue stands in an inserted clause.

A later cue ends what an earlier one reports if it is coordinated with it: after a
coordinator or contrast, with a pronoun or elided subject, as a gerund after a comma,
or as an inserted clause. Otherwise it stands inside the report and is no cue.
"""

from __future__ import annotations

from domain.attribution.asides import skip_asides, speaks
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.phrases import is_core, phrase_end, word
from domain.attribution.sources import Source, pronoun_of, source_before
from domain.attribution.verb_groups import Cue

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
    quoted = any(i in line.quoted for i in range(floor, cue.first))
    if word(line, floor) in lexicon.grammar.prompts and not quoted:
        return False
    subject = ends_with_subject(line, cue, floor, limit, lexicon)
    if subject is not None or is_as_clause(line, cue, floor, lexicon):
        return True
    closes = before in line.quoted and cue.first not in line.quoted
    if word(line, before) in COMMAS and is_behind_quotation(line, cue.first):
        closes = not _reports_more(line, cue, limit, lexicon)
    parted = word(line, before) in COMMAS or word(line, before) in "?!…"
    return (closes or parted) and (
        cue.inverted is not None
        or _speaker_follows(line, cue, floor, limit, lexicon, closes=closes)
    )


def is_behind_quotation(line: Line, at: int) -> bool:
    """Tell whether a quotation ends right before a token, or before its comma or dash."""
    if at in line.quoted:
        return False
    before = at - 1
    while before >= 0 and before not in line.quoted and word(line, before) in COMMAS:
        before -= 1
    return before in line.quoted


def _speaker_follows(
    line: Line, cue: Cue, floor: int, limit: int, lexicon: Lexicon, *, closes: bool
) -> bool:
    """Tell whether who speaks stands behind the cue, and not before it."""
    start = skip_asides(line, cue.last + 1, limit, lexicon)
    if start < limit and word(line, start) in lexicon.grammar.subject_pronouns:
        return closes or not lexicon.grammar.zero_complementizer
    end = phrase_end(line, start, limit, lexicon)
    if end == start or not speaks(line, start, end, lexicon):
        return closes
    if says_something(line, floor, cue.first - 1, lexicon):
        return True
    if lexicon.grammar.verb_first:
        return False  # who speaks always stands behind
    ahead = source_before(line, cue, floor, lexicon)
    return ahead is None or not speaks(line, ahead.first, ahead.last + 1, lexicon)


def is_as_clause(line: Line, cue: Cue, floor: int, lexicon: Lexicon) -> bool:
    """Tell whether "as" stands before a cue: "As X said, …", "…, as X said"."""
    at = cue.first - 1
    opens = at == floor or word(line, at - 1) in COMMAS
    return opens and word(line, at) in lexicon.grammar.as_words


def ends_with_subject(
    line: Line, cue: Cue, floor: int, limit: int, lexicon: Lexicon
) -> Source | None:
    """Return the source of "…, X said" and "…, he said", if the cue stands so.

    The source follows a comma or a closing mark behind something to report, and
    nothing to report follows the cue before the next comma or the end.
    """
    source = pronoun_of(line, cue, lexicon) if cue.inverted is None else None
    source = source or source_before(line, cue, floor, lexicon)
    if source is None or source.first <= floor or source.last >= cue.first:
        return None
    before = source.first - 1
    closes = before in line.quoted and source.first not in line.quoted
    if not closes and word(line, before) not in COMMAS:
        return None
    apart = _stands_apart(line, cue, floor, before)
    said = closes or apart or says_something(line, floor, before, lexicon)
    return source if said and not _reports_more(line, cue, limit, lexicon) else None


def _stands_apart(line: Line, cue: Cue, floor: int, before: int) -> bool:
    """Tell whether a cue and its source stand between the parts of one clause.

    "The clause, she said, does not apply": a comma on both sides, a noun phrase before.
    """
    if word(line, cue.last + 1) != "," or before - 1 <= floor:
        return False
    opens = line.tokens[floor].pos
    goes_on = line.tokens[cue.last + 2 : cue.last + 3]
    governed = not goes_on or goes_on[0].pos in {"ADP", "SCONJ", "PUNCT"}
    return opens != "ADP" and not governed


def _reports_more(line: Line, cue: Cue, limit: int, lexicon: Lexicon) -> bool:
    """Tell whether something to report stands between the cue and the next comma."""
    grammar = lexicon.grammar
    for at in range(cue.last + 1, limit):
        said = word(line, at)
        if said in {",", ";", "—", "–"} or at in line.quoted:
            return at in line.quoted and word(line, at - 1) not in {",", "."}
        if said in grammar.reporter_conjunctions:
            return False
        opens = said in grammar.complementizers or said == ":"
        finite = line.tokens[at].feats.get("VerbForm") == "Fin"
        governed = cue.verb.infinitive and said in grammar.infinitive_markers
        if opens or finite or governed:
            return True
    start = skip_asides(line, cue.last + 1, limit, lexicon)
    nominal = start < limit and is_core(line, start) and start not in line.quoted
    return cue.verb.object and nominal


def says_something(line: Line, first: int, end: int, lexicon: Lexicon) -> bool:
    """Tell whether a stretch holds a quotation, or a finite verb of a main clause."""
    relative = False
    for at in range(first, end):
        said = word(line, at)
        if at in line.quoted:
            return True
        if line.tokens[at].text in lexicon.grammar.initial_prepositions:
            continue
        if said in lexicon.grammar.relative_pronouns:
            relative = True
        elif said == ",":
            relative = False
        elif _predicates(line, at) and not relative:
            return True
    return False


def _predicates(line: Line, at: int) -> bool:
    """Tell whether a finite verb stands there, or an adjective in its place."""
    feats = line.tokens[at].feats
    return feats.get("VerbForm") == "Fin" or feats.get("Variant") == "Short"


def clause_start(
    line: Line, cue: Cue, floor: int, limit: int, lexicon: Lexicon
) -> int | None:
    """Return where the clause of a coordinated cue begins, None if it is not one.

    ``floor`` is the first token behind the cue before it.
    """
    at = cue.first
    if is_inserted(line, cue, floor, limit, lexicon):
        ahead = ends_with_subject(line, cue, floor, limit, lexicon)
        at = ahead.first if ahead is not None else at
        return at - 1 if word(line, at - 1) in COMMAS else at
    if cue.gerund:
        sequel = _sequel(line, at, lexicon)
        return sequel or _opening(line, at, lexicon, bare_comma=True)
    if word(line, at - 1) in lexicon.grammar.subject_pronouns:
        return _opening(line, at - 1, lexicon, bare_comma=True)
    source = source_before(line, cue, floor, lexicon)
    first = source.first if source is not None else at
    contrasts = f"{word(line, first - 2)} {word(line, first - 1)}"
    if contrasts in lexicon.grammar.contrasts:
        return _opening(line, first, lexicon, bare_comma=False)
    if word(line, first - 1) in lexicon.grammar.complementizers:
        return None
    return _opening(line, first, lexicon, bare_comma=False)


def _sequel(line: Line, at: int, lexicon: Lexicon) -> int | None:
    """Return where "avant de" begins that opens the next thing said, comma included."""
    at -= word(line, at - 1) in lexicon.grammar.infinitive_markers
    if word(line, at - 1) not in lexicon.grammar.sequels:
        return None
    return at - 2 if word(line, at - 2) == "," else at - 1


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
