"""Identifiers: content-derived where content defines identity, chosen slugs elsewhere.

An article is its text, a statement is its place in an article. Speaker, date and
readings are judgements on a statement and never part of its id, so that a
correction keeps every link and URL alive (docs/explanation/event-log.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NewType

from domain.model.span import Span

ArticleId = NewType("ArticleId", str)
"""sha256, in hex, of the captured text in UTF-8."""
StatementId = NewType("StatementId", str)
"""``st-`` and 32 hex digits, from the article's id and the content spans."""
EventId = NewType("EventId", str)
"""32 hex digits; equal for equal facts, so that a fact is stored once."""
AgentId = NewType("AgentId", str)
"""A slug chosen once (``peskov``), never derived from a name that may change."""
TopicId = NewType("TopicId", str)
"""A slug chosen once (``putin-trump-talks``)."""
QuestionId = NewType("QuestionId", str)
"""A slug, unique within its topic (``foreign-guarantors``)."""

SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
LONGEST_ID = 200
"""Characters of an id that is handed in: what names an id later takes as many."""
UNFILED = TopicId("unfiled")
"""The stream of statements that no topic claims; nothing is dropped."""
TOPICS = "topic:"
"""How the names of the streams of topics begin."""
ALIASES = "aliases"
"""The one stream of judgements whether two agents are one."""


def article_id(text: str) -> ArticleId:
    """Return the id of the article that consists of this text."""
    return ArticleId(hashlib.sha256(text.encode()).hexdigest())


def statement_id(article: ArticleId, content: Iterable[Span]) -> StatementId:
    """Return the id of the statement with this content in this article."""
    spans = ",".join(f"{start}-{end}" for start, end in content)
    digest = hashlib.sha256(f"onrecord-statement/v1\n{article}\n{spans}".encode())
    return StatementId(f"st-{digest.hexdigest()[:32]}")


def topic_stream(topic: TopicId) -> str:
    """Return the name of the stream of a topic."""
    return f"{TOPICS}{topic}"


def article_stream(article: ArticleId) -> str:
    """Return the name of the stream of an article."""
    return f"article:{article}"


def agent_stream(agent: AgentId) -> str:
    """Return the name of the stream of an agent."""
    return f"agent:{agent}"
