"""The seeds are put on record once, whoever else opens the store at that moment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.eventlog.memory import MemoryEventLog
from adapters.views.sqlite import SQLiteViewStore
from domain.errors import ConflictError
from domain.model.agent import Agent, AgentKind, RoleHolding
from domain.model.ids import UNFILED, AgentId, TopicId
from domain.model.moment import Moment
from domain.model.topic import Topic
from domain.ports import Batch
from domain.projections.rows import Table
from domain.services.projecting import Projector
from domain.services.seeding import ATTEMPTS, Seeding
from tests.support.desk import open_desk
from tests.support.facts import TOPIC, opened, posed
from tests.support.stores import SteppingClock

TOPICS = [Topic(id=TopicId("port"), labels={"en": "The port"})]


class RacedLog(MemoryEventLog):
    """A log to which another process appends first, a number of times."""

    def __init__(self, races: int) -> None:
        super().__init__(SteppingClock())
        self.races = races

    def append(self, batch: Batch) -> int:
        """Append a part of the batch for the other process, and refuse the whole."""
        if not self.races:
            return super().append(batch)
        self.races -= 1
        first = batch.appends[:1]
        super().append(Batch(first, actor=batch.actor))
        raise ConflictError(first[0].stream, 0, 1)


@pytest.fixture
def views(tmp_path: Path) -> Iterator[SQLiteViewStore]:
    """Return empty read models."""
    with SQLiteViewStore(tmp_path / "views.db") as store:
        yield store


def seeding(log: MemoryEventLog, views: SQLiteViewStore) -> Seeding:
    """Return the seeding of a log."""
    return Seeding(log, views, Projector(log, views))


def test_who_comes_second_appends_what_is_still_missing(
    views: SQLiteViewStore,
) -> None:
    """Another process opened a topic meanwhile: the rest is appended, nothing twice."""
    log = RacedLog(1)
    assert seeding(log, views).ensure(TOPICS, []) == 1
    with views.snapshot() as served:
        assert sorted(served.keys(Table.TOPIC)) == [("port",), (UNFILED,)]
        assert served.seq == log.head() == 2
        assert not served.parked()


def test_a_conflict_that_does_not_end_is_told(views: SQLiteViewStore) -> None:
    """The number of attempts is bounded."""
    log = RacedLog(ATTEMPTS)
    topics = [
        Topic(id=TopicId(f"port-{number}"), labels={"en": "A port"})
        for number in range(ATTEMPTS)
    ]
    with pytest.raises(ConflictError):
        seeding(log, views).ensure(topics, [])
    assert log.races == 0


def test_what_was_taken_back_is_not_seeded_again() -> None:
    """A question or role of the seeds that was withdrawn stays so when they are read."""
    role = RoleHolding(
        post="harbour-master",
        organisation=AgentId("harbour-office"),
        held=Moment.parse("2030"),
        source="almanac",
    )
    agent = Agent(
        id=AgentId("vesna-orlin"),
        kind=AgentKind.PERSON,
        labels={"en": "vesna-orlin"},
        aliases=(),
        roles=(role,),
    )
    question = posed().question
    topic = Topic(id=TOPIC, labels=opened().labels, fiction=True, questions=(question,))
    with open_desk() as desk:
        seed = Seeding(desk.log, desk.views, desk.projector)
        seed.ensure([topic], [agent])
        desk.decide("withdraw-question", topic=TOPIC, question=question.id)
        held = {"post": role.post, "organisation": role.organisation, "held": "2030"}
        desk.decide("withdraw-role", agent=agent.id, **held)
        head = desk.log.head()
        assert seed.ensure([topic], [agent]) == 0
        assert desk.log.head() == head
