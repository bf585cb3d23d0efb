"""Figures from pairs: words, attributes, slots, by kind."""

from __future__ import annotations

from typing import Any

import pytest

from tests.quality.annotated import AnnotatedArticle, Extracted, Place, Statement
from tests.quality.matching import Pair, match
from tests.quality.scoring import Rate, Share, boilerplate, fold, score

TEXT = "0123456789 abcdefghij ABCDEFGHIJ klmnopqrst"
FIRST, SECOND, THIRD = (0, 10), (11, 21), (22, 32)
Told = dict[str, Any]


def pairs(gold: list[Told], found: list[Told]) -> list[Pair]:
    """Return the pairs of an article."""
    article = AnnotatedArticle(
        id="a",
        text=TEXT,
        statements=tuple(Statement.model_validate(each) for each in gold),
    )
    return match(article, [Extracted.model_validate(each) for each in found])


def one(gold: Told, found: Told) -> list[Pair]:
    """Return a pair with the same content."""
    content: tuple[Place, ...] = (FIRST,)
    return pairs([{"content": content, **gold}], [{"content": content, **found}])


def test_levels_have_precision_recall_and_f1() -> None:
    """One of two is exact, one found is nearly right, one is spurious."""
    scores = score(
        pairs(
            [{"content": [FIRST]}, {"content": [SECOND]}],
            [{"content": [FIRST]}, {"content": [(11, 20)]}, {"content": [THIRD]}],
        )
    )
    assert scores.words["exact"] == Rate(Share(1, 3), Share(1, 2))
    assert scores.words["iou80"] == Rate(Share(2, 3), Share(2, 2))
    assert scores.words["iou80"].f1 == pytest.approx(0.8)


def test_covering_is_told_apart_from_overlap() -> None:
    """What swallows the text covers the statement and does not overlap it enough."""
    scores = score(pairs([{"content": [FIRST]}], [{"content": [(0, 43)]}]))
    assert scores.words["cov80"].f1 == 1
    assert scores.words["iou80"].f1 == 0
    assert scores.compared == 0


def test_nothing_to_find_and_nothing_found_is_no_figure() -> None:
    """A share of nothing is None, not a perfect score; what is missed is 0."""
    assert score([]).words["exact"].f1 is None
    assert score(pairs([{"content": [FIRST]}], [])).words["exact"].f1 == 0
    assert score([]).distance is None


@pytest.mark.parametrize(
    ("attribute", "gold", "same", "other"),
    [
        ("speaker", "Élan Mool", "elan  mool", "Mool"),
        ("kind", "mixed", "mixed", "direct"),
        ("resolution", "role", "role", "name"),
        ("on_behalf_of", None, None, "Valdorie"),
        ("polarity", "negated", "negated", "affirmed"),
        ("commitment", 3, 3, 2),
        ("spoken_at", "2031-03-01", "2031-03-01", None),
        ("cue", [11, 21], [20, 32], [22, 32]),
        ("cue", None, None, [22, 32]),
    ],
)
def test_an_attribute_is_right_or_wrong(
    attribute: str, gold: object, same: object, other: object
) -> None:
    """Names are compared without case and accents, cues by touching."""
    right = score(one({attribute: gold}, {attribute: same}))
    wrong = score(one({attribute: gold}, {attribute: other}))
    assert right.attributes[attribute] == Share(1, 1)
    assert wrong.attributes[attribute] == Share(0, 1)


def test_dates_that_the_text_tells_have_a_share_of_their_own() -> None:
    """Leaving undated what is undated is right, but dates nothing."""
    undated = score(one({"spoken_at": None}, {"spoken_at": None}))
    assert undated.attributes["spoken_at"].value == 1
    assert undated.attributes["dated"].value is None
    dated = score(one({"spoken_at": "2031"}, {"spoken_at": "2031"}))
    assert dated.attributes["dated"].value == 1


@pytest.mark.parametrize("slot", ["addressee", "medium", "occasion", "conditions"])
def test_a_slot_is_right_if_it_touches(slot: str) -> None:
    """Slots have F1: missing, wrong and needless ones all count."""
    place: Any = [[11, 21]] if slot == "conditions" else [11, 21]
    apart: Any = [[22, 32]] if slot == "conditions" else [22, 32]
    assert score(one({slot: place}, {slot: place})).slots[slot].f1 == 1
    assert score(one({slot: place}, {slot: apart})).slots[slot].f1 == 0
    assert score(one({slot: place}, {})).slots[slot].recall == Share(0, 1)
    assert score(one({}, {slot: place})).slots[slot].precision == Share(0, 1)
    assert score(one({}, {})).slots[slot].f1 is None


def test_the_distance_of_commitments_is_in_levels() -> None:
    """Missing levels have no distance."""
    assert score(one({"commitment": 3}, {"commitment": 1})).distance == 2
    assert score(one({"commitment": 3}, {})).distance is None


def test_a_statement_counts_under_its_own_kind() -> None:
    """What is found as another kind is missed under the one and spurious under no other."""
    both = one({"kind": "direct"}, {"kind": "mixed"})
    assert score(both, "direct").words["exact"] == Rate(Share(0, 0), Share(1, 1))
    assert score(both, "mixed").words["exact"] == Rate(Share(1, 1), Share(0, 0))
    assert score(both, "direct").attributes["kind"] == Share(0, 1)


def test_boilerplate_is_measured_by_code_points_without_spaces() -> None:
    """Half of what is marked is right, and all that should be is marked."""
    article = AnnotatedArticle(id="a", text=TEXT, boilerplate=(FIRST,), statements=())
    assert boilerplate([(article, ((0, 21),))]) == Rate(Share(10, 20), Share(10, 10))


def test_names_are_folded() -> None:
    """Accents, case, apostrophes and spaces part no names; letters do."""
    assert fold("L’Étoile  du Nord") == fold("l'etoile du nord")
    assert fold(None) == fold("") == ""
    assert fold("Mool") != fold("Moll")
