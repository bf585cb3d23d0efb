"""Short ways to make events about invented people for tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from domain.events.base import Actor, ActorKind, Event, Recorded
from domain.events.codec import event_id
from domain.events.topic import (
    QuestionPosed,
    StatementAttributed,
    StatementWithdrawn,
    TopicOpened,
)
from domain.model.commitment import (
    Act,
    Condition,
    ConditionKind,
    Polarity,
    Reading,
    Relation,
)
from domain.model.ids import (
    AgentId,
    ArticleId,
    EventId,
    QuestionId,
    StatementId,
    TopicId,
    article_id,
    statement_id,
    topic_stream,
)
from domain.model.moment import Moment
from domain.model.span import Excerpt, Span
from domain.model.statement import (
    Assessment,
    Attribution,
    DateBasis,
    Dating,
    Filing,
    Identification,
    Kind,
    Resolution,
)
from domain.model.topic import Question, QuestionKind

TOPIC = TopicId("harbour-treaty")
QUESTION = QuestionId("open-the-harbour")
OTHER_QUESTION = QuestionId("pay-the-toll")
HOLDER = AgentId("vesna-orlin")
EPOCH = datetime(2031, 1, 1, tzinfo=UTC)
TESTER = Actor(kind=ActorKind.PERSON, name="tester")


def article_of(number: int) -> ArticleId:
    """Return the id of the invented article with a number."""
    return article_id(f"Article {number}")


def statement_of(number: int) -> StatementId:
    """Return the id of the statement in the invented article with a number."""
    return statement_id(article_of(number), [Span(0, 4)])


def reading(
    commitment: int = 3,
    *,
    act: Act = Act.ASSERT,
    question: QuestionId | None = QUESTION,
    holder: str = HOLDER,
    conditions: Iterable[str] = (),
) -> Reading:
    """Return what a statement says on a question."""
    return Reading(
        question=question,
        holder=AgentId(holder) if holder != "self" else "self",
        relation=Relation.SELF,
        act=act,
        commitment=commitment,
        conditions=tuple(
            Condition(id=each, kind=ConditionKind.PRECONDITION) for each in conditions
        ),
        rule="test",
    )


def assessed(readings: Sequence[Reading]) -> Assessment:
    """Return an assessment with these readings."""
    return Assessment(
        act=Act.ASSERT,
        polarity=Polarity.AFFIRMED,
        commitment=3,
        readings=tuple(readings),
        rule="test",
        confidence=1,
    )


def dated(text: str | None) -> Dating:
    """Return a date of speaking, or none."""
    return Dating(
        spoken_at=Moment.parse(text) if text else None,
        basis=DateBasis.EXPLICIT if text else DateBasis.BOUND_ONLY,
        rule="test",
        confidence=1,
    )


def spoken_by(agent: str | None) -> Identification:
    """Return who spoke: a registered agent, or somebody unnamed."""
    return Identification(
        speaker=agent,
        agent=AgentId(agent) if agent else None,
        resolution=Resolution.NAME if agent else Resolution.UNNAMED,
        rule="test",
        confidence=1,
    )


def attributed(
    number: int,
    spoken_at: str | None = "2031-02-01",
    *readings: Reading,
    speaker: str | None = HOLDER,
    answers: EventId | None = None,
) -> StatementAttributed:
    """Return the recording of the statement with a number."""
    return StatementAttributed(
        topic=TOPIC,
        statement=statement_of(number),
        article=article_of(number),
        filing=Filing(rule="test"),
        attribution=Attribution(
            language="fr",
            kind=Kind.DIRECT,
            content=(Excerpt(start=0, end=4, words="Arti"),),
            cue=None,
            source=None,
            rule="test",
            confidence=1,
        ),
        identification=spoken_by(speaker),
        dating=dated(spoken_at),
        assessment=assessed(readings),
        answers=answers,
    )


def withdrawn(*recordings: Recorded[Event]) -> StatementWithdrawn:
    """Return the withdrawal of recordings of one statement."""
    first = recordings[0].event
    assert isinstance(first, StatementAttributed)
    return StatementWithdrawn(
        statement=first.statement,
        undoes=tuple(recorded.id for recorded in recordings),
        reason="wrong article",
    )


def opened() -> TopicOpened:
    """Return the opening of the invented topic."""
    return TopicOpened(topic=TOPIC, labels={"en": "The harbour treaty"}, fiction=True)


def posed(question: QuestionId = QUESTION) -> QuestionPosed:
    """Return a question of the invented topic."""
    asked = Question(
        id=question, kind=QuestionKind.POLICY, labels={"en": f"{question}?"}
    )
    return QuestionPosed(topic=TOPIC, question=asked)


def recorded(
    events: Iterable[Event], *, stream: str = topic_stream(TOPIC)
) -> list[Recorded[Event]]:
    """Return events as the log would return them, in this order, from seq 1."""
    return [at(seq, event, stream=stream) for seq, event in enumerate(events, start=1)]


def at(seq: int, event: Event, *, stream: str = topic_stream(TOPIC)) -> Recorded[Event]:
    """Return an event as recorded at a seq."""
    return Recorded(
        seq=seq,
        stream=stream,
        version=seq,
        id=event_id(stream, seq, event),
        recorded_at=EPOCH + timedelta(minutes=seq),
        actor=TESTER,
        causation=None,
        event=event,
    )
