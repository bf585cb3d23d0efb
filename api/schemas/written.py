"""What writing came to: an article handed in, a decision, an import."""

from __future__ import annotations

from api.schemas.outer import Shape


class IngestedOut(Shape):
    """What handing in an article came to.

    ``skipped`` counts the stretches that were passed over, ``boilerplate`` the
    characters that are not the article, both by reason. ``differs`` names what was said
    of a text otherwise than on record, where the record stays.
    """

    article: str
    outcome: str
    events: int
    statements: tuple[str, ...]
    topics: dict[str, int]
    skipped: dict[str, int]
    boilerplate: dict[str, int]
    differs: tuple[str, ...]
    seq: int


class WrittenOut(Shape):
    """What a decision or an import came to; ``events`` is 0 where it was so already.

    What an import leaves out is named: in ``differs`` what it says of a text otherwise
    than on record, in ``withdrawn`` the statements that are withdrawn.
    """

    events: int
    streams: tuple[str, ...]
    statements: tuple[str, ...]
    differs: tuple[str, ...]
    withdrawn: tuple[str, ...]
    seq: int
