"""What extraction makes of one article: the outermost types of this package."""

from __future__ import annotations

from domain.events.article import Marked, Skipped
from domain.events.topic import Filing
from domain.model.ids import StatementId, TopicId
from domain.model.statement import Assessment, Attribution, Dating, Identification
from domain.model.value import Value


class Filed(Value):
    """A statement under one topic, with what it says on the topic's questions."""

    topic: TopicId
    filing: Filing
    assessment: Assessment


class Found(Value):
    """A statement found in an article, judged, and filed under at least one topic."""

    id: StatementId
    attribution: Attribution
    identification: Identification
    dating: Dating
    filed: tuple[Filed, ...]


class Extraction(Value):
    """All that was found in one article, and what was passed over and why."""

    extractor: str
    found: tuple[Found, ...]
    boilerplate: tuple[Marked, ...]
    skipped: tuple[Skipped, ...]
