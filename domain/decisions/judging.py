"""When, who and whose: judgements on a statement, replaced by later ones.

A judgement is written in every topic that carries the statement, and nowhere if it
is so there already. Dates lie between 1900 and 2100 and not after publication.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import combinations

from domain.decisions.capture import Streams
from domain.decisions.commands import (
    DateStatement,
    IdentifySpeaker,
    NameHolder,
)
from domain.decisions.state import InTopic, StatementState
from domain.decisions.years import check_years
from domain.errors import InvalidCommandError
from domain.events.base import Event
from domain.events.topic import SpeakerIdentified, StatementAssessed, StatementDated
from domain.model.agent import Agent
from domain.model.commitment import Reading, Relation
from domain.model.ids import AgentId, QuestionId, StatementId, topic_stream
from domain.model.moment import Moment
from domain.model.statement import DateBasis, Dating, Identification, Resolution

RULE = "person"
"""What a judgement of a person names as its rule; the actor is in the event."""


def decide_date(command: DateStatement, state: StatementState) -> Streams:
    """Return what follows from dating a statement.

    Raises:
        InvalidCommandError: the date is out of bounds, or after publication.
    """
    if command.spoken_at is not None:
        check_date(command.spoken_at, state.id, state.last_day)
    dating = Dating(
        spoken_at=command.spoken_at, basis=DateBasis.PERSON, rule=RULE, confidence=1
    )
    event = StatementDated(
        statement=command.statement, dating=dating, reason=command.reason
    )
    return {
        topic_stream(each.topic): (event,)
        for each in state.live()
        if each.statement.dating != dating
    }


def check_date(
    spoken_at: Moment, statement: StatementId, last_day: date | None
) -> None:
    """Refuse a date on which the statement cannot have been spoken.

    ``last_day`` is that of publication or recording, None where there is none yet. What
    may have been spoken by then is taken, however long it goes on after: a month, a year.

    Raises:
        InvalidCommandError: it cannot.
    """
    check_years("spoken_at", spoken_at)
    earliest = spoken_at.earliest
    if last_day is not None and earliest is not None and earliest > last_day:
        message = (
            f"spoken_at: {spoken_at} is after {last_day}, when statement {statement} "
            "was published or recorded"
        )
        raise InvalidCommandError(message)


def decide_speaker(
    command: IdentifySpeaker, state: StatementState, *, agent: Agent | None
) -> Streams:
    """Return what follows from identifying the speaker, readings included.

    What a reading is, the speaker's own, for the body spoken for, or about another,
    stays as it was judged: so identifying there and back leaves every holder as before.

    Raises:
        InvalidCommandError: two would hold one position who do not now.
    """
    streams: dict[str, tuple[Event, ...]] = {}
    for each in state.live():
        events: list[Event] = []
        who = _identification(command, each, agent)
        if who != each.statement.identification:
            events.append(
                SpeakerIdentified(
                    statement=state.id, identification=who, reason=command.reason
                )
            )
        _check_apart(each, who)
        events += following(each, who, command.reason)
        streams[topic_stream(each.topic)] = tuple(events)
    return some(streams)


def following(
    found: InTopic, who: Identification, reason: str
) -> tuple[StatementAssessed, ...]:
    """Return the assessment with readings held as when this one speaks, if it differs.

    It names the rule by which the speaker is told: that of a person, or of an import.
    """
    readings = found.statement.assessment.readings
    held = tuple(_follow(each, who) for each in readings)
    return assessed(found, held, reason, rule=who.rule)


def decide_holder(command: NameHolder, state: StatementState) -> Streams:
    """Return what follows from naming the holder of a statement's readings.

    Raises:
        InvalidCommandError: it has no reading there, several hold one, or the question
            was taken back.
    """
    streams: dict[str, tuple[Event, ...]] = {}
    live = state.live()
    answers = False
    for each in live:
        who = each.statement.identification
        meant = _meant(command, each)
        answers = answers or bool(meant)
        held = tuple(
            _held_by(reading, command.holder, who) if reading in meant else reading
            for reading in each.statement.assessment.readings
        )
        streams[topic_stream(each.topic)] = assessed(each, held, command.reason)
    if not answers:
        refuse_taken_back(command.question, live)
        message = f"statement {state.id} answers no such question: assess it first"
        raise InvalidCommandError(message)
    return some(streams)


def refuse_taken_back(question: QuestionId | None, live: Iterable[InTopic]) -> None:
    """Refuse a question, or all that is answered, where it was asked and taken back.

    Raises:
        InvalidCommandError: it was; names the question and what to do.
    """
    for each in live:
        answered = (r.question for r in each.statement.assessment.readings)
        for named in answered if question is None else (question,):
            if each.took_back(named):
                message = (
                    f"question {named!r} of {each.topic} was taken back: reinstate it "
                    "first, by reinstate-question"
                )
                raise InvalidCommandError(message)


def _meant(command: NameHolder, found: InTopic) -> list[Reading]:
    """Return the readings whose holder is named.

    Raises:
        InvalidCommandError: several hold one on a question: they are not made one.
    """
    said = [
        each
        for each in found.statement.assessment.readings
        if command.question in (None, each.question)
        and not found.took_back(each.question)
    ]
    for question in {each.question for each in said}:
        on_it = (each for each in said if each.question == question)
        holders = holders_of(on_it, found.statement.identification)
        if question is not None and len(holders) > 1:
            message = (
                f"statement {found.statement.id} answers {question} for "
                f"{', '.join(holders)}, who are not made one: assess each with its holder"
            )
            raise InvalidCommandError(message)
    return said


def _check_apart(found: InTopic, who: Identification) -> None:
    """Refuse a speaker with whom two who hold a position now would be one."""
    before = found.statement.identification
    asked = {each.id for each in found.questions}
    said = (r for r in found.statement.assessment.readings if r.question in asked)
    for one, other in combinations(said, 2):
        were = [each.whose(before.agent) or each.relation for each in (one, other)]
        are = {_follow(each, who).whose(who.agent) for each in (one, other)}
        if one.question == other.question and were[0] != were[1] and len(are) == 1:
            _refuse_one_holder(found.statement.id, one, were, are.pop())


def _refuse_one_holder(
    statement: StatementId, said: Reading, were: Iterable[str], now: str | None
) -> None:
    if now is None:
        return  # nobody who is known holds either
    message = (
        f"agent: statement {statement} answers {said.question} for "
        f"{', '.join(sorted(were))}, who would both be {now}: first take away what one "
        "of them holds, by assess with no commitment and that holder"
    )
    if Relation.SPOKESPERSON_FOR in were:  # for nobody who is known yet
        message = (
            f"agent: statement {statement} answers {said.question} for its speaker and "
            f"for whom that one speaks, who would both be {now}: name on_behalf_of too"
        )
    raise InvalidCommandError(message)


def _identification(
    command: IdentifySpeaker, found: InTopic, agent: Agent | None
) -> Identification:
    before = found.statement.identification
    speaker = command.speaker
    if speaker is None and agent is not None:
        speaker = agent.label(found.statement.attribution.language)
    resolution = before.resolution
    if speaker is None:
        resolution = Resolution.UNNAMED
    elif resolution is Resolution.UNNAMED:
        resolution = Resolution.NAME
    return Identification(
        speaker=speaker,
        agent=command.agent,
        resolution=resolution,
        role_as_stated=before.role_as_stated,
        on_behalf_of=before.on_behalf_of if command.on_behalf_of else None,
        on_behalf_of_agent=command.on_behalf_of,
        rule=RULE,
        confidence=1,
    )


def _follow(reading: Reading, who: Identification) -> Reading:
    """Return a reading as held when this one speaks; of what sort it is stays.

    What was given for a body is held by that of the new speaker, or by the speaker
    where there is none.
    """
    holder = reading.holder
    match reading.relation:
        case Relation.SPOKESPERSON_FOR:
            holder = who.on_behalf_of_agent or "self"
        case Relation.SELF if holder != who.agent:
            holder = "self"
    return reading.model_copy(update={"holder": holder})


def _held_by(reading: Reading, holder: AgentId, who: Identification) -> Reading:
    relation = relation_of(holder, who)
    return reading.model_copy(update={"holder": holder, "relation": relation})


def relation_of(holder: AgentId, who: Identification) -> Relation:
    """Return how a speaker stands to a holder."""
    if holder in {"self", who.agent}:
        return Relation.SELF
    if holder == who.on_behalf_of_agent:
        return Relation.SPOKESPERSON_FOR
    return Relation.REPORTS_ABOUT


def assessed(
    found: InTopic, readings: tuple[Reading, ...], reason: str, *, rule: str = RULE
) -> tuple[StatementAssessed, ...]:
    """Return the assessment with these readings; none if it has them already."""
    before = found.statement.assessment
    if readings == before.readings:
        return ()
    after = before.model_copy(
        update={"readings": readings, "rule": rule, "confidence": 1.0}
    )
    of = found.statement.id
    return (StatementAssessed(statement=of, assessment=after, reason=reason),)


def whose(reading: Reading, who: Identification) -> str:
    """Return who holds a reading when this one speaks; ``self`` for nobody known."""
    return reading.whose(who.agent) or "self"


def holders_of(readings: Iterable[Reading], who: Identification) -> list[str]:
    """Return those who hold readings when this one speaks, each once."""
    return sorted({whose(each, who) for each in readings})


def some(streams: Streams) -> Streams:
    """Return the streams that get anything."""
    return {stream: events for stream, events in streams.items() if events}
