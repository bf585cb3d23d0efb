"""Revisions as a page shows them: by question, holder and statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from api.schemas.history import CauseOut, RevisionOut
from api.schemas.outer import Named, QuestionOut

Told = Sequence[tuple[RevisionOut, Sequence[CauseOut]]]
"""Revisions of one statement, each with the causes that are told below it."""
ByHolder = Sequence[tuple[Named, Sequence[tuple[str, Told]]]]


def by_statement(
    revisions: Iterable[RevisionOut],
) -> Sequence[tuple[QuestionOut, ByHolder]]:
    """Group revisions; within a statement they keep their order."""
    return [
        (found[0].question, _by_holder(found))
        for found in _groups(revisions, lambda each: each.question.id)
    ]


def _by_holder(revisions: Iterable[RevisionOut]) -> ByHolder:
    return [
        (
            found[0].holder,
            [
                (own[0].statement, _told(own))
                for own in _groups(found, lambda each: each.statement)
            ],
        )
        for found in _groups(revisions, lambda each: each.holder.id or "")
    ]


def _groups(
    revisions: Iterable[RevisionOut], of: Callable[[RevisionOut], str]
) -> list[list[RevisionOut]]:
    """Return groups in the order in which they begin."""
    found: dict[str, list[RevisionOut]] = {}
    for each in revisions:
        found.setdefault(of(each), []).append(each)
    return list(found.values())


def _told(revisions: Sequence[RevisionOut]) -> Told:
    """Tell each cause once: what ends a revision may have begun the next."""
    told: set[int] = set()
    found: list[tuple[RevisionOut, list[CauseOut]]] = []
    for each in revisions:
        causes = [c for c in (each.cause, each.ended_by) if c and c.seq not in told]
        told |= {cause.seq for cause in causes}
        found.append((each, causes))
    return found
