"""Rendering the templates; they see the shapes of the API and nothing else.

Whatever they print has signs that nobody sees made visible, and is escaped after.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.pages import problems, words
from api.pages.by_statement import by_statement
from api.pages.chart import anchor, chart
from api.pages.choices import Choices
from api.pages.passages import Mark, passages
from api.pages.reader import ENGLISH, Reader
from api.problem_kinds import KINDS, Kind
from api.schemas import history, outer
from api.schemas.in_context import InContextOut
from api.schemas.problem import Problem
from api.visible import is_long, shortened, shown
from domain.services.histories import HistoryQuery
from domain.services.timelines import TimelineQuery


@cache
def _environment(told_in: str) -> Environment:
    """Return the templates, which speak one language."""
    environment = Environment(
        loader=PackageLoader("api.pages", "templates"),
        autoescape=True,
        finalize=_seen,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    said = words.Words(told_in)
    environment.filters |= {
        "day": said.day,
        "days": said.days,
        "spoken": said.spoken,
        "basis": said.basis,
        "stance": said.stance,
        "counted": said.counted,
        "published": said.published,
        "tick": said.tick,
        "value": said.value,
        "reading": said.reading,
        "conditions": said.conditions,
        "label": said.label,
        "one_with": said.one_with,
        "told": said.told,
        "web_address": words.web_address,
        "value_sign": words.value_sign,
        "capital": words.capital,
        "instant": words.instant,
        "anchor": anchor,
        "shortened": shortened,
    }
    catalogue = said.catalogue
    environment.globals |= {
        "certain": words.is_certain,
        "beside_line": said.beside,
        "between": said.between,
        "is_long": is_long,
        "signs": words.SIGNS,
        "text": catalogue.texts,
        "kinds": catalogue.kinds,
        "kinds_short": catalogue.kinds_short,
        "acts": catalogue.acts,
        "resolutions": catalogue.resolutions,
        "parts_of": catalogue.parts,
    }
    return environment


def _seen(value: object) -> object:
    """Return what a template prints; in a text nothing is unseen, whatever it is of."""
    plain = isinstance(value, str) and not hasattr(value, "__html__")
    return shown(str(value)) if plain else value


def _render(template: str, reader: Reader, **context: Any) -> bytes:
    environment = _environment(reader.told_in)
    told = {
        "language": reader.language,
        "lang": reader.lang,
        "told_in": reader.told_in,
        "asked": reader.asked,
        "others": reader.others,
    }
    return environment.get_template(template).render(told | context).encode()


@dataclass(frozen=True, slots=True)
class TopicView:
    """A timeline to be shown, the query it answers, and all holders of the topic."""

    whole: outer.Envelope[outer.TimelineOut]
    query: TimelineQuery
    holders: Sequence[tuple[str, str]]
    permalink: str


def home_page(reader: Reader, topics: tuple[outer.TopicOut, ...], seq: int) -> bytes:
    """Return the page of all topics."""
    return _render("home.html", reader, topics=topics, seq=seq)


def topic_page(reader: Reader, view: TopicView, *, changed_only: bool = False) -> bytes:
    """Return the page of a topic."""
    found = view.whole.data
    by_question: dict[str, list[outer.PositionOut]] = {}
    for position in found.positions:
        by_question.setdefault(position.question.id, []).append(position)
    query = view.query
    listed = [
        position
        for question in found.topic.questions
        for position in by_question.get(question.id, [])
    ]
    return _render(
        "topic.html",
        reader,
        topic=found.topic,
        by_question=by_question,
        chart=chart(listed),
        statements=found.statements,
        by_id={statement.id: statement for statement in found.statements},
        asides=found.asides,
        holders=view.holders,
        query=query,
        changed_only=changed_only,
        filtered=bool(query.holder or query.question or changed_only),
        past=query.as_of is not None or query.known_at is not None,
        meta=view.whole.meta,
        links=view.whole.links,
        permalink=view.permalink,
    )


def revisions_page(
    reader: Reader,
    topic: outer.TopicOut,
    whole: outer.Envelope[history.HistoryOut],
    query: HistoryQuery,
    *,
    holders: Sequence[tuple[str, str]],
    questions: Sequence[tuple[str, str]],
    following: str | None,
) -> bytes:
    """Return the page of revisions.

    ``holders`` and ``questions`` can be selected, ``following`` is the next page.
    """
    return _render(
        "revisions.html",
        reader,
        topic=topic,
        grouped=by_statement(whole.data.revisions),
        mentioned={each.id: each for each in whole.data.statements},
        query=query,
        holders=holders,
        questions=questions,
        following=following,
        meta=whole.meta,
        links=whole.links,
    )


def diff_page(
    reader: Reader,
    topic: outer.TopicOut,
    whole: outer.Envelope[history.DifferencesOut],
    offered: Choices,
    forms: dict[str, str],
) -> bytes:
    """Return the page of differences; ``forms`` is what stands in its forms."""
    found = whole.data
    return _render(
        "diff.html",
        reader,
        topic=topic,
        found=found,
        by_id={statement.id: statement for statement in found.statements},
        withdrawn=found.withdrawn,
        offered=offered,
        forms=forms,
        meta=whole.meta,
        links=whole.links,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a statement stands in one topic: on lines, and beside them."""

    topic: str
    label: str
    positions: Sequence[outer.PositionOut]
    asides: Sequence[outer.AsideOut]
    fiction: bool = False


def statement_page(
    reader: Reader, found: InContextOut, standings: Sequence[Standing]
) -> bytes:
    """Return the page of a statement, its exact words marked in their source."""
    first = found.filed[0]
    marks = [Mark(each.start, each.end, "content") for each in first.content]
    for part, kind in ((first.cue, "cue"), (first.source, "source")):
        if part is not None:
            marks.append(Mark(part.start, part.end, kind))
    context = found.context
    topics = {each.topic for each in standings}
    return _render(
        "statement.html",
        reader,
        found=found,
        first=first,
        pieces=passages(context.words, context.start, marks) if context else [],
        standings=standings,
        topics={each.topic: each.label for each in standings},
        in_topic={each.topic: each for each in found.filed},
        mentioned={each.id: each for each in found.mentioned},
        several=len(topics | {each.topic.id for each in found.decided}) > 1,
        revisions_of=_revisions_of(reader, found.statement),
    )


def _revisions_of(reader: Reader, statement: str) -> Callable[[outer.PositionOut], str]:
    """Return what selects the revisions of a statement under a position."""

    def selecting(position: outer.PositionOut) -> str:
        selected = {
            "statement": statement,
            "question": position.question.id,
            "holder": position.holder.id,
            "changed_only": "false",
            "lang": reader.lang,
        }
        return urlencode({name: each for name, each in selected.items() if each})

    return selecting


def article_page(
    reader: Reader,
    article: outer.ArticleOut,
    statements: list[outer.StatementOut],
    *,
    fiction: bool = False,
) -> bytes:
    """Return the page of an article, every statement and what is not the article marked.

    ``fiction`` tells that it was invented: a topic of its statements is.
    """
    marks = [
        Mark(part.start, part.end, "content", f"/statements/{s.id}{reader.asked}")
        for s in statements
        for part in s.content
    ]
    marks += [
        Mark(m.start, m.end, "boilerplate", m.reason) for m in article.boilerplate
    ]
    return _render(
        "article.html",
        reader,
        article=article,
        statements=statements,
        fiction=fiction,
        pieces=passages(article.text or "", 0, marks),
    )


def problem_page(reader: Reader, problem: Problem) -> bytes:
    """Return an error as a page; what it tells of itself is in English."""
    kind = KINDS[problem.type.removeprefix("/problems/")]
    told = problems.told_in(reader.told_in, kind)
    return _render("problem.html", reader, problem=problem, kind=told, in_english=kind)


def problem_kind_page(reader: Reader, kind: Kind) -> bytes:
    """Return the page that a problem's type leads to."""
    told = problems.told_in(reader.told_in, kind)
    return _render("problem_kind.html", reader, kind=told)


def docs_page() -> bytes:
    """Return the page of the API's documentation."""
    return _render("docs.html", ENGLISH)
