"""Spans and excerpts: where words stand in the captured text, and the words.

A span is half-open and counts Unicode code points of the text exactly as it was
captured, so ``text[start:end]`` are the words, in Python and nowhere shifted.
"""

from __future__ import annotations

from typing import NamedTuple, Self

from pydantic import model_validator

from domain.errors import SpanMismatchError
from domain.model.value import Value


class Span(NamedTuple):
    """Half-open ``[start, end)`` in code points of the captured text."""

    start: int
    end: int

    def words(self, text: str) -> str:
        """Return the words of the text at this span."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Tell whether the other lies within this span."""
        return self.start <= other.start and other.end <= self.end


class Excerpt(Value):
    """A span together with its verbatim words."""

    start: int
    end: int
    words: str

    @model_validator(mode="after")
    def _words_fill_the_span(self) -> Self:
        if not 0 <= self.start < self.end or len(self.words) != self.end - self.start:
            message = (
                f"expected {self.end - self.start} code points at "
                f"[{self.start}, {self.end}), got {len(self.words)}"
            )
            raise ValueError(message)
        return self

    @property
    def span(self) -> Span:
        """The place of the words."""
        return Span(self.start, self.end)

    @classmethod
    def cut(cls, text: str, span: Span) -> Self:
        """Cut the words at the span out of the text."""
        return cls(start=span.start, end=span.end, words=span.words(text))

    def check(self, text: str) -> None:
        """Make sure that the words are those of the text.

        Raises:
            SpanMismatchError: the text reads otherwise at this span.
        """
        if (found := self.span.words(text)) != self.words:
            message = f"expected {self.words!r} at {list(self.span)}, got {found!r}"
            raise SpanMismatchError(message)
