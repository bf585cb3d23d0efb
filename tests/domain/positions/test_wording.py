"""One vocabulary for what a position says: whole in each language, and without twins."""

from __future__ import annotations

from datetime import date

import pytest

from domain.positions.labels import BlockValue, Label, NoStance, Stance
from domain.positions.timeline import Reason
from domain.positions.wording import (
    conditions_in_words,
    day_in_words,
    days_in_words,
    label_in_words,
    listed,
    one_with,
    reason_in_words,
    value_in_words,
)

LANGUAGES = ("en", "fr")
VALUES: tuple[BlockValue, ...] = (
    *NoStance,
    *(Stance(commitment=each) for each in range(-3, 4)),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_label_and_reason_has_a_name_of_its_own(language: str) -> None:
    """Two things are never called the same, or a reader takes one for the other."""
    values = {value_in_words(each, language) for each in VALUES}
    labels = {label_in_words(each, language) for each in Label}
    reasons = {reason_in_words(each, language) for each in Reason}
    assert len(values) == len(VALUES)
    assert len(labels) == len(Label)
    assert len(reasons) == len(Reason)
    assert not values & labels


def test_reasons_are_told_as_what_is_missing() -> None:
    """They follow “beside the line”, on pages and on the command line."""
    told = [
        [reason_in_words(each, language) for each in Reason] for language in LANGUAGES
    ]
    assert told == [
        [
            "no day of speaking is known",
            "one end of its date is open",
            "its date is wider than a week",
            "it answers no question of this topic",
            "whose position it is, is not known",
        ],
        [
            "le jour où cela fut dit n'est pas connu",
            "un bout de sa date est ouvert",
            "sa date dépasse une semaine",
            "elle ne répond à aucune question du sujet",
            "on ne sait pas de qui c'est la position",
        ],
    ]


def test_a_language_without_words_is_told_in_english() -> None:
    """Rather nothing is left untold."""
    for value in VALUES:
        assert value_in_words(value, "ru") == value_in_words(value, "en")
    assert label_in_words(Label.REVERSED, "ru") == "reversed"


def test_only_what_is_stated_can_be_stated_again() -> None:
    """A position that stands before says so; other labels say it by themselves."""
    for language in LANGUAGES:
        for label in Label:
            plain = label_in_words(label, language)
            again = label_in_words(label, language, again=True)
            assert (again != plain) is (label is Label.STATED)


def test_conditions_are_told_in_their_number() -> None:
    """By their ids, in quotation marks; the fixed one by its words, in each language."""
    several = ("both-sides", "for-now", "toll-first")
    assert conditions_in_words(several[2:]) == "on the condition “toll-first”"
    assert conditions_in_words(several[2:], "fr") == "sous la condition « toll-first »"
    assert conditions_in_words(several) == (
        "for now, on the conditions “both-sides” and “toll-first”"
    )
    assert conditions_in_words(several, "fr") == (
        "pour l'instant, sous les conditions « both-sides » et « toll-first »"
    )


def test_a_condition_alone_is_for_now_or_named_by_its_id() -> None:
    """What holds for now depends on nothing that could be named."""
    assert conditions_in_words(["for-now"]) == "for now"
    assert listed(["for-now", "toll-first"]) == "“for now” and “toll-first”"
    assert listed(["for-now"], "fr") == "« pour l'instant »"
    assert listed(["a", "b", "c"]) == "“a”, “b” and “c”"


def test_days_are_told_as_each_language_writes_them() -> None:
    """What two days share is told once."""
    first, last = date(2031, 5, 1), date(2031, 5, 6)
    assert day_in_words(first, "fr") == "1er mai 2031"
    assert days_in_words(first, first) == "1 May 2031"
    assert days_in_words(first, last) == "1 – 6 May 2031"
    assert days_in_words(first, last, "fr") == "1er – 6 mai 2031"
    june = date(2031, 6, 2)
    assert days_in_words(last, june) == "6 May 2031 – 2 June 2031"
    assert days_in_words(last, june, "fr") == "6 mai 2031 – 2 juin 2031"
    assert days_in_words(last, date(2032, 5, 6)) == "6 May 2031 – 6 May 2032"


def test_who_was_judged_to_be_one_with_another_is_told_so() -> None:
    """One, or several; in English where there are no words."""
    assert one_with(["V. Orlin"]) == "judged to be one with V. Orlin"
    assert one_with(["A", "B", "C"]) == "judged to be one with A, B and C"
    assert one_with(["A", "B"], "fr") == "qui ne fait qu'un, par décision, avec A et B"
    assert one_with(["A"], "uk") == "judged to be one with A"
