"""Attributions of one line: each cue with its content, source and slots.

Rules
1. Cues are taken from left to right; one inside what is already reported is none.
2. A cue reports up to the clause of the next coordinated cue of its sentence.
3. A cue with nothing to report is passed over, with the reason.
4. A quotation without a cue of its own goes on with the statement before it in its
   paragraph, if that one was quoted too.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from domain.attribution import contents
from domain.attribution.clauses import clause_start, is_inserted, word
from domain.attribution.colons import Bare, find_bare
from domain.attribution.contents import Content
from domain.attribution.cues import Cue, find_cues
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line, Sentence
from domain.attribution.prepositions import find_prepositional
from domain.attribution.sources import Source, source_of
from domain.model.article import Skipped
from domain.model.span import Span

SENTENCE = 4
"""Words from which a quotation without a cue is taken for a sentence."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An attribution of a line, in tokens and spans.

    ``zones`` are the token ranges where its slots may stand; ``inherits`` tells that
    it is coordinated with the one before it and has none of its own.
    """

    line: Line
    sentence: Sentence
    cue: Cue | None
    cue_span: Span | None
    source: Source | None
    content: tuple[Span, ...]
    rule: str
    governed: bool
    zones: tuple[tuple[int, int], ...] = ()
    inherits: bool = False


@dataclass(slots=True)
class Found:
    """What a line holds."""

    hits: list[Hit] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def find(line: Line, lexicon: Lexicon) -> Found:
    """Return the attributions of a line, in order, and the cues passed over."""
    found = Found()
    cues = find_cues(line, lexicon)
    for sentence in line.sentences:
        inside = [cue for cue in cues if cue.last in sentence]
        _find_in_sentence(line, sentence, inside, lexicon, found)
    if not found.hits and (bare := find_bare(line)) is not None:
        found.hits.append(_bare_hit(line, bare))
    found.hits.sort(key=lambda hit: hit.content[0].start)
    _continue_quotations(line, found)
    return found


def _find_in_sentence(
    line: Line, sentence: Sentence, cues: list[Cue], lexicon: Lexicon, found: Found
) -> None:
    reported = sentence.first
    started = len(found.hits)
    for number, cue in enumerate(cues):
        if cue.first < reported:
            _skip(line, cue, "inside_report", found)
            continue
        limit = _limit(line, sentence, cue, cues[number + 1 :], lexicon)
        hit = _hit(line, sentence, cue, (reported, limit), lexicon)
        if hit is None:
            _skip(line, cue, "nothing_reported", found)
            continue
        first = len(found.hits) == started
        found.hits.append(hit if first else replace(hit, inherits=hit.source is None))
        reported = max(reported, _end(line, hit))
    if len(found.hits) == started:
        found.hits += _prepositional(line, sentence, lexicon)


def _limit(
    line: Line, sentence: Sentence, cue: Cue, later: list[Cue], lexicon: Lexicon
) -> int:
    """Return where the next coordinated clause, or the sentence, ends the report."""
    for other in later:
        start = clause_start(line, other, lexicon)
        if start is not None and start > cue.last:
            return start
    last = sentence.last
    while last > cue.last + 1 and word(line, last - 1) in {".", "…"}:
        last -= 1
    return last


def _hit(
    line: Line,
    sentence: Sentence,
    cue: Cue,
    bounds: tuple[int, int],
    lexicon: Lexicon,
) -> Hit | None:
    floor, limit = bounds
    content: Content | None
    zones: tuple[tuple[int, int], ...]
    if is_inserted(line, cue, lexicon):
        source = source_of(line, cue, limit, lexicon)
        last = source.last if source is not None else cue.last
        content = contents.before(line, cue, floor, limit, last)
        zones = ((max(cue.last, 0) + 1, _zone_end(line, content, limit)),)
    else:
        content = contents.after(line, cue, limit, lexicon)
        opens = content.opens if content is not None else limit
        source = source_of(line, cue, opens, lexicon)
        head = source.tokens[0].index if source is not None else cue.first
        zones = ((cue.last + 1, opens), (max(sentence.first, floor), head))
    if content is None or _is_bare(line, cue, content, lexicon):
        return None
    return Hit(
        line=line,
        sentence=sentence,
        cue=cue,
        cue_span=line.stretch(cue.first, cue.last),
        source=source,
        content=content.spans,
        rule=content.rule if not cue.gerund else f"gerund-{content.rule}",
        governed=content.governed,
        zones=zones,
    )


def _zone_end(line: Line, content: Content | None, limit: int) -> int:
    """Return where the clause of an inserted cue ends."""
    if content is None or len(content.spans) == 1:
        return limit
    start = content.spans[1].start
    return next((t.index for t in line.tokens if line.place(t).start >= start), limit)


def _is_bare(line: Line, cue: Cue, content: Content, lexicon: Lexicon) -> bool:
    """Tell whether the content is a pronoun only, or too weak for its verb."""
    words = [t for t in line.tokens if _in_any(line, t.index, content.spans)]
    meaning = [t for t in words if t.pos not in {"PUNCT", "DET", "ADP"}]
    only_pronoun = bool(meaning) and all(t.pos == "PRON" for t in meaning)
    weak = (
        cue.verb.strict
        and content.rule in {"object", "inserted"}
        and not ({t.index for t in words} & line.quoted)
    )
    return not meaning or only_pronoun or weak


def _in_any(line: Line, index: int, spans: tuple[Span, ...]) -> bool:
    place = line.place(line.tokens[index])
    return any(span.contains(place) for span in spans)


def _end(line: Line, hit: Hit) -> int:
    """Return the token after all that a hit covers."""
    last = hit.content[-1].end
    covered = [t.index + 1 for t in line.tokens if line.place(t).start < last]
    cue_end = hit.cue.last + 1 if hit.cue is not None else 0
    source_end = hit.source.last + 1 if hit.source is not None else 0
    return max([cue_end, source_end, *covered[-1:]])


def _prepositional(line: Line, sentence: Sentence, lexicon: Lexicon) -> list[Hit]:
    return [
        Hit(
            line=line,
            sentence=sentence,
            cue=None,
            cue_span=each.cue,
            source=each.source,
            content=(each.content,),
            rule="according-to",
            governed=False,
            zones=(),
        )
        for each in find_prepositional(line, sentence, lexicon)
    ]


def _bare_hit(line: Line, bare: Bare) -> Hit:
    return Hit(
        line=line,
        sentence=line.sentence_of(0),
        cue=None,
        cue_span=None,
        source=bare.source,
        content=(contents.trim(line, bare.content),),
        rule="bare-colon",
        governed=False,
        zones=((bare.source.last + 1, bare.colon),),
    )


def _continue_quotations(line: Line, found: Found) -> None:
    """Give quotations without a cue to the quoted statement before them."""
    for quotation in line.quotations:
        taken = any(
            span.overlaps(quotation.inner) for hit in found.hits for span in hit.content
        )
        cue_inside = any(
            hit.cue_span is not None and quotation.outer.contains(hit.cue_span)
            for hit in found.hits
        )
        words = quotation.inner.words(line.text)
        if (
            taken
            or cue_inside
            or not words[:1].isupper()
            or len(words.split()) < SENTENCE
        ):
            continue
        before = [
            n
            for n, hit in enumerate(found.hits)
            if hit.content[-1].end <= quotation.inner.start
            and any(q.inner.overlaps(hit.content[-1]) for q in line.quotations)
        ]
        if before:
            hit = found.hits[before[-1]]
            extended = (*hit.content, contents.trim(line, quotation.inner))
            found.hits[before[-1]] = replace(hit, content=extended)


def _skip(line: Line, cue: Cue, reason: str, found: Found) -> None:
    span = line.stretch(cue.first, cue.last)
    found.skipped.append(Skipped(start=span.start, end=span.end, reason=reason))
