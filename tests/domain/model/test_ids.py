"""Ids derive from what never changes, and from nothing else."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.model.article import Article
from domain.model.ids import (
    ALIASES,
    UNFILED,
    AgentId,
    TopicId,
    agent_stream,
    article_id,
    article_stream,
    statement_id,
    topic_stream,
)
from domain.model.moment import Moment
from domain.model.span import Span

SPANS = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 9)).map(
        lambda each: Span(each[0], each[0] + each[1])
    ),
    min_size=1,
    max_size=3,
)


@given(st.text())
def test_the_id_of_an_article_is_the_sha256_of_its_text(text: str) -> None:
    """An article is its text, in UTF-8; nothing is evened out before."""
    assert article_id(text) == hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_texts_that_look_alike_are_other_articles() -> None:
    """Line ends, spaces and combining marks are part of the text."""
    alike = ("é\n", "e\u0301\n", "é\r\n", "é", "é \n", "é\u00a0\n")
    assert len({article_id(text) for text in alike}) == len(alike)


def test_metadata_are_no_part_of_the_id_of_an_article() -> None:
    """Outlet, url, language and date can be told later; the article is the same."""
    plain = Article(text="Le port rouvre.", language="fr")
    told = plain.model_copy(
        update={
            "language": "en",
            "outlet": "La Vigie",
            "url": "https://vigie.example/port",
            "published_at": Moment.parse("2031-02-03"),
        }
    )
    assert told.id == plain.id == article_id(plain.text)


@given(SPANS, SPANS)
def test_a_statement_is_its_place_in_its_article(
    one: list[Span], other: list[Span]
) -> None:
    """Equal article and content spans give equal ids, other spans another."""
    article = article_id("Le port rouvre.")
    same = statement_id(article, one) == statement_id(article, other)
    assert same == (one == other)
    assert statement_id(article, one) != statement_id(article_id("Autre."), one)


def test_the_id_of_a_statement_is_stable() -> None:
    """Links and stored events name it: the derivation is promised for ever."""
    told = statement_id(article_id("Article 1"), [Span(0, 4), Span(7, 9)])
    line = f"onrecord-statement/v1\n{article_id('Article 1')}\n0-4,7-9"
    assert told == "st-" + hashlib.sha256(line.encode()).hexdigest()[:32]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([Span(1, 12), Span(13, 14)], [Span(1, 1), Span(21, 31), Span(4, 4)]),
        ([Span(1, 2), Span(3, 4)], [Span(1, 4)]),
        ([Span(1, 2), Span(3, 4)], [Span(3, 4), Span(1, 2)]),
    ],
)
def test_spans_are_not_run_together(one: list[Span], other: list[Span]) -> None:
    """Spans of other numbers or in another order are another place."""
    article = article_id("Le port rouvre.")
    assert statement_id(article, one) != statement_id(article, other)


def test_streams_are_named_for_ever() -> None:
    """Stored events lie in streams of these names."""
    assert article_stream(article_id("")) == f"article:{article_id('')}"
    assert agent_stream(AgentId("vesna-orlin")) == "agent:vesna-orlin"
    assert topic_stream(TopicId("harbour-treaty")) == "topic:harbour-treaty"
    assert topic_stream(UNFILED) == "topic:unfiled"
    assert ALIASES == "aliases"
