"""What the pages say in words."""

from __future__ import annotations

from datetime import date

import pytest

from api.pages import words
from api.schemas.outer import Named, PositionOut, QuestionOut, SpokenAtOut
from domain.model.commitment import Act
from domain.model.moment import Moment
from domain.model.statement import DateBasis, Kind, Resolution
from domain.positions.labels import Label
from domain.positions.timeline import Reason


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
    assert words.spoken(spoken_at(edtf)) == told
    assert words.is_certain(spoken_at(edtf)) is certain


def test_a_publication_is_worded_like_any_date() -> None:
    """An interval says so, none says so too."""
    told = words.published("2025-09-03/2025-09-06")
    assert told == "published between 3 and 6 September 2025"
    assert words.published(None) == "date of publication unknown"


def test_a_stance_has_side_words_letter_and_strength() -> None:
    """Every commitment has its own words; opposite ones differ by more than colour."""
    chips = [words.stance(position(each)) for each in range(-3, 4)]
    assert len({chip.words for chip in chips}) == 7
    assert [chip.strength for chip in chips] == [3, 2, 1, 0, 1, 2, 3]
    assert [chip.letter for chip in chips] == ["N", "N", "N", "O", "Y", "Y", "Y"]
    assert words.stance(position(None, "ambivalent")).letter == "B"
    assert words.stance(position(None, "none")).words == "Taken back"


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
    assert words.told(plain) == "On 9 May 2031: Categorically no, first stated"
    bound = plain.model_copy(
        update={"conditions": ("no-tolls", "for-now"), "latest": date(2031, 5, 12)}
    )
    assert words.told(bound) == (
        "Between 9 and 12 May 2031: Categorically no, on condition no tolls, for now, "
        "first stated"
    )


def position(commitment: int | None, value: str = "stance") -> PositionOut:
    """Return a position with a commitment."""
    return PositionOut(
        question=QuestionOut(id="open-the-harbour", kind="policy", label="?"),
        holder=Named(id="vesna-orlin", label="Vesna Orlin"),
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
    assert set(words.ACTS) == set(Act)
    assert set(words.LABELS) == set(words.SIGNS) == set(Label)
    assert len(set(words.SIGNS.values())) == len(Label)
    assert set(words.KINDS) == set(Kind)
    assert set(words.REASONS) == set(Reason)
    assert set(words._BASIS) == set(DateBasis)
    assert set(words.RESOLUTIONS) <= set(Resolution)


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
    counts = [words.counted(n, "statement") for n in (0, 1, 2)]
    assert counts == ["0 statements", "1 statement", "2 statements"]
    assert words.counted(2, "entry", "entries") == "2 entries"
