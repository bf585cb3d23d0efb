"""When statements were spoken: from words at the cue, and never too exactly."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.dates.dateparser_reader import DateparserReader
from domain.attribution.date_words import EventAnchor
from domain.attribution.dating import Dater
from domain.attribution.draft import Draft
from domain.model.article import Article
from domain.model.moment import Moment
from domain.model.statement import DateBasis, Dating
from tests.support.drafts import Told
from tests.support.seeds import SEEDS

SHIPPED = SEEDS.date_words
FAIR = EventAnchor(
    words=("Foire de Velm",),
    held=Moment.parse("2031-02-03/2031-02-06"),
    source="almanac",
)
WORDS = {"fr": SHIPPED["fr"].model_copy(update={"anchors": (FAIR,)})}
DATER = Dater(DateparserReader(WORDS), WORDS)
PORT = Told("Vesna Orlin a déclaré mardi que le port rouvrira en 2033.")


def dates(
    told: Told, drafts: Sequence[Draft], published: str | None = "2031-02-07"
) -> list[Dating]:
    """Return the dates of statements in an article published then."""
    article = Article(
        text=told.text,
        language="fr",
        published_at=Moment.parse(published) if published else None,
    )
    return list(DATER(drafts, article))


def spoken(
    told: Told, drafts: Sequence[Draft], published: str | None = "2031-02-07"
) -> list[str | None]:
    """Return when statements were spoken, as texts."""
    found = dates(told, drafts, published)
    return [str(each.spoken_at) if each.spoken_at else None for each in found]


def at_cue(words: str, published: str | None = "2031-02-07") -> Dating:
    """Return the date of one statement with these words at its cue."""
    told = Told(f"Vesna Orlin a déclaré {words} que le port rouvre.")
    draft = told.draft("le port rouvre", reporting=[f"a déclaré {words} que"])
    return dates(told, [draft], published)[0]


# --- without a date of publication ---------------------------------------------------


@pytest.mark.parametrize(
    "words", ["hier", "mardi", "mardi dernier", "ce matin", "le 3 février", "la veille"]
)
def test_without_publication_what_is_relative_is_not_resolved(words: str) -> None:
    """Nothing is known but that it was said before it was recorded."""
    dating = at_cue(words, None)
    assert dating.spoken_at is None
    assert dating.basis is DateBasis.BOUND_ONLY


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("le 3 février 2031", "2031-02-03"),
        ("du 3 au 5 mai 2030", "2030-05-03/2030-05-05"),
    ],
)
def test_without_publication_a_whole_date_stands(words: str, moment: str) -> None:
    """A date with its year needs no other."""
    dating = at_cue(words, None)
    assert str(dating.spoken_at) == moment
    assert dating.basis is DateBasis.EXPLICIT
    assert dating.base is None


# --- by default ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "moment"),
    [
        ("2031-02-07", "2031-02-07~"),
        ("2031-02-07~", "2031-02-07~"),
        ("2031-02-07?", "2031-02-07%"),
        ("2031-02-03/2031-02-06", "2031-02-03/2031-02-06"),
        ("2031-02", "2031-02"),
        ("../2031-02-07", "../2031-02-07"),
    ],
)
def test_without_words_the_date_of_publication_is_taken_as_approximate(
    published: str, moment: str
) -> None:
    """A day becomes approximate, anything wider is wide enough; the basis tells."""
    draft = PORT.draft("le port rouvrira en 2033", reporting=["a déclaré"])
    dating = dates(PORT, [draft], published)[0]
    assert str(dating.spoken_at) == moment
    assert dating.basis is DateBasis.PUBLISHED_DEFAULT
    assert dating.raw is None


def test_a_year_inside_the_content_is_never_when_it_was_spoken() -> None:
    """What is spoken about has its own time; only words at the cue date it."""
    plain = PORT.draft("le port rouvrira en 2033", reporting=["Vesna Orlin a déclaré"])
    dated = PORT.draft("le port rouvrira en 2033", reporting=["a déclaré mardi que"])
    assert spoken(PORT, [plain]) == ["2031-02-07~"]
    assert spoken(PORT, [plain], None) == [None]
    assert spoken(PORT, [dated]) == ["2031-02-04"]


def test_a_whole_date_inside_the_content_is_not_taken_either() -> None:
    """Even an exact day in what was said dates nothing."""
    told = Told("Vesna Orlin a déclaré que le port a fermé le 3 mars 2029.")
    draft = told.draft("le port a fermé le 3 mars 2029", reporting=["a déclaré que"])
    assert spoken(told, [draft], None) == [None]


# --- words at the cue --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "moment", "basis"),
    [
        ("hier soir", "2031-02-06", "relative"),
        ("vendredi", "2031-02-07", "weekday"),
        ("mardi", "2031-02-04", "weekday"),
        ("le 3 février", "2031-02-03", "explicit"),
        ("mardi 4 février", "2031-02-04", "explicit"),
        ("lundi 4 février", "2031-02-04?", "explicit"),
        ("vers le 4 février", "2031-02-04~", "explicit"),
        ("du 3 au 5 février", "2031-02-03/2031-02-05", "explicit"),
        ("du 30 janvier au 2 février", "2031-01-30/2031-02-02", "explicit"),
        ("en janvier 2031", "2031-01", "explicit"),
    ],
)
def test_words_at_the_cue_date_a_statement(words: str, moment: str, basis: str) -> None:
    """They are kept with what they count from and what read them."""
    dating = at_cue(words)
    assert str(dating.spoken_at) == moment
    assert dating.basis == basis
    assert dating.raw
    assert dating.raw in words
    assert dating.base == Moment.parse("2031-02-07")
    assert dating.reader


def test_the_first_words_at_the_cue_that_date_count() -> None:
    """Words that name no day are passed over."""
    told = Told("Mardi 31, a déclaré lundi Vesna Orlin, le port rouvre.")
    draft = told.draft("le port rouvre", reporting=["Mardi 31, a déclaré lundi"])
    assert spoken(told, [draft]) == ["2031-02-03"]


def test_an_interval_of_publication_shifts_as_a_whole() -> None:
    """Yesterday of some day of a fair is the day before some day of the fair."""
    assert (
        str(at_cue("hier", "2031-02-03/2031-02-06").spoken_at)
        == "2031-02-02/2031-02-05"
    )
    weekday = at_cue("mardi", "2031-02-03/2031-02-06").spoken_at
    assert str(weekday) == "2031-01-28/2031-02-04"
    assert (
        str(at_cue("le 2 février", "2031-02-03/2031-02-06").spoken_at) == "2031-02-02"
    )


@pytest.mark.parametrize(
    "published",
    ["2031-02", "2031", "2031-02-01/2031-02-09", "../2031-02-07", "2031-02-07/.."],
)
def test_what_is_wider_than_a_week_is_no_base(published: str) -> None:
    """Relative words count from no month, year or open side."""
    assert at_cue("hier", published).basis is DateBasis.PUBLISHED_DEFAULT


@pytest.mark.parametrize(
    ("published", "moment"),
    [
        ("2031-02-07~", "2031-02-06~"),
        ("2031-02-07?", "2031-02-06?"),
        ("2031-02-03/2031-02-06~", "2031-02-02/2031-02-05~"),
    ],
)
def test_what_counts_from_a_doubtful_day_is_doubtful(
    published: str, moment: str
) -> None:
    """The marks of the base go over to what is counted from it, not to a whole date."""
    assert str(at_cue("hier", published).spoken_at) == moment
    assert str(at_cue("le 3 février 2031", published).spoken_at) == "2031-02-03"


@pytest.mark.parametrize(
    "words", ["le 3 mars 2031", "le 8 février 2031", "en mars 2031"]
)
def test_a_date_after_publication_is_an_upper_bound(words: str) -> None:
    """Somebody is mistaken: all that is left is that it was said by then."""
    dating = at_cue(words)
    assert str(dating.spoken_at) == "../2031-02-07"
    assert dating.rule.startswith("date-after-publication")
    assert dating.confidence < 0.5


def test_flags_of_the_reader_are_kept_and_lower_the_confidence() -> None:
    """A contradiction stays visible in the rule."""
    dating = at_cue("lundi 4 février")
    assert dating.rule == "date-by-words-at-cue weekday_mismatch"
    assert dating.confidence == 0.5


# --- from one statement to the next ---------------------------------------------------------

TWO = Told(
    "Vesna Orlin a déclaré mardi que le port rouvre. Elle a ajouté que le péage reste.\n"
    "Elle a dit que rien ne change. La veille, elle avait promis un pont."
)


def first(**changed: object) -> Draft:
    """Return the dated first statement."""
    return TWO.draft("le port rouvre", reporting=["a déclaré mardi"], **changed)  # type: ignore[arg-type]


def test_the_date_of_a_speaker_holds_on() -> None:
    """What the same speaker says next was said then; another speaker has no such date."""
    same, below = TWO.draft("le péage reste"), TWO.draft("rien ne change")
    other = TWO.draft("le péage reste", speaker="Tarek Mool")
    assert spoken(TWO, [first(), same, below]) == ["2031-02-04"] * 3
    assert spoken(TWO, [first(), other, below]) == [
        "2031-02-04",
        "2031-02-07~",
        "2031-02-04",
    ]


def test_another_occasion_is_another_day() -> None:
    """A date does not hold on from one occasion to another."""
    above = first(occasion="Vesna Orlin")
    below = TWO.draft("rien ne change", occasion="Elle a dit")
    assert spoken(TWO, [above, below])[1] == "2031-02-07~"


def test_an_occasion_that_is_named_later_is_the_same_day() -> None:
    """Where the first statement names none, the date holds on."""
    above, below = first(), TWO.draft("rien ne change", occasion="Elle a dit")
    dated, carried = spoken(TWO, [above, below])
    assert carried == dated


def test_a_day_that_is_named_in_between_ends_the_one_before() -> None:
    """What holds on is the last day that the text names, or none."""
    cue = "Elle a dit mardi que"
    told = Told(f"{cue} A. Mercredi, le port a rouvert. Elle dit que B.")
    above = told.draft("A", reporting=[cue], sentence=f"{cue} A.")
    below = told.draft("B", sentence="Elle dit que B.")
    assert spoken(told, [above, below])[1] == "2031-02-07~"


def test_a_date_that_is_carried_says_so_and_is_less_sure() -> None:
    """Each step away from the words costs confidence."""
    given_date, carried = dates(TWO, [first(), TWO.draft("le péage reste")])
    assert carried.rule == "date-carried"
    assert carried.raw == given_date.raw
    assert carried.confidence < given_date.confidence


def test_a_date_by_default_is_not_carried() -> None:
    """Only a date that was named holds on; else the default is taken anew."""
    found = dates(TWO, [TWO.draft("le port rouvre"), TWO.draft("le péage reste")])
    assert [each.rule for each in found] == ["date-by-publication"] * 2


def test_two_speakers_without_a_name_are_not_the_same() -> None:
    """Who nobody names may be anybody; a sentence that goes on has one speaker."""
    one = first(speaker=None, source="Vesna Orlin")
    named = TWO.draft("le péage reste", speaker=None, source="Elle a ajouté")
    elided = TWO.draft("le péage reste", speaker=None)
    assert spoken(TWO, [one, named])[1] == "2031-02-07~"
    assert spoken(TWO, [one, elided])[1] == "2031-02-04"


def test_the_day_before_counts_from_the_day_named_last() -> None:
    """It is the day before an exact day that words named, with the doubts of that day."""
    eve = TWO.draft("un pont", reporting=["La veille, elle avait"])
    middle = TWO.draft("rien ne change")
    found = dates(TWO, [first(), middle, eve])[2]
    assert str(found.spoken_at) == "2031-02-03"
    assert (found.raw, found.basis) == ("La veille", DateBasis.RELATIVE)
    doubtful = spoken(TWO, [first(), eve], "2031-02-07?")
    assert doubtful == ["2031-02-04?", "2031-02-03?"]


def test_the_day_before_no_named_day_is_no_day() -> None:
    """A date by default names no day, an interval not one day."""
    eve = TWO.draft(
        "un pont", reporting=["La veille, elle avait"], speaker="Tarek Mool"
    )
    plain = TWO.draft("le port rouvre")
    assert spoken(TWO, [plain, eve])[1] == "2031-02-07~"
    fair = "2031-02-03/2031-02-06"
    assert spoken(TWO, [first(), eve], fair) == ["2031-01-28/2031-02-04", fair]


# --- events -----------------------------------------------------------------------------------

AT_FAIR = Told("Vesna Orlin a déclaré lors de la Foire de Velm que le port rouvre.")


@pytest.mark.parametrize(
    ("published", "moment", "basis"),
    [
        ("2031-02-07", "2031-02-03/2031-02-06", DateBasis.EVENT_ANCHOR),
        ("2031-02-04", "2031-02-03/2031-02-06", DateBasis.EVENT_ANCHOR),
        ("2031", "2031-02-03/2031-02-06", DateBasis.EVENT_ANCHOR),
        ("2031-02-02", "2031-02-02~", DateBasis.PUBLISHED_DEFAULT),
        ("2032-02-07", "2032-02-07~", DateBasis.PUBLISHED_DEFAULT),
        ("2031/2032", "2031/2032", DateBasis.PUBLISHED_DEFAULT),
        ("2031-02-07/..", "2031-02-07/..", DateBasis.PUBLISHED_DEFAULT),
        (None, None, DateBasis.BOUND_ONLY),
    ],
)
def test_an_event_dates_only_where_publication_fixes_its_year(
    published: str | None, moment: str | None, basis: DateBasis
) -> None:
    """A fair is held every year: which one is meant must be certain."""
    draft = AT_FAIR.draft("le port rouvre", occasion="lors de la Foire de Velm")
    dating = dates(AT_FAIR, [draft], published)[0]
    assert (str(dating.spoken_at) if dating.spoken_at else None, dating.basis) == (
        moment,
        basis,
    )


def test_words_at_the_cue_win_over_the_event() -> None:
    """A named day is closer than the days of the event."""
    told = Told(
        "Vesna Orlin a déclaré mardi lors de la Foire de Velm que le port rouvre."
    )
    draft = told.draft(
        "le port rouvre",
        reporting=["a déclaré mardi lors"],
        occasion="lors de la Foire de Velm",
    )
    assert spoken(told, [draft]) == ["2031-02-04"]


# --- laws ----------------------------------------------------------------------------------------

PUBLISHED = st.sampled_from(
    [
        None,
        "2031-02-07",
        "2031-02-07?",
        "2031-02-03/2031-02-06",
        "2031-02",
        "2031-02-07/..",
        "../2031",
    ]
)
EXPRESSIONS = st.sampled_from(
    [
        "",
        "hier",
        "mardi",
        "mardi dernier",
        "le 3 mars 2031",
        "le 3 mars 2029",
        "vers le 9 mai",
        "la veille",
        "du 28 février au 3 mars",
        "29 février",
        "lundi 4 février",
        "décembre 2030",
    ]
)


@given(EXPRESSIONS, PUBLISHED)
def test_nothing_is_spoken_after_it_was_published(
    words: str, published: str | None
) -> None:
    """The earliest day of speaking is not after the latest of publication."""
    dating = at_cue(words, published)
    moment, latest = (
        dating.spoken_at,
        Moment.parse(published).latest if published else None,
    )
    if moment is not None and moment.earliest is not None and latest is not None:
        assert moment.earliest <= latest
    assert (dating.basis is DateBasis.BOUND_ONLY) == (moment is None)


@given(st.text(max_size=80))
def test_any_words_at_the_cue_give_a_date_or_the_default(words: str) -> None:
    """No text at a cue stops an article from being dated."""
    told = Told(f"§{words}§ le port rouvre")
    draft = told.draft("le port rouvre")
    draft = draft.model_copy(update={"reporting": (told.span(f"§{words}§"),)})
    assert dates(told, [draft])[0].spoken_at


def test_a_language_without_date_words_takes_the_default() -> None:
    """Without words for dates nothing is read, and nothing breaks."""
    article = Article(
        text=PORT.text, language="uk", published_at=Moment.parse("2031-02-07")
    )
    draft = PORT.draft("le port rouvrira en 2033", reporting=["a déclaré mardi que"])
    assert str(DATER([draft], article)[0].spoken_at) == "2031-02-07~"
