"""Attributions of one line: each cue with its content, source and slots.

Rules
1. Cues are taken from left to right; one inside what is already reported is none.
2. A cue reports up to the clause of the next coordinated cue of its sentence.
3. A cue with nothing to report, or that tells of no utterance, is passed over, with
   the reason.
4. A quotation without a cue of its own goes on with the statement before it in its
   paragraph, if that one was quoted too and nobody else is named in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from domain.attribution import contents
from domain.attribution.clauses import (
    ends_with_subject,
    is_as_clause,
    is_inserted,
)
from domain.attribution.colons import find_colon
from domain.attribution.contents import Content
from domain.attribution.continuations import continue_quotations
from domain.attribution.cues import find_cues
from domain.attribution.hits import Hit
from domain.attribution.late_sources import body_inside, subject_behind
from domain.attribution.lexicon import Lexicon
from domain.attribution.limits import clause_end, report_end
from domain.attribution.lines import Line, Sentence
from domain.attribution.outer import is_outer
from domain.attribution.phrases import word
from domain.attribution.prepositions import (
    find_prepositional,
    quoted_beside,
    whole_report,
)
from domain.attribution.relatives import (
    antecedent,
    is_bounded,
    next_comma,
)
from domain.attribution.sources import (
    Source,
    pronoun_of,
    source_before,
    source_behind,
)
from domain.attribution.unsaid import unsaid
from domain.attribution.verb_groups import Cue
from domain.model.article import Skipped
from domain.model.span import Span

MOST_CUES = 30
"""Cues of a sentence that is read; what has more is a list, or a trap."""


@dataclass(slots=True)
class Found:
    """What a line holds. ``pending`` is a cue whose colon ends the line."""

    hits: list[Hit] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    pending: Hit | None = None


def find(line: Line, lexicon: Lexicon) -> Found:
    """Return the attributions of a line, in order, and the cues passed over."""
    found = Found()
    cues = find_cues(line, lexicon)
    for sentence in line.sentences:
        inside = [cue for cue in cues if cue.last in sentence]
        search = _Search(line, sentence, lexicon, found)
        if len(inside) > MOST_CUES:
            search.pass_over(inside)
        else:
            search.run(inside)
    found.hits.sort(key=lambda hit: hit.content[0].start)
    continue_quotations(line, found.hits)
    return found


class _Search:
    """The search through one sentence."""

    def __init__(
        self, line: Line, sentence: Sentence, lexicon: Lexicon, found: Found
    ) -> None:
        self._line, self._sentence = line, sentence
        self._lexicon, self._found = lexicon, found

    def run(self, found: Sequence[Cue]) -> None:
        """Add what the sentence attributes."""
        if self._all_by_preposition(found):
            return
        cues = self._uttered(found)
        started = len(self._found.hits)
        floor = self._sentence.first
        for number, cue in enumerate(cues):
            if cue.first < floor:
                self._skip(cue, "inside_report")
                continue
            limit = report_end(
                self._line, cue, cues[number + 1 :], self._sentence.last, self._lexicon
            )
            if is_outer(cue, self._found.hits[started:], limit, self._lexicon):
                floor = self._sentence.first
            hit = self._hit(cue, floor, limit)
            if hit is None:
                self._skip(cue, "nothing_reported")
                continue
            self._give_way(hit, started)
            joined = len(self._found.hits) > started and hit.source is None
            self._found.hits.append(replace(hit, inherits=joined))
            floor = max(floor, _end(hit))
        if len(self._found.hits) == started:
            self._without_verb()
        else:
            taken = [s for hit in self._found.hits[started:] for s in hit.content]
            self._found.hits += quoted_beside(
                self._line, self._sentence, taken, self._lexicon
            )

    def _all_by_preposition(self, cues: Sequence[Cue]) -> bool:
        """Add what "selon X" reports that opens a sentence, the verbs in it included."""
        hits = whole_report(self._line, self._sentence, cues, self._lexicon)
        self._found.hits += hits
        for cue in cues if hits else ():
            self._skip(cue, "inside_report")
        return bool(hits)

    def _uttered(self, cues: Sequence[Cue]) -> list[Cue]:
        """Return the cues that tell of an utterance; the others are passed over."""
        kept = []
        for cue in cues:
            reason = unsaid(self._line, cue, self._sentence.first, self._lexicon)
            if reason is None:
                kept.append(cue)
            else:
                self._skip(cue, reason)
        return kept

    def pass_over(self, cues: Sequence[Cue]) -> None:
        """Pass over a sentence that is none."""
        for cue in cues:
            self._skip(cue, "too_many_cues")

    def _give_way(self, hit: Hit, started: int) -> None:
        """Pass over what a later cue of the sentence reports as a whole."""
        outer = hit.content[0]
        for inner in self._found.hits[started:]:
            if inner.cue is not None and outer.contains(inner.content[0]):
                self._skip(inner.cue, "inside_report")
                self._found.hits.remove(inner)

    def _without_verb(self) -> None:
        """Add what a preposition or a colon attributes."""
        line, sentence, lexicon = self._line, self._sentence, self._lexicon
        hits = find_prepositional(line, sentence, lexicon)
        colon = None if hits else find_colon(line, sentence, lexicon)
        if colon is not None and not colon.content:
            self._found.pending = colon
        elif colon is not None:
            hits = [colon]
        self._found.hits += hits

    def _hit(self, cue: Cue, floor: int, limit: int) -> Hit | None:
        if is_inserted(self._line, cue, floor, limit, self._lexicon):
            return self._inserted(cue, floor, limit)
        content = self._content_after(cue, floor, limit)
        opens = content.opens if content is not None else limit
        source = self._source_before(cue, floor)
        if source is None and self._lexicon.grammar.verb_first and not cue.gerund:
            source = source_behind(self._line, cue.last + 1, opens, self._lexicon)
        if source is None and not cue.gerund:
            source = subject_behind(self._line, cue, opens, self._lexicon)
            source = source or body_inside(self._line, cue, floor, opens, self._lexicon)
        head = source.first if source is not None else cue.first
        aside = source.last + 1 if source is not None else cue.first
        zones = ((cue.last + 1, opens), (floor, head), (aside, cue.first))
        if content is None:
            self._wait(cue, source, limit, zones)
            return None
        return self._made(cue, source, content, zones)

    def _content_after(self, cue: Cue, floor: int, limit: int) -> Content | None:
        line, lexicon = self._line, self._lexicon
        content = contents.after(line, cue, limit, lexicon)
        if content is not None and is_bounded(line, cue, floor, lexicon):
            end = next_comma(line, content.opens, limit, lexicon)
            content = contents.after(line, cue, end, lexicon)
        return content

    def _inserted(self, cue: Cue, floor: int, limit: int) -> Hit | None:
        line, lexicon = self._line, self._lexicon
        ahead = ends_with_subject(line, cue, floor, limit, lexicon)
        source = ahead or pronoun_of(line, cue, lexicon)
        if source is None:
            source = source_behind(line, cue.last + 1, limit, lexicon)
        first = ahead.first if ahead is not None else cue.first
        first -= is_as_clause(line, cue, floor, lexicon)
        last = max(cue.last, source.last if source is not None else 0) + 1
        content = contents.before(line, floor, limit, (first, last), lexicon)
        end = clause_end(line, content, limit)
        head = source.first if source is not None else cue.last + 1
        return self._made(cue, source, content, ((last, end), (cue.last + 1, head)))

    def _source_before(self, cue: Cue, floor: int) -> Source | None:
        if cue.gerund:
            return None
        line, lexicon = self._line, self._lexicon
        meant = antecedent(line, cue, floor, lexicon)
        pronoun = meant or pronoun_of(line, cue, lexicon)
        return pronoun or source_before(line, cue, floor, lexicon)

    def _wait(
        self,
        cue: Cue,
        source: Source | None,
        limit: int,
        zones: tuple[tuple[int, int], ...],
    ) -> None:
        """Keep a cue whose colon ends the line: its words follow in the next."""
        if (
            limit
            and word(self._line, limit - 1) == ":"
            and limit == len(self._line.tokens)
        ):
            self._found.pending = self._of(cue, source, (), "colon", zones)

    def _made(
        self,
        cue: Cue,
        source: Source | None,
        content: Content | None,
        zones: tuple[tuple[int, int], ...],
    ) -> Hit | None:
        if content is None or self._is_bare(cue, content):
            return None
        negative = self._lexicon.grammar.negative_determiners
        if source is not None and source.tokens[0].text.lower() in negative:
            return None  # nobody said it
        rule = content.rule if not cue.gerund else f"gerund-{content.rule}"
        hit = self._of(cue, source, content.spans, rule, zones)
        return replace(hit, governed=content.governed)

    def _of(
        self,
        cue: Cue,
        source: Source | None,
        spans: tuple[Span, ...],
        rule: str,
        zones: tuple[tuple[int, int], ...],
    ) -> Hit:
        return Hit(
            line=self._line,
            sentence=self._sentence,
            cue=cue,
            cue_span=self._line.stretch(cue.first, cue.last),
            source=source,
            content=spans,
            rule=rule,
            zones=zones,
        )

    def _is_bare(self, cue: Cue, content: Content) -> bool:
        """Tell whether the content is a pronoun only, or too weak for its verb."""
        line = self._line
        words = line.within(content.spans)
        meaning = [t for t in words if t.pos not in {"PUNCT", "DET", "ADP"}]
        only_pronoun = bool(meaning) and all(
            t.pos == "PRON" or t.lemma.lower() in self._lexicon.grammar.idle_objects
            for t in meaning
        )
        weak = (
            cue.verb.strict
            and content.rule == "object"
            and not ({t.index for t in words} & line.quoted)
        )
        return not meaning or only_pronoun or weak

    def _skip(self, cue: Cue, reason: str) -> None:
        span = self._line.stretch(cue.first, cue.last)
        skipped = Skipped(start=span.start, end=span.end, reason=reason)
        self._found.skipped.append(skipped)


def _end(hit: Hit) -> int:
    """Return the token after all that a hit covers."""
    line, last = hit.line, hit.content[-1].end
    covered = len(line.begun_in(Span(0, last)))
    cue_end = hit.cue.last + 1 if hit.cue is not None else 0
    source_end = hit.source.last + 1 if hit.source is not None else 0
    return max(cue_end, source_end, covered)
