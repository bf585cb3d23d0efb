"""The dateline of an agency report: "VALDOR, 3 mars (ANV) – …" belongs to no sentence."""

from __future__ import annotations

import re

from domain.model.span import Span

_DATELINE = re.compile(
    r"(?=[^\W\d_]{2})[^a-zß-öø-ÿа-яё.!?\n]{3,40}(?:[,(][^.!?\n–—]{0,60})?\s[-–—]{1,2}\s+"
)
"""A place in capitals, then a comma or bracket with date and agency, then a dash."""


def after_dateline(text: str, line: Span) -> Span:
    """Return the line without the dateline that may open it."""
    found = _DATELINE.match(line.words(text))
    return Span(line.start + found.end(), line.end) if found else line
