"""Facts and articles by number, so that what was acknowledged can be told by a number."""

from __future__ import annotations

from domain.model.article import Article, Capture
from domain.model.ids import TopicId, topic_stream
from domain.ports import Append, Batch
from tests.support.facts import TESTER, attributed, reading

CAPTURE = Capture(media_type="text/plain", encoding="utf-8", byte_length=1)
A_TOPIC = 20
"""Facts of a topic, or articles of a pair, so that no topic grows without bound."""
A_URL = 3
"""Articles under one url: each but the first revises the one before."""


def batch_of(number: int) -> Batch:
    """Return the batch of a fact: the next statement of its topic."""
    topic = TopicId(f"crew-{number // A_TOPIC}")
    version = number % A_TOPIC
    fact = attributed(number, f"2031-02-{version + 1:02d}", reading(version % 7 - 3))
    fact = fact.model_copy(update={"topic": topic})
    return Batch((Append(topic_stream(topic), version, (fact,)),), actor=TESTER)


def article_of(number: int) -> Article:
    """Return the article with a number."""
    return Article(
        text=f"Article {number} oui Élan non мир oui Élan non мир",
        language="fr",
        url=f"https://vigie.example/{number // A_URL}",
    )


def topics_of(number: int) -> tuple[TopicId, TopicId]:
    """Return the two topics of the article with a number."""
    pair = number // A_TOPIC
    return TopicId(f"harbour-{pair}"), TopicId(f"toll-{pair}")
