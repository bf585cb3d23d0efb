"""Rendering the templates; they see the shapes of the API and nothing else."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.pages import words
from api.pages.passages import Mark, passages, shown
from api.schemas import outer
from domain.services.timelines import TimelineQuery


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("api.pages", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "day": words.day,
        "spoken": words.spoken,
        "basis": words.basis,
        "stance": words.stance,
        "shown": shown,
    }
    environment.globals |= {
        "certain": words.is_certain,
        "between": words.between,
        "labels": words.LABELS,
        "kinds": words.KINDS,
        "reasons": words.REASONS,
    }
    return environment


def _render(template: str, **context: Any) -> bytes:
    return _environment().get_template(template).render(context).encode()


def home_page(topics: tuple[outer.TopicOut, ...], seq: int) -> bytes:
    """Return the page of all topics."""
    return _render("home.html", topics=topics, seq=seq)


def topic_page(
    found: outer.TimelineOut, query: TimelineQuery, meta: outer.Meta
) -> bytes:
    """Return the page of a topic."""
    by_question = {
        question.id: list(positions)
        for question, positions in groupby(found.positions, key=lambda p: p.question)
    }
    holders = sorted({(p.holder.id or "", p.holder.label) for p in found.positions})
    return _render(
        "topic.html",
        topic=found.topic,
        by_question=by_question,
        statements=found.statements,
        by_id={statement.id: statement for statement in found.statements},
        asides=found.asides,
        holders=holders,
        query=query,
        meta=meta,
    )


def statement_page(
    found: outer.InContextOut, seq: int, topics: dict[str, str]
) -> bytes:
    """Return the page of a statement, its exact words marked in their source.

    ``topics`` gives the labels of the topics that it is filed under.
    """
    first = found.filed[0]
    marks = [Mark(each.start, each.end, "content") for each in first.content]
    for part, kind in ((first.cue, "cue"), (first.source, "source")):
        if part is not None:
            marks.append(Mark(part.start, part.end, kind))
    context = found.context
    return _render(
        "statement.html",
        found=found,
        first=first,
        pieces=passages(context.words, context.start, marks) if context else [],
        seq=seq,
        topics=topics,
    )


def article_page(
    article: outer.ArticleOut, statements: list[outer.StatementOut]
) -> bytes:
    """Return the page of an article, every statement and what is not the article marked."""
    marks = [
        Mark(part.start, part.end, "content", f"/statements/{statement.id}")
        for statement in statements
        for part in statement.content
    ]
    marks += [
        Mark(m.start, m.end, "boilerplate", m.reason) for m in article.boilerplate
    ]
    return _render(
        "article.html",
        article=article,
        statements=statements,
        pieces=passages(article.text or "", 0, marks),
    )


def problem_page(problem: outer.Problem) -> bytes:
    """Return an error as a page."""
    return _render("problem.html", problem=problem)


def problem_kind_page(title: str, advice: str, status: int) -> bytes:
    """Return the page that a problem's type leads to."""
    return _render("problem_kind.html", title=title, advice=advice, status=status)


def docs_page() -> bytes:
    """Return the page of the API's documentation."""
    return _render("docs.html")
