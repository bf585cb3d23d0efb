"""Texts that are no proper article: a flagged partial result, never a failure."""

from __future__ import annotations

import pytest

from domain.attribution.reading import LONGEST_LINE
from tests.support.extraction import extract

pytestmark = pytest.mark.slow

FRENCH = (
    "Mira Solen, ministre des Transports, a déclaré que le port d'Orsk restera fermé."
)
ENGLISH = "Mira Solen, the minister of transport, said that the port of Orsk would stay closed."
RUSSIAN = (
    "Мира Солен, министр транспорта, заявила, что порт Орска останется закрытым зимой."
)


def reasons(text: str, language: str) -> list[str]:
    """Return why something of a text was passed over."""
    return [each.reason for each in extract(text, language).skipped]


@pytest.mark.parametrize(
    ("language", "mine", "other"),
    [("fr", FRENCH, ENGLISH), ("en", ENGLISH, FRENCH), ("uk", "", RUSSIAN)],
)
def test_a_paragraph_in_another_language_is_passed_over_and_said_so(
    language: str, mine: str, other: str
) -> None:
    """No parser reads what it was not made for; the other paragraphs are read."""
    extraction = extract(f"{mine}\n{other}\n{mine}", language)
    (skipped,) = [s for s in extraction.skipped if s.reason == "other_language"]
    assert (skipped.start, skipped.end) == (len(mine) + 1, len(mine) + 1 + len(other))
    assert len(extraction.found) == (2 if mine else 0)


def test_a_short_line_in_another_language_is_read() -> None:
    """Of few words the language cannot be told: names and loans mislead."""
    assert "other_language" not in reasons(f"{FRENCH}\nGold hits record high.", "fr")


def test_one_endless_sentence_is_passed_over_unread() -> None:
    """No parser is given a sentence of a million code points; what is beside it is read."""
    endless = "le port ferme et " * 60_000
    extraction = extract(f"{FRENCH}\n{endless}\n{FRENCH}", "fr")
    assert len(extraction.found) == 2
    assert [each.reason for each in extraction.skipped] == ["line_too_long"]


@pytest.mark.parametrize("opens", ["«", "»", "“", "”", "„", '"', "‘", "’", "‹", "「"])
@pytest.mark.parametrize("language", ["fr", "en", "ru", "uk", "ar"])
def test_a_mark_that_never_closes_takes_nothing_from_other_paragraphs(
    opens: str, language: str
) -> None:
    """What stands before it comes out as without it."""
    before = {"fr": FRENCH, "en": ENGLISH, "ru": RUSSIAN}.get(language, RUSSIAN)
    found = extract(f"{before}\n{opens} {before}", language).found
    alone = extract(before, language).found
    assert [each.attribution.words for each in found][: len(alone)] == [
        each.attribution.words for each in alone
    ]


def test_thousands_of_quotations_come_out_one_by_one() -> None:
    """Each is a statement of its own."""
    text = "\n".join(
        f"« Le port rouvrira le jour {n} », a dit Mira." for n in range(2000)
    )
    found = extract(text).found
    assert len(found) == 2000
    assert len({each.id for each in found}) == 2000


@pytest.mark.parametrize(
    "sign", ["\u202e", "\u2066", "\u200f", "\u200b", "\u200d", "\u00ad"]
)
def test_signs_that_nobody_sees_stay_in_the_words(sign: str) -> None:
    """Overrides of direction and joiners are kept verbatim and change no place."""
    text = f"Mira Solen a déclaré que le port{sign} d'Orsk restera{sign} fermé."
    (found,) = extract(text).found
    assert found.attribution.words == text[text.index("le port") : -1]


def test_a_line_is_at_most_as_long_as_is_said() -> None:
    """The bound in the reference is that of the code."""
    assert LONGEST_LINE == 10_000
