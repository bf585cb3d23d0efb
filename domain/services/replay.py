"""Fold the log again from nothing and compare with what is served.

No parser, model, clock or network takes part: what they once said is in the events.
All is folded event by event, as it was when it was served, so that every past version
is compared too; one topic is folded from its whole stream, which is another way to the
same rows. The comparison is made at the seq that the read models have reached; the log may be
ahead of them, and that is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from domain.audit.comparison import Difference, first_difference
from domain.audit.digest import Line, digest
from domain.errors import NotFoundError
from domain.model.ids import TopicId
from domain.model.value import Value
from domain.ports import EventLog, Parked, ViewSnapshot, ViewStore
from domain.projections.rows import Table, lines, version_line
from domain.projections.topics import topic_rows, topic_state
from domain.services.folding import refold, stream_reader
from domain.services.timelines import digest_of_topic

_TOLD = (Table.STATEMENT, Table.POSITION, Table.ASIDE)
"""What the timeline of a topic tells, and its digest is of."""
_OF_TOPIC = (Table.TOPIC, *_TOLD)


class Replayed(Value):
    """What a replay came to. ``equal`` is the verdict; ``difference`` where it is not.

    ``seq`` is where both were compared, ``head`` where the log ends; ``events``
    counts what was folded, ``rows`` what was compared.
    """

    topic: TopicId | None
    seq: int
    head: int
    events: int
    rows: int
    parked: int
    replayed_digest: str
    served_digest: str
    difference: Difference | None

    @property
    def equal(self) -> bool:
        """Whether the replay gave exactly what is served."""
        return self.difference is None and self.replayed_digest == self.served_digest


class Replay:
    """Replays the log against the read models."""

    def __init__(self, log: EventLog, views: ViewStore) -> None:
        self._log, self._views = log, views

    def all(self, tick: Callable[[int], object] = lambda steps: None) -> Replayed:
        """Replay the whole log."""
        with self._views.snapshot() as served:
            changes, parked, events = refold(self._log, until=served.seq, tick=tick)
            replayed = [*changes.lines(), *_parked_lines(parked)]
            kept = [*_lines(served), *_parked_lines(served.parked())]
            return self._verdict(
                replayed,
                kept,
                topic=None,
                seq=served.seq,
                events=events,
                parked=len(parked),
            )

    def topic(self, topic: TopicId) -> Replayed:
        """Replay one topic from its stream; digests are those of its timeline.

        Raises:
            NotFoundError: no such topic.
        """
        with self._views.snapshot() as served:
            state = topic_state(stream_reader(self._log), topic, served.seq)
            kept = list(_now(served, topic))
            if not state.seq and not kept:
                raise NotFoundError("topic", topic)
            replayed = [
                line
                for line in lines(topic_rows(state))
                if line.table in {table.label for table in _OF_TOPIC}
            ]
            return self._verdict(
                replayed,
                kept,
                topic=topic,
                seq=served.seq,
                events=state.version,
                parked=0,
                digest_of=_digest_of_topic,
            )

    def _verdict(
        self,
        replayed: Sequence[Line],
        served: Sequence[Line],
        *,
        topic: TopicId | None,
        seq: int,
        events: int,
        parked: int,
        digest_of: Callable[[Sequence[Line]], str] = digest,
    ) -> Replayed:
        return Replayed(
            topic=topic,
            seq=seq,
            head=self._log.head(),
            events=events,
            rows=len(replayed),
            parked=parked,
            replayed_digest=digest_of(replayed),
            served_digest=digest_of(served),
            difference=first_difference(replayed, served),
        )


def _lines(served: ViewSnapshot) -> Iterable[Line]:
    """Yield all rows, and all versions of those that have some."""
    for table in Table:
        if table.versioned:
            for version in served.versions(table):
                yield version_line(table, version)
        else:
            for key, body in served.beginning(table, [()]):
                yield Line(table.label, key, body)


def _now(served: ViewSnapshot, topic: TopicId) -> Iterable[Line]:
    """Yield the rows of a topic as they are."""
    for table in _OF_TOPIC:
        for key, body in served.beginning(table, [(topic,)]):
            yield Line(table.label, key, body)


def _digest_of_topic(found: Sequence[Line]) -> str:
    """Return the digest that a topic's timeline has, of rows as they are compared."""
    return digest_of_topic(
        {
            table: [line.body for line in sorted(found) if line.table == table.label]
            for table in _TOLD
        }
    )


def _parked_lines(parked: Iterable[Parked]) -> Iterable[Line]:
    for each in parked:
        body = f"{each.stream}\n{each.name}\n{each.error}".encode()
        yield Line("parked", (f"{each.seq:020d}",), body)
