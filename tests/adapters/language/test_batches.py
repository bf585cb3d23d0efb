"""Lines come to a parser in batches of a bounded size."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from adapters.language.batches import batches

LINES = st.lists(st.text(max_size=12), max_size=20)


@given(lines=LINES, most=st.integers(1, 30))
@example(lines=["a" * 12, "b"], most=5)
def test_batches_are_the_lines_in_order_and_no_larger_than_told(
    lines: list[str], most: int
) -> None:
    """Nothing is lost or moved; only a line that is too long by itself comes alone."""
    found = [list(batch) for batch in batches(lines, most)]
    assert [line for batch in found for line in batch] == lines
    for batch in found:
        assert batch
        assert len(batch) == 1 or sum(map(len, batch)) <= most


@given(lines=LINES, most=st.integers(1, 30))
def test_a_batch_is_as_large_as_it_may_be(lines: list[str], most: int) -> None:
    """The next batch begins because its first line did not fit any more."""
    found = [list(batch) for batch in batches(lines, most)]
    for batch, after in pairwise(found):
        assert sum(map(len, batch)) + len(after[0]) > most
