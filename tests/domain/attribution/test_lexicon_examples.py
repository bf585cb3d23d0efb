"""Every entry of a lexicon works in an example: verbs apart, which have a test of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from adapters.dates.dateparser_reader import DateparserReader
from domain.attribution.conditions import conditions
from domain.attribution.lexicon_entries import ConditionMarker, Modal
from domain.model.commitment import Act
from domain.model.extraction import Found
from domain.model.span import Span
from tests.support.extraction import extract
from tests.support.seeds import SEEDS

FRENCH = SEEDS.lexicons["fr"]
DATES = SEEDS.date_words["fr"]
READER = DateparserReader(SEEDS.date_words)
FRIDAY = date(2031, 2, 7)


def only(text: str) -> Found:
    """Return the one statement of a text."""
    (found,) = extract(text).found
    return found


# --- no model is needed ---------------------------------------------------------------


@pytest.mark.parametrize("entry", FRENCH.conditions, ids=lambda entry: entry.words)
def test_every_condition_opens_a_condition_in_its_example(
    entry: ConditionMarker,
) -> None:
    """It reads to the end of its clause: from its marker, or from what that governs."""
    opening = "le port ne rouvrira pas" if entry.weak else "le port rouvrira"
    text = f"{opening} {entry.example}, dit-elle"
    (found,) = conditions(text, [Span(0, len(text))], FRENCH)
    governed = entry.example.removeprefix(entry.words)
    assert found.words == (governed if entry.governs else entry.example)
    assert entry.example.startswith(entry.words)


WEAK = [entry for entry in FRENCH.conditions if entry.weak]


@pytest.mark.parametrize("entry", WEAK, ids=lambda entry: entry.words)
def test_a_weak_marker_opens_no_condition_of_what_is_affirmed(
    entry: ConditionMarker,
) -> None:
    """A plain sentence with "sans aide" tells a circumstance; only a negation or a necessity depends on it."""
    text = f"personne n'est venu. Le port a rouvert {entry.example}, dit-elle"
    assert conditions(text, [Span(0, len(text))], FRENCH) == ()


@pytest.mark.parametrize("entry", FRENCH.conditions, ids=lambda entry: entry.words)
def test_no_condition_is_found_inside_a_word(entry: ConditionMarker) -> None:
    """The letters of a marker at the end of another word open nothing."""
    text = f"le x{entry.example}"
    found = conditions(text, [Span(0, len(text))], FRENCH)
    assert not any(each.words.startswith(entry.words) for each in found)


def expressions() -> Iterator[str]:
    """Yield an expression with every word of the date lexicon."""
    yield from DATES.relative
    for forms in DATES.months:
        for month in forms:
            yield from (f"3 {month}", f"3 {month} 2030", f"{month} 2030")
            yield from (f"{hedge} 3 {month}" for hedge in DATES.hedges)
    for forms in DATES.weekdays:
        for weekday in forms:
            yield weekday
            yield from (f"{weekday} {last}" for last in DATES.last)
            yield from (f"{weekday} {part}" for part in DATES.parts_of_day)
    for join in DATES.range_joins:
        yield from (f"{opens} 3 {join} 5 mars" for opens in DATES.range_opens)
    if DATES.ordinal:
        yield f"1{DATES.ordinal} mars"


def test_every_word_for_a_date_is_found_whole_and_read() -> None:
    """The pattern finds the expression in a sentence, and the reader dates it."""
    for words in expressions():
        found = DATES.pattern.search(
            f"Elle a déclaré {words}, au port, que rien ne change."
        )
        assert found is not None, words
        assert found.group() == words
        assert READER.read(words, language="fr", base=FRIDAY) is not None, words


@pytest.mark.parametrize("words", DATES.day_before)
def test_words_for_the_day_before_are_found_and_left_to_the_dater(words: str) -> None:
    """They count from a day that was named, which the reader does not know."""
    found = DATES.pattern.search(f"Elle l'avait déclaré {words}.")
    assert found is not None
    assert found.group() == words
    assert READER.read(words, language="fr", base=FRIDAY) is None


@pytest.mark.parametrize("turn", DATES.next)
def test_words_that_turn_a_weekday_to_the_future_date_nothing(turn: str) -> None:
    """Nothing was said next Tuesday."""
    assert READER.read(f"mardi {turn}", language="fr", base=FRIDAY) is None


def test_every_event_is_named_and_lasts_days() -> None:
    """An anchor has words, a source, and an interval short enough to place a statement."""
    for anchor in DATES.anchors:
        assert all(anchor.words)
        assert anchor.source
        assert anchor.held.earliest
        assert anchor.held.latest
        assert (anchor.held.latest - anchor.held.earliest).days <= 7


# --- with the model --------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "example"),
    [
        (words, entry.example)
        for entry in FRENCH.prepositions
        if entry.pronoun is None
        for words in entry.words
    ],
)
def test_every_preposition_names_the_source_in_its_example(
    words: str, example: str
) -> None:
    """The example of an entry works with each of its prepositions."""
    first = next(
        w for e in FRENCH.prepositions if e.example == example for w in e.words
    )
    assert example.lower().startswith(first)
    found = only(words.capitalize() + example[len(first) :])
    assert found.identification.speaker == "Mira Solen"
    assert found.attribution.words == "le port est ouvert"
    assert "according" in found.attribution.rule


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "pronoun"),
    [(w, e.pronoun) for e in FRENCH.prepositions if e.pronoun for w in e.words],
)
def test_a_preposition_with_a_pronoun_goes_back_to_who_spoke(
    words: str, pronoun: str
) -> None:
    """Its pronoun is the source, and whoever spoke last the speaker."""
    text = f"Mira Solen est arrivée, a dit Mira Solen. {words.capitalize()}, le port est ouvert."
    *_, found = extract(text).found
    assert found.attribution.source is not None
    assert found.attribution.source.words == pronoun
    assert found.identification.speaker == "Mira Solen"


@pytest.mark.slow
@pytest.mark.parametrize("entry", FRENCH.modals, ids=lambda entry: entry.lemma)
def test_every_modal_sets_the_level_in_its_example(entry: Modal) -> None:
    """Its example is as firm as the entry says, by this very modal."""
    (filed,) = only(entry.example).filed
    levels = {entry.commitment, entry.conditional} - {None}
    assert filed.assessment.rule == f"modal {entry.lemma}"
    assert filed.assessment.commitment in levels
    assert entry.act in (None, filed.assessment.act)


@pytest.mark.slow
@pytest.mark.parametrize("phrase", FRENCH.hedges.non_commitment)
def test_every_phrase_that_commits_to_nothing_does_so(phrase: str) -> None:
    """Where it stands in what was said, the level is 0 and the act to decline."""
    (filed,) = only(f"Mira Solen a déclaré : « Le port, {phrase} le pont. »").filed
    assert filed.assessment.commitment == 0
    assert filed.assessment.act is Act.DECLINE


@pytest.mark.slow
@pytest.mark.parametrize("lemma", FRENCH.hedges.affirming_negations)
def test_every_negated_denial_affirms_a_possibility(lemma: str) -> None:
    """Not to exclude something is to call it possible."""
    verb = next(verb for verb in FRENCH.verbs if verb.lemma == lemma)
    found = only(f"Mira Solen n'a pas {verb.participle} que le port rouvre.")
    (filed,) = found.filed
    assert filed.assessment.commitment == 1
    assert filed.assessment.rule == f"not {lemma}"
