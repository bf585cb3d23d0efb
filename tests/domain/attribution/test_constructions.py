"""How languages report speech: each construction, with invented people and countries."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.support.extraction import extract

pytestmark = pytest.mark.slow


def told(text: str, language: str = "fr") -> list[tuple[str | None, str | None, str]]:
    """Return speaker, cue and words of each statement."""
    return [
        (
            each.identification.speaker,
            each.attribution.cue.words if each.attribution.cue else None,
            each.attribution.words,
        )
        for each in extract(text, language).found
    ]


TABLES = Path(__file__).parent / "constructions"
CONSTRUCTIONS = {
    f"{table.stem}: {each['name']}": (table.stem, each)
    for table in sorted(TABLES.glob("*.yaml"))
    for each in yaml.safe_load(table.read_text("utf-8"))
}


@pytest.mark.parametrize("name", CONSTRUCTIONS)
def test_a_construction_gives_speaker_cue_and_exact_words(name: str) -> None:
    """Each construction of the tables yields its statements, with exactly their words."""
    language, construction = CONSTRUCTIONS[name]
    expected = [tuple(each) for each in construction["told"]]
    assert told(construction["text"], language) == expected


def test_the_pronoun_of_an_inversion_is_the_last_speaker() -> None:
    """A pronoun goes back to the last speaker, not to the nearest name."""
    text = (
        "Tarek Mool a déclaré que le ministre Jan Korvel avait quitté Valdor.\n"
        "« Le port restera fermé », a-t-il ajouté."
    )
    assert told(text)[1] == ("Tarek Mool", "a-t-il ajouté", "Le port restera fermé")


def test_a_surname_that_two_people_share_names_nobody() -> None:
    """Two bearers of one surname leave the surname unresolved."""
    text = (
        "Mira Solen et Tarek Solen sont arrivés à Valdor.\n"
        "Solen a déclaré que le port restera fermé."
    )
    assert [speaker for speaker, _, _ in told(text)] == [None]


def test_scare_quotes_are_no_statement() -> None:
    """Quoted words that nobody is said to utter are not attributed."""
    assert told("Le « grand pont » de Valdor traverse le fleuve.") == []


def test_a_speech_act_inside_a_report_is_no_second_statement() -> None:
    """One cue, one statement: what the content reports stays content."""
    text = "Mira Solen a déclaré que Tarek Mool avait annoncé la fermeture du port."
    assert len(told(text)) == 1


def test_a_tail_in_another_script_is_marked_and_says_nothing() -> None:
    """Lines in another script are boilerplate and yield no statement."""
    text = "Mira Solen a déclaré que le port restera fermé.\nميرا سولين: الميناء مغلق تماما"
    extraction = extract(text)
    assert len(extraction.found) == 1
    assert [mark.reason for mark in extraction.boilerplate] == ["other_script"]


def test_a_dateline_is_no_part_of_what_is_said() -> None:
    """What is reported begins behind the place, date and agency of a dispatch."""
    text = "VALDOR, 3 mars (ANV) – Le port restera fermé, a déclaré Mira Solen."
    assert told(text) == [("Mira Solen", "a déclaré", "Le port restera fermé")]


def test_a_cue_that_reports_nothing_is_passed_over_with_a_reason() -> None:
    """What looked like a statement and is none is listed with its reason."""
    skipped = extract("Mira Solen a parlé, puis elle a déclaré.").skipped
    assert "nothing_reported" in [each.reason for each in skipped]


def test_a_quotation_that_nobody_is_said_to_utter_is_passed_over_with_a_reason() -> (
    None
):
    """As long as a sentence it is listed, each once; shorter it is scare quotes."""
    text = (
        "« Le pont est une honte. »\n"
        "Le « grand pont » est fermé.\n"
        "« Le port restera fermé », a déclaré Mira Solen."
    )
    (skipped,) = extract(text).skipped
    assert skipped.reason == "unattributed"
    assert text[skipped.start : skipped.end].strip() == "Le pont est une honte."
