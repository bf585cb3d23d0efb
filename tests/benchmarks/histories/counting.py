"""What a history comes to: its digest, and counts to hold against the recipe."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.events.article import ArticleCaptured
from domain.events.topic import StatementAttributed
from domain.model.ids import TopicId
from tests.benchmarks.histories.newsroom import Written


@dataclass(slots=True)
class Counts:
    """Events by name, statements by topic and by article, and the digest of all bytes."""

    events: Counter[str] = field(default_factory=Counter)
    topics: Counter[TopicId] = field(default_factory=Counter)
    articles: Counter[int] = field(default_factory=Counter)
    a_day: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """Statements of one holder on one question dated to one day."""
    digest: str = ""

    @property
    def statements(self) -> int:
        """Recordings of statements."""
        return self.events[StatementAttributed.name]


def count(written: Iterable[Written]) -> Counts:
    """Read a history to its end."""
    counts, digest = Counts(), hashlib.sha256()
    for at, batch, _ in written:
        digest.update(f"{at.isoformat()} {batch.actor}\n".encode())
        for append in batch.appends:
            digest.update(f"{append.stream} {append.expected}\n".encode())
            for event in append.events:
                digest.update(event.model_dump_json().encode())
                counts.events[event.name] += 1
                match event:
                    case StatementAttributed():
                        counts.topics[event.topic] += 1
                        counts.a_day.update(_days(event))
                    case ArticleCaptured():
                        counts.articles[len(event.statements)] += 1
                    case _:
                        pass
    counts.digest = digest.hexdigest()
    return counts


def _days(told: StatementAttributed) -> Iterable[tuple[str, ...]]:
    moment, who = told.dating.spoken_at, told.identification.agent
    if moment is not None and moment.is_day and who is not None:
        for reading in told.assessment.readings:
            yield (told.topic, reading.question or "", who, moment.text)
