"""Selecting of a topic: the parameters of its timeline, what they ask for, the answer.

``as_of`` is the axis of speaking, ``known_at`` that of the record. A parameter that is
there and empty, as a form sends it, counts as absent.
"""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from litestar import Request
from litestar.params import QueryParameter

from api.routes.shared import LANGUAGES, last_day
from api.schemas import outer
from api.schemas.build import builder_of
from api.schemas.build_timeline import timeline
from api.services import Services
from domain.model.ids import LONGEST_ID, AgentId, QuestionId, TopicId
from domain.services.timelines import TimelineQuery, TopicTimeline

SELECTION = ("as_of", "known_at", "holder", "question", "lang")
_UNCHANGED = {"stated", "reaffirmed"}

Req = Request[Any, Any, Any]
Lang = Annotated[
    str | None,
    QueryParameter(
        description="Language of labels; else as Accept-Language says.",
        schema_extra={"enum": ["", *LANGUAGES]},
    ),
]
AsOf = Annotated[
    str | None,
    QueryParameter(
        description="EDTF: only what may have been spoken by its last day.",
        max_length=64,
    ),
]
KnownAt = Annotated[
    str | None,
    QueryParameter(
        description="A seq, or an RFC 3339 instant: the record as it stood.",
        max_length=64,
    ),
]
Holder = Annotated[
    str | None, QueryParameter(description="Id of a holder.", max_length=LONGEST_ID)
]
QuestionParam = Annotated[
    str | None, QueryParameter(description="Id of a question.", max_length=LONGEST_ID)
]
ChangedOnly = Annotated[
    bool, QueryParameter(description="Leave out first statements and reaffirmations.")
]


def query_of(
    services: Services,
    topic: str,
    as_of: str | None,
    known_at: str | None,
    holder: str | None,
    question: str | None,
) -> TimelineQuery:
    """Return the query that parameters ask for; an empty one counts as absent."""
    return TimelineQuery(
        topic=TopicId(topic),
        as_of=last_day(as_of) if as_of else None,
        known_at=services.timelines.seq_known_at(known_at) if known_at else None,
        holder=AgentId(holder) if holder else None,
        question=QuestionId(question) if question else None,
    )


def timeline_of(
    services: Services,
    found: TopicTimeline,
    language: str,
    *,
    changed_only: bool = False,
) -> outer.Envelope[outer.TimelineOut]:
    """Return a timeline in its outer shape."""
    builder = builder_of(services.timelines.agents(), [found.topic], language)
    told = timeline(found, builder)
    if changed_only:
        changed = [each for each in told.positions if each.label not in _UNCHANGED]
        told = told.model_copy(update={"positions": tuple(changed)})
    topic = found.topic.id
    here = f"/api/v1/topics/{topic}"
    known = found.query.model_copy(update={"known_at": found.seq})
    return outer.Envelope(
        data=told,
        meta=outer.Meta(
            seq=found.seq,
            known_at=found.query.known_at,
            as_of=found.query.as_of,
            holder=found.query.holder,
            question=found.query.question,
            digest=found.digest,
        ),
        links={
            "self": address(f"{here}/timeline", found.query, changed_only),
            "topic": here,
            "revisions": f"{here}/revisions",
            "events": f"{here}/events",
            "page": address(f"/topics/{topic}", found.query, changed_only),
            "permalink": address(f"{here}/timeline", known, changed_only),
        },
    )


def address(path: str, query: TimelineQuery, changed_only: bool = False) -> str:
    """Return an address that selects what a query does."""
    given = {
        "as_of": query.as_of,
        "known_at": query.known_at,
        "holder": query.holder,
        "question": query.question,
        "changed_only": "true" if changed_only else None,
    }
    told = urlencode({name: v for name, v in given.items() if v is not None})
    return f"{path}?{told}" if told else path
