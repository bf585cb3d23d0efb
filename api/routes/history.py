"""``/api/v1/topics/{topic}``: revisions, differences, what may be one utterance."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from litestar import Response, Router
from litestar.exceptions import ClientException
from litestar.params import FromPath, QueryParameter

from api.conditional import by_state
from api.routes.selection import Holder, Lang, QuestionParam, Req
from api.routes.shared import Uses, encoded, language_of, last_day, read
from api.schemas import build_history, history, outer
from api.schemas.build import builder_of
from api.services import Services
from domain.model.ids import LONGEST_ID, AgentId, QuestionId, StatementId, TopicId
from domain.services.histories import History, HistoryQuery, TopicDifferences
from domain.services.timelines import TimelineQuery

SELECTED = ("holder", "question", "statement", "changed_only", "lang")
SIDES = ("from_known_at", "to_known_at", "from_as_of", "to_as_of")
ONE_AXIS = (
    "name two states on one axis: from_known_at and to_known_at, or from_as_of and "
    "to_as_of"
)

StatementParam = Annotated[
    str | None, QueryParameter(description="Id of a statement.", max_length=LONGEST_ID)
]
Replaced = Annotated[
    bool,
    QueryParameter(description="Leave out what has read the same since it came."),
]
AfterNumber = Annotated[
    int,
    QueryParameter(ge=0, le=2**53 - 1, description="Revisions after this number."),
]
Limit = Annotated[int, QueryParameter(ge=1, le=200, description="At most so many.")]
FromKnownAt = Annotated[
    str | None,
    QueryParameter(description="The earlier record: a seq or instant.", max_length=64),
]
ToKnownAt = Annotated[
    str | None,
    QueryParameter(description="The later record: a seq or instant.", max_length=64),
]
FromAsOf = Annotated[
    str | None,
    QueryParameter(description="EDTF: spoken by its last day.", max_length=64),
]
ToAsOf = Annotated[
    str | None,
    QueryParameter(description="EDTF: spoken by its last day.", max_length=64),
]


@read(
    "/{topic:str}/revisions",
    query=(*SELECTED, "after", "limit"),
    summary="How labels were revised",
)
def get_revisions(
    request: Req,
    services: Uses,
    topic: FromPath[str],
    holder: Holder = None,
    question: QuestionParam = None,
    statement: StatementParam = None,
    changed_only: Replaced = False,
    after: AfterNumber = 0,
    limit: Limit = 50,
    lang: Lang = None,
) -> Response[outer.Envelope[history.HistoryOut]]:
    """Return what each statement read, from which seq to which, and what caused it."""
    language = language_of(request, lang)

    def body() -> bytes:
        query = history_query(
            topic, holder, question, statement, changed_only=changed_only
        )
        paged = query.model_copy(update={"after": after, "limit": limit})
        return encoded(
            history_of(services, services.histories.revisions(paged), language)
        )

    return by_state(request, services, body, language=language)  # type: ignore[return-value] # bytes of that shape


@read("/{topic:str}/diff", query=(*SIDES, "lang"), summary="What differs")
def get_diff(
    request: Req,
    services: Uses,
    topic: FromPath[str],
    from_known_at: FromKnownAt = None,
    to_known_at: ToKnownAt = None,
    from_as_of: FromAsOf = None,
    to_as_of: ToAsOf = None,
    lang: Lang = None,
) -> Response[outer.Envelope[history.DifferencesOut]]:
    """Return what differs between two states of the record, or two days of speaking."""
    language = language_of(request, lang)

    def body() -> bytes:
        known, spoken = (from_known_at, to_known_at), (from_as_of, to_as_of)
        sides = sides_of(services, topic, known, spoken)
        found = services.histories.between(*sides)
        return encoded(differences_of(services, found, language))

    return by_state(request, services, body, language=language)  # type: ignore[return-value] # bytes of that shape


@read("/{topic:str}/proposals", query=("limit",), summary="What may be one utterance")
def get_proposals(
    request: Req, services: Uses, topic: FromPath[str], limit: Limit = 50
) -> Response[history.ProposalsOut]:
    """Return pairs of statements that may be one, clear ones first; nothing is linked."""

    def body() -> bytes:
        found = services.proposals.of_topic(TopicId(topic))
        here = f"/api/v1/topics/{topic}"
        return encoded(
            history.ProposalsOut(
                data=tuple(
                    build_history.proposal(each) for each in found.pairs[:limit]
                ),
                meta=history.ProposalsMeta(
                    seq=services.timelines.topic(TopicId(topic)).seq,
                    unread=found.unread,
                ),
                links={"self": f"{here}/proposals?limit={limit}", "topic": here},
            )
        )

    return by_state(request, services, body)  # type: ignore[return-value] # bytes of that shape


def history_query(
    topic: str,
    holder: str | None,
    question: str | None,
    statement: str | None,
    *,
    changed_only: bool,
) -> HistoryQuery:
    """Return the query that parameters ask for; an empty one counts as absent."""
    return HistoryQuery(
        topic=TopicId(topic),
        holder=AgentId(holder) if holder else None,
        question=QuestionId(question) if question else None,
        statement=StatementId(statement) if statement else None,
        changed_only=changed_only,
    )


def history_of(
    services: Services, found: History, language: str
) -> outer.Envelope[history.HistoryOut]:
    """Return revisions in their outer shape."""
    agents, query = services.timelines.agents(), found.query
    builder = builder_of(agents, [found.topic], language)
    topic = f"/topics/{query.topic}"
    links = {
        "self": revisions_address(f"/api/v1{topic}/revisions", query),
        "topic": f"/api/v1{topic}",
        "timeline": f"/api/v1{topic}/timeline",
        "page": revisions_address(f"{topic}/revisions", query),
    }
    if found.next_after is not None:
        following = query.model_copy(update={"after": found.next_after})
        links["next"] = revisions_address(f"/api/v1{topic}/revisions", following)
    return outer.Envelope(
        data=build_history.revisions(found, builder),
        meta=outer.Meta(seq=found.seq, holder=query.holder, question=query.question),
        links=links,
    )


def revisions_address(path: str, query: HistoryQuery) -> str:
    """Return an address that selects what a query does."""
    given = {
        "holder": query.holder,
        "question": query.question,
        "statement": query.statement,
        "changed_only": "true" if query.changed_only else None,
        "after": query.after or None,
        "limit": query.limit,
    }
    told = urlencode({name: v for name, v in given.items() if v is not None})
    return f"{path}?{told}" if told else path


def sides_of(
    services: Services,
    topic: str,
    known: tuple[str | None, str | None],
    spoken: tuple[str | None, str | None],
) -> tuple[TimelineQuery, TimelineQuery]:
    """Return the two timelines that parameters ask for.

    Raises:
        ClientException: they name no two states on one axis.
        InvalidInputError: one of them is no seq, instant or date.
    """
    of = TimelineQuery(topic=TopicId(topic))
    changes: list[dict[str, Any]] = []
    if all(known) and not any(spoken):
        timelines = services.timelines
        changes = [{"known_at": timelines.seq_known_at(k)} for k in known if k]
    elif all(spoken) and not any(known):
        changes = [{"as_of": last_day(each)} for each in spoken if each]
    else:
        raise ClientException(ONE_AXIS)
    before, after = (of.model_copy(update=each) for each in changes)
    return before, after


def differences_of(
    services: Services, found: TopicDifferences, language: str
) -> outer.Envelope[history.DifferencesOut]:
    """Return what differs in its outer shape."""
    before, after = found.before, found.after
    topics = [before.topic, after.topic]
    builder = builder_of(services.timelines.agents(), topics, language)
    topic = f"/topics/{after.topic.id}"
    told = urlencode(_sides_told(found))
    return outer.Envelope(
        data=build_history.differences(found, builder),
        meta=outer.Meta(seq=after.seq),
        links={
            "self": f"/api/v1{topic}/diff?{told}",
            "topic": f"/api/v1{topic}",
            "page": f"{topic}/diff?{told}",
            "before": _timeline(before.query),
            "after": _timeline(after.query),
        },
    )


def _sides_told(found: TopicDifferences) -> dict[str, object]:
    before, after = found.before.query, found.after.query
    if before.as_of is not None:
        return {"from_as_of": before.as_of, "to_as_of": after.as_of}
    return {"from_known_at": before.known_at, "to_known_at": after.known_at}


def _timeline(query: TimelineQuery) -> str:
    told = {"as_of": query.as_of} if query.as_of else {"known_at": query.known_at}
    return f"/api/v1/topics/{query.topic}/timeline?{urlencode(told)}"


router = Router(
    "/topics",
    route_handlers=[get_revisions, get_diff, get_proposals],
    tags=["topics"],
)
