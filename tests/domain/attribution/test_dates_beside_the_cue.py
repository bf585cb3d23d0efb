"""Dates that stand not at the cue but beside it: behind it, before it, or understood."""

from __future__ import annotations

import pytest

from adapters.dates.dateparser_reader import DateparserReader
from domain.attribution.dating import Dater
from domain.model.article import Article
from domain.model.moment import Moment
from tests.support.extraction import extractor, unfiled
from tests.support.seeds import SEEDS

pytestmark = pytest.mark.slow

FRIDAY = "2031-02-07"
WORDS = SEEDS.date_words
DATER = Dater(DateparserReader(WORDS), WORDS)


def dates(text: str, language: str = "fr") -> list[str]:
    """Return when the statements of an article published on Friday were spoken."""
    article = Article(text=text, language=language, published_at=Moment.parse(FRIDAY))
    found = extractor(unfiled, DATER).extract(article).found
    return [str(each.dating.spoken_at) for each in found]


def test_a_sentence_that_points_back_dates_what_it_points_at() -> None:
    """Words like "Об этом он заявил" make no statement: their date is the one before's."""
    text = "Марина Соленова назвала пошлину «фарсом». Об этом она заявила 3 февраля."
    assert dates(text, "ru") == ["2031-02-03"]


def test_the_same_evening_is_the_day_spoken_of_last() -> None:
    """A part of a day has no date of its own, but one was named."""
    text = (
        "Mira Solen a déclaré mardi que le port fermerait.\n"
        "« C'est faux », a répondu dans la soirée Tarek Mool."
    )
    assert dates(text) == ["2031-02-04", "2031-02-04"]


def test_the_day_that_opens_a_paragraph_holds_for_who_speaks_first_in_it() -> None:
    """Who speaks after somebody else in it may have spoken on another day."""
    text = (
        "Mardi matin, le port a fermé. « C'est fini », a dit Mira Solen. "
        "« Rien n'est perdu », a nuancé Tarek Mool."
    )
    assert dates(text) == ["2031-02-04", "2031-02-07~"]


def test_a_date_behind_quoted_words_is_the_reporters() -> None:
    """It ends the sentence, not what was said."""
    text = "Mira Solen dismissed the toll as “a farce” on Tuesday."
    assert dates(text, "en") == ["2031-02-04"]
