"""The shipped seeds, read once a test process: reading their lexicons takes seconds."""

from __future__ import annotations

from adapters.lexicons.seeds import Seeds, shipped

SEEDS = Seeds((shipped(),))
"""Each kind is read when it is first asked for, and never changed."""
