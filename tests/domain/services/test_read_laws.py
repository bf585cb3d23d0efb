"""The laws of reading, through a log, a projector and stored read models.

Every generated history is appended one event at a time, among events of another topic,
and folded in after each: what was then read is the yardstick for what is read later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.eventlog.memory import MemoryEventLog
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.views.sqlite import SQLiteViewStore
from domain.errors import InvalidInputError, NotFoundError
from domain.events.agent import AgentRegistered
from domain.events.base import Event, Recorded
from domain.model.agent import AgentKind
from domain.model.ids import AgentId, TopicId, agent_stream, topic_stream
from domain.ports import EventLog
from domain.positions.labels import Label
from domain.positions.live import LiveStatement
from domain.positions.timeline import Position
from domain.projections.rows import Place, Rows, Table, lines
from domain.projections.topics import TopicCounts
from domain.services.folding import refold
from domain.services.projecting import Projector
from domain.services.timelines import TimelineQuery, Timelines
from tests.properties import history_by_hand
from tests.support.facts import (
    HOLDER,
    OTHER_QUESTION,
    QUESTION,
    TOPIC,
    attributed,
)
from tests.support.histories import DOUBLED, START, histories, timeline
from tests.support.rows import rows_of
from tests.support.stores import SteppingClock, append

STREAM = topic_stream(TOPIC)
ELSEWHERE = TopicId("elsewhere")
OF_TOPIC = (Table.TOPIC, Table.STATEMENT, Table.POSITION, Table.ASIDE)
LATE = AgentId("harbour-office")
"""A holder of generated readings who is registered in the midst of a history."""
History = list[Recorded[Event]]
Opens = Callable[[Path], AbstractContextManager[EventLog]]
DAYS = st.integers(0, 14).map(lambda day: START + timedelta(days=day))


@contextmanager
def in_memory(folder: Path) -> Iterator[EventLog]:
    """Open a log in memory."""
    yield MemoryEventLog(SteppingClock())


@contextmanager
def on_sqlite(folder: Path) -> Iterator[EventLog]:
    """Open a log on SQLite."""
    with SQLiteEventLog(folder / "log.db", SteppingClock()) as log:
        yield log


@dataclass
class Service:
    """A log, its read models, and what is asked of them."""

    log: EventLog
    views: SQLiteViewStore
    projector: Projector
    timelines: Timelines

    def record(self, stream: str, event: Event) -> int:
        """Append an event and fold it in; return where the log stands."""
        append(self.log, stream, event)
        return self.projector.catch_up()

    def rows(self) -> Rows:
        """Return the stored rows of the topic's own tables."""
        with self.views.snapshot() as served:
            return {
                Place(table, key): body
                for table in OF_TOPIC
                for key, body in zip(
                    served.keys(table, TOPIC), served.rows(table, TOPIC), strict=True
                )
            }


@contextmanager
def service(opens: Opens) -> Iterator[Service]:
    """Open a service on a log that knows one agent."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        with opens(folder) as log, SQLiteViewStore(folder / "views.db") as views:
            append(log, agent_stream(HOLDER), registered(HOLDER))
            yield Service(log, views, Projector(log, views), Timelines(log, views))


def registered(agent: AgentId) -> AgentRegistered:
    """Return the registration of an invented agent."""
    return AgentRegistered(
        agent=agent,
        kind=AgentKind.PERSON,
        labels={"en": agent},
        aliases=(),
        gender=None,
        carries_words=False,
        external_ids={},
    )


def told(service: Service, history: History) -> Iterator[int]:
    """Record a history among other events; yield where the log stands after each."""
    for number, each in enumerate(history):
        if number == len(history) // 2:
            yield service.record(agent_stream(LATE), registered(LATE))
        if number % 3 == 0:
            noise = attributed(number, "2031-02-02").model_copy(
                update={"topic": ELSEWHERE}
            )
            yield service.record(topic_stream(ELSEWHERE), noise)
        yield service.record(each.stream, each.event)


def queries(day: date) -> list[TimelineQuery]:
    """Return the selections that are compared: whole, cut by a day, filtered, all."""
    whole = TimelineQuery(topic=TOPIC)
    cut = whole.model_copy(update={"as_of": day})
    filtered = {"holder": HOLDER, "question": QUESTION}
    return [
        whole,
        cut,
        whole.model_copy(update={"holder": LATE}),
        whole.model_copy(update={"question": OTHER_QUESTION}),
        cut.model_copy(update=filtered),
    ]


def answer(service: Service, query: TimelineQuery) -> object:
    """Return all that is answered but the query, or what is not on record."""
    try:
        found = service.timelines.read(query)
    except NotFoundError as error:
        return (error.what, error.identifier)
    return (found.topic, found.seq, found.positions, found.asides, found.statements)


def known_at(query: TimelineQuery, seq: int) -> TimelineQuery:
    """Return the same query of the record as it was at a seq."""
    return query.model_copy(update={"known_at": seq})


def check_the_past(opens: Opens, history: History, day: date) -> None:
    """Compare what is read of every past seq with what was read at it."""
    with service(opens) as served:
        then = {
            seq: [answer(served, query) for query in queries(day)]
            for seq in told(served, history)
        }
        for seq, answers in then.items():
            for query, expected in zip(queries(day), answers, strict=True):
                assert answer(served, known_at(query, seq)) == expected


@pytest.mark.slow
@given(histories(), DAYS)
@example(DOUBLED, START)
def test_what_is_known_at_a_seq_is_what_was_said_when_the_log_stood_there(
    history: History, day: date
) -> None:
    """read(known_at=P) = read at P, whole, as of a day and filtered, for every P."""
    check_the_past(in_memory, history, day)


@pytest.mark.slow
@settings(max_examples=max(5, settings().max_examples // 6))
@given(histories(), DAYS)
@example(DOUBLED, START)
def test_the_past_is_read_exactly_from_a_log_on_sqlite(
    history: History, day: date
) -> None:
    """The same of a log in a file."""
    check_the_past(on_sqlite, history, day)


def check_the_present(history: History) -> None:
    """Compare what is read of the present by every way."""
    with service(in_memory) as served:
        *_, head = told(served, history)
        for query in (
            TimelineQuery(topic=TOPIC),
            TimelineQuery(topic=TOPIC, holder=HOLDER),
            TimelineQuery(topic=TOPIC, question=QUESTION),
        ):
            stored = answer(served, query)
            for_ever = query.model_copy(update={"as_of": date.max})
            assert answer(served, known_at(query, head)) == stored
            assert answer(served, for_ever) == stored
            assert answer(served, known_at(for_ever, head)) == stored


@pytest.mark.slow
@given(histories())
@example(DOUBLED)
def test_the_present_is_read_alike_by_every_way(history: History) -> None:
    """Stored rows, the log up to its head, and all days to the last are one answer."""
    check_the_present(history)


def check_the_rows(history: History) -> None:
    """Compare the rows kept up event by event with a fold from nothing."""
    with service(in_memory) as served:
        kept = {seq: served.rows() for seq in told(served, history)}
        for seq, rows in kept.items():
            changes, parked, _ = refold(served.log, until=seq, page=seq)
            whole = rows_of([changes])
            folded = {p: whole[p] for p in whole if p.table in OF_TOPIC}
            folded = {p: body for p, body in folded.items() if p.key[0] == TOPIC}
            assert sorted(lines(rows)) == sorted(lines(folded))
            assert parked == []


@pytest.mark.slow
@given(histories())
@example(DOUBLED)
def test_the_rows_at_a_seq_are_those_of_the_log_up_to_it(history: History) -> None:
    """Rows kept up event by event equal those folded from nothing in one page (L3)."""
    check_the_rows(history)


def check_a_day(history: History, day: date) -> None:
    """Compare what is read as of a day with a record that ended there."""
    with service(in_memory) as served:
        *_, head = told(served, history)
        begun, cut = history_by_hand.begun_by(history, day)
        expected = timeline(cut)
        query = TimelineQuery(topic=TOPIC, as_of=day)
        for asked in (query, known_at(query, head)):
            found = served.timelines.read(asked)
            assert found.positions == expected.positions
            assert found.asides == expected.asides
            assert {live.id for live in found.statements} == begun
            counted = (
                each for each in found.topic if each[0] in TopicCounts.model_fields
            )
            assert dict(counted) == {
                "statements": len(begun),
                "positions": len(expected.positions),
                "changes": sum(map(moved, expected.positions)),
                "articles": len({live.statement.article for live in found.statements}),
                "earliest": min((p.earliest for p in expected.positions), default=None),
                "latest": max((p.latest for p in expected.positions), default=None),
            }


def moved(position: Position) -> bool:
    """Tell whether a position is another than the one before it."""
    return position.transition.label not in {Label.STATED, Label.REAFFIRMED}


@pytest.mark.slow
@given(histories(), DAYS)
@example(DOUBLED, START)
def test_as_of_a_day_later_words_were_never_spoken(history: History, day: date) -> None:
    """read(as_of=D) is the timeline of a record without what began after D."""
    check_a_day(history, day)


def check_the_list(history: History, known: int) -> None:
    """Compare the statements that are listed with their order by hand."""

    def order(live: LiveStatement) -> tuple[str, str, str, int]:
        days = live.interval
        last = days.latest.isoformat() if days.latest else "9999-12-31"
        first = days.earliest.isoformat() if days.earliest else last
        content = live.statement.attribution.content[0]
        return (first, last, live.statement.article, content.start)

    with service(in_memory) as served:
        *_, head = told(served, history)
        seq = max(head - known, 4)  # where the topic is open
        for query in (
            TimelineQuery(topic=TOPIC),
            TimelineQuery(topic=TOPIC, known_at=seq),
        ):
            listed = served.timelines.read(query).statements
            assert list(listed) == sorted(listed, key=order)


@pytest.mark.slow
@given(histories(), st.integers(0, 9))
@example(DOUBLED, 0)
def test_statements_are_listed_by_the_day_of_speaking(
    history: History, known: int
) -> None:
    """First day, then last day, then article and place; who lacks a day comes last."""
    check_the_list(history, known)


def test_the_laws_of_reading_hold_of_one_history() -> None:
    """All of them, of readings on the line and beside it: a common mistake is red at once."""
    check_the_past(in_memory, DOUBLED, START)
    check_the_present(DOUBLED)
    check_the_rows(DOUBLED)
    check_a_day(DOUBLED, START)
    check_the_list(DOUBLED, 0)


def test_what_is_shown_of_a_selection_is_what_it_rests_on() -> None:
    """The statements are those of the positions and asides selected, no others."""
    with service(in_memory) as served:
        *_, head = told(served, DOUBLED)
        query = TimelineQuery(topic=TOPIC, question=OTHER_QUESTION)
        for asked in (query, known_at(query, head)):
            found = served.timelines.read(asked)
            assert {each.question for each in found.asides} == {OTHER_QUESTION}
            shown = {each.statement for each in found.asides}
            assert {live.id for live in found.statements} == shown
            assert len(shown) == 2
            assert found.positions == ()


def test_a_seq_beyond_the_log_is_refused() -> None:
    """The future is not on record: the head is the last seq that can be asked for."""
    with service(in_memory) as served:
        *_, head = told(served, DOUBLED)
        query = TimelineQuery(topic=TOPIC)
        assert served.timelines.read(known_at(query, head)).seq == head
        with pytest.raises(InvalidInputError, match=f"ends at seq {head}"):
            served.timelines.read(known_at(query, head + 1))


def test_a_topic_is_unknown_before_it_opens() -> None:
    """At a seq before its first event there was no such topic."""
    with service(in_memory) as served:
        first, opening, *_ = told(served, DOUBLED)
        assert opening > first
        query = TimelineQuery(topic=TOPIC)
        with pytest.raises(NotFoundError):
            served.timelines.read(known_at(query, first))
        assert served.timelines.read(known_at(query, opening)).statements == ()
