"""The date reader believes only what was read, and dates nothing it cannot."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from dateparser.date import DateDataParser
from hypothesis import assume, example, given
from hypothesis import strategies as st

from adapters.dates.dateparser_reader import LONGEST, DateparserReader
from domain.attribution.date_reading import DateReading
from domain.model.moment import Moment
from tests.support.seeds import SEEDS

WORDS = SEEDS.date_words
READER = DateparserReader({"fr": WORDS["fr"]})
FRIDAY = date(2025, 9, 5)
MONTHS = [forms[0] for forms in WORDS["fr"].months]
WEEKDAYS = [forms[0] for forms in WORDS["fr"].weekdays]


def read(words: str, base: date | None = FRIDAY) -> str | None:
    """Return the moment that French words name."""
    found = READER.read(words, language="fr", base=base)
    return str(found.moment) if found else None


def reading(words: str, base: date | None = FRIDAY) -> DateReading:
    """Return what was read from French words that name a moment."""
    found = READER.read(words, language="fr", base=base)
    assert found is not None
    return found


# --- traps ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", "в 2022 году"), ("ru", "2022 года"), ("fr", "2022 ans")],
)
def test_the_year_three_trap_is_there_and_we_are_not_in_it(
    language: str, words: str
) -> None:
    """Plain dateparser takes a year for so many years ago; the reader names nothing."""
    base = datetime(2025, 9, 5, 14)  # noqa: DTZ001 (dateparser wants it so)
    bare = DateDataParser(languages=[language], settings={"RELATIVE_BASE": base})
    assert bare.get_date_data(words).date_obj.year == 3
    reader = DateparserReader(WORDS | {language: WORDS["fr"]})
    assert reader.read(words, language=language, base=FRIDAY) is None


@pytest.mark.parametrize(
    "words",
    [
        "80%",
        "2022",
        "en 2022",
        "environ 2022",
        "à",
        "an",
        "son",
        "T3 2025",
        "minuit",
        "14 h 30",
    ],
)
def test_what_names_no_day_or_month_is_not_guessed(words: str) -> None:
    """Neither a number, nor a year, nor a word of another language is a date."""
    assert read(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "5 septembre 0003",
        "5 septembre 1899",
        "5 septembre 2090",
        "septembre 0022",
        "du 3 au 6 septembre 0003",
        "du 3 au 6 septembre 9999",
    ],
)
def test_years_that_no_news_speak_of_are_refused(words: str) -> None:
    """A year outside 1900 to fifty years from now is made up, in ranges too."""
    assert read(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "31 février",
        "30 février 2024",
        "29 février 2025",
        "13/13/2025",
        "du 30 au 31 juin",
        "32 mai",
    ],
)
def test_a_day_that_the_calendar_lacks_is_none(words: str) -> None:
    """No nearest day is taken for it."""
    assert read(words) is None


@pytest.mark.parametrize("language", ["en", "ru", "", "xx", "fr-CA"])
def test_a_language_without_words_reads_nothing(language: str) -> None:
    """A language is read with its own words or not at all."""
    assert READER.read("5 septembre 2025", language=language, base=FRIDAY) is None


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("05/09/2025", None),
        ("05.09.2025", None),
        ("05/05/2025", "2025-05-05"),
        ("13/09/2025", "2025-09-13"),
        ("09/13/2025", "2025-09-13"),
        ("2025-09-05", "2025-09-05"),
    ],
)
def test_figures_that_the_english_read_two_ways_are_none(
    words: str, moment: str | None
) -> None:
    """Day first or month first is not guessed where both are written."""
    reader = DateparserReader({"en": WORDS["fr"]})
    found = reader.read(words, language="en", base=FRIDAY)
    assert (str(found.moment) if found else None) == moment


# --- relative words -------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("hier", -1),
        ("Hier", -1),
        ("hier soir", -1),
        ("avant-hier", -2),
        ("aujourd'hui", 0),
        ("aujourd’hui", 0),
        ("ce matin", 0),
        ("ce soir", 0),
    ],
)
@pytest.mark.parametrize(
    "base", [FRIDAY, date(2025, 9, 1), date(2024, 3, 1), date(2026, 1, 1)]
)
def test_relative_words_count_from_the_base(words: str, days: int, base: date) -> None:
    """Over the ends of months and years, and without an hour that was not said."""
    found = reading(words, base)
    assert found.moment == Moment.parse(str(base + timedelta(days=days)))
    assert found.basis == "relative"


@pytest.mark.parametrize(
    "words",
    ["hier", "mardi", "mardi dernier", "5 septembre", "décembre", "du 3 au 6 mai"],
)
def test_without_a_base_what_needs_one_is_none(words: str) -> None:
    """Nobody knows which day yesterday was, nor which year."""
    assert read(words, None) is None


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("5 septembre 2025", "2025-09-05"),
        ("septembre 2022", "2022-09"),
        ("05/09/2025", "2025-09-05"),
        ("2025-09-05", "2025-09-05"),
        ("du 3 au 6 mai 2025", "2025-05-03/2025-05-06"),
    ],
)
def test_without_a_base_a_whole_date_is_read(words: str, moment: str) -> None:
    """A date with its year needs no base."""
    assert read(words, None) == moment


# --- weekdays ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "base", "moment"),
    [
        ("vendredi", FRIDAY, "2025-09-05"),
        ("vendredi dernier", FRIDAY, "2025-08-29"),
        ("samedi", FRIDAY, "2025-08-30"),
        ("mardi", FRIDAY, "2025-09-02"),
        ("mardi matin", FRIDAY, "2025-09-02"),
        ("MARDI", FRIDAY, "2025-09-02"),
        ("jeudi", date(2025, 9, 2), "2025-08-28"),
        ("mercredi", date(2026, 1, 1), "2025-12-31"),
        ("vendredi", date(2024, 3, 1), "2024-03-01"),
        ("jeudi", date(2024, 3, 1), "2024-02-29"),
    ],
)
def test_a_weekday_is_the_latest_one_that_day_included(
    words: str, base: date, moment: str
) -> None:
    """News say the weekday that was, over the ends of months and years."""
    assert read(words, base) == moment
    assert reading(words, base).basis == "weekday"


@given(st.sampled_from(range(7)), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_a_weekday_lies_within_the_week_before(weekday: int, base: date) -> None:
    """It is that weekday, at most six days back; "last" is at least one day back."""
    plain = reading(WEEKDAYS[weekday], base).moment.earliest
    turned = reading(f"{WEEKDAYS[weekday]} dernier", base).moment.earliest
    assert plain
    assert turned
    assert plain.weekday() == turned.weekday() == weekday
    assert 0 <= (base - plain).days <= 6
    assert 1 <= (base - turned).days <= 7


@pytest.mark.parametrize(
    "words", ["mardi prochain", "mardi en huit", "mardi 2", "mardi 14 h 30"]
)
def test_a_weekday_with_words_that_are_not_understood_is_none(words: str) -> None:
    """What follows the weekday may turn it; unread, it is not ignored."""
    assert read(words) is None


# --- dates without a year -------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "base", "moment"),
    [
        ("5 septembre", FRIDAY, "2025-09-05"),
        ("6 septembre", FRIDAY, "2024-09-06"),
        ("le 1er septembre", FRIDAY, "2025-09-01"),
        ("31 décembre", date(2026, 1, 2), "2025-12-31"),
        ("29 février", FRIDAY, "2024-02-29"),
        ("29 février", date(2024, 2, 29), "2024-02-29"),
        ("29 février", date(2024, 2, 28), "2020-02-29"),
        ("29 février", date(1903, 1, 1), None),
        ("décembre", FRIDAY, "2024-12"),
        ("décembre", date(2025, 12, 1), "2025-12"),
        ("septembre", FRIDAY, "2025-09"),
        ("mars", date(2025, 3, 1), "2025-03"),
    ],
)
def test_a_date_without_a_year_lies_in_the_past(
    words: str, base: date, moment: str | None
) -> None:
    """Reported speech is past: the latest such day or month that had begun."""
    assert read(words, base) == moment


@given(
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    st.dates(date(1996, 1, 1), date(1996, 12, 31)),
)
def test_no_date_without_a_year_lies_after_its_base(base: date, on: date) -> None:
    """It is that day and month, not after the base, and within the last eight years."""
    words = f"{on.day} {MONTHS[on.month - 1]}"
    found = reading(words, base).moment.earliest
    assert found
    assert (found.month, found.day) == (on.month, on.day)
    assert found <= base
    assert base.year - found.year <= (8 if (on.month, on.day) == (2, 29) else 1)


@given(st.dates(date(1900, 1, 1), date(2075, 12, 31)))
def test_a_whole_date_is_that_day_however_it_is_written(on: date) -> None:
    """In words, with figures and in ISO order, whatever the base."""
    month = MONTHS[on.month - 1]
    ordinal = "1er" if on.day == 1 else str(on.day)
    forms = [
        f"{ordinal} {month} {on.year}",
        f"{on:%d/%m/%Y}",
        f"{on:%d.%m.%Y}",
        f"{on}",
    ]
    forms.append(f"{WEEKDAYS[on.weekday()]} {on.day} {month} {on.year}")
    assert {read(words) for words in forms} == {str(on)}


@pytest.mark.parametrize("words", ["le 25", "le 5", "le 31", "vers le 5", "avant le 5"])
def test_a_day_without_a_month_is_none(words: str) -> None:
    """Which month is meant is not guessed."""
    assert read(words) is None


# --- ranges, hedges, contradictions ----------------------------------------------


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("du 3 au 6 septembre", "2025-09-03/2025-09-06"),
        ("du 1er au 3 septembre", "2025-09-01/2025-09-03"),
        ("entre le 3 et le 6 septembre", "2025-09-03/2025-09-06"),
        ("5-6 septembre", "2025-09-05/2025-09-06"),
        ("5–6 septembre 2024", "2024-09-05/2024-09-06"),
        ("du 5 au 5 septembre", "2025-09-05"),
        ("du 10 au 12 octobre", "2024-10-10/2024-10-12"),
        ("du mercredi 3 au samedi 6 septembre", "2025-09-03/2025-09-06"),
        ("du 28 août au 3 septembre", "2025-08-28/2025-09-03"),
        ("du 3 mai au 6 octobre", "2025-05-03/2025-10-06"),
        ("du 28 décembre au 3 janvier", "2024-12-28/2025-01-03"),
        ("du 28 décembre au 3 janvier 2025", "2024-12-28/2025-01-03"),
        ("du 28 décembre 2023 au 3 janvier", "2023-12-28/2024-01-03"),
        ("du 6 au 3 septembre", None),
        ("3 mai 6 octobre", None),
    ],
)
def test_a_range_keeps_both_its_ends(words: str, moment: str | None) -> None:
    """A stretch of days is an interval, over months and years; one day is a day."""
    assert read(words) == moment


def test_a_hedge_makes_a_date_approximate() -> None:
    """What is said to be about right is not made exact."""
    found = reading("vers le 5 septembre 2025")
    assert (str(found.moment), found.flags) == ("2025-09-05~", ("hedged",))


@pytest.mark.parametrize("words", ["vendredi 4 septembre 2025", "vendredi 4 septembre"])
def test_a_weekday_that_contradicts_its_date_makes_it_uncertain(words: str) -> None:
    """One of the two is wrong: the date stands, with ``?`` and a flag."""
    found = reading(words)
    assert (str(found.moment), found.flags) == ("2025-09-04?", ("weekday_mismatch",))


def test_a_weekday_that_agrees_adds_nothing() -> None:
    """A date with its right weekday is that date."""
    found = reading("jeudi 4 septembre 2025")
    assert (str(found.moment), found.flags) == ("2025-09-04", ())


def test_a_hedged_contradiction_is_uncertain_and_approximate() -> None:
    """Doubts add up to ``%``; neither swallows the date."""
    found = reading("vers le vendredi 4 septembre 2025")
    assert str(found.moment) == "2025-09-04%"
    assert set(found.flags) == {"hedged", "weekday_mismatch"}


# --- what it depends on -----------------------------------------------------------


@pytest.fixture(params=["UTC", "Asia/Vladivostok", "America/Los_Angeles"])
def zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """Run in a time zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_days_are_those_of_the_base_in_any_zone(zone: str) -> None:
    """The base is a day as the article counts it: no zone or clock shifts it."""
    table = ("hier", "aujourd'hui", "vendredi", "5 septembre", "2025-09-05")
    days = ("2025-09-04", "2025-09-05", "2025-09-05", "2025-09-05", "2025-09-05")
    assert tuple(read(words) for words in table) == days


def test_earlier_readings_do_not_sway_later_ones() -> None:
    """The answer depends on the words and the base alone."""
    words = ["05/09/2025", "5 septembre", "mai 2025", "mardi", "2025-09-05"]
    first = [read(each) for each in words]
    for each in ("31/12/1999", "December 5", "хорошо", "vers le 3 mai 2001"):
        read(each, date(1999, 1, 1))
    assert [read(each) for each in reversed(words)] == first[::-1]


def test_a_reading_names_its_reader_and_version() -> None:
    """What read a date is stored with it."""
    assert reading("5 septembre 2025").reader.startswith("dateparser 1.")


def test_only_a_short_expression_is_read() -> None:
    """At most forty code points are read, spaces evened out."""
    longest = "aux alentours du vers le 5 novembre 2025"
    assert len(longest) == LONGEST
    assert read(longest) == "2025-11-05~"
    assert read(longest.replace("novembre", "septembre")) is None
    assert read("5" + " " * 99 + "mai 2025") == "2025-05-05"


PIECES = st.sampled_from(
    [
        "vers le",
        "du",
        "au",
        "-",
        "/",
        ".",
        "er",
        "%",
        "5",
        "31",
        "0",
        "2025",
        "0003",
        "99999",
        "mai",
        "mars",
        "février",
        "mardi",
        "dernier",
        "hier",
        "soir",
        "la veille",
        "ans",
        "h",
        "T3",
        "à",
        "\u00a0",
        "٣",
        "²",
        "İ",
        "\x00",
        "🙂",
        "e\u0301",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=LONGEST),
    st.lists(PIECES, max_size=9).map(" ".join),
    st.lists(PIECES, max_size=12).map("".join),
)


@pytest.mark.slow
@given(TEXTS, st.one_of(st.none(), st.dates()))
@example("mai 10000000000000000000000000000", FRIDAY)
@example("29 février", date.min)
@example("avant-hier", date.min)
@example("5 septembre", date.max)
def test_any_text_names_a_moment_or_none(words: str, base: date | None) -> None:
    """Never another exception, never long, never outside the bounds."""
    assume(len(words) <= LONGEST)
    started = time.perf_counter()
    found = READER.read(words, language="fr", base=base)
    assert time.perf_counter() - started < 2
    if found is None:
        return
    moment = found.moment
    assert Moment.parse(str(moment)) == moment
    assert moment.earliest
    assert moment.latest
    if found.basis == "explicit":
        assert moment.earliest.year >= 1900
        assert moment.earliest.year <= (base or moment.earliest).year + 50


@given(TEXTS)
def test_what_is_found_in_a_text_can_be_read_or_is_none(words: str) -> None:
    """The pattern that finds expressions ends, and hands on only what fits."""
    for found in WORDS["fr"].pattern.finditer(words):
        assert found.group().strip()
        READER.read(found.group(), language="fr", base=FRIDAY)
