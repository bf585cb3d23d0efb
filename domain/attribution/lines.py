"""A line of the article with everything later steps look at, in captured offsets."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from operator import attrgetter
from typing import Any, TypeVar, cast

from domain.attribution.parsing import ParsedLine, Token
from domain.attribution.quotes import Quotation
from domain.attribution.view import View
from domain.model.span import Span

_END = re.compile(r"[.!?…]+")


_start, _end, _last = attrgetter("start"), attrgetter("end"), attrgetter("last")
Language = TypeVar("Language")
Told = TypeVar("Told")


@dataclass(slots=True)
class Sentence:
    """A reporting sentence: token range of the line. A quotation is one piece in it."""

    first: int
    last: int

    def __contains__(self, index: object) -> bool:
        """Tell whether a token index lies in the sentence."""
        return isinstance(index, int) and self.first <= index < self.last


class Line:
    """One line: text, view, parse, quotations and sentences."""

    def __init__(
        self,
        text: str,
        span: Span,
        *,
        view: View,
        parsed: ParsedLine,
        quotations: Sequence[Quotation],
        dates: Sequence[Span],
        abbreviations: Collection[str],
    ) -> None:
        self.text, self.span, self.view = text, span, view
        self.parsed, self.quotations = parsed, quotations
        self._abbreviations, self._dates = abbreviations, dates
        self.tokens: Sequence[Token] = parsed.tokens
        self.titles: Sequence[Quotation] = ()
        """Names in quotation marks."""
        self.noted: dict[object, Any] = {}
        """What rules have found out about this line; see ``once``."""

    def with_quotations(self, quotations: Sequence[Quotation]) -> Line:
        """Return the same line with other quotations."""
        line = Line(
            self.text,
            self.span,
            view=self.view,
            parsed=self.parsed,
            quotations=quotations,
            dates=self._dates,
            abbreviations=self._abbreviations,
        )
        line._places = self._places  # where tokens stand is the same
        line.titles = self.titles
        return line

    def with_titles(self, titles: Sequence[Quotation]) -> Line:
        """Return the same line with some quotations taken for names."""
        line = self.with_quotations([q for q in self.quotations if q not in titles])
        line.titles = titles
        return line

    @cached_property
    def bare(self) -> Line:
        """The same line as if nothing in it were quoted."""
        return self.with_quotations([])

    def without(self, quotation: Quotation) -> Line:
        """Return the same line as if a quotation were none."""
        return self.with_quotations([q for q in self.quotations if q is not quotation])

    def place(self, token: Token) -> Span:
        """Return where a token stands in the captured text."""
        return self._places[token.index]

    @cached_property
    def _places(self) -> list[Span]:
        """Where each token stands: asked for many times, told once."""
        return [self.view.span(token.start, token.end) for token in self.tokens]

    def within(self, spans: Sequence[Span]) -> list[Token]:
        """Return the tokens that stand whole in one of some spans, in order."""
        found: set[int] = set()
        for span in spans:
            first = bisect_left(self._places, span.start, key=_start)
            for index in range(first, len(self.tokens)):
                if self._places[index].end > span.end:
                    break
                found.add(index)
        return [self.tokens[index] for index in sorted(found)]

    def begun_in(self, span: Span) -> Sequence[Token]:
        """Return the tokens that begin in a span."""
        first = bisect_left(self._places, span.start, key=_start)
        return self.tokens[first : bisect_left(self._places, span.end, key=_start)]

    def stretch(self, first: int, last: int) -> Span:
        """Return the span from one token to another, both included.

        The closing mark of a name that ends there belongs to it.
        """
        start = self.place(self.tokens[first]).start
        end = self.place(self.tokens[last]).end
        for title in self.titles:
            if title.inner.end == end and title.outer.start >= start:
                end = title.outer.end
        return Span(start, end)

    def named(self, first: int, end: int) -> str:
        """Return the words of a token range as an index lists them: in the nominative.

        What agrees with the head stands in its case; a complement keeps its own.
        """
        tokens = self.tokens[first:end]
        if not any(token.nominative for token in tokens):
            return self.stretch(first, end - 1).words(self.text)
        parts: list[str] = []
        head: Token | None = None
        for token in tokens:
            before = self.tokens[token.index - 1].end if parts else token.start
            agrees = head is None or (head.pos == token.pos == "PROPN")
            word = token.nominative if token.nominative and agrees else token.text
            parts += [self.parsed.text[before : token.start], word]
            if head is None and token.pos in {"NOUN", "PROPN"}:
                head = token
        return "".join(parts)

    def quotation_of(self, token: Token) -> Quotation | None:
        """Return the quotation that a token stands in, if any."""
        return self._quotation_at[token.index]

    @cached_property
    def _quotation_at(self) -> list[Quotation | None]:
        """The quotation that each token stands in; both are in order."""
        found: list[Quotation | None] = []
        quotations = iter(self.quotations)
        here = next(quotations, None)
        for place in self._places:
            while here is not None and here.outer.end <= place.start:
                here = next(quotations, None)
            holds = here is not None and here.holds(place.start)
            found.append(here if holds else None)
        return found

    def title_of(self, token: Token) -> Quotation | None:
        """Return the name in quotation marks that a token stands in, if any."""
        if not self.titles:
            return None
        start = self.place(token).start
        return next((q for q in self.titles if q.holds(start)), None)

    @cached_property
    def quoted(self) -> frozenset[int]:
        """Indices of the tokens that stand in a quotation."""
        if not self.quotations:
            return frozenset()
        at = self._quotation_at
        return frozenset(index for index, held in enumerate(at) if held is not None)

    @cached_property
    def temporal(self) -> frozenset[int]:
        """Indices of the tokens of temporal expressions."""
        found: set[int] = set()
        for span in self._dates:
            index = bisect_right(self._places, span.start, key=_end)
            while index < len(self.tokens) and self._places[index].start < span.end:
                found.add(index)
                index += 1
        return frozenset(found)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Sentences by punctuation outside quotations; parsers cut quotes apart."""
        found: list[Sentence] = []
        first = 0
        for token in self.tokens:
            if self._ends(token):
                found.append(Sentence(first, token.index + 1))
                first = token.index + 1
        if first < len(self.tokens):
            found.append(Sentence(first, len(self.tokens)))
        return found

    def sentence_of(self, index: int) -> Sentence:
        """Return the sentence that a token stands in."""
        return self.sentences[bisect_right(self.sentences, index, key=_last)]

    def _ends(self, token: Token) -> bool:
        if not _END.fullmatch(token.text):
            return False
        following = self.tokens[token.index + 1 : token.index + 2]
        if not following:
            return True
        after = following[0]
        here, there = self.quotation_of(token), self.quotation_of(after)
        if there is not None and there is not here:
            return True
        opens = after.text[:1]
        if opens.islower() or not opens.isalnum():
            return False
        before = self.tokens[token.index - 1].text if token.index else ""
        if f"{before}.".lower() in self._abbreviations:
            return False
        return here is None or here is not there


def once(rule: Callable[[Line, Language], Told]) -> Callable[[Line, Language], Told]:
    """Let a rule look at each line once: others ask for the same again and again.

    What it returns is shared: it must not be changed.
    """

    @wraps(rule)
    def noted(line: Line, language: Language) -> Told:
        if rule not in line.noted:
            line.noted[rule] = rule(line, language)
        return cast("Told", line.noted[rule])

    return noted
