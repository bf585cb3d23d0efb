"""A service to decide at: a log in memory, read models, a topic with statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from adapters.eventlog.memory import MemoryEventLog
from adapters.views.sqlite import SQLiteViewStore
from domain.decisions.commands import COMMAND, Command
from domain.events.agent import AgentRegistered
from domain.events.article import ArticleCaptured
from domain.events.base import Event
from domain.events.topic import TopicOpened
from domain.model.agent import AgentKind
from domain.model.article import Capture
from domain.model.commitment import Reading
from domain.model.ids import (
    UNFILED,
    AgentId,
    StatementId,
    TopicId,
    agent_stream,
    article_stream,
    topic_stream,
)
from domain.model.moment import Moment
from domain.positions.timeline import Aside, Position
from domain.services.correct import Correct
from domain.services.projecting import Projector
from domain.services.recording import Recording, Written
from domain.services.replay import Replay
from domain.services.timelines import TimelineQuery, Timelines
from tests.support.facts import (
    OTHER_QUESTION,
    TESTER,
    TOPIC,
    article_of,
    attributed,
    opened,
    posed,
    reading,
    statement_of,
)
from tests.support.stores import SteppingClock, append

AGENTS = ("harbour-office", "pilots", "tarek-mool", "vesna-orlin")
PUBLISHED = "2031-02-20"
"""When every article of the desk was published."""
OTHER_TOPIC = TopicId("toll-talks")


class Desk:
    """Takes commands as their JSON would say them, and reads what follows."""

    def __init__(self, log: MemoryEventLog, views: SQLiteViewStore) -> None:
        self.log, self.views = log, views
        self.projector = Projector(log, views)
        self.timelines = Timelines(log, views)
        self.recording = Recording(log, views, self.projector)
        self.correct = Correct(self.recording)
        self.open_topics()

    def open_topics(self) -> None:
        """Open two topics, and what no topic claims; register the agents."""
        self.append(topic_stream(TOPIC), opened(), posed(), posed(OTHER_QUESTION))
        for topic in (OTHER_TOPIC, UNFILED):
            opening = TopicOpened(topic=topic, labels={"en": topic}, fiction=True)
            self.append(topic_stream(topic), opening)
        for agent in AGENTS:
            self.append(agent_stream(AgentId(agent)), registered(agent))

    def append(self, stream: str, *events: Event) -> None:
        """Append events as they are."""
        append(self.log, stream, *events)

    def record(
        self,
        number: int,
        spoken_at: str | None,
        *readings: Reading,
        topic: TopicId = TOPIC,
        speaker: str | None = "vesna-orlin",
        published_at: str | None = PUBLISHED,
    ) -> StatementId:
        """Record the article with a number and its one statement."""
        if not self.log.version(article_stream(article_of(number))):
            capture = captured(number, published_at)
            self.append(article_stream(article_of(number)), capture)
        told = attributed(number, spoken_at, *readings, speaker=speaker)
        self.append(topic_stream(topic), told.model_copy(update={"topic": topic}))
        return statement_of(number)

    def decide(self, do: str, **told: object) -> Written:
        """Take a decision; ``expected_seq`` is none of its fields."""
        expected = cast("int | None", told.pop("expected_seq", None))
        return self.correct(command(do, **told), actor=TESTER, expected_seq=expected)

    def timeline(
        self, topic: TopicId = TOPIC
    ) -> tuple[Sequence[Position], Sequence[Aside]]:
        """Return the timeline that is served."""
        self.projector.catch_up()
        found = self.timelines.read(TimelineQuery(topic=topic))
        return found.positions, found.asides

    def labels(self, topic: TopicId = TOPIC) -> list[str]:
        """Return the labels of a timeline, in its order."""
        return [each.transition.label.value for each in self.timeline(topic)[0]]

    def last_events(self, count: int) -> list[str]:
        """Return the names of the last events."""
        return [each.name for each in self.log.read(after=self.log.head() - count)]

    def replays(self) -> bool:
        """Tell whether a fold from nothing gives what is served."""
        return Replay(self.log, self.views).all().equal


@contextmanager
def open_desk() -> Iterator[Desk]:
    """Open a desk over stores of its own."""
    with (
        TemporaryDirectory() as folder,
        SQLiteViewStore(Path(folder) / "views.db") as views,
    ):
        yield Desk(MemoryEventLog(SteppingClock()), views)


@contextmanager
def open_desk_of_two() -> Iterator[Desk]:
    """Open a desk with two statements: yes on the 1st, no on the 5th."""
    with open_desk() as opened:
        opened.record(1, "2031-02-01", reading(3, holder="self"))
        opened.record(2, "2031-02-05", reading(-3, holder="self"))
        assert opened.labels() == ["stated", "reversed"]
        yield opened


def command(do: str, **told: object) -> Command:
    """Return a command from what its JSON says; a reason is added."""
    return COMMAND.validate_python({"do": do, "reason": "reviewed", **told})


def registered(agent: str) -> AgentRegistered:
    """Return the registration of an invented agent."""
    return AgentRegistered(
        agent=AgentId(agent),
        kind=AgentKind.PERSON,
        labels={"en": agent},
        aliases=(),
        gender=None,
        carries_words=False,
        external_ids={},
    )


def captured(number: int, published_at: str | None) -> ArticleCaptured:
    """Return the capture of the invented article with a number."""
    return ArticleCaptured(
        article=article_of(number),
        length=9,
        language="fr",
        title=None,
        outlet=None,
        url=None,
        published_at=Moment.parse(published_at) if published_at else None,
        published_at_basis="stated" if published_at else None,
        published_at_note=None,
        capture=Capture(media_type="text/plain", encoding="utf-8", byte_length=9),
        extractor="by hand",
        boilerplate=(),
        skipped=(),
        statements=(statement_of(number),),
    )
