"""What dateparser says and what our reader makes of it: a table, so that what moves shows.

The file is written only with ``ONRECORD_WRITE_GOLDEN=1``, and then read by a person.
``unguarded`` is dateparser with a language and a base and nothing else, ``guarded``
dateparser under our settings, ``reader`` what we believe of it.
"""

from __future__ import annotations

import json
import os
import warnings
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from dateparser.date import DateDataParser

from adapters.dates.dateparser_reader import DateparserReader, _parser
from tests.support.seeds import SEEDS

FILE = Path(__file__).parent / "dates.json"
FRIDAY = date(2025, 9, 5)
WORDS = {
    "fr": (
        "hier",
        "avant-hier",
        "aujourd'hui",
        "hier soir",
        "ce matin",
        "ce soir",
        "vendredi",
        "vendredi dernier",
        "vendredi prochain",
        "vendredi en huit",
        "mardi",
        "mardi matin",
        "samedi",
        "la veille",
        "l'an dernier",
        "le week-end dernier",
        "minuit",
        "le 25",
        "le 5",
        "le 31",
        "5 septembre",
        "le 1er septembre",
        "6 septembre",
        "29 février",
        "31 février",
        "décembre",
        "septembre 2022",
        "fin août",
        "mi-septembre",
        "été 2025",
        "T3 2025",
        "3e trimestre",
        "2022",
        "en 2022",
        "2022 ans",
        "il y a 3 ans",
        "5 septembre 2025",
        "5 septembre 2025 à 14 h 30",
        "5 septembre 1899",
        "5 septembre 0003",
        "5 septembre 2090",
        "vendredi 5 septembre 2025",
        "vendredi 4 septembre 2025",
        "vendredi 4 septembre",
        "du 3 au 6 septembre",
        "5-6 septembre",
        "du 28 août au 3 septembre",
        "du 6 au 3 septembre",
        "vers le 5 septembre",
        "vers le vendredi 4 septembre 2025",
        "vers le 5",
        "avant le 5",
        "environ 2022",
        "80%",
        "à",
        "son",
        "05/09/2025",
        "05.09.2025",
        "2025-09-05",
        "13/13/2025",
    ),
    "en": (
        "yesterday",
        "last night",
        "Friday",
        "last Friday",
        "the 5th",
        "December",
        "September 2022",
        "05/09/2025",
        "3-6 September 2025",
        "an",
        "on",
        "80%",
    ),
    "ru": (
        "вчера",
        "вчера вечером",
        "в прошлый вторник",
        "в пятницу",
        "накануне",
        "5 сентября",
        "в сентябре 2022 года",
        "в 2022 году",
        "2022 года",
        "3 года назад",
    ),
    "uk": ("вчора", "у вівторок", "5 вересня", "2022 року"),
}
WITHOUT_LANGUAGE = ("à", "a", "an", "on", "son", "mar.", "80%", "05/09/2025")


@cache
def unguarded(language: str | None) -> DateDataParser:
    """Return a parser as one would write it without knowing better."""
    return DateDataParser(
        languages=[language] if language else None,
        settings={"RELATIVE_BASE": datetime(2025, 9, 5, 14)},  # noqa: DTZ001 (wanted so)
    )


def asked(parser: DateDataParser, words: str) -> dict[str, Any] | None:
    """Return what a parser says: the time, the period, the parts it says it read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        answer = parser.get_date_data(words)
    if answer.date_obj is None:
        return None
    return {
        "says": answer.date_obj.isoformat(),
        "period": answer.period,
        "parts": list(answer.parts or ()),
    }


def table() -> list[dict[str, Any]]:
    """Return all rows as they are today."""
    reader = DateparserReader(SEEDS.date_words)
    rows: list[dict[str, Any]] = []
    for language, expressions in WORDS.items():
        for words in expressions:
            read = reader.read(words, language=language, base=FRIDAY)
            told = (
                {
                    "spoken_at": str(read.moment),
                    "basis": read.basis,
                    "flags": [*read.flags],
                }
                if read
                else None
            )
            rows.append(
                {
                    "language": language,
                    "words": words,
                    "unguarded": asked(unguarded(language), words),
                    "guarded": asked(_parser(language), words),
                    "reader": told,
                }
            )
    for words in WITHOUT_LANGUAGE:
        row = {"language": None, "words": words}
        rows.append(row | {"unguarded": asked(unguarded(None), words)})
    return rows


@pytest.mark.golden
@pytest.mark.slow
def test_the_table_of_date_words_is_the_reviewed_one() -> None:
    """An upgrade of dateparser, or a change of our rules, shows which rows moved."""
    found = table()
    if os.environ.get("ONRECORD_WRITE_GOLDEN"):
        lines = [json.dumps(row, ensure_ascii=False) for row in found]
        FILE.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    reviewed = json.loads(FILE.read_text(encoding="utf-8"))
    names = [(row["language"], row["words"]) for row in found]
    assert [(row["language"], row["words"]) for row in reviewed] == names
    moved = [(old, new) for old, new in zip(reviewed, found, strict=True) if old != new]
    assert moved == []
