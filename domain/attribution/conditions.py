"""What reported words depend on: from each marker to the end of its clause.

1. Each marker of the lexicon opens a condition ("à condition que", "unless"), up to
   the next comma, the end of the sentence or of the words.
2. What also stands in plain circumstances ("sans", "until") is a condition only behind
   a negation or a necessity in its sentence ("pas de paix sans garanties", "il faut un
   accord avant de …"), or where it opens the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.attribution.lexicon import Lexicon
from domain.attribution.lexicon_entries import ConditionMarker
from domain.attribution.lexicon_grammar import Grammar
from domain.attribution.lines import Line
from domain.model.span import Excerpt, Span

_SENTENCE = re.compile(r"[.!?;]\s")
_CLAUSE = re.compile(r",|[.!?;]\s")
"""What ends the clause of a condition."""
_WORD = re.compile(r"[^\W\d_]+(?:'t\b)?")
_SPELLINGS = str.maketrans("’\u00a0\u202f", "'  ")
"""One code point for one, so that places stay the same."""
_NEAR = 400
"""Code points beside a marker that are looked at: a sentence has seldom more."""
_PAIRS = (("«", "»"), ("“", "”"), ('"', '"'))


def conditions(
    text: str, content: Sequence[Span], lexicon: Lexicon
) -> tuple[Excerpt, ...]:
    """Return the conditions among the words of a statement, in their order."""
    found: list[Excerpt] = []
    for span in content:
        folded = _folded(span.words(text))
        for marker in lexicon.conditions:
            for at in _openings(folded, marker, lexicon.grammar):
                start = at + len(marker.words) if marker.governs else at
                ends = _CLAUSE.search(folded, start + 1)
                stop = span.start + ends.start() if ends else span.end
                place = _unquoted(text, Span(span.start + start, stop))
                if not any(place.overlaps(each.span) for each in found):
                    found.append(Excerpt.cut(text, place))
    return tuple(sorted(found, key=lambda each: each.start))


def opens_condition(line: Line, at: int, lexicon: Lexicon) -> bool:
    """Tell whether a condition opens right at a token, whatever it depends on."""
    start = line.tokens[at].start
    text = _folded(line.parsed.text[start : start + _NEAR])
    return any(
        text.startswith(marker.words)
        and not text[len(marker.words) :].startswith(marker.not_before)
        for marker in lexicon.conditions
        if not marker.weak
    )


def _openings(text: str, marker: ConditionMarker, grammar: Grammar) -> Iterator[int]:
    """Yield where a marker opens a condition in a text."""
    at = text.find(marker.words)
    while at >= 0:
        before = text[max(0, at - _NEAR) : at]
        inside_word = before[-1:].isalnum()
        excluded = before.rstrip().endswith(marker.not_after)
        excluded |= text.startswith(marker.not_before, at + len(marker.words))
        weak = marker.weak and not _depends(before, grammar)
        if not (inside_word or excluded or weak):
            yield at
        at = text.find(marker.words, at + 1)


def _depends(before: str, grammar: Grammar) -> bool:
    """Tell whether a sentence so begun depends on what a weak marker adds."""
    sentence = _SENTENCE.split(before)[-1]
    words = _WORD.findall(sentence)
    return not words or any(
        word in grammar.dependent or word.endswith("n't") for word in words
    )


def _folded(text: str) -> str:
    """Return a text in lower case and plain marks, code point for code point."""
    lowered = (c.lower() if len(c.lower()) == 1 else c for c in text)
    return "".join(lowered).translate(_SPELLINGS)


def _unquoted(text: str, span: Span) -> Span:
    """Return a span without a closing mark whose partner lies before it."""
    start, end = span
    while text[start].isspace():
        start += 1
    words = text[start:end].rstrip()
    for opening, closing in _PAIRS:
        lone = words.count(closing)
        if opening != closing:
            lone -= words.count(opening)
        if words.endswith(closing) and lone % 2:
            words = words[:-1].rstrip()
    return Span(start, start + len(words))
