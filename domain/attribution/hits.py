"""What is found in a line, in tokens and spans, before anybody is resolved."""

from __future__ import annotations

from dataclasses import dataclass

from domain.attribution.lines import Line, Sentence
from domain.attribution.quotes import Quotation
from domain.attribution.sources import Source
from domain.attribution.verb_groups import Cue
from domain.model.span import Span


@dataclass(frozen=True, slots=True)
class Hit:
    """An attribution of a line.

    ``zones`` are the token ranges where its slots may stand; ``governed`` tells that
    its words stand under a complementizer or marker, ``inherits`` that it is
    coordinated with the one before it and has no source of its own, ``beyond`` are the
    later lines that its content goes on in.
    """

    line: Line
    sentence: Sentence
    cue: Cue | None
    cue_span: Span | None
    source: Source | None
    content: tuple[Span, ...]
    rule: str
    governed: bool = False
    zones: tuple[tuple[int, int], ...] = ()
    inherits: bool = False
    beyond: tuple[Line, ...] = ()

    @property
    def said(self) -> Line:
        """The line in which its words begin."""
        first = self.content[0].start
        lines = (self.line, *self.beyond)
        return next(
            (line for line in lines if line.span.start <= first < line.span.end),
            self.line,
        )

    @property
    def at(self) -> int:
        """The token where its cue stands, or its source, or its sentence begins."""
        if self.cue is not None:
            return self.cue.first
        return self.source.first if self.source is not None else self.sentence.first

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """The quotations of all its lines."""
        return tuple(q for line in (self.line, *self.beyond) for q in line.quotations)
