"""The shapes of one statement in context: where it stands, and what was decided on it."""

from __future__ import annotations

from api.schemas.history import CauseOut, MentionedOut
from api.schemas.outer import (
    ArticleOut,
    ExcerptOut,
    Named,
    PositionOut,
    Shape,
    StatementOut,
)


class DecidedOut(CauseOut):
    """A decision on a statement, or a filing of it, in a topic."""

    topic: Named


class InContextOut(Shape):
    """A statement, its article, and the paragraphs around its words.

    ``decided`` is in the order of the log; ``mentioned`` are the other statements that
    it is about.
    """

    statement: str
    filed: tuple[StatementOut, ...]
    positions: tuple[PositionOut, ...]
    article: ArticleOut
    context: ExcerptOut | None
    decided: tuple[DecidedOut, ...]
    mentioned: tuple[MentionedOut, ...]
