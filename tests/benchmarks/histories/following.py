"""What comes after an article: re-reports, a revision, decisions, judgements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random
from typing import NamedTuple

from domain.events.agent import AliasJudged, Verdict
from domain.events.article import ArticleCaptured, ArticleRevised
from domain.events.base import Actor, ActorKind, Event
from domain.events.codec import event_id
from domain.events.topic import (
    LinkKind,
    QuestionReinstated,
    QuestionWithdrawn,
    SpeakerIdentified,
    StatementAssessed,
    StatementAttributed,
    StatementDated,
    StatementsLinked,
    StatementWithdrawn,
)
from domain.model.grouping import ordered
from domain.model.ids import ALIASES, article_stream, statement_id, topic_stream
from domain.model.moment import Moment
from domain.model.statement import DateBasis, Dating
from tests.benchmarks.histories import recipe
from tests.benchmarks.histories.saying import attributed
from tests.benchmarks.histories.world import Topic

SEEDS = Actor(kind=ActorKind.RULE, name="seeds")
EXTRACTOR = Actor(kind=ActorKind.RULE, name="extractor", version="1")
SAME = Actor(kind=ActorKind.RULE, name="same-statement", version="1")
DESK = Actor(kind=ActorKind.PERSON, name="desk")
REASON = "reviewed"

Streams = dict[str, list[Event]]


class Made(NamedTuple):
    """Events of one transaction, by stream."""

    actor: Actor
    streams: Streams


def captured(article: ArticleCaptured, told: Sequence[StatementAttributed]) -> Made:
    """Return the capture of an article with its statements."""
    ids = tuple(each.statement for each in told)
    whole = article.model_copy(update={"statements": ids})
    streams: Streams = {article_stream(article.article): [whole]}
    for each in told:
        streams.setdefault(topic_stream(each.topic), []).append(each)
    return Made(EXTRACTOR, streams)


def revised(
    first: ArticleCaptured, told: Sequence[StatementAttributed], later: ArticleCaptured
) -> Iterator[Made]:
    """Yield the capture of an article's revision, and the links of its statements."""
    url = first.url or ""
    revision = later.model_copy(update={"url": url, "language": first.language})
    again = [_in(revision, each) for each in told]
    made = captured(revision, again)
    fact = ArticleRevised(article=first.article, revision=revision.article, url=url)
    made.streams[article_stream(first.article)] = [fact]
    yield made
    for one, other in zip(told, again, strict=True):
        yield linked(one, other)


def reported_again(
    told: StatementAttributed, article: ArticleCaptured, dice: Random
) -> Iterator[Made]:
    """Yield another outlet's article with the same statement in other words."""
    language = told.attribution.language
    source = told.identification.speaker or "A delegate"
    words = attributed(dice, language, 0, source)
    report = article.model_copy(update={"language": language})
    again = _in(report, told.model_copy(update={"attribution": words}))
    yield captured(report, [again])
    if dice.random() < recipe.LINKED:
        yield linked(told, again)


def _in(article: ArticleCaptured, told: StatementAttributed) -> StatementAttributed:
    """Return a statement as it stands in another article."""
    spans = [part.span for part in told.attribution.content]
    changed = {
        "article": article.article,
        "statement": statement_id(article.article, spans),
    }
    return told.model_copy(update=changed)


def linked(one: StatementAttributed, other: StatementAttributed) -> Made:
    """Return the link of two reports of one statement."""
    first, second = ordered(one.statement, other.statement)
    kind = LinkKind.SAME_STATEMENT
    event = StatementsLinked(first=first, second=second, kind=kind, reason=REASON)
    return Made(SAME, {topic_stream(one.topic): [event]})


def decided(told: StatementAttributed, dice: Random) -> Made:
    """Return a decision on the speaker, the date or the readings of a statement."""
    chance, statement = dice.random(), told.statement
    event: Event
    if chance < 0.25:
        who = told.identification.model_copy(update={"rule": "desk"})
        event = SpeakerIdentified(
            statement=statement, identification=who, reason=REASON
        )
    elif chance < 0.5:
        event = StatementDated(statement=statement, dating=_dated(told), reason=REASON)
    else:
        says = told.assessment.model_copy(
            update={"rule": "desk", "readings": told.assessment.readings[:1]}
        )
        event = StatementAssessed(statement=statement, assessment=says, reason=REASON)
    return Made(DESK, {topic_stream(told.topic): [event]})


def _dated(told: StatementAttributed) -> Dating:
    """Return the date of a statement as a person gives it: the day before it was out."""
    base = told.dating.base
    day = base.earliest - timedelta(days=1) if base and base.earliest else None
    return told.dating.model_copy(
        update={
            "spoken_at": Moment.of_days(day, day) if day else None,
            "basis": DateBasis.PERSON,
            "rule": "desk",
        }
    )


def withdrawn(told: StatementAttributed) -> StatementWithdrawn:
    """Return the withdrawal of a statement."""
    recording = event_id(topic_stream(told.topic), 0, told)  # it has an identity
    return StatementWithdrawn(
        statement=told.statement, undoes=(recording,), reason="wrong article"
    )


def taken_back(topic: Topic) -> tuple[Made, Made]:
    """Return the taking back of the last question of a topic, and the asking again."""
    asked, stream = topic.questions[-1], topic_stream(topic.id)
    gone = QuestionWithdrawn(topic=topic.id, question=asked, reason=REASON)
    back = QuestionReinstated(topic=topic.id, question=asked, reason=REASON)
    return Made(DESK, {stream: [gone]}), Made(DESK, {stream: [back]})


def judged(topic: Topic, dice: Random) -> Made:
    """Return the judgement that two of a cast are one."""
    one, two = dice.sample(topic.cast, 2)
    first, second = ordered(one.name.id, two.name.id)
    verdict = dice.choice((Verdict.POSITIVE, Verdict.NEGATIVE))
    event = AliasJudged(first=first, second=second, verdict=verdict, reason=REASON)
    return Made(DESK, {ALIASES: [event]})
