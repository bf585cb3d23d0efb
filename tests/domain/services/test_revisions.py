"""Revisions are what folding every prefix of the log from nothing says, and why.

Generated histories are appended in transactions of any size. The yardstick is a fold
from nothing of every prefix that ends a transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.eventlog.memory import MemoryEventLog
from adapters.views.sqlite import SQLiteViewStore
from domain.events.base import Event, Recorded
from domain.events.codec import decode
from domain.events.topic import StatementDated
from domain.ports import Append, Batch
from domain.positions.causes import Cause
from domain.positions.revisions import Labelled, Revision
from domain.services.folding import Folding
from domain.services.histories import Histories, HistoryQuery
from domain.services.projecting import Projector
from domain.services.timelines import Timelines
from tests.support.facts import (
    TESTER,
    TOPIC,
    attributed,
    dated,
    opened,
    posed,
    reading,
    recorded,
    statement_of,
)
from tests.support.histories import DOUBLED, histories, timeline
from tests.support.stores import SteppingClock

Log = list[Recorded[Event]]
Key = tuple[str, str, str]
Shown = dict[Key, Labelled]
CUTS = st.lists(st.booleans(), min_size=20, max_size=20)
"""Where the next event begins a transaction of its own."""


UNDONE = recorded(
    [
        opened(),
        posed(),
        attributed(1, "2031-02-01", reading(3)),
        *(
            StatementDated(
                statement=statement_of(1), dating=dated(day), reason="read again"
            )
            for day in (None, "2031-02-01")
        ),
    ]
)
"""A statement is taken off the line and put back; in one transaction it never left."""


class Told(NamedTuple):
    """A history as it was recorded, and what is asked of it."""

    events: Log
    views: SQLiteViewStore
    log: MemoryEventLog
    histories: Histories


@contextmanager
def told(
    history: Log, cuts: Sequence[bool], *, folded: int | None = None
) -> Iterator[Told]:
    """Record a history in transactions; fold it, or so many events of it."""
    log = MemoryEventLog(SteppingClock())
    record(log, history, cuts)
    with (
        TemporaryDirectory() as folder,
        SQLiteViewStore(Path(folder) / "views.db") as views,
    ):
        if folded is None:
            Projector(log, views, page=3).catch_up()
        else:
            fold_some(log, views, folded)
        events = [decode(each) for each in log.read(limit=999)]
        yield Told(events, views, log, Histories(log, views, Timelines(log, views)))


def record(log: MemoryEventLog, history: Log, cuts: Sequence[bool]) -> None:
    """Append a history, each fact once, in transactions."""
    versions: dict[str, int] = {}
    facts: set[tuple[str, str]] = set()
    group: list[Batch] = []
    for each, cut in zip(history, cuts, strict=False):
        if (identity := each.event.identity()) is not None:
            fact = (each.event.name, identity)
            if fact in facts:
                continue
            facts.add(fact)
        if cut:
            log.append_all(group)
            group = []
        version = versions.get(each.stream, 0)
        appended = Append(each.stream, version, (each.event,))
        group.append(Batch((appended,), actor=TESTER))
        versions[each.stream] = version + 1
    log.append_all(group)


def fold_some(log: MemoryEventLog, views: SQLiteViewStore, events: int) -> None:
    """Fold the first events of a log, and no more."""
    folding = Folding(log)
    if page := log.read(limit=events):
        with views.transaction() as transaction:
            parked = folding.take_in(page, transaction)
            transaction.save(folding.hand_over(), parked, folding.progress)


def shown(events: Log, seq: int) -> Shown:
    """Return what each statement read after a seq, folded from nothing."""
    until = [each for each in events if each.seq <= seq]
    return {
        (position.question, position.holder, statement): Labelled.of(position)
        for position in timeline(until).positions
        for statement in position.statements
    }


def ends(events: Log) -> list[int]:
    """Return the last seqs of all transactions, and 0 before the first."""
    ordered = sorted(events, key=lambda each: each.seq)
    groups = groupby(ordered, key=lambda each: each.recorded_at)
    return [0, *([*group][-1].seq for _, group in groups)]


def holding(revisions: Sequence[Revision], seq: int) -> Shown:
    """Return what revisions say of a seq; no statement is told of twice."""
    found = [
        each
        for each in revisions
        if each.since <= seq and (each.until is None or seq < each.until)
    ]
    told = {key(each): each.labelled for each in found}
    assert len(told) == len(found)
    return told


def key(revision: Revision) -> Key:
    """Return what a revision is of."""
    return (revision.question, revision.holder, revision.statement)


def check_every_seq(history: Log, cuts: list[bool]) -> None:
    """Compare the revisions that hold at each seq with a fold from nothing."""
    with told(history, cuts) as given_:
        found = given_.histories.revisions(HistoryQuery(topic=TOPIC)).revisions
    known = ends(given_.events)
    for seq in range(1, known[-1] + 1):
        whole = max(end for end in known if end <= seq)
        assert holding(found, seq) == shown(given_.events, whole), seq


@pytest.mark.slow
@given(histories(), CUTS)
@example(DOUBLED, [True] * 20)
def test_at_every_seq_revisions_are_the_fold_up_to_the_last_whole_transaction(
    history: Log, cuts: list[bool]
) -> None:
    """What is told for any seq is what folding from nothing gives, and nothing else."""
    check_every_seq(history, cuts)


@pytest.mark.parametrize("history", [DOUBLED, UNDONE], ids=["doubled", "undone"])
@pytest.mark.parametrize("cuts", [[True], [True, False]], ids=["each", "in twos"])
def test_the_revisions_of_a_history_are_the_fold_at_every_seq(
    history: Log, cuts: list[bool]
) -> None:
    """The same of two histories, each event by itself and two in a transaction."""
    check_every_seq(history, cuts * (20 // len(cuts)))


@pytest.mark.slow
@given(histories(), CUTS)
def test_a_revision_begins_where_something_changed_and_tells_what_it_replaced(
    history: Log, cuts: list[bool]
) -> None:
    """None begins inside a transaction, two alike never follow, ``before`` is the last."""
    with told(history, cuts) as given_:
        found = given_.histories.revisions(HistoryQuery(topic=TOPIC)).revisions
    known = ends(given_.events)
    for each in found:
        assert each.since in known
        assert each.until is None or each.until in known
        earlier = shown(given_.events, known[known.index(each.since) - 1])
        assert each.before == earlier.get(key(each))
        assert each.before != each.labelled


@pytest.mark.slow
@given(histories(), CUTS)
def test_the_cause_is_the_event_from_which_on_it_was_so(
    history: Log, cuts: list[bool]
) -> None:
    """At its seq it is as at the end of its transaction; one event before, it is not."""
    with told(history, cuts) as given_:
        found = given_.histories.revisions(HistoryQuery(topic=TOPIC)).revisions
    events, by_seq = given_.events, {each.seq: each for each in given_.events}
    known = ends(events)
    for each in found:
        changes: list[tuple[Cause, int, Labelled | None]] = [
            (each.cause, each.since, each.labelled)
        ]
        if each.ended_by is not None and each.until is not None:
            after = shown(events, each.until).get(key(each))
            changes.append((each.ended_by, each.until, after))
        for cause, end, labelled in changes:
            assert known[known.index(end) - 1] < cause.seq <= end
            then = [shown(events, seq).get(key(each)) for seq in range(1, end + 1)]
            assert set(map(str, then[cause.seq - 1 :])) == {str(labelled)}
            assert cause.seq == 1 or then[cause.seq - 2] != labelled
            event = by_seq[cause.seq]
            assert (cause.event, cause.name) == (event.id, event.event.name)
            assert cause.recorded_at == event.recorded_at


@pytest.mark.slow
@given(histories(), CUTS, st.integers(0, 15))
@example(UNDONE, [True, True, True, True, False], 4)
def test_a_transaction_that_is_folded_in_part_is_left_out(
    history: Log, cuts: list[bool], folded: int
) -> None:
    """Half of a transaction was never the record: what is told ends before it."""
    with told(history, cuts, folded=folded) as given_:
        known = ends(given_.events)
        whole = max(end for end in known if end <= folded)
        if not shown(given_.events, whole):
            return
        found = given_.histories.revisions(HistoryQuery(topic=TOPIC))
    assert found.seq == whole
    assert holding(found.revisions, whole) == shown(given_.events, whole)
    assert all(each.since <= whole for each in found.revisions)
    assert all((each.until or 0) <= whole for each in found.revisions)


@pytest.mark.slow
@given(histories(), CUTS, st.booleans(), st.integers(1, 4))
def test_pages_of_any_size_are_the_whole(
    history: Log, cuts: list[bool], changed_only: bool, limit: int
) -> None:
    """Each revision comes once, by the event that caused it; first ones can be left out."""
    query = HistoryQuery(topic=TOPIC, changed_only=changed_only)
    with told(history, cuts) as given_:
        whole = given_.histories.revisions(query).revisions
        paged: list[Revision] = []
        after: int | None = 0
        while after is not None:
            asked = query.model_copy(update={"after": after, "limit": limit})
            page = given_.histories.revisions(asked)
            paged += page.revisions
            after = page.next_after
    assert tuple(paged) == whole
    assert all(one.cause.seq <= other.cause.seq for one, other in pairwise(whole))
    ended = {(e.question, e.statement) for e in whole if e.until is not None}
    if changed_only:
        assert all((each.question, each.statement) in ended for each in whole)
