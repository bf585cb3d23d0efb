"""How often Python looks for cycles of garbage.

What is decoded and folded is freed by counting references; it has no cycles. Python
looks for some after every 700 new objects, all the same, and in a fold of a whole log
that takes as long as the fold. What is imported lives as long as the process.
"""

from __future__ import annotations

import gc

_NEW_OBJECTS, _YOUNG, _MIDDLE = 100_000, 50, 50


def collect_seldom() -> None:
    """Look for garbage seldom, and never among what is loaded already."""
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, _YOUNG, _MIDDLE)
