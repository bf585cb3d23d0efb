"""The real seed article moves nobody's position, however it is dated.

It has one day or none: what it says in two places it says at one time. A fold that
takes the order of the page for time finds changes that nobody made.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from adapters.dates.dateparser_reader import DateparserReader
from adapters.language.identify import LanguageIdentifier
from adapters.lexicons.seeds import shipped
from api.app import parser
from domain.attribution.dating import Dater
from domain.attribution.extract import Extractor
from domain.attribution.filing import Filer
from domain.decisions.capture import decide_capture
from domain.events.topic import StatementAttributed
from domain.model.article import Article, Capture
from domain.model.ids import UNFILED
from domain.model.moment import Moment
from domain.model.statement import Dating
from domain.positions.labels import BlockValue, Label, Stance, transition
from domain.positions.live import live_statements
from domain.positions.record import TopicRecord
from domain.positions.timeline import Position, Reason, Timeline, fold
from tests.support.facts import dated, recorded
from tests.support.seeds import SEEDS

pytestmark = [pytest.mark.slow, pytest.mark.quality]

INFERRED = "2025-09-03/2025-09-06"
READINGS, POSITIONS = 14, 13
History = dict[str, list[StatementAttributed]]


@cache
def extractor() -> Extractor:
    """Return the extractor that the service uses, over the shipped seeds."""
    return Extractor(
        parsers={"fr": parser("fr")},
        lexicons=SEEDS.lexicons,
        register=SEEDS.register,
        dater=Dater(DateparserReader(SEEDS.date_words), SEEDS.date_words),
        filer=Filer(SEEDS.topics, SEEDS.register),
        language_of=LanguageIdentifier().identify,
    )


@cache
def history(published: str | None) -> History:
    """Return what ingesting the seed article records, by stream of a topic."""
    path = shipped() / "articles" / "peskov-2025.fr.txt"
    article = Article(
        text=path.read_bytes().decode(),
        language="fr",
        published_at=Moment.parse(published) if published else None,
    )
    capture = Capture(media_type="text/plain", encoding="utf-8", byte_length=1)
    streams = decide_capture(article, capture, extractor().extract(article))
    return {
        stream: [event for event in events if isinstance(event, StatementAttributed)]
        for stream, events in streams.items()
        if stream.startswith("topic:")
    }


def on_one_day(published: str | None, dating: Dating) -> History:
    """Return the same history with one date for all statements."""
    return {
        stream: [event.model_copy(update={"dating": dating}) for event in events]
        for stream, events in history(published).items()
    }


def timelines(told: History) -> list[Timeline]:
    """Fold each topic as the service does."""
    return [
        fold(live_statements(TopicRecord(recorded(events, stream=stream))))
        for stream, events in told.items()
    ]


def positions(told: History) -> list[Position]:
    """Return the positions of all topics."""
    return [each for timeline in timelines(told) for each in timeline.positions]


def in_document_order(told: History) -> Counter[Label]:
    """Count the labels of a naive fold: by topic, in the order of the page."""
    labels: Counter[Label] = Counter()
    for events in told.values():
        before: BlockValue | None = None
        for event in sorted(events, key=lambda e: e.attribution.content[0].start):
            for reading in event.assessment.readings:
                ids = sorted(each.id for each in reading.conditions)
                now = Stance(commitment=reading.commitment, conditions=tuple(ids))
                labels[transition(before, now).label] += 1
                before = now
    return labels


def test_the_article_says_fourteen_things_on_three_topics() -> None:
    """Twelve statements give fourteen readings; none is left unfiled."""
    told = history(INFERRED)
    assert len(told) == 3
    assert f"topic:{UNFILED}" not in told
    readings = [
        r for events in told.values() for e in events for r in e.assessment.readings
    ]
    assert len(readings) == READINGS
    assert all(reading.question for reading in readings)


def test_without_a_date_of_publication_nothing_is_placed() -> None:
    """All readings stand beside the line as undated; there is no label at all."""
    found = timelines(history(None))
    assert [each for timeline in found for each in timeline.positions] == []
    asides = [aside for timeline in found for aside in timeline.asides]
    assert len(asides) == READINGS
    assert {aside.reason for aside in asides} == {Reason.UNDATED}


def test_with_the_inferred_interval_all_is_stated_in_one_block() -> None:
    """The days of the fair place every reading in one block a key: thirteen, all first."""
    found = positions(history(INFERRED))
    assert len(found) == POSITIONS
    assert {each.transition.label for each in found} == {Label.STATED}
    assert {f"{each.earliest}/{each.latest}" for each in found} == {INFERRED}
    assert not any(each.chained for each in found)
    assert sorted(len(each.statements) for each in found) == [1] * 12 + [2]


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(lambda: on_one_day(None, dated("2025-09-05")), id="decided"),
        pytest.param(lambda: history("2025-09-05"), id="published"),
    ],
)
def test_on_one_day_all_is_stated(told: object) -> None:
    """Within a day there is no order, so there is nothing to change."""
    found = positions(told())  # type: ignore[operator]
    assert len(found) == POSITIONS
    assert {each.transition.label for each in found} == {Label.STATED}


def test_a_year_in_the_content_dates_no_statement() -> None:
    """The accords of 2022 were spoken of in 2025."""
    for published in (None, INFERRED):
        events = [e for events in history(published).values() for e in events]
        moments = {e.dating.spoken_at for e in events}
        assert not any(moment and "2022" in str(moment) for moment in moments)


def test_the_order_of_the_page_would_tell_changes_that_nobody_made() -> None:
    """Folded by topic in document order, the same readings seem to reverse."""
    naive = in_document_order(history(INFERRED))
    assert naive[Label.REVERSED] == 5
    assert naive[Label.COMMITTED] == 1
    assert naive[Label.CONDITION_DROPPED] == 2
    real = Counter(each.transition.label for each in positions(history(INFERRED)))
    assert set(real) == {Label.STATED}
