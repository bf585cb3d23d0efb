"""An analyst's statements become facts, where they are not on record already.

What is not recorded is recorded; what is, and judged otherwise, is judged as the
analyst says. What was withdrawn stays so: handing it in again is no re-recording.
"""

from __future__ import annotations

from collections import defaultdict

from domain.decisions.capture import Streams
from domain.decisions.state import InTopic, StatementState
from domain.events.base import Event
from domain.events.topic import (
    SpeakerIdentified,
    StatementAssessed,
    StatementAttributed,
    StatementDated,
)
from domain.model.extraction import Filed, Found
from domain.model.ids import ArticleId, topic_stream

REASON = "imported"


def decide_import(
    article: ArticleId, found: Found, state: StatementState | None
) -> Streams:
    """Return what a statement of an article on record adds.

    ``state`` is what is known of the statement, None if it was never recorded.
    """
    known = {each.topic: each for each in state.topics} if state is not None else {}
    streams: dict[str, list[Event]] = defaultdict(list)
    for filed in found.filed:
        there = known.get(filed.topic)
        if there is None:
            streams[topic_stream(filed.topic)].append(_recording(article, found, filed))
        elif there.is_live:
            streams[topic_stream(filed.topic)] += _judgements(there, found, filed)
    return {stream: tuple(events) for stream, events in streams.items() if events}


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
    before, of = there.statement, found.id
    events: list[Event] = []
    if before.identification != found.identification:
        who = found.identification
        told = SpeakerIdentified(statement=of, identification=who, reason=REASON)
        events.append(told)
    if before.dating != found.dating:
        dating = found.dating
        events.append(StatementDated(statement=of, dating=dating, reason=REASON))
    if before.assessment != filed.assessment:
        says = filed.assessment
        events.append(StatementAssessed(statement=of, assessment=says, reason=REASON))
    return events
