"""From the text of an article to the parsed lines that may report something.

Lines that are not the article, headlines, and lines too long to be a paragraph are
left out; of the last two it is said where they stand.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.attribution.boilerplate import lines_of
from domain.attribution.dateline import after_dateline
from domain.attribution.headlines import is_headline
from domain.attribution.insertions import open_insertions
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.parsing import Parser
from domain.attribution.quotes import pair
from domain.attribution.titles import without_titles
from domain.attribution.view import blind
from domain.model.article import Marked, Skipped
from domain.model.span import Span

LONGEST_LINE = 10_000
"""Code points of a line that is read; a paragraph of news has a tenth of it."""


def lines_to_read(
    text: str, boilerplate: Sequence[Marked], parser: Parser, lexicon: Lexicon
) -> list[Line]:
    """Return the lines of the article proper, parsed in one batch."""
    marked = [Span(each.start, each.end) for each in boilerplate]
    spans = [
        after_dateline(text, s)
        for s in lines_of(text)
        if s.end - s.start <= LONGEST_LINE and not any(s.overlaps(m) for m in marked)
    ]
    views = [blind(text, span) for span in spans]
    parsed = parser.parse([view.text for view in views])
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
    marked = [Span(each.start, each.end) for each in boilerplate]
    return [
        Skipped(start=span.start, end=span.end, reason="line_too_long")
        for span in lines_of(text)
        if span.end - span.start > LONGEST_LINE
        and not any(span.overlaps(m) for m in marked)
    ]
