"""Addressee, medium and occasion: the slots around a cue.

They are looked for between the cue and what it reports, behind its source, and in a
phrase that opens the sentence; what stands inside the report is part of the report.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.attribution.asides import skip_asides
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line, Sentence
from domain.attribution.names import is_capital
from domain.attribution.phrases import (
    agency_end,
    is_addressed,
    lemma_in,
    marker,
    phrase_end,
    word,
)
from domain.attribution.verb_groups import Cue
from domain.model.agent import AgentKind
from domain.model.register import AgentRegister
from domain.model.span import Excerpt, Span
from domain.model.statement import Frame

Slots = dict[str, Excerpt]


class Framer:
    """Reads the slots of cues in one language."""

    def __init__(self, lexicon: Lexicon, register: AgentRegister) -> None:
        self._lexicon, self._register = lexicon, register

    def frame_of(
        self, line: Line, zones: Sequence[tuple[int, int]], cue: Cue | None
    ) -> Frame:
        """Return the slots of a cue in some token ranges."""
        found: Slots = {}
        if cue is not None and cue.told is not None:
            found["addressee"] = _cut(line, cue.told, cue.told + 1)
        elif cue is not None and cue.verb.addresses:
            self._addressed(line, zones[0], found)
        for first, last in zones:
            at = first
            while at < last:
                at = max(self._slot(line, at, last, found), at + 1)
        return Frame(**found)

    def pointed_at(self, line: Line, sentence: Sentence, frame: Frame) -> Frame:
        """Return a frame with what the next sentence adds, where that only says how.

        "Об этом он заявил на брифинге": behind the statement that it points at.
        """
        pointing = self._lexicon.dates.pointing
        behind = next((s for s in line.sentences if s.first == sentence.last), None)
        if not pointing or behind is None:
            return frame
        said = line.stretch(behind.first, behind.last - 1).words(line.text).lower()
        if not said.startswith(pointing):
            return frame
        more = self.frame_of(line, ((behind.first, behind.last),), None)
        return Frame(
            addressee=frame.addressee or more.addressee,
            medium=frame.medium or more.medium,
            occasion=frame.occasion or more.occasion,
        )

    def _addressed(self, line: Line, zone: tuple[int, int], found: Slots) -> None:
        """Read whom a verb addresses by its object ("a appelé les parties à")."""
        first, last = zone
        at = skip_asides(line, first, last, self._lexicon)
        end = phrase_end(line, at, last, self._lexicon, appositions=False)
        if end == at:
            return
        outlet = self._is_agency(line, at, end) or self._carries(line, at, end)
        found["medium" if outlet else "addressee"] = _cut(line, at, end)

    def _slot(self, line: Line, at: int, last: int, found: Slots) -> int:
        """Read the slot that begins here, if one does; return where it ends."""
        slots = self._lexicon.slots
        if at in line.quoted:
            return at
        if is_addressed(line, at, self._lexicon):
            end = phrase_end(line, at, last, self._lexicon, appositions=False)
            if end > at and not set(range(at, end)) & line.temporal:
                kind = "medium" if self._is_agency(line, at, end) else "addressee"
                found.setdefault(kind, _cut(line, at, end))
                return end
        if length := marker(line, at, last, slots.occasion_markers):
            return self._occasion(line, at, at + length, last, found=found)
        if length := marker(line, at, last, slots.medium_markers):
            end = self._medium(line, at + length, last, found)
            if end > at:
                return end
        if word(line, at) in slots.addressee_markers:
            return self._addressee(line, at, last, found)
        return at

    def _occasion(
        self, line: Line, at: int, start: int, last: int, *, found: Slots
    ) -> int:
        end = self._extended(line, start, last)
        slots = self._lexicon.slots
        loose = word(line, at) in slots.loose_markers and start == at + 1
        if loose and not any(
            lemma_in(line, i, slots.events) for i in range(start, min(end, start + 4))
        ):
            return at
        if end == start:
            return at
        press = any(
            lemma_in(line, i, self._lexicon.slots.press) for i in range(start, end)
        )
        if press and word(line, at) in self._lexicon.slots.audience_markers:
            found.setdefault("addressee", _cut(line, at, end))
        else:
            found.setdefault("occasion", _cut(line, at, end))
        return end

    def _medium(self, line: Line, at: int, last: int, found: Slots) -> int:
        """Read a carrier behind its marker; 0 if it is none."""
        end = phrase_end(line, at, last, self._lexicon, appositions=False)
        if end == at or not self._carries(line, at, end):
            return 0
        inner = self._outlet_within(line, at, end, last)
        first, stop = inner or (at, self._extended(line, at, last))
        found.setdefault("medium", _cut(line, first, stop))
        return stop

    def _carries(self, line: Line, at: int, end: int) -> bool:
        """Tell whether a phrase names something that carries words."""
        slots = self._lexicon.slots
        named = line.stretch(at, end - 1).words(line.text)
        tails = named.split()
        known = any(
            (agent := self._register.named(" ".join(tails[n:]))) is not None
            and agent.carries_words
            for n in range(len(tails))
        )
        kinds = (slots.media, slots.outlets, slots.networks)
        return known or any(lemma_in(line, i, k) for i in range(at, end) for k in kinds)

    def _outlet_within(
        self, line: Line, at: int, end: int, last: int
    ) -> tuple[int, int] | None:
        """Return the outlet of "une interview avec RIA Novosti", where one is named."""
        for first in range(at + 1, last):
            if first > end or first in line.quoted:
                return None
            length = marker(line, first, last, self._lexicon.slots.outlet_markers)
            if not length:
                continue
            start = first + length
            stop = phrase_end(line, start, last, self._lexicon, appositions=False)
            if stop > start and self._is_outlet(line, start, stop):
                return start, stop
        return None

    def _is_outlet(self, line: Line, first: int, end: int) -> bool:
        slots = self._lexicon.slots
        if any(lemma_in(line, i, slots.outlets) for i in range(first, end)):
            return True
        named = line.stretch(first, end - 1).words(line.text)
        agent = self._register.named(named)
        return (
            agent.carries_words if agent is not None else is_capital(line.tokens[first])
        )

    def _addressee(self, line: Line, at: int, last: int, found: Slots) -> int:
        """Read to whom it is said; an outlet spoken to is a medium."""
        end = phrase_end(line, at + 1, last, self._lexicon, appositions=False)
        if end == at + 1:
            return at
        if self._is_agency(line, at + 1, end):
            found.setdefault("medium", _cut(line, at + 1, end))
        elif self._listens(line, at + 1, end):
            found.setdefault("addressee", _cut(line, at, end))
        else:
            return at
        return end

    def _is_agency(self, line: Line, first: int, end: int) -> bool:
        """Tell whether words are spoken to an outlet: by its noun, or an acronym."""
        if any(
            lemma_in(line, i, self._lexicon.slots.outlets) for i in range(first, end)
        ):
            return True
        named = line.tokens[end - 1].text
        agent = self._register.named(named)
        if agent is not None:
            return agent.carries_words
        return agency_end(line, first, end, self._lexicon) == end

    def _listens(self, line: Line, first: int, end: int) -> bool:
        """Tell whether a phrase names somebody who can be spoken to."""
        slots, roles = self._lexicon.slots, self._lexicon.roles
        if any(
            lemma_in(line, i, kind)
            for i in range(first, end)
            for kind in (slots.addressees, roles.persons)
        ):
            return True
        named = line.stretch(first, end - 1).words(line.text)
        agent = self._register.named(named)
        if agent is not None:
            return agent.kind is AgentKind.PERSON
        return any(t.entity.startswith("PER") for t in line.tokens[first:end])

    def _extended(self, line: Line, at: int, last: int) -> int:
        """Return where a phrase ends, a participle with its complement included."""
        end = phrase_end(line, at, last, self._lexicon, appositions=False)
        grammar = self._lexicon.grammar
        while end > at and end + 1 < last and end not in line.quoted:
            token = line.tokens[end]
            governs = word(line, end + 1) in grammar.participle_prepositions
            if token.feats.get("VerbForm") != "Part" or not governs:
                break
            dated = _temporal_end(line, end + 2, last)
            more = dated or phrase_end(
                line, end + 2, last, self._lexicon, appositions=False
            )
            if more <= end + 2:
                break
            end = more
        return end


def _temporal_end(line: Line, at: int, last: int) -> int:
    """Return where the date that begins here ends, 0 if none does."""
    end = at
    while end < last and end in line.temporal:
        end += 1
    return end if end > at else 0


def theme_of(line: Line, first: int, last: int, lexicon: Lexicon) -> Excerpt | None:
    """Return the phrase by which a sentence says what it is about, marker included."""
    length = marker(line, first, last, lexicon.grammar.themes)
    if not length:
        return None
    end = next((i for i in range(first, last) if word(line, i) == ","), None)
    return _cut(line, first, end) if end is not None and end > first + length else None


def _cut(line: Line, first: int, end: int) -> Excerpt:
    start, stop = line.stretch(first, end - 1)
    if line.text[stop - 1] == "." and end == len(line.tokens):
        stop -= 1  # the point of the sentence, glued to a short name
    if (
        stop < len(line.text)
        and line.text[stop] in "»”"
        and (set(line.text[start:stop]) & set("«“„"))
    ):
        stop += 1
    return Excerpt.cut(line.text, Span(start, stop))
