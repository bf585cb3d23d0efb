"""Signs that nobody sees, shown as marks: ``[U+202E]``.

A control can ring, erase or colour a terminal; a direction can turn words round; a
space without width can make one name look like another. Pages and the terminal show
them. Left as they are: breaks of lines, joiners that some scripts need, soft hyphens,
and the marks of direction that Arabic and Hebrew texts hold without harm.

Long words are shortened at a space, and marked: who sees them is told that there is more.
"""

from __future__ import annotations

_KEPT = {"\t", "\n", "\r"}
_UNSEEN = [
    *(c for c in map(chr, (*range(0x20), *range(0x7F, 0xA0))) if c not in _KEPT),
    *map(chr, range(0x202A, 0x202F)),  # embeddings and overrides of direction
    *map(chr, range(0x2060, 0x2065)),  # operators that nobody sees
    *map(chr, range(0x2066, 0x2070)),  # isolates of direction, and what was dropped
    *("\u034f", "\u180e", "\u200b", "\u2028", "\u2029", "\ufeff"),
    *map(chr, range(0xFFF9, 0xFFFC)),  # annotations between lines
    *map(chr, range(0xE0000, 0xE0080)),  # tags
]
_MARKS = str.maketrans({c: f"[U+{ord(c):04X}]" for c in _UNSEEN})


def shown(text: str) -> str:
    """Return a text with the signs that nobody sees made visible."""
    return text.translate(_MARKS)


def shown_line(text: str) -> str:
    """Return a text on one line, with the signs that nobody sees made visible."""
    return " ".join(shown(text).split())


LONG = 500
"""Characters from which on words are shortened."""
BEGINNING = 400
"""Characters that are shown of them, at most."""
CUT = " […]"
"""What stands where words were cut."""


def is_long(words: str) -> bool:
    """Tell whether words are too long to be shown whole among others."""
    return len(words) > LONG


def shortened(words: str) -> str:
    """Return words, or the beginning of long ones, up to a space, with a mark."""
    if not is_long(words):
        return words
    whole, space, _ = words[: BEGINNING + 1].rpartition(" ")
    beginning = whole.rstrip() if space and whole.strip() else words[:BEGINNING]
    return beginning + CUT
