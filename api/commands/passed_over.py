"""What of an article is not recorded, in words: nothing of it is left out silently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.commands.console import counted


def passed_over(skipped: Mapping[str, int]) -> str:
    """Return how much was passed over, and for which reasons."""
    reasons = ", ".join(f"{why.replace('_', ' ')} {n}" for why, n in skipped.items())
    return f"{sum(skipped.values())} passed over" + (f" ({reasons})" if reasons else "")


def marked(boilerplate: Mapping[str, int]) -> str:
    """Return how many characters are not the article."""
    characters = counted(sum(boilerplate.values()), "character")
    return f"{characters} marked as not the article"


def left_out(differs: Sequence[str]) -> str:
    """Return what was said of an article on record, which stays as it is."""
    told = f"; left out: {', '.join(differs)}" if differs else ""
    return f"already on record{told}"
