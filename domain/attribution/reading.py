"""From the text of an article to the lines that may report something, and back.

A line is left out, and it is said where it stands and why, if it is

1. too long for a paragraph, or holds a word that never ends: ``line_too_long``;
2. surely in another language than the article: ``other_language``;
3. a headline.

What is marked as no part of the article is left out as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from domain.attribution.boilerplate import lines_of, mark
from domain.attribution.dateline import after_dateline
from domain.attribution.headlines import is_headline
from domain.attribution.insertions import open_insertions
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.mending import mended
from domain.attribution.parsing import ParsedLine
from domain.attribution.quotes import pair
from domain.attribution.titles import without_titles
from domain.attribution.view import View, blind
from domain.model.article import Article, Marked, Skipped
from domain.model.span import Span

LONGEST_LINE = 10_000
"""Code points of a line that is read; a paragraph of news has a tenth of it."""
PARAGRAPH = 80
"""Code points from which the language of a line is looked at; it cannot be told of less."""
SURE = 0.9
"""How sure another language must be: at less, names and loans mislead identification."""
_ENDLESS = re.compile(r"\S{1000}")
"""A stretch without a space that no article has: parsers take its square in time."""

LanguageOf = Callable[[str], tuple[str, float]]
"""Tells the language of a line (BCP 47), and how sure that is, 0 to 1."""


@dataclass(frozen=True, slots=True)
class ToRead:
    """What of an article goes to its parser: each line that may report, and its view."""

    boilerplate: Sequence[Marked]
    lines: Sequence[tuple[Span, View]]
    skipped: Sequence[Skipped]


def to_read(article: Article, lexicon: Lexicon, language_of: LanguageOf) -> ToRead:
    """Return the lines of an article that may report, and what is passed over."""
    text = article.text
    boilerplate = mark(text, lexicon.markers)
    lines: list[tuple[Span, View]] = []
    skipped: list[Skipped] = []
    first = True
    for whole in _proper(text, boilerplate):
        if (reason := _unreadable(article, whole, language_of)) is not None:
            skipped.append(Skipped(start=whole.start, end=whole.end, reason=reason))
            continue
        span = after_dateline(text, whole)
        view = blind(text, span)
        if not view.text:
            continue
        if is_headline(text, span, first=first):
            skipped.append(Skipped(start=span.start, end=span.end, reason="headline"))
        else:
            lines.append((span, view))
        first = False
    return ToRead(boilerplate, lines, skipped)


def lines_read(
    article: Article, read: ToRead, parsed: Sequence[ParsedLine], lexicon: Lexicon
) -> list[Line]:
    """Return the lines of an article, each with its parse, as later steps see them."""
    text = article.text
    dates = lexicon.dates.pattern
    lines = (
        Line(
            text,
            span,
            view=view,
            parsed=mended(each, lexicon),
            quotations=pair(text, span),
            dates=[Span(*found.span()) for found in dates.finditer(text, *span)],
            abbreviations=lexicon.grammar.abbreviations,
        )
        for (span, view), each in zip(read.lines, parsed, strict=True)
    )
    return [open_insertions(without_titles(each, lexicon), lexicon) for each in lines]


def _proper(text: str, boilerplate: Sequence[Marked]) -> Iterator[Span]:
    """Yield the lines of the article proper; both are in order."""
    marks = iter(boilerplate)
    here = next(marks, None)
    for span in lines_of(text):
        while here is not None and here.end <= span.start:
            here = next(marks, None)
        if here is None or here.start >= span.end:
            yield span


def _unreadable(article: Article, span: Span, language_of: LanguageOf) -> str | None:
    """Return why no parser is given a line, None if it may be read."""
    if span.end - span.start > LONGEST_LINE:
        return "line_too_long"
    if _ENDLESS.search(article.text, span.start, span.end) is not None:
        return "line_too_long"
    if span.end - span.start >= PARAGRAPH:
        language, sure = language_of(span.words(article.text))
        if language != article.language and sure >= SURE:
            return "other_language"
    return None
