"""Whether what is said is negated, in each language as it negates."""

from __future__ import annotations

import pytest

from domain.model.commitment import Polarity
from tests.support.extraction import extract

NEGATED = [
    ("fr", "Personne n’a autorisé quoi que ce soit, a dit Jean Morel."),
    ("fr", "Jean Morel a dit que le port ne rouvrirait pas."),
    ("ru", "Конкретных договорённостей пока нет, сообщил Иван Петров."),
    ("ru", "Иван Петров сообщил, что ответа из столицы пока не поступало."),
    ("ru", "Иван Петров заявил, что спорить с этим нельзя."),
    ("ru", "«Пошлина не вечна», — сказал Иван Петров."),
    ("uk", "«Ми не боїмося переговорів», – сказав Іван Петренко."),
    ("uk", "Іван Петренко заявив, що мито не вічне."),
    ("ar", "قال سامي درويش إن الجيش لن يجلس مع أحد."),
    ("en", "“No deal,” said Jane Harlow."),
]
AFFIRMED = [
    ("fr", "Jean Morel a dit que le port n'accueillait que des voiliers."),
    ("ru", "Иван Петров сообщил, что порт не сразу, но откроется."),
    ("ru", "«Спрос ниже. Мы не спешим», — сказал Иван Петров."),
    ("uk", "«Не лише мито, а й мости», – сказав Іван Петренко."),
    ("en", "“We waited. We did not leave,” said Jane Harlow."),
]
WITHOUT_A_MODEL = {"uk", "ar"}


def cases(told: list[tuple[str, str]]) -> list[pytest.ParameterSet]:
    """Return language and text of each; slow where a model of the language is loaded."""
    return [
        pytest.param(
            *each, marks=() if each[0] in WITHOUT_A_MODEL else pytest.mark.slow
        )
        for each in told
    ]


@pytest.mark.parametrize(("language", "text"), cases(NEGATED))
def test_a_negation_of_the_main_clause_negates_what_is_said(
    language: str, text: str
) -> None:
    """Of its verb, of its subject, or of its predicate where there is no verb."""
    (found,) = extract(text, language).found
    assert found.filed[0].assessment.polarity is Polarity.NEGATED


@pytest.mark.parametrize(("language", "text"), cases(AFFIRMED))
def test_what_only_restricts_or_comes_later_does_not_negate(
    language: str, text: str
) -> None:
    """The first proposition decides; "not only" and "ne … que" affirm."""
    (found,) = extract(text, language).found
    assert found.filed[0].assessment.polarity is Polarity.AFFIRMED
