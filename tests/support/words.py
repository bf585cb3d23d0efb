"""An extractor for tests, quick and without a model: every word is a statement."""

from __future__ import annotations

from collections.abc import Sequence

from domain.model.article import Article
from domain.model.commitment import Reading
from domain.model.extraction import Extraction, Filed, Found
from domain.model.ids import StatementId, TopicId, article_id, statement_id
from domain.model.span import Excerpt, Span
from domain.model.statement import Attribution, Filing, Kind
from tests.support.facts import (
    OTHER_QUESTION,
    TOPIC,
    assessed,
    dated,
    reading,
    spoken_by,
)

SECOND = TopicId("toll-talks")
"""A topic under which some of the words are filed as well."""
MEANINGS: dict[str, tuple[str | None, tuple[Reading, ...]]] = {
    "oui": ("2031-02-01", (reading(3),)),
    "Élan": ("2031-02-03/2031-02-04", (reading(2), reading(-1))),
    "non": ("2031-02-06", (reading(-3), reading(1, question=OTHER_QUESTION))),
    "мир": (None, (reading(1), reading(2))),
}
"""When a word was spoken and what it says; other words say nothing."""
TWICE = frozenset(("Élan", "мир"))
"""The words that are filed under both topics."""


class WordExtractor:
    """Finds a statement in every word of a text."""

    def __init__(self, first: TopicId = TOPIC, second: TopicId = SECOND) -> None:
        self._first, self._second = first, second

    def extract(self, article: Article) -> Extraction:
        """Return one statement a word."""
        return Extraction(
            extractor="words 1",
            found=tuple(self._found(article, span) for span in spans(article.text)),
            boilerplate=(),
            skipped=(),
        )

    def _found(self, article: Article, span: Span) -> Found:
        word = span.words(article.text)
        spoken_at, readings = MEANINGS.get(word, (None, ()))
        topics = (self._first, self._second) if word in TWICE else (self._first,)
        return Found(
            id=statement_id(article.id, [span]),
            attribution=Attribution(
                language="fr",
                kind=Kind.DIRECT,
                content=(Excerpt.cut(article.text, span),),
                cue=None,
                source=None,
                rule="test",
                confidence=1,
            ),
            identification=spoken_by("vesna-orlin"),
            dating=dated(spoken_at),
            filed=tuple(
                Filed(
                    topic=topic,
                    filing=Filing(rule="test"),
                    assessment=assessed(readings),
                )
                for topic in topics
            ),
        )


def spans(text: str) -> Sequence[Span]:
    """Return the places of the words of a text."""
    found, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        found.append(Span(start, at))
    return found


def statements_of(text: str, *words: str) -> set[StatementId]:
    """Return the ids of the statements of a text, or of some of its words."""
    return {
        statement_id(article_id(text), [span])
        for span in spans(text)
        if not words or span.words(text) in words
    }
