"""From the text of an article to the parsed lines that may report something.

Lines that are not the article, headlines, and lines too long to be a paragraph are
left out; of the last two it is said where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.attribution.boilerplate import lines_of
from domain.attribution.dateline import after_dateline
from domain.attribution.headlines import is_headline
from domain.attribution.insertions import open_insertions
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.mending import mended
from domain.attribution.parsing import Parser
from domain.attribution.quotes import pair
from domain.attribution.titles import without_titles
from domain.attribution.view import blind
from domain.model.article import Marked, Skipped
from domain.model.span import Span

LONGEST_LINE = 10_000
"""Code points of a line that is read; a paragraph of news has a tenth of it."""
_ENDLESS = re.compile(r"\S{1000}")
"""A stretch without a space that no article has: parsers take its square in time."""


def lines_to_read(
    text: str, boilerplate: Sequence[Marked], parser: Parser, lexicon: Lexicon
) -> list[Line]:
    """Return the lines of the article proper, parsed in one batch."""
    spans = [
        after_dateline(text, span)
        for span in _proper(text, boilerplate)
        if not _is_endless(text, span)
    ]
    views = [blind(text, span) for span in spans]
    parsed = [
        mended(each, lexicon) for each in parser.parse([view.text for view in views])
    ]
    return [
        open_insertions(without_titles(line, lexicon), lexicon)
        for line in (
            Line(
                text,
                span,
                view=view,
                parsed=each,
                quotations=pair(text, span),
                dates=[
                    Span(*found.span())
                    for found in lexicon.dates.pattern.finditer(
                        text, span.start, span.end
                    )
                ],
                abbreviations=lexicon.grammar.abbreviations,
            )
            for span, view, each in zip(spans, views, parsed, strict=True)
            if view.text
        )
    ]


def without_headlines(
    text: str, lines: Sequence[Line]
) -> tuple[list[Line], list[Skipped]]:
    """Return the lines that may report, and the headlines among them."""
    kept: list[Line] = []
    skipped: list[Skipped] = []
    for number, line in enumerate(lines):
        if is_headline(text, line.span, first=number == 0):
            start, end = line.span
            skipped.append(Skipped(start=start, end=end, reason="headline"))
        else:
            kept.append(line)
    return kept, skipped


def too_long(text: str, boilerplate: Sequence[Marked]) -> list[Skipped]:
    """Return the lines that are no paragraph of an article, passed over unread."""
    return [
        Skipped(start=span.start, end=span.end, reason="line_too_long")
        for span in _proper(text, boilerplate)
        if _is_endless(text, span)
    ]


def _proper(text: str, boilerplate: Sequence[Marked]) -> Iterator[Span]:
    """Yield the lines of the article proper."""
    marked = [Span(each.start, each.end) for each in boilerplate]
    for span in lines_of(text):
        if not any(span.overlaps(mark) for mark in marked):
            yield span


def _is_endless(text: str, span: Span) -> bool:
    """Tell whether a line is too long for a paragraph, or has a word that never ends."""
    long = span.end - span.start > LONGEST_LINE
    return long or _ENDLESS.search(text, span.start, span.end) is not None
