"""Rendering the templates; they see the shapes of the API and nothing else.

Whatever they print has signs that nobody sees made visible, and is escaped after.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.pages import history_words, words
from api.pages.by_statement import by_statement
from api.pages.chart import anchor, chart
from api.pages.passages import Mark, passages
from api.schemas import history, outer
from api.schemas.problem import Problem
from api.visible import shown
from domain.services.histories import HistoryQuery
from domain.services.timelines import TimelineQuery


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("api.pages", "templates"),
        autoescape=True,
        finalize=_seen,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "day": words.day,
        "spoken": words.spoken,
        "basis": words.basis,
        "stance": words.stance,
        "web_address": words.web_address,
        "counted": words.counted,
        "published": words.published,
        "tick": words.tick,
        "value_sign": words.value_sign,
        "told": words.told,
        "anchor": anchor,
        "value_told": history_words.value_told,
        "label_told": history_words.label_told,
        "days_told": history_words.days_told,
        "day_told": history_words.day_told,
    }
    environment.globals |= {
        "certain": words.is_certain,
        "between": words.between,
        "labels": words.LABELS,
        "signs": words.SIGNS,
        "kinds": words.KINDS,
        "reasons": words.REASONS,
        "acts": words.ACTS,
        "resolutions": words.RESOLUTIONS,
    }
    return environment


def _seen(value: object) -> object:
    """Return what a template prints; in a text nothing is unseen, whatever it is of."""
    plain = isinstance(value, str) and not hasattr(value, "__html__")
    return shown(str(value)) if plain else value


def _render(template: str, **context: Any) -> bytes:
    return _environment().get_template(template).render(context).encode()


@dataclass(frozen=True, slots=True)
class TopicView:
    """A timeline to be shown, the query it answers, and all holders of the topic."""

    whole: outer.Envelope[outer.TimelineOut]
    query: TimelineQuery
    holders: Sequence[tuple[str, str]]
    permalink: str
    language: str


def home_page(topics: tuple[outer.TopicOut, ...], seq: int, language: str) -> bytes:
    """Return the page of all topics."""
    return _render("home.html", topics=topics, seq=seq, language=language)


def topic_page(
    view: TopicView, *, changed_only: bool = False, lang: str | None = None
) -> bytes:
    """Return the page of a topic; ``lang`` is the language that its address names."""
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
        language=view.language,
        lang=lang,
    )


@dataclass(frozen=True, slots=True)
class HistoryView:
    """What pages of a topic's history share: the topic, and languages.

    ``lang`` is the language that the address names.
    """

    topic: outer.TopicOut
    language: str
    lang: str | None

    def told(self) -> dict[str, Any]:
        """Return what the templates are given of it."""
        told_in = history_words.language_told(self.language)
        return {
            "topic": self.topic,
            "language": self.language,
            "lang": self.lang,
            "asked": f"?lang={self.lang}" if self.lang else "",
            "told_in": told_in,
            "text": history_words.TEXTS[told_in],
        }


def revisions_page(
    view: HistoryView,
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
        grouped=by_statement(whole.data.revisions),
        mentioned={each.id: each for each in whole.data.statements},
        query=query,
        holders=holders,
        questions=questions,
        following=following,
        meta=whole.meta,
        links=whole.links,
        **view.told(),
    )


def diff_page(
    view: HistoryView,
    whole: outer.Envelope[history.DifferencesOut],
    forms: dict[str, str],
) -> bytes:
    """Return the page of differences; ``forms`` is what stands in its two forms."""
    found = whole.data
    return _render(
        "diff.html",
        found=found,
        by_id={statement.id: statement for statement in found.statements},
        withdrawn=found.withdrawn,
        forms=forms,
        meta=whole.meta,
        links=whole.links,
        **view.told(),
    )


def statement_page(
    found: outer.InContextOut, topics: dict[str, str], language: str
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
        topics=topics,
        language=language,
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


def problem_page(problem: Problem) -> bytes:
    """Return an error as a page."""
    return _render("problem.html", problem=problem)


def problem_kind_page(title: str, advice: str, status: int) -> bytes:
    """Return the page that a problem's type leads to."""
    return _render("problem_kind.html", title=title, advice=advice, status=status)


def docs_page() -> bytes:
    """Return the page of the API's documentation."""
    return _render("docs.html")
