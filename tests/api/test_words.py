"""What the pages say in words."""

from __future__ import annotations

import re
from datetime import date

import pytest

from api.pages import words
from api.pages.words import CATALOGUES, Words
from api.schemas.outer import Named, PositionOut, QuestionOut, SpokenAtOut
from domain.model.commitment import Act
from domain.model.moment import Moment
from domain.model.review import Unsure
from domain.model.statement import DateBasis, Kind, Resolution
from domain.positions.differences import Aspect
from domain.positions.labels import BlockValue, Label, NoStance, Stance
from domain.positions.record import Register
from domain.positions.timeline import Reason
from domain.positions.wording import value_in_words

ENGLISH, FRENCH = Words("en"), Words("fr")


def spoken_at(edtf: str | None) -> SpokenAtOut:
    """Return a date of speaking."""
    moment = Moment.parse(edtf) if edtf else None
    return SpokenAtOut(
        edtf=edtf,
        earliest=moment.earliest if moment else None,
        latest=moment.latest if moment else None,
        basis="explicit",
        raw=None,
        rule="test",
        confidence=1,
    )


@pytest.mark.parametrize(
    ("edtf", "told", "certain"),
    [
        ("2031-05-09", "on 9 May 2031", True),
        ("2031-05-09?", "on 9 May 2031, perhaps", False),
        ("2031-05-09~", "around 9 May 2031", False),
        ("2031-05-09%", "around 9 May 2031, perhaps", False),
        ("2031-05-03/2031-05-06", "between 3 and 6 May 2031", False),
        ("2031-05-30/2031-06-02", "between 30 May 2031 and 2 June 2031", False),
        ("2031-05", "in May 2031", False),
        ("2032-02~", "in February 2032 or so", False),
        ("2031", "in 2031", False),
        ("2031?", "in 2031, perhaps", False),
        ("2031-05/2031-06", "between 1 May 2031 and 30 June 2031", False),
        ("../2031-05-09", "by 9 May 2031", False),
        ("2031-05-09/..", "from 9 May 2031 on", False),
        (None, "on a day unknown", False),
    ],
)
def test_a_date_is_worded_as_uncertain_as_it_is(
    edtf: str | None, told: str, certain: bool
) -> None:
    """No date looks more exact than it is; only one plain day is certain."""
    assert ENGLISH.spoken(spoken_at(edtf)) == told
    assert words.is_certain(spoken_at(edtf)) is certain


def test_a_publication_is_worded_like_any_date() -> None:
    """An interval says so, none says so too."""
    told = ENGLISH.published("2025-09-03/2025-09-06")
    assert told == "published between 3 and 6 September 2025"
    assert ENGLISH.published(None) == "date of publication unknown"


def test_a_stance_has_side_words_sign_and_strength() -> None:
    """Every commitment has its own words; opposite ones differ by more than colour."""
    chips = [ENGLISH.stance(position(each)) for each in range(-3, 4)]
    assert len({chip.words for chip in chips}) == 7
    assert [chip.strength for chip in chips] == [3, 2, 1, 0, 1, 2, 3]
    assert [chip.sign for chip in chips] == ["−3", "−2", "−1", "0", "+1", "+2", "+3"]
    assert ENGLISH.stance(position(None, "ambivalent")).sign == "±"
    assert ENGLISH.stance(position(None, "none")).words == "Taken back"
    assert FRENCH.stance(position(-3)).words == "Catégoriquement non"


def test_a_value_has_a_sign_of_its_own() -> None:
    """Read without colour; a minus is one, not a hyphen."""
    values = [position(each) for each in (3, 1, 0, -2)]
    values += [position(None, each) for each in ("ambivalent", "none")]
    assert [words.value_sign(each) for each in values] == [
        "+3",
        "+1",
        "0",
        "−2",
        "±",
        "∅",
    ]


def test_a_position_is_told_in_one_line() -> None:
    """Days, value, conditions and label: what a bar says to those who cannot see it."""
    plain = position(-3)
    assert ENGLISH.told(plain) == "On 9 May 2031: categorically no, stated"
    bound = plain.model_copy(
        update={"conditions": ("no-tolls", "for-now"), "latest": date(2031, 5, 12)}
    )
    assert ENGLISH.told(bound) == (
        "Between 9 and 12 May 2031: categorically no, for now, on the condition "
        "“no-tolls”, stated"
    )
    assert FRENCH.told(bound) == (
        "Entre le 9 et le 12 mai 2031 : catégoriquement non, pour l'instant, sous la "
        "condition « no-tolls », déclaré"
    )


def test_what_is_stated_after_it_was_taken_back_is_stated_again() -> None:
    """It is not the first time: something stood before it."""
    again = position(2).model_copy(update={"previous_evidence": ("st-1",)})
    assert ENGLISH.label(position(2)) == ENGLISH.label("stated") == "stated"
    assert ENGLISH.label(again) == "stated again"
    assert FRENCH.label(again) == "déclaré de nouveau"


VALUES: tuple[BlockValue, ...] = (
    *NoStance,
    *(Stance(commitment=each) for each in range(-3, 4)),
)


@pytest.mark.parametrize("language", CATALOGUES)
@pytest.mark.parametrize("value", VALUES, ids=str)
def test_a_chip_says_what_the_explanation_says(
    language: str, value: BlockValue
) -> None:
    """One value has one name, wherever it is read."""
    shown = position(
        value.commitment if isinstance(value, Stance) else None,
        "stance" if isinstance(value, Stance) else value.value,
    )
    said = Words(language)
    assert said.stance(shown).words.lower() == value_in_words(value, language)
    assert said.value(shown) == value_in_words(value, language)


@pytest.mark.parametrize(
    ("edtf", "told"),
    [
        ("2031-05-09", "le 9 mai 2031"),
        ("2031-05-01?", "le 1er mai 2031, peut-être"),
        ("2031-05-09~", "vers le 9 mai 2031"),
        ("2031-05-01/2031-05-06", "entre le 1er et le 6 mai 2031"),
        ("2031-05-30/2031-06-02", "entre le 30 mai 2031 et le 2 juin 2031"),
        ("2031-08", "en août 2031"),
        ("2032-02~", "en février 2032 environ"),
        ("../2031-05-09", "jusqu'au 9 mai 2031"),
        ("2031-05-09/..", "à partir du 9 mai 2031"),
        (None, "un jour inconnu"),
    ],
)
def test_a_date_is_worded_in_french_too(edtf: str | None, told: str) -> None:
    """As uncertain as in English."""
    assert FRENCH.spoken(spoken_at(edtf)) == told


def position(commitment: int | None, value: str = "stance") -> PositionOut:
    """Return a position with a commitment."""
    return PositionOut(
        question=QuestionOut(id="open-the-harbour", kind="policy", label="?"),
        holder=Named(id="vesna-orlin", label="Vesna Orlin"),
        stands_for=(),
        earliest=date(2031, 5, 9),
        latest=date(2031, 5, 9),
        value=value,
        commitment=commitment,
        conditions=(),
        label="stated",
        rule=1,
        explanation="On “Q” A said so.",
        delta=None,
        evidence=(),
        previous_evidence=(),
        chained=False,
    )


def test_there_are_words_for_everything_the_domain_can_say() -> None:
    """A new act, label, kind, reason or basis gets its words with it."""
    assert set(words.SIGNS) == set(Label)
    assert len(set(words.SIGNS.values())) == len(Label)
    for language, catalogue in CATALOGUES.items():
        assert set(catalogue.acts) == set(Act)
        assert set(catalogue.kinds) == set(catalogue.kinds_short) == set(Kind)
        assert set(catalogue.bases) == set(DateBasis)
        assert set(catalogue.resolutions) <= set(Resolution)
        assert set(catalogue.parts) == {*Unsure, *Register, *Aspect}
        for label in Label:
            assert Words(language).label(label)
        for reason in Reason:
            assert Words(language).reason(reason)


def test_what_one_language_says_the_other_says_too() -> None:
    """No text is missing in French, none is left in English, no gap is lost."""
    english, french = (CATALOGUES[language] for language in ("en", "fr"))
    assert set(english.texts) == set(french.texts)
    assert set(english.counts) == set(french.counts)
    assert not set(english.texts) & set(dir(dict)), "a template would take the method"
    for name, told in english.texts.items():
        gaps = [
            sorted(re.findall(r"{\w*}", each)) for each in (told, french.texts[name])
        ]
        assert gaps[0] == gaps[1], name


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://gazette.example/a", True),
        ("http://gazette.example", True),
        ("javascript:alert(1)", False),
        ("//gazette.example", False),
        (" https://gazette.example", False),
        ("", False),
        (None, False),
    ],
)
def test_only_an_address_of_the_web_becomes_a_link(url: str | None, link: bool) -> None:
    """Everything else is text."""
    assert words.web_address(url) == (url if link else None)


def test_things_are_counted() -> None:
    """One statement, two statements, no statements."""
    counts = [ENGLISH.counted(n, "statement") for n in (0, 1, 2)]
    assert counts == ["0 statements", "1 statement", "2 statements"]
    assert ENGLISH.counted(2, "entry") == "2 entries"
    french = [FRENCH.counted(n, "statement") for n in (0, 1, 2)]
    assert french == ["0 déclaration", "1 déclaration", "2 déclarations"]
