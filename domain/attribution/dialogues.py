"""Interviews printed as a dialogue: "Mira Solen : …", "M. S. : …", line by line.

A line that opens with a label and a colon is all said by whom the label names, without
marks or cue. Once is not enough ("Valdor: a port in trouble" is a headline): the label,
a full name or its initials, must open two lines of the article. The questions of the
paper bear its name or none, and are nobody's statements.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence

from domain.attribution.edges import trim
from domain.attribution.hits import Hit
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.names import is_capital
from domain.attribution.phrases import lemma_in
from domain.attribution.sources import Source, of_tokens

_LABEL = re.compile(r"[^:\n]{3,60}?(?=\s?:\s)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]?){2,3}")
_LEAST = 2
"""Lines that a label must open."""
_FULL_NAME = range(2, 5)
"""Words of a full name."""


def dialogue(lines: Sequence[Line], lexicon: Lexicon) -> dict[int, Hit]:
    """Return what the lines of a dialogue say, by the places where they begin."""
    bodies = lexicon.roles.bodies | set(lexicon.slots.outlets)
    labelled = [(line, label) for line in lines if (label := _label(line, bodies))]
    counts = Counter(label for _, label in labelled)
    labels = {label for alike in _alike(counts) for label in _speaking(alike, counts)}
    hits = (_hit(line, label) for line, label in labelled if label in labels)
    return {hit.line.span.start: hit for hit in hits if hit is not None}


def _alike(labels: Iterable[str]) -> Iterable[list[str]]:
    """Return the labels in groups of the same initials."""
    groups: dict[str, list[str]] = {}
    for label in labels:
        groups.setdefault(_initials(label), []).append(label)
    return groups.values()


def _speaking(alike: Sequence[str], counts: Counter[str]) -> Iterable[str]:
    """Return those of a group that open lines enough, alone or with one full name."""
    full = [each for each in alike if not _INITIALS.fullmatch(each)]
    together = sum(counts[each] for each in alike) if len(full) == 1 else 0
    return (each for each in alike if max(counts[each], together) >= _LEAST)


def _label(line: Line, bodies: Container[str]) -> str:
    """Return the name or initials that open a line before a colon, else nothing."""
    found = _LABEL.match(line.text, line.span.start, line.span.end)
    if found is None:
        return ""
    label = found.group()
    if _INITIALS.fullmatch(label):
        return label
    words = label.split()
    tokens = [t for t in line.tokens if line.place(t).start < found.end()]
    named = len(words) in _FULL_NAME and all(is_capital(t) for t in tokens)
    body = any(lemma_in(line, t.index, bodies) for t in tokens)
    return label if named and not body else ""


def _initials(label: str) -> str:
    return "".join(word[0] for word in re.split(r"[\s.-]+", label) if word).upper()


def _hit(line: Line, label: str) -> Hit | None:
    end = line.span.start + len(label)
    count = sum(line.place(t).start < end for t in line.tokens)
    source: Source | None = of_tokens(line, 0, count)
    colon = next((t.index for t in line.tokens[count:] if t.text == ":"), None)
    if source is None or colon is None or colon + 1 >= len(line.tokens):
        return None
    return Hit(
        line=line,
        sentence=line.sentences[0],
        cue=None,
        cue_span=None,
        source=source,
        content=(trim(line, line.stretch(colon + 1, len(line.tokens) - 1)),),
        rule="dialogue",
    )
