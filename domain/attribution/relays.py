"""Words in which the speaker tells what somebody else said.

"Jan Korvel a dit que Mira Solen avait promis de venir" is no promise of Korvel's: the
first finite verb of his words is a cue with a speaker of its own, and with a clause that
it reports.
"""

from __future__ import annotations

from domain.attribution.asides import speaks
from domain.attribution.contents import after
from domain.attribution.cues import find_cues
from domain.attribution.hits import Hit
from domain.attribution.lexicon import Lexicon
from domain.attribution.sources import pronoun_of, source_before


def relays(hit: Hit, lexicon: Lexicon) -> bool:
    """Tell whether the main clause of what is said reports another speaker."""
    line = hit.said.bare
    tokens = line.within(hit.content)
    finite = next((t for t in tokens if t.feats.get("VerbForm") == "Fin"), None)
    if finite is None:
        return False
    for cue in find_cues(line, lexicon):
        if not cue.first <= finite.index <= cue.last:
            continue
        if pronoun_of(line, cue, lexicon) is not None:
            return False
        told = after(line, cue, tokens[-1].index + 1, lexicon)
        if told is None or told.rule == "object":
            return False
        other = source_before(line, cue, tokens[0].index, lexicon)
        return other is not None and speaks(line, other.first, other.last + 1, lexicon)
    return False
