"""Ingest as a state machine against a dictionary: what is on record, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from adapters.articles.memory import MemoryArticleStore
from adapters.eventlog.memory import MemoryEventLog
from adapters.views.sqlite import SQLiteViewStore
from domain.model.article import Article, Capture
from domain.model.extraction import Extraction, Filed, Found
from domain.model.ids import article_id, statement_id
from domain.model.span import Excerpt, Span
from domain.model.statement import Attribution, Filing, Kind
from domain.projections.articles import ArticleRow
from domain.projections.rows import Table
from domain.services.ingest import Ingest, Outcome
from domain.services.projecting import Projector
from domain.services.replay import Replay
from domain.services.seeding import Seeding
from tests.support.facts import TOPIC, assessed, dated, reading, spoken_by
from tests.support.stores import SteppingClock

CAPTURE = Capture(media_type="text/plain", encoding="utf-8", byte_length=1)
TEXTS = st.lists(st.sampled_from(["oui", "non", "Élan", "мир"]), min_size=1, max_size=4)
URLS = st.sampled_from([None, "https://vigie.example/a", "https://vigie.example/b"])


class WordExtractor:
    """Finds a statement in every word of a text."""

    def extract(self, article: Article) -> Extraction:
        """Return one statement a word."""
        return Extraction(
            extractor="words 1",
            found=tuple(self._found(article, span) for span in spans(article.text)),
            boilerplate=(),
            skipped=(),
        )

    def _found(self, article: Article, span: Span) -> Found:
        attribution = Attribution(
            language="fr",
            kind=Kind.DIRECT,
            content=(Excerpt.cut(article.text, span),),
            cue=None,
            source=None,
            rule="test",
            confidence=1,
        )
        filed = Filed(
            topic=TOPIC, filing=Filing(rule="test"), assessment=assessed([reading(1)])
        )
        return Found(
            id=statement_id(article.id, [span]),
            attribution=attribution,
            identification=spoken_by("vesna-orlin"),
            dating=dated("2031-02-01"),
            filed=(filed,),
        )


def spans(text: str) -> Sequence[Span]:
    """Return the places of the words of a text."""
    found, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        found.append(Span(start, at))
    return found


class IngestMachine(RuleBasedStateMachine):
    """Ingests, ingests again, dry-runs and rebuilds, in any order."""

    @initialize()
    def start(self) -> None:
        """Open empty stores."""
        self.log = MemoryEventLog(SteppingClock())
        self.folder = TemporaryDirectory()
        self.views = SQLiteViewStore(Path(self.folder.name) / "views.db")
        self.texts = MemoryArticleStore()
        self.projector = Projector(self.log, self.views, page=3)
        Seeding(self.log, self.views, self.projector).ensure((), ())
        self.ingest = Ingest(
            log=self.log,
            texts=self.texts,
            views=self.views,
            projector=self.projector,
            extractor=WordExtractor(),
        )
        self.model: dict[str, str | None] = {}
        self.revised: set[tuple[str, str]] = set()

    def teardown(self) -> None:
        """Close the stores."""
        if hasattr(self, "views"):
            self.views.close()
            self.folder.cleanup()

    @rule(words=TEXTS, url=URLS)
    def ingest_article(self, words: list[str], url: str | None) -> None:
        """A new text is recorded whole; a known one changes nothing."""
        text = " ".join(words)
        before = self.log.head()
        done = self.ingest(Article(text=text, language="fr", url=url), CAPTURE)
        if text in self.model:
            assert (done.outcome, done.events) == (Outcome.UNCHANGED, 0)
            assert self.log.head() == before
            return
        same_url = [t for t, u in self.model.items() if url is not None and u == url]
        assert done.outcome is (Outcome.REVISED if same_url else Outcome.NEW)
        assert done.events == 1 + len(words) + bool(same_url)
        assert self.log.head() == before + done.events == done.seq
        if same_url:
            self.revised.add((same_url[-1], text))
        self.model[text] = url

    @rule(words=TEXTS)
    def dry_run(self, words: list[str]) -> None:
        """A dry run tells what would happen and stores nothing."""
        text = " ".join(words)
        before = self.log.head()
        done = self.ingest(Article(text=text, language="fr"), CAPTURE, dry_run=True)
        assert bool(done.events) == (text not in self.model)
        assert self.log.head() == before
        assert (self.texts.get(article_id(text)) is not None) == (text in self.model)

    @rule()
    def rebuild(self) -> None:
        """Dropping the read models loses nothing."""
        self.projector.rebuild()

    @invariant()
    def what_is_served_is_the_model(self) -> None:
        """Articles, statements and revisions on record are those of the model."""
        if not hasattr(self, "views"):
            return
        with self.views.snapshot() as served:
            rows = [
                ArticleRow.model_validate_json(b) for b in served.rows(Table.ARTICLE)
            ]
            statements = {key[1] for key in served.keys(Table.STATEMENT, TOPIC)}
        assert {row.captured.article for row in rows} == set(
            map(article_id, self.model)
        )
        expected = {
            statement_id(article_id(text), [span])
            for text in self.model
            for span in spans(text)
        }
        assert statements == expected
        told = {(row.captured.article, each) for row in rows for each in row.revisions}
        assert told == {(article_id(a), article_id(b)) for a, b in self.revised}

    @invariant()
    def a_replay_is_equal(self) -> None:
        """Folding the log from nothing gives what is served."""
        if hasattr(self, "views"):
            assert Replay(self.log, self.views).all().equal


IngestMachine.TestCase.settings = settings(stateful_step_count=12, deadline=None)
test_ingest_against_a_dictionary = IngestMachine.TestCase
