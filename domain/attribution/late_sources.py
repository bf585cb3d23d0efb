"""Sources that stand where no subject does before the verb, in languages with cases.

1. ``subject_behind``: "Не исключила Осипова, что …"; a nominative right behind the cue.
2. ``body_inside``: "В компании «Порт» сообщили, что …"; a plural without a subject, the
   body behind a preposition. The body is who speaks.
"""

from __future__ import annotations

from domain.attribution.asides import speaks
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.phrases import phrase_end, word
from domain.attribution.sources import Source, of_tokens, source_behind
from domain.attribution.verb_groups import Cue


def subject_behind(line: Line, cue: Cue, limit: int, lexicon: Lexicon) -> Source | None:
    """Return the subject that follows its cue, if its case tells it."""
    if not lexicon.grammar.genitive_complements:
        return None
    found = source_behind(line, cue.last + 1, limit, lexicon)
    if found is None or found.tokens[0].feats.get("Case") != "Nom":
        return None
    able = speaks(line, found.first, found.last + 1, lexicon)
    return found if able and found.last < limit else None


def body_inside(
    line: Line, cue: Cue, floor: int, limit: int, lexicon: Lexicon
) -> Source | None:
    """Return the body in which people say something, if no one else does."""
    verb = line.tokens[cue.last]
    if not lexicon.grammar.inside or verb.feats.get("Number", "Plur") != "Plur":
        return None
    for at in (*range(floor, cue.first), *range(cue.last + 1, limit)):
        if at in line.quoted or word(line, at) not in lexicon.grammar.inside:
            continue
        if at + 1 in line.temporal:
            continue
        end = phrase_end(line, at + 1, limit, lexicon, appositions=False)
        bodies = lexicon.roles.bodies
        inside = line.tokens[at + 1 : end]
        titled = any(line.title_of(t) is not None for t in inside)
        if titled or any(t.lemma.lower() in bodies for t in inside):
            return of_tokens(line, at + 1, end)
    return None
