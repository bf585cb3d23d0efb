"""The pages of what changed on record: revisions of a topic, and what differs."""

from __future__ import annotations

from collections.abc import Sequence

from litestar import MediaType, Response, Router
from litestar.params import FromPath

from api.conditional import by_state
from api.pages import render
from api.pages.choices import choices
from api.pages.words import Words
from api.routes.history import (
    SELECTED,
    SIDES,
    AfterNumber,
    FromAsOf,
    FromKnownAt,
    Replaced,
    StatementParam,
    ToAsOf,
    ToKnownAt,
    differences_of,
    history_of,
    history_query,
    revisions_address,
    sides_of,
)
from api.routes.selection import Holder, Lang, QuestionParam, Req
from api.routes.shared import Uses, read, reader_of
from api.schemas.build import builder_of, by_id
from api.services import Services
from domain.model.ids import AgentId, TopicId
from domain.services.changes import Change, LastChanges
from domain.services.histories import History

PAGE = 200
"""Revisions on a page."""
CHANGES = 20
"""LastChanges that can be chosen on the page of differences."""


@read(
    "/{topic:str}/revisions",
    query=(*SELECTED, "after"),
    media_type=MediaType.HTML,
    include_in_schema=False,
)
def revisions_page(
    request: Req,
    services: Uses,
    topic: FromPath[str],
    holder: Holder = None,
    question: QuestionParam = None,
    statement: StatementParam = None,
    changed_only: Replaced = True,
    after: AfterNumber = 0,
    lang: Lang = None,
) -> Response[bytes]:
    """Show how the labels of a topic were revised; at first only those that were."""
    reader = reader_of(request, lang)
    language = reader.language

    def body() -> bytes:
        query = history_query(
            topic, holder, question, statement, changed_only=changed_only
        )
        paged = query.model_copy(update={"after": after, "limit": PAGE})
        found = services.histories.revisions(paged)
        whole = history_of(services, found, language)
        builder = builder_of(services.timelines.agents(), [found.topic], language)
        asked = (*found.topic.questions, *found.topic.withdrawn_questions)
        return render.revisions_page(
            reader,
            builder.topic(found.topic),
            whole,
            query,
            holders=[
                (each, builder.agent(AgentId(each)).label)
                for each in services.histories.holders(TopicId(topic))
            ],
            questions=[(q.id, builder.question(q.id).label) for q in asked],
            following=_following(found, lang),
        )

    return by_state(
        request, services, body, media_type=MediaType.HTML, language=language
    )


def _following(found: History, lang: str | None) -> str | None:
    """Return the address of the next page, None on the last one."""
    if found.next_after is None:
        return None
    update = {"after": found.next_after, "limit": None}
    query = found.query.model_copy(update=update)
    path = revisions_address(f"/topics/{query.topic}/revisions", query)
    return f"{path}&lang={lang}" if lang else path


@read(
    "/{topic:str}/diff",
    query=(*SIDES, "lang"),
    media_type=MediaType.HTML,
    include_in_schema=False,
)
def diff_page(
    request: Req,
    services: Uses,
    topic: FromPath[str],
    from_known_at: FromKnownAt = None,
    to_known_at: ToKnownAt = None,
    from_as_of: FromAsOf = None,
    to_as_of: ToAsOf = None,
    lang: Lang = None,
) -> Response[bytes]:
    """Show what differs; where nothing is asked, what was changed last."""
    reader = reader_of(request, lang)
    language = reader.language

    def body() -> bytes:
        known, spoken = (from_known_at, to_known_at), (from_as_of, to_as_of)
        changes = LastChanges(services.log, services.views).last(
            TopicId(topic), CHANGES
        )
        last = _sides_of_last(services, changes)
        if not any((*known, *spoken)):
            known = last
        found = services.histories.between(*sides_of(services, topic, known, spoken))
        agents = services.timelines.agents()
        now = services.timelines.topic(TopicId(topic))
        builder = builder_of(agents, [found.after.topic], language)
        evidence = by_id(found.after.statements)
        forms = {
            "from_known_at": known[0] or last[0],
            "to_known_at": known[1] or last[1],
            "from_as_of": spoken[0] or str(now.earliest or ""),
            "to_as_of": spoken[1] or str(now.latest or ""),
        }
        offered = choices(
            Words(language),
            changes,
            [builder.position(each, evidence) for each in found.after.positions],
            (forms["from_known_at"], forms["to_known_at"]),
            builder.name,
        )
        topic_out = builder.topic(found.after.topic)
        whole = differences_of(services, found, language)
        return render.diff_page(reader, topic_out, whole, offered, forms)

    return by_state(
        request, services, body, media_type=MediaType.HTML, language=language
    )


def _sides_of_last(services: Services, changes: Sequence[Change]) -> tuple[str, str]:
    """Return the seqs on both sides of the last change; where there is none, now."""
    if not changes:
        with services.views.snapshot() as views:
            return str(views.seq), str(views.seq)
    return str(changes[0].before), str(changes[0].after)


router = Router("/topics", route_handlers=[revisions_page, diff_page])
