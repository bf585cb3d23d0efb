"""Ingest as a state machine against a dictionary: what is on record, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from adapters.articles.memory import MemoryArticleStore
from adapters.articles.store import SQLArticleStore
from adapters.eventlog.memory import MemoryEventLog
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.views.sqlite import SQLiteViewStore
from domain.errors import ConflictError, StoreUnavailableError
from domain.events.base import Stored
from domain.model.article import Article, Capture
from domain.model.ids import StatementId, article_id, topic_stream
from domain.ports import ArticleStore, Batch, EventLog, ViewSnapshot
from domain.positions.timeline import Aside, Position
from domain.projections.articles import ArticleRow
from domain.projections.rows import Table
from domain.services.ingest import ATTEMPTS, Ingest, Outcome
from domain.services.projecting import Projector
from domain.services.replay import Replay
from domain.services.seeding import Seeding
from tests.support.facts import OTHER_QUESTION, QUESTION, TOPIC, attributed, reading
from tests.support.facts import statement_of as rival_of
from tests.support.stores import SteppingClock, append
from tests.support.words import (
    MEANINGS,
    SECOND,
    TWICE,
    WordExtractor,
    statements_of,
)

CAPTURE = Capture(media_type="text/plain", encoding="utf-8", byte_length=1)
TEXTS = st.lists(st.sampled_from([*MEANINGS]), min_size=1, max_size=4).map(" ".join)
URLS = st.sampled_from([None, "https://vigie.example/a", "https://vigie.example/b"])
RIVALS_SPOKE = "2031-02-09"


class DisturbedLog:
    """A log to which rivals append first, or whose disk is full, so many times."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self.rivals, self.failures, self.unreadable = 0, 0, 0
        self.blinding = 0
        self.rival_statements = 0

    def append(self, batch: Batch) -> int:
        """Append, after a rival did; or fail."""
        if self.failures:
            self.failures -= 1
            message = "the disk is full"
            raise StoreUnavailableError(message)
        if self.rivals:
            self.rivals -= 1
            self.rival_statements += 1
            event = attributed(self.rival_statements, RIVALS_SPOKE, reading(1))
            append(self._log, topic_stream(TOPIC), event)
        appended = self._log.append(batch)
        self.unreadable, self.blinding = self.unreadable + self.blinding, 0
        return appended

    def read(
        self,
        *,
        after: int = 0,
        until: int | None = None,
        limit: int = 500,
        names: Collection[str] = (),
        outside: str = "",
    ) -> Sequence[Stored]:
        """Read, or fail: only folding reads the whole log."""
        if self.unreadable:
            self.unreadable -= 1
            message = "the store is busy"
            raise StoreUnavailableError(message)
        return self._log.read(
            after=after, until=until, limit=limit, names=names, outside=outside
        )

    def streams(self, beginning: str) -> Sequence[str]:
        """Read undisturbed."""
        return self._log.streams(beginning)

    def at(self, seqs: Collection[int]) -> Sequence[Stored]:
        """Read undisturbed."""
        return self._log.at(seqs)

    def read_stream(
        self, stream: str, *, after: int = 0, limit: int = 500
    ) -> Sequence[Stored]:
        """Read undisturbed."""
        return self._log.read_stream(stream, after=after, limit=limit)

    def listen(self, told: Callable[[int], object]) -> AbstractContextManager[None]:
        """Listen undisturbed."""
        return self._log.listen(told)

    def check(self) -> None:
        """Take in undisturbed."""
        self._log.check()

    def version(self, stream: str, *, until: int | None = None) -> int:
        """Read undisturbed."""
        return self._log.version(stream, until=until)

    def head(self) -> int:
        """Read undisturbed."""
        return self._log.head()

    def seq_at(self, moment: datetime) -> int:
        """Read undisturbed."""
        return self._log.seq_at(moment)


class IngestMachine(RuleBasedStateMachine):
    """Ingests, fails, ingests again, dry-runs and rebuilds, in any order."""

    stack: ExitStack

    @initialize()
    def start(self) -> None:
        """Open empty stores."""
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(TemporaryDirectory()))
        log, self.texts = self.open_log_and_texts(folder)
        self.log = DisturbedLog(log)
        self.views = self.stack.enter_context(SQLiteViewStore(folder / "views.db"))
        self.projector = Projector(self.log, self.views, page=3)
        Seeding(self.log, self.views, self.projector).ensure((), ())
        self.ingest = Ingest(
            log=self.log,
            texts=self.texts,
            views=self.views,
            follower=self.projector,
            extractor=WordExtractor(),
        )
        self.model: dict[str, str | None] = {}
        self.revised: set[tuple[str, str]] = set()

    def open_log_and_texts(self, folder: Path) -> tuple[EventLog, ArticleStore]:
        """Open a log and texts in memory."""
        return MemoryEventLog(SteppingClock()), MemoryArticleStore()

    def teardown(self) -> None:
        """Close the stores."""
        if hasattr(self, "stack"):
            self.stack.close()

    @rule(text=TEXTS, url=URLS, rivals=st.sampled_from([0, 0, 1, ATTEMPTS - 1]))
    def ingest_article(self, text: str, url: str | None, rivals: int) -> None:
        """A new text is recorded whole, whoever else appends; a known one not again."""
        before, others = self.log.head(), self.log.rival_statements
        self.log.rivals = rivals
        done = self.ingest(Article(text=text, language="fr", url=url), CAPTURE)
        others = self.log.rival_statements - others
        assert self.log.head() == before + done.events + others
        assert set(done.statements) == statements_of(text)
        if text in self.model:
            assert (done.outcome, done.events, others) == (Outcome.UNCHANGED, 0, 0)
            self.log.rivals = 0
            return
        same_url = [t for t, u in self.model.items() if url is not None and u == url]
        filed = sum(2 if word in TWICE else 1 for word in text.split())
        assert done.outcome is (Outcome.REVISED if same_url else Outcome.NEW)
        assert done.events == 1 + filed + bool(same_url)
        assert self.log.head() == done.seq
        assert others == rivals
        if same_url:
            self.revised.add((same_url[-1], text))
        self.model[text] = url

    @rule(text=TEXTS, url=URLS, again=st.booleans())
    def ingest_while_folding_fails(
        self, text: str, url: str | None, *, again: bool
    ) -> None:
        """What cannot be folded in yet is on record all the same, and is no new text."""
        if text in self.model:
            return
        self.log.blinding = 1
        done = self.ingest(Article(text=text, language="fr", url=url), CAPTURE)
        assert self.log.unreadable == 0
        same_url = [t for t, u in self.model.items() if url is not None and u == url]
        assert done.outcome is (Outcome.REVISED if same_url else Outcome.NEW)
        assert done.seq == self.log.head()
        if same_url:
            self.revised.add((same_url[-1], text))
        self.model[text] = url
        if again:
            repeated = self.ingest(Article(text=text, language="fr"), CAPTURE)
            assert repeated.outcome is Outcome.UNCHANGED
            assert set(repeated.statements) == statements_of(text)
        else:
            self.projector.catch_up()

    @rule(text=TEXTS, url=URLS, full=st.booleans())
    def fail_to_ingest(self, text: str, url: str | None, *, full: bool) -> None:
        """A failure is told, and nothing of a new article is on record."""
        if text in self.model:
            return
        before, others = self.log.head(), self.log.rival_statements
        self.log.failures, self.log.rivals = (1, 0) if full else (0, ATTEMPTS)
        with pytest.raises(StoreUnavailableError if full else ConflictError):
            self.ingest(Article(text=text, language="fr", url=url), CAPTURE)
        assert (self.log.failures, self.log.rivals) == (0, 0)
        assert self.log.head() == before + self.log.rival_statements - others
        assert self.log.version(f"article:{article_id(text)}") == 0
        self.projector.catch_up()  # over what the rivals appended

    @rule(text=TEXTS)
    def dry_run(self, text: str) -> None:
        """A dry run tells what would happen and stores nothing."""
        before, had = self.log.head(), self.texts.get(article_id(text))
        done = self.ingest(Article(text=text, language="fr"), CAPTURE, dry_run=True)
        assert bool(done.events) == (text not in self.model)
        assert self.log.head() == before
        assert self.texts.get(article_id(text)) == had

    @rule()
    def rebuild(self) -> None:
        """Dropping the read models loses nothing."""
        self.projector.rebuild()

    @invariant()
    def what_is_served_is_the_model(self) -> None:
        """Articles, texts, statements and revisions on record are those of the model."""
        if not hasattr(self, "views"):
            return
        with self.views.snapshot() as served:
            rows = [
                ArticleRow.model_validate_json(b) for b in served.rows(Table.ARTICLE)
            ]
            first = {key[1] for key in served.keys(Table.STATEMENT, TOPIC)}
            second = {key[1] for key in served.keys(Table.STATEMENT, SECOND)}
        assert {row.captured.article for row in rows} == set(
            map(article_id, self.model)
        )
        assert all(self.texts.get(article_id(text)) == text for text in self.model)
        assert first == self.spoken(*MEANINGS) | self.rivals()
        assert second == self.spoken(*TWICE)
        told = {(row.captured.article, each) for row in rows for each in row.revisions}
        assert told == {(article_id(a), article_id(b)) for a, b in self.revised}

    @invariant()
    def positions_rest_on_the_words_of_their_days(self) -> None:
        """Each day's words are one position on each of their questions, in time."""
        if not hasattr(self, "views"):
            return
        with self.views.snapshot() as served:
            line = _positions(served)
            asides = [Aside.read(b) for b in served.rows(Table.ASIDE, TOPIC)]
        expected = [
            (QUESTION, "2031-02-01", 3, self.spoken("oui")),
            (QUESTION, "2031-02-03", None, self.spoken("Élan")),
            (QUESTION, "2031-02-06", -3, self.spoken("non")),
            (QUESTION, RIVALS_SPOKE, 1, self.rivals()),
            (OTHER_QUESTION, "2031-02-06", 1, self.spoken("non")),
        ]
        assert line == [each for each in expected if each[-1]]
        assert len(asides) == len(self.spoken("мир"))
        assert {each.statement for each in asides} == self.spoken("мир")

    @invariant()
    def a_replay_is_equal(self) -> None:
        """Folding the log from nothing gives what is served."""
        if hasattr(self, "views"):
            assert Replay(self.log, self.views).all().equal

    def spoken(self, *words: str) -> set[StatementId]:
        """Return the statements of the model that consist of one of these words."""
        return {each for text in self.model for each in statements_of(text, *words)}

    def rivals(self) -> set[StatementId]:
        """Return the statements that rivals recorded."""
        return {rival_of(n) for n in range(1, self.log.rival_statements + 1)}


class FileMachine(IngestMachine):
    """The same over files: the log, the texts and the read models on SQLite."""

    def open_log_and_texts(self, folder: Path) -> tuple[EventLog, ArticleStore]:
        """Open a log and texts in files."""
        log = SQLiteEventLog(folder / "log.db", SteppingClock())
        texts = SQLArticleStore(folder / "texts.db")
        return self.stack.enter_context(log), self.stack.enter_context(texts)


def _positions(
    served: ViewSnapshot,
) -> list[tuple[str, str, int | None, set[StatementId]]]:
    """Return question, day, commitment and evidence of the positions in the rows."""
    placed = [Position.read(b) for b in served.rows(Table.POSITION, TOPIC)]
    return [
        (
            each.question,
            each.earliest.isoformat(),
            getattr(each.value, "commitment", None),
            set(each.statements),
        )
        for each in placed
    ]


IngestMachine.TestCase.settings = settings(stateful_step_count=12, deadline=None)
FileMachine.TestCase.settings = settings(
    max_examples=max(6, settings().max_examples // 4),
    stateful_step_count=12,
    deadline=None,
)
test_ingest_against_a_dictionary = pytest.mark.slow(IngestMachine.TestCase)
test_ingest_into_files_against_a_dictionary = pytest.mark.slow(FileMachine.TestCase)


def test_what_is_not_folded_in_yet_is_revised_all_the_same() -> None:
    """A second text of an address revises the first, though the read models lag."""
    machine = IngestMachine()
    machine.start()
    machine.log.blinding = 1
    url = "https://valdor.example/port"
    machine.ingest(Article(text="oui", language="fr", url=url), CAPTURE)
    second = machine.ingest(Article(text="non", language="fr", url=url), CAPTURE)
    machine.teardown()
    assert second.outcome is Outcome.REVISED
