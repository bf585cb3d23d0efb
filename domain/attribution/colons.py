"""Words of a speaker behind a colon, without a verb of saying.

1. ``bare-colon``: "Mira Solen, ministre : « … »"; the line opens with somebody.
2. ``noun-colon``: "Réponse de Mira Solen : …"; a noun of saying names them.
3. ``clause-colon``: "Mira Solen s'est montrée ferme : « … »"; any clause of somebody
   who can speak, a quotation right behind the colon.
Anything looser would take a headline for speech.
"""

from __future__ import annotations

from dataclasses import replace

from domain.attribution.asides import speaks
from domain.attribution.edges import trim
from domain.attribution.hits import Hit
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line, Sentence
from domain.attribution.phrases import lemma_in, phrase_end, word
from domain.attribution.sources import Source, of_tokens, pronoun_of, source_before
from domain.attribution.verb_groups import Cue, group_of
from domain.model.span import Span


def find_colon(line: Line, sentence: Sentence, lexicon: Lexicon) -> Hit | None:
    """Return what a sentence attributes by a colon, if anything.

    A hit without content is one whose words follow in the next line.
    """
    colon = next(
        (
            i
            for i in range(sentence.first, sentence.last)
            if word(line, i) == ":" and i not in line.quoted
        ),
        None,
    )
    if colon is None or colon == sentence.first:
        return None
    if any(i in line.quoted for i in range(sentence.first, colon)):
        return None
    at_end = colon + 1 == len(line.tokens)
    quoted = colon + 1 in line.quoted
    hit = _noun(line, sentence, colon, lexicon)
    if hit is None and (quoted or at_end):
        hit = _bare(line, sentence, colon, lexicon) or _clause(
            line, sentence, colon, lexicon
        )
    if hit is None or at_end:
        return hit
    return replace(hit, content=(_content(line, sentence, colon),))


def _content(line: Line, sentence: Sentence, colon: int) -> Span:
    quotation = line.quotation_of(line.tokens[colon + 1])
    if quotation is not None:
        return trim(line, quotation.inner)
    return trim(line, line.stretch(colon + 1, sentence.last - 1))


def _bare(line: Line, sentence: Sentence, colon: int, lexicon: Lexicon) -> Hit | None:
    first = sentence.first
    if first or word(line, first) in lexicon.grammar.prepositions:
        return None
    end = phrase_end(line, first, colon, lexicon)
    rest = line.tokens[end:colon]
    if end == first or any(t.feats.get("VerbForm") == "Fin" for t in rest):
        return None
    if end < colon and word(line, end) not in {",", "("}:
        return None
    source = of_tokens(line, first, end)
    if source is None or not speaks(line, first, end, lexicon):
        return None
    return _hit(line, sentence, "bare-colon", source, ((end, colon),))


def _noun(line: Line, sentence: Sentence, colon: int, lexicon: Lexicon) -> Hit | None:
    """Return the attribution by a noun of saying at the head of the sentence."""
    at = sentence.first
    while at < colon and line.tokens[at].pos == "DET":
        at += 1
    behind = word(line, at + 1) in lexicon.grammar.of
    if not behind or not lemma_in(line, at, lexicon.roles.sayings):
        return None
    end = phrase_end(line, at + 2, colon, lexicon)
    source = of_tokens(line, at + 2, end)
    if source is None or not speaks(line, at + 2, end, lexicon):
        return None
    hit = _hit(line, sentence, "noun-colon", source, ((end, colon),))
    return replace(hit, cue_span=line.stretch(at, at))


def _clause(line: Line, sentence: Sentence, colon: int, lexicon: Lexicon) -> Hit | None:
    """Return the attribution by a clause about somebody who then speaks."""
    cue: Cue | None = None
    for token in line.tokens[sentence.first : colon]:
        if token.pos in {"VERB", "AUX"} and token.feats.get("VerbForm") in {
            "Fin",
            "Part",
        }:
            cue = group_of(line, token, lexicon)
            if cue is not None:
                break
    if cue is None:
        return None
    source = pronoun_of(line, cue, lexicon) or source_before(
        line, cue, sentence.first, lexicon
    )
    if source is None:
        return None
    known = source.pronoun is not None or speaks(
        line, source.first, source.last + 1, lexicon
    )
    if not known or source.pronoun in lexicon.grammar.impersonal:
        return None
    hit = _hit(line, sentence, "clause-colon", source, ((cue.last + 1, colon),))
    return replace(hit, cue=cue, cue_span=line.stretch(cue.first, cue.last))


def _hit(
    line: Line,
    sentence: Sentence,
    rule: str,
    source: Source,
    zones: tuple[tuple[int, int], ...],
) -> Hit:
    return Hit(
        line=line,
        sentence=sentence,
        cue=None,
        cue_span=None,
        source=source,
        content=(),
        rule=rule,
        zones=zones,
    )
