"""Groups are the connected components of pairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.model.grouping import groups, ordered
from tests.properties.by_hand import components

MEMBERS = st.sampled_from("abcdefg")
PAIRS = st.lists(st.tuples(MEMBERS, MEMBERS), max_size=8)


@given(PAIRS, st.none() | st.sets(MEMBERS))
def test_groups_are_the_components_of_two_or_more(
    pairs: list[tuple[str, str]], among: set[str] | None
) -> None:
    """Groups and members ascend; a pair counts if both of it are meant."""
    meant = [p for p in pairs if among is None or set(p) <= among]
    met = {frozenset(pair) for pair in meant}
    parts = components({x for p in meant for x in p}, lambda a, b: {a, b} in met)
    assert groups(pairs, among=among) == sorted(sorted(p) for p in parts if len(p) > 1)


def test_groups_stand_by_their_least_member() -> None:
    """Whichever was met first, and however far a group reaches."""
    assert groups([("b", "c"), ("z", "a")]) == [["a", "z"], ["b", "c"]]


def test_a_member_beside_itself_is_no_group() -> None:
    """One is not two."""
    assert groups([("a", "a")]) == []


@pytest.mark.parametrize("pair", [("a", "b"), ("b", "a")])
def test_an_unordered_pair_is_stored_in_one_order(pair: tuple[str, str]) -> None:
    """The lesser comes first, whichever was told first."""
    assert ordered(*pair) == ("a", "b")
