"""Headlines: lines that tell of the article and report nothing themselves."""

from __future__ import annotations

from domain.model.span import Span

LONGEST = 200
"""Code points of a headline."""
_ENDS = (".", "!", "?", "…", ":", ";", ",")
_CLOSING = '»”’" )'


def is_headline(text: str, line: Span, *, first: bool) -> bool:
    """Tell whether a line is a headline: short, and no sentence.

    A quotation may end a line of the article without a point, but not its first.
    """
    words = line.words(text)
    if len(words) > LONGEST:
        return False
    bare = words.rstrip(_CLOSING)
    if bare.endswith(_ENDS):
        return False
    return first or bare == words
