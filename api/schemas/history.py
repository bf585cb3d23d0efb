"""The shapes of what changed on record: revisions, differences, proposals of links."""

from __future__ import annotations

from datetime import date, datetime

from api.schemas.outer import (
    AsideOut,
    Envelope,
    Meta,
    Named,
    PositionOut,
    QuestionOut,
    Shape,
    StatementOut,
)


class LabelledOut(Shape):
    """What a statement read: label and value of its position.

    ``value`` is ``stance``, ``ambivalent`` or ``none``; only a stance has a commitment.
    ``again`` is true where it was stated after a position that was taken back.
    """

    label: str
    again: bool
    value: str
    commitment: int | None
    conditions: tuple[str, ...]


class CauseOut(Shape):
    """The event that changed something, and the statements or agents it is about.

    ``happening`` tells apart what events of one ``name`` do; ``told`` is what happened,
    in words, as seen from the statement of the revision.
    """

    seq: int
    event: str
    name: str
    happening: str
    actor: str
    recorded_at: datetime
    statements: tuple[str, ...]
    agents: tuple[str, ...]
    reason: str | None
    told: str


class RevisionOut(Shape):
    """What a statement read from ``since`` on, until before ``until``.

    ``until`` is None where it still reads so, ``before`` where it had no label.
    """

    question: QuestionOut
    holder: Named
    statement: str
    now: LabelledOut
    before: LabelledOut | None
    since: int
    until: int | None
    cause: CauseOut
    ended_by: CauseOut | None
    explanation: str


class MentionedOut(Shape):
    """A statement that revisions are about; it is not on record if it was withdrawn."""

    id: str
    words: str
    language: str
    kind: str
    on_record: bool


class HistoryOut(Shape):
    """Revisions by the event that caused each, and the statements they are about."""

    revisions: tuple[RevisionOut, ...]
    statements: tuple[MentionedOut, ...]


class ChangedPositionOut(Shape):
    """A position before and after, and what of it differs."""

    before: PositionOut
    after: PositionOut
    aspects: tuple[str, ...]


class SideOut(Shape):
    """One of two timelines: what was asked for, and where the log then stood.

    ``digest`` is None with ``as_of``: both sides are then read from the same rows.
    """

    as_of: date | None
    known_at: int | None
    seq: int
    digest: str | None


class DifferencesOut(Shape):
    """What came, went and changed; the statements of it, as they stand on the later side.

    ``withdrawn`` names those that are not on record any more.
    """

    before: SideOut
    after: SideOut
    added: tuple[PositionOut, ...]
    gone: tuple[PositionOut, ...]
    changed: tuple[ChangedPositionOut, ...]
    asides_added: tuple[AsideOut, ...]
    asides_gone: tuple[AsideOut, ...]
    statements: tuple[StatementOut, ...]
    withdrawn: tuple[str, ...]


class ProposalOut(Shape):
    """Two statements that may be one utterance; what ``conflicts`` is for review.

    ``versions`` tells whether their articles are versions of one another.
    """

    first: str
    second: str
    similarity: float
    conflicts: tuple[str, ...]
    versions: bool


class ProposalsMeta(Meta):
    """What proposals show; ``unread`` is how many pairs were not compared."""

    unread: int


class ProposalsOut(Envelope[tuple[ProposalOut, ...]]):
    """Proposals, and how many pairs nobody knows about."""

    meta: ProposalsMeta
