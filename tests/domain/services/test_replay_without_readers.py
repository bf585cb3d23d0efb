"""What a date reader once said is in the events: replay asks nobody again."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from adapters.dates.dateparser_reader import DateparserReader, _parser
from adapters.eventlog.memory import MemoryEventLog
from adapters.views.sqlite import SQLiteViewStore
from domain.attribution.dating import Dater
from domain.decisions.capture import decide_capture
from domain.model.article import Article, Capture
from domain.model.extraction import Extraction, Filed, Found
from domain.model.ids import statement_id
from domain.model.moment import Moment
from domain.model.statement import Filing
from domain.services.projecting import Projector
from domain.services.replay import Replay
from tests.support.drafts import Told
from tests.support.facts import HOLDER, TOPIC, assessed, reading
from tests.support.seeds import SEEDS
from tests.support.stores import SteppingClock, batch

STORY = Told(
    "Vesna Orlin a déclaré le 3 février que le port rouvre.\n"
    "Tarek Mool a dit hier que le péage reste.\n"
    "Ilse Brant a dit vers le 4 février que le pont tient."
)
CUES = {
    "le port rouvre": "a déclaré le 3 février",
    "le péage reste": "a dit hier",
    "le pont tient": "a dit vers le 4 février",
}


def recorded() -> MemoryEventLog:
    """Return a log with an article whose statements dateparser dated."""
    words = SEEDS.date_words
    article = Article(
        text=STORY.text, language="fr", published_at=Moment.parse("2031-02-07")
    )
    drafts = [
        STORY.draft(content, reporting=[cue], speaker=content)
        for content, cue in CUES.items()
    ]
    dates = Dater(DateparserReader(words), words)(drafts, article)
    assert [str(each.spoken_at) for each in dates] == [
        "2031-02-03",
        "2031-02-06",
        "2031-02-04~",
    ]
    filed = Filed(
        topic=TOPIC,
        filing=Filing(rule="test"),
        assessment=assessed([reading(holder=HOLDER)]),
    )
    found = tuple(
        Found(
            id=statement_id(
                article.id, [each.span for each in draft.attribution.content]
            ),
            attribution=draft.attribution,
            identification=draft.identification,
            dating=dating,
            filed=(filed,),
        )
        for draft, dating in zip(drafts, dates, strict=True)
    )
    capture = Capture(media_type="text/plain", encoding="utf-8", byte_length=1)
    extraction = Extraction(extractor="test", found=found, boilerplate=(), skipped=())
    log = MemoryEventLog(SteppingClock())
    log.append(batch(log, dict(decide_capture(article, capture, extraction))))
    return log


def test_a_replay_needs_no_date_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With dateparser and our reader gone, folding gives the same rows and digest."""
    log = recorded()
    with SQLiteViewStore(tmp_path / "before.db") as views:
        Projector(log, views).catch_up()
        before = Replay(log, views).all()
    _parser.cache_clear()
    for name in [*sys.modules]:
        if name.partition(".")[0] == "dateparser" or name.startswith("adapters.dates"):
            monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ImportError):
        __import__("dateparser")
    with SQLiteViewStore(tmp_path / "after.db") as views:
        Projector(log, views).catch_up()
        after = Replay(log, views).all()
    assert before.equal
    assert after.equal
    assert after == before
    assert after.rows > len(CUES)
