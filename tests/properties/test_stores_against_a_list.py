"""All stores of one kind beside one another, against a list: they tell the same.

The logs in memory, on SQLite and on PostgreSQL are given the same batches, right and
wrong, and compared byte by byte with one another and with a list of what was accepted;
the read models on both databases with one another.
"""

from __future__ import annotations

from contextlib import ExitStack
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from adapters.articles.memory import MemoryArticleStore
from adapters.articles.postgresql import PostgresArticleStore
from adapters.articles.store import SQLArticleStore
from adapters.eventlog.memory import MemoryEventLog
from adapters.eventlog.postgresql import PostgresEventLog
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.postgresql import Address
from adapters.views.postgresql import PostgresViewStore
from adapters.views.sqlite import SQLiteViewStore
from domain.errors import ConflictError
from domain.events.base import Event
from domain.events.codec import decode
from domain.model.ids import TopicId, article_id, topic_stream
from domain.ports import Answer, Append, Batch, GroupLog, ViewStore
from domain.services.projecting import Projector
from domain.services.replay import Replay
from tests.support.facts import EPOCH, TESTER, TOPIC, attributed, opened, posed, reading
from tests.support.postgresql import Server
from tests.support.stores import Erasing, SteppingClock

STREAMS = (topic_stream(TOPIC), topic_stream(TopicId("élan-мир")), "agent:nobody")
NEW = None
FACTS = st.sampled_from([NEW] * 6 + [*range(5)])
OFF = st.sampled_from([0] * 8 + [-1, 1])
"""How far off the expected version is."""
Appends = list[tuple[str, int, list[int | None]]]
APPENDS: st.SearchStrategy[Appends] = st.lists(
    st.tuples(st.sampled_from(STREAMS), OFF, st.lists(FACTS, min_size=1, max_size=3)),
    min_size=1,
    max_size=2,
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def event_of(number: int) -> Event:
    """Return one of a few events, so that facts come again."""
    match number:
        case 0:
            return opened()
        case 1:
            return posed()
        case _:
            day = f"2031-02-{number % 28 + 1:02d}"
            return attributed(number, day, reading(number % 7 - 3))


class StoresMachine(RuleBasedStateMachine):
    """Appends, reads, folds, rebuilds and reopens, in any order."""

    server: ClassVar[Server]

    @initialize()
    def start(self) -> None:
        """Open empty stores."""
        self.server.empty("record")
        self.outer = ExitStack()
        self.folder = Path(self.outer.enter_context(TemporaryDirectory()))
        self.clocks = [SteppingClock() for _ in range(3)]
        self.memory = MemoryEventLog(self.clocks[0])
        self.memory_texts = MemoryArticleStore()
        self.model: list[tuple[str, Event]] = []
        self.sent: list[Batch] = []
        self.numbers = count(100)
        self.stack = ExitStack()
        self.open()
        for stream in STREAMS:
            self.offer([self.batch([(stream, 0, [0, 1, 2, 3, NEW, NEW])])])

    def open(self) -> None:
        """Open what lies in files and in the database."""
        enter, address = self.stack.enter_context, Address(self.server.url("record"))
        self.logs: list[GroupLog] = [
            self.memory,
            enter(SQLiteEventLog(self.folder / "log.db", self.clocks[1])),
            enter(PostgresEventLog(address, self.clocks[2])),
        ]
        self.texts: list[Erasing] = [
            self.memory_texts,
            enter(SQLArticleStore(self.folder / "texts.db")),
            enter(PostgresArticleStore(address)),
        ]
        self.views: list[ViewStore] = [
            enter(SQLiteViewStore(self.folder / "views.db")),
            enter(PostgresViewStore(address)),
        ]
        self.projectors = [
            Projector(log, views, page=3)
            for log, views in zip(self.logs[1:], self.views, strict=True)
        ]

    def teardown(self) -> None:
        """Close the stores."""
        if hasattr(self, "stack"):
            self.stack.close()
            self.outer.close()

    def batch(self, appends: Appends) -> Batch:
        """Return a batch that expects where the streams stand, more or less."""
        made: list[Append] = []
        for stream, off, numbers in appends:
            stands = sum(name == stream for name, _ in self.model)
            stands += sum(len(a.events) for a in made if a.stream == stream)
            events = tuple(
                event_of(next(self.numbers) if number is NEW else number)
                for number in numbers
            )
            made.append(Append(stream, max(stands + off, 0), events))
        return Batch(tuple(made), actor=TESTER)

    @rule(batches=st.lists(APPENDS, max_size=3))
    def append(self, batches: list[Appends]) -> None:
        """All logs answer the same, and hold what they accepted."""
        self.offer([self.batch(appends) for appends in batches])

    @rule(number=st.integers(0, 20))
    def append_again(self, number: int) -> None:
        """What was offered once is offered again; the answer is the same for all."""
        if self.sent:
            self.offer([self.sent[number % len(self.sent)]])

    def offer(self, batches: list[Batch]) -> None:
        """Offer batches to all logs; take into the model what was accepted as new."""
        answers = [list(map(told, log.append_all(batches))) for log in self.logs]
        assert answers[0] == answers[1] == answers[2]
        for batch, answer in zip(batches, answers[0], strict=True):
            events = [(a.stream, e) for a in batch.appends for e in a.events]
            if isinstance(answer, int) and answer > len(self.model) and events:
                self.model += events
                assert answer == len(self.model)
        self.sent += batches

    @rule(text=TEXTS, erased=st.booleans())
    def put_a_text(self, text: str, *, erased: bool) -> None:
        """Texts are given back as they were; an erased one is gone."""
        for store in self.texts:
            identifier = store.put(text)
            assert identifier == article_id(text)
            assert store.get(identifier) == text
            if erased:
                store.erase(identifier)
                assert store.get(identifier) is None

    @rule(anew=st.booleans())
    def fold(self, *, anew: bool) -> None:
        """The read models on both databases have the same digest, and that of a replay."""
        for projector in self.projectors:
            projector.rebuild() if anew else projector.catch_up()
        replays = [
            Replay(log, views).all()
            for log, views in zip(self.logs[1:], self.views, strict=True)
        ]
        assert replays[0] == replays[1]
        assert replays[0].equal, replays[0].difference

    @rule()
    def reopen(self) -> None:
        """What was stored is there after closing and opening."""
        self.stack.close()
        self.open()

    @invariant()
    def all_logs_are_the_list(self) -> None:
        """Whole, by stream, by name, in pages and by time: the same bytes everywhere."""
        if not hasattr(self, "model"):
            return
        first = list(self.memory.read())
        assert [(s.stream, decode(s).event) for s in first] == self.model
        for log in self.logs:
            assert list(log.read()) == first
            assert log.head() == len(first)
            assert list(log.read(after=1, until=4, limit=2)) == first[1:3]
            named = [s for s in first if s.name == "statement-attributed.v1"]
            assert list(log.read(names=["statement-attributed.v1", "x"])) == named
            for stream in STREAMS:
                own = [s for s in first if s.stream == stream]
                assert list(log.read_stream(stream)) == own
                assert log.version(stream) == len(own)
            if first:
                at = decode(first[len(first) // 2]).recorded_at
                assert log.seq_at(at) == self.memory.seq_at(at)
            assert log.seq_at(EPOCH) == 0


def told(answer: Answer) -> object:
    """Return an answer as it can be compared."""
    if isinstance(answer, ConflictError):
        return (answer.stream, answer.expected, answer.found)
    return answer


@pytest.fixture(scope="module", autouse=True)
def _over(server: Server) -> None:
    StoresMachine.server = server


StoresMachine.TestCase.settings = settings(
    max_examples=max(8, settings().max_examples // 6),
    stateful_step_count=10,
    deadline=None,
)
test_all_stores_tell_the_same = pytest.mark.slow(StoresMachine.TestCase)
"""Nothing that can be asked of a store depends on where it lies."""
