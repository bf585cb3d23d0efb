"""What commands print of words: one line, and of long ones the beginning."""

from __future__ import annotations

from api.commands.console import counted, quoted
from api.visible import shortened


def test_words_are_quoted_on_one_line() -> None:
    """Breaks are spaces, what nobody sees is a mark."""
    assert quoted("The quay\nis shut\u202e") == "“The quay is shut[U+202E]”"


def test_one_is_told_as_one() -> None:
    """One event, and several or no events."""
    told = [counted(number, "event") for number in (0, 1, 2)]
    assert told == ["0 events", "1 event", "2 events"]


def test_of_long_words_the_beginning_is_shown_and_how_to_see_all() -> None:
    """They are marked as cut, and the option that shows them whole is named."""
    words = "quay " * 200
    line = " ".join(words.split())
    cut = f"“{shortened(line)}” (1000 characters; --json shows all)"
    assert quoted(words) == cut
    assert "[…]”" in cut
    assert len(cut) < 460
    assert quoted(words, whole="--jsonl").endswith("; --jsonl shows all)")
