"""An analyst's statements become facts, where they are not on record already.

What is not recorded is recorded; what is, and judged otherwise, is judged as the
analyst says: who spoke and when in every topic that carries it, what it says in those
that are named; in the others, whose it is follows the speaker. What was withdrawn stays
so, in a topic or in all: handing it in again is no re-recording. What a topic claims is
not unfiled. Words of a statement on record are not recorded again as a part of another:
its spans are its identity, so the other is refused, if the first was captured with the
article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import product

from domain.decisions.capture import Streams
from domain.decisions.judging import following
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
    live = {topic: each for topic, each in known.items() if each.is_live}
    if known and not live:
        return {}
    streams: dict[str, list[Event]] = defaultdict(list)
    named = {filed.topic for filed in found.filed}
    for topic, there in live.items():
        streams[topic_stream(topic)] += _who_and_when(there, found)
        if topic not in named:
            who = found.identification
            streams[topic_stream(topic)] += following(there, who, REASON)
    for filed in found.filed:
        stream = streams[topic_stream(filed.topic)]
        if filed.topic in live:
            stream += _what(live[filed.topic], found, filed)
        elif filed.topic not in known and not (filed.topic == UNFILED and live):
            stream.append(_recording(article, found, filed))
            if state is not None:
                for left, events in leaving_unfiled(state, REASON).items():
                    streams[left] = [*events]
    return {stream: tuple(events) for stream, events in streams.items() if events}


def is_left_out(found: Found, state: StatementState | None) -> bool:
    """Tell whether a statement is withdrawn from a topic it is handed in for, or all."""
    if state is None:
        return False
    gone = {each.topic for each in state.topics if not each.is_live}
    if len(gone) == len(state.topics):
        return True
    if state.claiming():  # it left those that no topic claims when one did
        gone -= {UNFILED}
    return any(filed.topic in gone for filed in found.filed)


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


def _what(there: InTopic, found: Found, filed: Filed) -> list[Event]:
    says = filed.assessment
    if there.statement.assessment == says:
        return []
    return [StatementAssessed(statement=found.id, assessment=says, reason=REASON)]


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
