"""How many examples a property tried, from what Hypothesis tells."""

from __future__ import annotations

import re

_PHASE = re.compile(
    r"during (?:reuse|generate) phase .*\n.*\n\s+- (\d+) passing, (\d+) failing"
)


def tried(statistics: str) -> int:
    """Return the examples that ran to their end; those that shrink one are none."""
    return sum(int(n) for phase in _PHASE.findall(statistics) for n in phase)
