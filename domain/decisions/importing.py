"""An analyst's statements become facts, where they are not on record already.

What is not recorded is recorded; what is, and judged otherwise, is judged as the
analyst says. What was withdrawn stays so: handing it in again is no re-recording. What a
topic claims is not unfiled. Words of a statement on record are not recorded again as a
part of another: its spans are its identity, so the other is refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import product

from domain.decisions.capture import Streams
from domain.decisions.recording import leaving_unfiled
from domain.decisions.state import InTopic, StatementState
from domain.errors import InvalidCommandError
from domain.events.base import Event
from domain.events.topic import (
    SpeakerIdentified,
    StatementAssessed,
    StatementAttributed,
    StatementDated,
)
from domain.model.extraction import Filed, Found
from domain.model.ids import UNFILED, ArticleId, topic_stream
from domain.model.statement import Statement

REASON = "imported"


def decide_import(
    article: ArticleId, found: Found, state: StatementState | None
) -> Streams:
    """Return what a statement of an article on record adds.

    ``state`` is what is known of the statement, None if it was never recorded.
    """
    known = {each.topic: each for each in state.topics} if state is not None else {}
    claiming = state.claiming() if state is not None else ()
    streams: dict[str, list[Event]] = defaultdict(list)
    for filed in found.filed:
        there = known.get(filed.topic)
        if filed.topic == UNFILED and claiming:
            for topic in claiming:
                streams[topic_stream(topic)] += _who_and_when(known[topic], found)
        elif there is None:
            streams[topic_stream(filed.topic)].append(_recording(article, found, filed))
        elif there.is_live:
            streams[topic_stream(filed.topic)] += _judgements(there, found, filed)
        if state is not None and there is None and filed.topic != UNFILED:
            for stream, events in leaving_unfiled(state, REASON).items():
                streams[stream] = [*events]
    return {stream: tuple(events) for stream, events in streams.items() if events}


def check_apart(found: Found, others: Iterable[Statement]) -> None:
    """Refuse a new statement that shares words with one of its article on record.

    Raises:
        InvalidCommandError: it does; names the other.
    """
    for other in others:
        for its, ours in product(other.attribution.content, found.attribution.content):
            if its.span.overlaps(ours.span):
                message = (
                    f"the content {list(ours.span)} shares words with statement "
                    f"{other.id}, which has {list(its.span)}: hand in its exact spans "
                    "to judge it otherwise, or withdraw it first"
                )
                raise InvalidCommandError(message)


def _recording(article: ArticleId, found: Found, filed: Filed) -> StatementAttributed:
    return StatementAttributed(
        topic=filed.topic,
        statement=found.id,
        article=article,
        filing=filed.filing,
        attribution=found.attribution,
        identification=found.identification,
        dating=found.dating,
        assessment=filed.assessment,
    )


def _judgements(there: InTopic, found: Found, filed: Filed) -> list[Event]:
    events = _who_and_when(there, found)
    if there.statement.assessment != filed.assessment:
        says = filed.assessment
        told = StatementAssessed(statement=found.id, assessment=says, reason=REASON)
        events.append(told)
    return events


def _who_and_when(there: InTopic, found: Found) -> list[Event]:
    before, of = there.statement, found.id
    events: list[Event] = []
    if before.identification != found.identification:
        who = found.identification
        told = SpeakerIdentified(statement=of, identification=who, reason=REASON)
        events.append(told)
    if before.dating != found.dating:
        dating = found.dating
        events.append(StatementDated(statement=of, dating=dating, reason=REASON))
    return events
