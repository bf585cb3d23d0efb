"""Quotations without a cue of their own that go on with the statement before them."""

from __future__ import annotations

from dataclasses import replace

from domain.attribution.edges import trim
from domain.attribution.hits import Hit
from domain.attribution.lines import Line
from domain.attribution.names import is_capital
from domain.attribution.quotes import Quotation

SENTENCE = 4
"""Words from which a quotation without a cue is taken for a sentence."""
_STOPS = {".", "!", "?", "…"}
"""Marks that end a sentence, and so tell one from a word or two quoted."""


def continue_quotations(line: Line, hits: list[Hit]) -> None:
    """Give quotations without a cue to the quoted statement before them."""
    for quotation in line.quotations:
        taken = any(
            span.overlaps(quotation.inner) for hit in hits for span in hit.content
        )
        cued = any(
            hit.cue_span is not None and quotation.outer.contains(hit.cue_span)
            for hit in hits
        )
        words = quotation.inner.words(line.text)
        least = 2 if words.rstrip('»”’" ')[-1:] in _STOPS else SENTENCE
        short = len(words.split()) < least or not words[:1].isupper()
        if taken or cued or (short and not quotation.resumed):
            continue
        before = [
            n
            for n, hit in enumerate(hits)
            if hit.content[-1].end <= quotation.inner.start
            and any(q.inner.overlaps(hit.content[-1]) for q in line.quotations)
        ]
        if before and not _is_another_scene(line, hits[before[-1]], quotation):
            hit = hits[before[-1]]
            extended = (*hit.content, trim(line, quotation.inner))
            hits[before[-1]] = replace(hit, content=extended)


def _is_another_scene(line: Line, hit: Hit, quotation: Quotation) -> bool:
    """Tell whether somebody else is named, or acts, between a statement and a quotation.

    Sentences in between may go on about the speaker ("He paused."), not name anybody;
    the words before the quotation in its own sentence may hold no verb.
    """
    here = line.within([quotation.outer])[0].index
    own = line.sentence_of(here).first
    between = [
        t
        for t in line.tokens[hit.sentence.last : here]
        if t.index not in line.quoted and t.pos != "PUNCT"
    ]
    return any(
        (t.index >= own and t.feats.get("VerbForm") == "Fin")
        or t.pos == "PROPN"
        or (is_capital(t) and t.index > line.sentence_of(t.index).first)
        for t in between
    )
