"""What is told of a search at its end is what was tried."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.statistics import collector, describe_statistics

from tests.support.examples import tried


def test_the_examples_that_are_told_of_are_those_that_ran_to_their_end() -> None:
    """Invalid ones are not counted; the words of Hypothesis may change with a version."""
    ran, told = [], []

    @settings(max_examples=20, database=None)
    @given(st.integers(0, 1000))
    def search(number: int) -> None:
        assume(number % 3)
        ran.append(number)

    with collector.with_value(lambda each: told.append(describe_statistics(each))):  # type: ignore[arg-type] # its type is that of its first value, None
        search()
    assert tried(told[-1]) == len(ran) == 20
