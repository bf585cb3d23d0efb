"""From a timeline to its shape in the API."""

from __future__ import annotations

from api.schemas import outer
from api.schemas.build import Builder, by_id
from api.schemas.build_statement import statement_out
from domain.services.timelines import TopicTimeline


def timeline(found: TopicTimeline, builder: Builder) -> outer.TimelineOut:
    """Return the timeline of a topic."""
    topic, evidence = found.topic.id, by_id(found.statements)
    return outer.TimelineOut(
        topic=builder.topic(found.topic),
        positions=tuple(builder.position(each, evidence) for each in found.positions),
        asides=tuple(builder.aside(each, evidence) for each in found.asides),
        statements=tuple(statement_out(s, topic, builder) for s in found.statements),
    )
