"""A row that was damaged is told as damage, by every read and fold that meets it.

Each table is damaged in the file itself, as a disk or a hand would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from adapters.articles.memory import MemoryArticleStore
from adapters.eventlog.memory import MemoryEventLog
from adapters.sqlite import dbapi
from adapters.views.sqlite import SQLiteViewStore
from domain.errors import DamagedRowError, NotFoundError
from domain.events.agent import RoleHeld
from domain.events.article import ArticleRevised
from domain.events.base import Event
from domain.events.topic import QuestionWithdrawn, StatementDated
from domain.model.agent import RoleHolding
from domain.model.ids import AgentId, agent_stream, article_stream, topic_stream
from domain.model.moment import Moment
from domain.projections.rows import Table
from domain.services.histories import Histories, HistoryQuery
from domain.services.projecting import Projector
from domain.services.replay import Replay
from domain.services.statements import Statements
from domain.services.timelines import TimelineQuery
from tests.support.desk import Desk
from tests.support.facts import (
    QUESTION,
    TOPIC,
    article_of,
    attributed,
    dated,
    reading,
    statement_of,
)
from tests.support.stores import SteppingClock

BODIES = {
    "another value": b'{"wrong": 1}',
    "nothing": b"",
    "no UTF-8": b'{"\xff": 1}',
    "a text": "text",
}
NEVER_READ = {Table.ARTICLE_URL}
"""Whose rows are found by their keys, and say no more."""
ROLE = RoleHolding(
    post="pilot",
    organisation=AgentId("pilots"),
    held=Moment.parse("2031"),
    source="test",
)
LOST = (
    "DELETE FROM {}_statement",
    "DELETE FROM {}_past_statement",
    "DELETE FROM {}_withdrawn",
)
"""All rows of statements, also as they were."""
DOUBLED = (
    "INSERT INTO {0}_progress SELECT 2, seq, fingerprint, fold_version, generation "
    "FROM {0}_progress"
)
LIVE, GONE = statement_of(1), statement_of(2)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where the read models lie."""
    return tmp_path / "views.db"


@pytest.fixture
def desk(file: Path) -> Iterator[Desk]:
    """Return a desk with a row in every table, and past versions of them."""
    with SQLiteViewStore(file) as views:
        desk = Desk(MemoryEventLog(SteppingClock()), views)
        desk.record(1, "2031-02-01", reading(2))
        desk.record(2, "2031-02-02", reading(1))
        desk.record(3, "2031-02-03")
        desk.projector.catch_up()
        desk.decide("date", statement=LIVE, spoken_at="2031-02-04")
        desk.decide("withdraw", statement=GONE)
        yield desk


def timeline(desk: Desk) -> None:
    """Read the timeline as it is."""
    desk.timelines.read(TimelineQuery(topic=TOPIC))


def timeline_then(desk: Desk) -> None:
    """Read the timeline as it was before the decisions."""
    desk.timelines.read(TimelineQuery(topic=TOPIC, known_at=desk.log.head() - 2))


def history(desk: Desk) -> None:
    """Read the revisions of a topic."""
    Histories(desk.log, desk.views, desk.timelines).revisions(HistoryQuery(topic=TOPIC))


def topics(desk: Desk) -> None:
    """List the topics."""
    desk.timelines.topics()


def agents(desk: Desk) -> None:
    """List the agents."""
    desk.timelines.agents()


def article(desk: Desk) -> None:
    """Read an article."""
    statements(desk).article(article_of(1))


def statement(desk: Desk) -> None:
    """Read a statement."""
    statements(desk).read(LIVE)


def withdrawn(desk: Desk) -> None:
    """Read a statement that was withdrawn: told is by what."""
    with suppress(NotFoundError):
        statements(desk).read(GONE)


def statements(desk: Desk) -> Statements:
    """Return what reads statements and articles."""
    return Statements(desk.log, desk.views, MemoryArticleStore())


def dating(number: int) -> StatementDated:
    """Return a judgement on the day of a statement."""
    return StatementDated(
        statement=statement_of(number), dating=dated("2031-02-06"), reason="r"
    )


READS: dict[Table, tuple[Callable[[Desk], None], ...]] = {
    Table.TOPIC: (topics, timeline),
    Table.TOPIC_HEAD: (timeline_then,),
    Table.STATEMENT: (timeline, timeline_then, statement),
    Table.POSITION: (timeline, timeline_then, statement),
    Table.ASIDE: (timeline, timeline_then),
    Table.WITHDRAWN: (withdrawn,),
    Table.STATEMENT_EVENTS: (statement,),
    Table.ARTICLE: (article, statement),
    Table.AGENT: (agents,),
}
"""What meets the rows of a table in reading."""
FOLDS: tuple[tuple[Table, str, Event], ...] = (
    (Table.TOPIC, topic_stream(TOPIC), attributed(4, "2031-02-05", reading(2))),
    (Table.TOPIC_HEAD, topic_stream(TOPIC), attributed(4, "2031-02-05", reading(2))),
    (Table.STATEMENT, topic_stream(TOPIC), dating(3)),
    (
        Table.STATEMENT,
        topic_stream(TOPIC),
        QuestionWithdrawn(topic=TOPIC, question=QUESTION, reason="r"),
    ),
    (Table.STATEMENT_EVENTS, topic_stream(TOPIC), dating(1)),
    (
        Table.TOPIC_ARTICLE,
        topic_stream(TOPIC),
        attributed(4, "2031-02-05").model_copy(update={"article": article_of(1)}),
    ),
    (
        Table.ARTICLE,
        article_stream(article_of(1)),
        ArticleRevised(
            article=article_of(1), revision=article_of(3), url="https://gazette.example"
        ),
    ),
    (
        Table.AGENT,
        agent_stream(AgentId("vesna-orlin")),
        RoleHeld(agent=AgentId("vesna-orlin"), role=ROLE),
    ),
)
"""Tables, and events whose fold meets their rows."""


def test_every_table_is_read_by_something() -> None:
    """A new table needs what tells that it was damaged."""
    assert READS.keys() | {table for table, *_ in FOLDS} | NEVER_READ == set(Table)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize(
    ("table", "read"),
    [(table, read) for table, reads in READS.items() for read in reads],
)
def test_a_read_that_meets_a_damaged_row_says_what_to_do(
    desk: Desk,
    file: Path,
    table: Table,
    read: Callable[[Desk], None],
    body: bytes | str,
) -> None:
    """No read calls it a defect, or makes something of it; a rebuild mends it."""
    read(desk)
    damage(file, table, body)
    with pytest.raises(DamagedRowError, match=r"^a row .*: run onrecord rebuild$"):
        read(desk)
    desk.projector.rebuild()
    read(desk)


def test_a_row_that_lists_an_event_which_the_log_has_not_is_damaged(
    desk: Desk, file: Path
) -> None:
    """No decision is left out in silence, neither in reading nor in folding."""
    damage(file, Table.STATEMENT_EVENTS, b"999999")
    told = "^a row of the read models is no list .the log has no event 999999.: run"
    with pytest.raises(DamagedRowError, match=told):
        statement(desk)
    desk.append(topic_stream(TOPIC), dating(1))
    with pytest.raises(DamagedRowError, match=told):
        Projector(desk.log, desk.views).catch_up()


@pytest.mark.parametrize(
    "read",
    [timeline, timeline_then, history],
    ids=["timeline", "timeline then", "history"],
)
def test_a_statement_whose_row_is_lost_is_missed(
    desk: Desk, file: Path, read: Callable[[Desk], None]
) -> None:
    """Positions and revisions name it: it is no defect, and not left out in silence."""
    read(desk)
    change(file, *LOST)
    told = "^a row of the read models is no statement .*is not there.: run onrecord"
    with pytest.raises(DamagedRowError, match=told):
        read(desk)
    desk.projector.rebuild()
    read(desk)


@pytest.mark.parametrize(
    "changed",
    [
        "UPDATE {}_progress SET seq = 'abc'",
        "UPDATE {}_progress SET fold_version = 'abc'",
        "DELETE FROM {}_progress",
        DOUBLED,
    ],
)
def test_read_models_whose_progress_is_damaged_are_folded_anew_when_opened(
    desk: Desk, file: Path, changed: str
) -> None:
    """Until then that they are damaged is said; nothing is taken for what it is not."""
    change(file, changed)
    with pytest.raises(DamagedRowError, match="no progress"):
        timeline(desk)
    with SQLiteViewStore(file) as opened:
        Projector(desk.log, opened).catch_up()
        assert Replay(desk.log, opened).all().equal


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize(("table", "stream", "event"), FOLDS)
def test_a_fold_that_meets_a_damaged_row_parks_no_event(
    desk: Desk, file: Path, table: Table, stream: str, event: Event, body: bytes | str
) -> None:
    """Nothing is wrong with the event: it waits until the rows are mended."""
    damage(file, table, body)
    desk.append(stream, event)
    with pytest.raises(DamagedRowError, match=r"^a row .*: run onrecord rebuild$"):
        Projector(desk.log, desk.views).catch_up()
    desk.projector.rebuild()
    with desk.views.snapshot() as served:
        assert not served.parked()
        assert served.seq == desk.log.head()
    assert Replay(desk.log, desk.views).all().equal


def change(file: Path, *statements: str) -> None:
    """Change the tables that are served; their set stands for ``{}``."""
    with closing(dbapi.connect(file, isolation_level=None)) as connection:
        (served,) = connection.execute("SELECT name FROM serving").fetchone()
        for each in statements:
            connection.execute(each.format(served))


def damage(file: Path, table: Table, body: bytes | str) -> None:
    """Write a body into all rows of a table that is served, and into the past ones."""
    with closing(dbapi.connect(file, isolation_level=None)) as connection:
        (served,) = connection.execute("SELECT name FROM serving").fetchone()
        names = [table.label, *([f"past_{table.label}"] if table.versioned else [])]
        for name in names:
            changing = f"UPDATE {served}_{name} SET body = ?"  # noqa: S608 (names of ours)
            done = connection.execute(changing, (body,))
            assert done.rowcount or name != table.label
