"""Moments: each form with its outer days, the laws of the subset, and an oracle."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

import pytest
from edtf import parse_edtf
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from domain.errors import InvalidMomentError
from domain.model.moment import Moment
from domain.model.value import Value

FORMS = {
    "2022": ("2022-01-01", "2022-12-31"),
    "2022-09": ("2022-09-01", "2022-09-30"),
    "2024-02": ("2024-02-01", "2024-02-29"),
    "2025-09-05": ("2025-09-05", "2025-09-05"),
    "2025-09-05?": ("2025-09-05", "2025-09-05"),
    "2025-09-05~": ("2025-09-05", "2025-09-05"),
    "2025-09-05%": ("2025-09-05", "2025-09-05"),
    "2025-09~": ("2025-09-01", "2025-09-30"),
    "2022?": ("2022-01-01", "2022-12-31"),
    "2025-08-25/2025-08-31": ("2025-08-25", "2025-08-31"),
    "2025-08-25/2025-08-25": ("2025-08-25", "2025-08-25"),
    "2025-08/2025-09-06~": ("2025-08-01", "2025-09-06"),
    "2025-09-03/..": ("2025-09-03", None),
    "../2025-09-05": (None, "2025-09-05"),
    "../2025": (None, "2025-12-31"),
    "2022-XX": ("2022-01-01", "2022-12-31"),
    "2022-XX-XX": ("2022-01-01", "2022-12-31"),
    "2022-09-XX": ("2022-09-01", "2022-09-30"),
    "202X": ("2020-01-01", "2029-12-31"),
    "20XX": ("2000-01-01", "2099-12-31"),
    "202X-XX-XX~": ("2020-01-01", "2029-12-31"),
}

REFUSED = {
    "an ISO week": "2025-W36",
    "an ISO week with its day": "2025-W36-5",
    "a day of the year": "2025-248",
    "a month of thirteen": "2025-13",
    "a month of nought": "2025-00",
    "a day of nought": "2025-09-00",
    "a day that the month lacks": "2025-02-30",
    "a 29 February of a common year": "2025-02-29",
    "the year nought": "0000",
    "a year of five digits": "12025",
    "a year of two digits": "25",
    "a negative year": "-2025",
    "a season": "2025-21",
    "an instant": "2025-09-05T14:00:00Z",
    "both marks": "2025-09-05?~",
    "a mark in the middle": "2025~-09-05",
    "a known month in an unknown year": "202X-09",
    "a known day in an unknown month": "2025-XX-05",
    "no known digit": "XXXX",
    "an interval that ends before it begins": "2025-09-06/2025-09-03",
    "an interval open at both ends": "../..",
    "an interval without an end": "2025-09-03/",
    "an interval without a beginning": "/2025-09-03",
    "three points": "2025/2026/2027",
    "a set": "{2025,2026}",
    "nothing": "",
    "a space": " 2025",
    "a line end": "2025\n",
    "digits of another script": "٢٠٢٥",
    "words": "hier",
}


def day(text: str | None) -> date | None:
    """Return a day, or none."""
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize("text", FORMS)
def test_every_form_has_its_earliest_and_latest_day(text: str) -> None:
    """Each form of the subset spans the widest days that it may mean."""
    earliest, latest = FORMS[text]
    moment = Moment.parse(text)
    assert (moment.earliest, moment.latest) == (day(earliest), day(latest))
    assert str(moment) == text


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_is_outside_the_subset_is_one_named_error(text: str) -> None:
    """Everything else is refused, with a hint at what may be written."""
    with pytest.raises(InvalidMomentError, match=r"EDTF subset.*write 2025"):
        Moment.parse(text)


@given(st.text(max_size=60))
def test_any_text_is_a_moment_or_one_named_error(text: str) -> None:
    """No text makes the parser raise anything else."""
    try:
        moment = Moment.parse(text)
    except InvalidMomentError:
        return
    assert str(moment) == text


def test_marks_are_kept_and_shown() -> None:
    """``?`` is uncertain, ``~`` approximate, ``%`` both; an unspecified digit is neither."""
    told = {
        mark: (moment.is_uncertain, moment.is_approximate, moment.marks)
        for mark in ("", "?", "~", "%")
        for moment in (Moment.parse(f"202X-XX-XX{mark}"),)
    }
    assert told == {
        "": (False, False, ""),
        "?": (True, False, "?"),
        "~": (False, True, "~"),
        "%": (True, True, "%"),
    }


@pytest.mark.parametrize(
    ("text", "marks", "marked"),
    [
        ("2025-09-05", "", "2025-09-05"),
        ("2025-09-05", "~", "2025-09-05~"),
        ("2025-09-05~", "~", "2025-09-05~"),
        ("2025-09-05~", "?", "2025-09-05%"),
        ("2025-09-05", "~?", "2025-09-05%"),
        ("2025-09-05%", "~", "2025-09-05%"),
        ("2025-09-05", "%", "2025-09-05%"),
        ("2025-09-03/2025-09-06", "?", "2025-09-03/2025-09-06?"),
        ("2025-09-03/..", "?", "2025-09-03/.."),
    ],
)
def test_a_mark_is_added_to_those_that_are_there(
    text: str, marks: str, marked: str
) -> None:
    """Doubt adds up: uncertain and approximate are both."""
    assert str(Moment.parse(text).marked(marks)) == marked


def test_moments_are_equal_when_their_texts_are() -> None:
    """The same days written in another way are another moment."""
    assert Moment.parse("2022") == Moment.parse("2022")
    assert Moment.parse("2022") != Moment.parse("2022-XX")


def test_days_give_a_day_an_interval_or_an_open_side() -> None:
    """A moment is made from outer days; one day is no interval."""
    first, last = date(2025, 9, 3), date(2025, 9, 6)
    assert str(Moment.of_days(first, first)) == "2025-09-03"
    assert str(Moment.of_days(first, last)) == "2025-09-03/2025-09-06"
    assert str(Moment.of_days(first, None)) == "2025-09-03/.."
    assert str(Moment.of_days(None, last)) == "../2025-09-06"
    for wrong in ((None, None), (last, first)):
        with pytest.raises(InvalidMomentError):
            Moment.of_days(*wrong)


def test_within_one_day_is_a_day_however_it_is_written() -> None:
    """A mark or an interval of one day is a day; an open side is none."""
    texts = ("2025-09-05", "2025-09-05~", "2025-09-05/2025-09-05")
    assert all(Moment.parse(text).is_day for text in texts)
    assert not any(Moment.parse(t).is_day for t in ("2025-09", "../2025-09-05"))


# --- laws -------------------------------------------------------------------

DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))
MARKS = st.sampled_from(["", "?", "~", "%"])


@st.composite
def points(draw: st.DrawFn) -> str:
    """Points of time of every form."""
    on = draw(DAYS)
    forms = [f"{on:%Y-%m-%d}", f"{on:%Y-%m}", f"{on:%Y}", f"{on:%Y-%m}-XX"]
    forms += [f"{on:%Y}-XX", f"{on:%Y}-XX-XX", f"{on:%Y}"[:3] + "X"]
    return draw(st.sampled_from(forms)) + draw(MARKS)


@st.composite
def moments(draw: st.DrawFn) -> str:
    """Points and intervals of every form."""
    first, second = draw(points()), draw(points())
    shape = draw(st.sampled_from(["point", "from", "until", "closed"]))
    match shape:
        case "point":
            return first
        case "from":
            return f"{first}/.."
        case "until":
            return f"../{first}"
        case _:
            starts, ends = Moment.parse(first).earliest, Moment.parse(second).latest
            assume(starts is not None and ends is not None and starts <= ends)
            return f"{first}/{second}"


@given(moments())
def test_parsing_what_was_written_gives_the_same_moment(text: str) -> None:
    """parse(format(x)) = x, outer days included."""
    moment = Moment.parse(text)
    again = Moment.parse(str(moment))
    assert again == moment
    assert (again.earliest, again.latest) == (moment.earliest, moment.latest)


@given(moments())
def test_a_moment_never_ends_before_it_begins(text: str) -> None:
    """Its earliest day is not after its latest; one of them is always known."""
    moment = Moment.parse(text)
    assert moment.earliest or moment.latest
    if moment.earliest and moment.latest:
        assert moment.earliest <= moment.latest


@given(DAYS)
def test_a_shorter_prefix_contains_the_longer_one(on: date) -> None:
    """A decade contains its year, a year its month, a month its day."""
    texts = [f"{on:%Y}"[:2] + "XX", f"{on:%Y}"[:3] + "X", f"{on:%Y}"]
    texts += [f"{on:%Y-%m}", f"{on:%Y-%m-%d}"]
    chain = [Moment.parse(text) for text in texts]
    spans = [(each.earliest or date.max, each.latest or date.min) for each in chain]
    for wide, narrow in pairwise(spans):
        assert wide[0] <= narrow[0] <= narrow[1] <= wide[1]


@given(moments(), MARKS, MARKS)
def test_marking_keeps_the_days_and_forgets_no_doubt(
    text: str, one: str, other: str
) -> None:
    """Marks move no day, their order does not matter, and twice is once."""
    moment = Moment.parse(text)
    marked = moment.marked(one).marked(other)
    assert (marked.earliest, marked.latest) == (moment.earliest, moment.latest)
    assert marked == moment.marked(other).marked(one) == moment.marked(one + other)
    assert marked.marked(one) == marked
    assert marked.is_approximate >= moment.is_approximate
    assert marked.is_uncertain >= moment.is_uncertain


@given(points())
def test_the_days_of_a_point_are_those_of_the_edtf_package(text: str) -> None:
    """An independent reader of EDTF finds the same outer days."""
    moment, oracle = Moment.parse(text), parse_edtf(text)
    assert moment.earliest == date(*oracle.lower_strict()[:3])
    assert moment.latest == date(*oracle.upper_strict()[:3])


@given(moments())
def test_the_days_of_an_interval_are_those_of_the_edtf_package(text: str) -> None:
    """Intervals too; the package knows no unspecified digit beside an open side."""
    assume("X" not in text)
    moment, oracle = Moment.parse(text), parse_edtf(text)
    if moment.earliest is not None:
        assert moment.earliest == date(*oracle.lower_strict()[:3])
    if moment.latest is not None:
        assert moment.latest == date(*oracle.upper_strict()[:3])


@given(DAYS, st.integers(0, 400))
def test_days_come_back_from_the_moment_made_of_them(first: date, more: int) -> None:
    """of_days is the inverse of the outer days."""
    last = first + timedelta(days=more)
    moment = Moment.of_days(first, last)
    assert (moment.earliest, moment.latest) == (first, last)
    assert moment.is_day == (more == 0)


@given(st.integers(1000, 2999), st.integers(1, 12))
def test_a_month_ends_with_its_last_day(year: int, month: int) -> None:
    """Leap years and the months' lengths are those of the calendar."""
    latest = Moment.parse(f"{year}-{month:02d}").latest
    assert latest == date(year, month, monthrange(year, month)[1])


# --- on the wire ------------------------------------------------------------


class Dated(Value):
    """A value that carries a moment."""

    at: Moment | None


@given(st.one_of(st.none(), moments()))
def test_a_moment_goes_through_json_as_its_text(text: str | None) -> None:
    """On the wire a moment is its EDTF text, and comes back equal."""
    told = Dated(at=Moment.parse(text) if text else None)
    assert told.model_dump(mode="json") == {"at": text}
    again = Dated.model_validate_json(told.model_dump_json())
    assert again == told
    if again.at and told.at:
        assert (again.at.earliest, again.at.latest) == (
            told.at.earliest,
            told.at.latest,
        )


@pytest.mark.parametrize("body", ['{"at": "2025-W36"}', '{"at": 2025}', '{"at": []}'])
def test_what_is_no_moment_is_a_validation_error(body: str) -> None:
    """A wrong text or type on the wire is reported as any other wrong field."""
    with pytest.raises(ValidationError, match="EDTF"):
        Dated.model_validate_json(body)


def test_the_json_schema_of_a_moment_is_a_string() -> None:
    """Schemas made from values describe a moment as a text with an example."""
    schema = TypeAdapter(Moment).json_schema()
    assert schema["type"] == "string"
    assert all(Moment.parse(example) for example in schema["examples"])
