"""Revisions: which label the record gave to a statement, from when to when.

1. What is told is the label and the value of the position that carries a statement, by
   question, holder and statement; *stated again* is another label. Another delta, other
   days or more evidence under the same label and value are no revision.
2. States are compared after whole transactions, which are the events recorded at one
   instant. What was so inside of one only was never seen by anybody, and is dropped.
3. A revision begins with the last event of the transaction after which it was so, and
   ends before the last event of the one after which it was so no more. For a seq inside
   of a transaction it therefore tells what was so before that transaction.
4. The cause is the event from which on it was so, the last one of its transaction that
   changed it. What ends one revision is the cause of the next, if one follows at once.
5. A statement that leaves the line ends its revision, and none begins. When it comes
   back, the revision that begins has nothing before it.

So at every seq that ends a transaction, the revisions that hold there are the fold of
the log up to it, and at any other seq they are those of the last such seq before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from domain.model.ids import AgentId, QuestionId, StatementId
from domain.model.value import Value
from domain.positions.causes import Cause
from domain.positions.labels import BlockValue, Label
from domain.positions.timeline import Position

TransactionOf = Callable[[int], datetime]
"""The transaction that an event, given by its seq, is part of: the instant of it."""


class Held(NamedTuple):
    """A position as it was from a seq on, until before another; None: as it still is."""

    position: Position
    since: int
    until: int | None


class Labelled(Value):
    """What a statement read: the label and the value of its position.

    ``again`` is set where it was stated after a position that was taken back.
    """

    label: Label
    value: BlockValue
    again: bool = False

    @classmethod
    def of(cls, position: Position) -> Labelled:
        """Return what the statements of a position read."""
        return cls(
            label=position.transition.label, value=position.value, again=position.again
        )


class RevisionKey(NamedTuple):
    """What revisions are kept by."""

    question: QuestionId
    holder: AgentId
    statement: StatementId


class Stretch(NamedTuple):
    """A revision, by the seqs of the events that began and ended it.

    ``before`` is what it replaced, None where the statement had no label.
    """

    key: RevisionKey
    labelled: Labelled
    before: Labelled | None
    cause: int
    ended_by: int | None


class Revision(Value):
    """What a statement read from ``since`` on, until before ``until``, and why.

    ``before`` is what it read until then; ``until`` is None where it still reads so.
    """

    question: QuestionId
    holder: AgentId
    statement: StatementId
    labelled: Labelled
    before: Labelled | None
    since: int
    until: int | None
    cause: Cause
    ended_by: Cause | None


class _Step(NamedTuple):
    """What a statement reads from an event on; None: it has no label."""

    seq: int
    labelled: Labelled | None


def stretches(
    held: Iterable[Held], transaction_of: TransactionOf, *, known_at: int
) -> list[Stretch]:
    """Return the revisions of all statements, by the event that caused each.

    ``known_at`` is the end of a transaction: what came later is left out.
    """
    found = [
        stretch
        for key, steps in _steps(held, known_at).items()
        for stretch in _stretches(key, _seen(steps, transaction_of))
    ]
    return sorted(found, key=lambda each: (each.cause, each.key))


def revised(found: Iterable[Stretch]) -> set[tuple[QuestionId, StatementId]]:
    """Return the statements of which a revision ended, whoever held it, by question."""
    ended = (stretch.key for stretch in found if stretch.ended_by is not None)
    return {(key.question, key.statement) for key in ended}


def _steps(held: Iterable[Held], known_at: int) -> dict[RevisionKey, list[_Step]]:
    """Return what each statement came to read, event by event."""
    begun: dict[RevisionKey, list[Held]] = defaultdict(list)
    for each in sorted(held, key=lambda each: each.since):
        if each.since <= known_at:
            where = (each.position.question, each.position.holder)
            for statement in each.position.statements:
                begun[RevisionKey(*where, statement)].append(each)
    return {key: _of_one(every, known_at) for key, every in begun.items()}


def _of_one(held: list[Held], known_at: int) -> list[_Step]:
    """Return the steps of one statement, of which no two in a row are alike."""
    steps: list[_Step] = []
    for each, following in pairwise([*held, None]):
        if each is None:
            continue
        steps.append(_Step(each.since, Labelled.of(each.position)))
        over = each.until is not None and each.until <= known_at
        if over and (following is None or following.since != each.until):
            steps.append(_Step(each.until or 0, None))
    return _unlike(steps)


def _seen(steps: list[_Step], transaction_of: TransactionOf) -> list[_Step]:
    """Leave out what was so inside of a transaction only."""
    if len(steps) == 1:
        return steps
    last = {transaction_of(step.seq): step for step in steps}
    return _unlike(last.values())


def _unlike(steps: Iterable[_Step]) -> list[_Step]:
    """Leave out the steps that change nothing; before the first there is no label."""
    kept: list[_Step] = []
    for step in steps:
        if step.labelled != (kept[-1].labelled if kept else None):
            kept.append(step)
    return kept


def _stretches(key: RevisionKey, steps: list[_Step]) -> Iterator[Stretch]:
    before: Labelled | None = None
    for number, step in enumerate(steps):
        if step.labelled is not None:
            ended_by = steps[number + 1].seq if number + 1 < len(steps) else None
            yield Stretch(key, step.labelled, before, step.seq, ended_by)
        before = step.labelled
