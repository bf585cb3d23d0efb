"""Commitments and readings refuse what is off the scale."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydantic import ValidationError

from domain.model.commitment import Act, Condition, ConditionKind, Reading, Relation
from domain.model.ids import AgentId
from domain.model.moment import Moment
from domain.model.statement import Assessment, Dating
from domain.model.topic import Question
from tests.support.facts import assessed, dated, posed, reading


def reading_with(**changed: object) -> Reading:
    """Return a reading with other fields, validated."""
    return Reading.model_validate(reading().model_dump() | changed)


def assessment_with(**changed: object) -> Assessment:
    """Return an assessment with other fields, validated."""
    return Assessment.model_validate(assessed([]).model_dump() | changed)


def dating_with(**changed: object) -> Dating:
    """Return a dating with other fields, validated."""
    return Dating.model_validate(dated("2031-02-01").model_dump() | changed)


@pytest.mark.parametrize("commitment", range(-3, 4))
def test_a_reading_is_for_or_against_or_neither(commitment: int) -> None:
    """The scale is -3 to +3, whole."""
    assert reading_with(commitment=commitment).commitment == commitment


@pytest.mark.parametrize("level", range(4))
def test_an_assessment_has_a_level_without_a_sign(level: int) -> None:
    """What the words commit to is 0 to 3; the sign needs a question."""
    assert assessment_with(commitment=level).commitment == level


REFUSED: dict[str, tuple[Callable[..., object], dict[str, object]]] = {
    "beyond must": (reading_with, {"commitment": 4}),
    "beyond must not": (reading_with, {"commitment": -4}),
    "half a level": (reading_with, {"commitment": 1.5}),
    "an act that is none": (reading_with, {"act": "hope"}),
    "no holder": (reading_with, {"holder": None}),
    "a relation that is none": (reading_with, {"relation": "cousin"}),
    "an unknown field": (reading_with, {"mood": "grim"}),
    "a level below nought": (assessment_with, {"commitment": -1}),
    "a level beyond must": (assessment_with, {"commitment": 4}),
    "a confidence above one": (assessment_with, {"confidence": 1.1}),
    "a confidence below nought": (dating_with, {"confidence": -0.1}),
    "a confidence that is no number": (dating_with, {"confidence": float("nan")}),
    "a date that is none": (dating_with, {"spoken_at": "2031-W05"}),
}


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED)
def test_what_is_off_the_scale_is_refused(
    make: tuple[Callable[..., object], dict[str, object]],
) -> None:
    """A value outside its range never comes into being."""
    build, changed = make
    with pytest.raises(ValidationError):
        build(**changed)


@pytest.mark.parametrize("identifier", ["", "For now", "for_now", "für", "-now"])
def test_ids_of_conditions_and_questions_are_slugs(identifier: str) -> None:
    """What is compared by id has an id that can be compared and linked."""
    with pytest.raises(ValidationError):
        Condition(id=identifier, kind=ConditionKind.FOR_NOW)
    question = posed().question.model_dump() | {"id": identifier}
    with pytest.raises(ValidationError):
        Question.model_validate(question)


def test_values_are_frozen_and_compared_by_content() -> None:
    """Two readings that say the same are equal and cannot be altered."""
    one, other = (
        reading(2, conditions=["toll-first"]),
        reading(2, conditions=["toll-first"]),
    )
    assert one == other
    with pytest.raises(ValidationError, match="frozen"):
        one.commitment = 3  # type: ignore[misc]


def test_a_reading_goes_through_json() -> None:
    """A stored reading comes back equal."""
    told = Reading(
        question=None,
        holder=AgentId("vesna-orlin"),
        relation=Relation.REPORTS_ABOUT,
        act=Act.WITHDRAW,
        commitment=0,
        conditions=(Condition(id="toll-first", kind=ConditionKind.DEADLINE),),
        rule="r",
    )
    assert Reading.model_validate_json(told.model_dump_json()) == told


def test_a_dating_goes_through_json() -> None:
    """A stored date of speaking comes back with its days."""
    told = dated("2031-02-01/2031-02-03~")
    again = Dating.model_validate_json(told.model_dump_json())
    assert again == told
    assert isinstance(again.spoken_at, Moment)


def test_a_reading_names_its_holder_or_leaves_it_to_the_speaker() -> None:
    """Whoever spoke, if that is known."""
    speaker = AgentId("tarek-mool")
    assert reading(3, holder="self").whose(speaker) == speaker
    assert reading(3, holder="self").whose(None) is None
    assert reading(3, holder="vesna-orlin").whose(speaker) == "vesna-orlin"
