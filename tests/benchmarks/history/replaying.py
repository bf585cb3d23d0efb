"""Reading a log of a history, and folding it to the positions of all topics.

Compared are
1. reading and decoding the whole log, beside a raw cursor with the same decoder, and
   beside the library's way: pages of notifications, its own JSON transcoder;
2. decoding and folding the streams of all topics to their positions, one topic after
   another, beside a raw cursor over the same streams with the same decoder, and beside
   the library's ``repository.get`` of each topic, which makes no positions.

All five take turns in each round.
"""

from __future__ import annotations

from collections.abc import Iterator

from adapters.sqlite import dbapi
from domain.events.base import Event, Recorded, Stored
from domain.events.codec import decode
from domain.model.ids import ALIASES
from domain.ports import EventLog
from domain.positions.aliases import Aliases
from domain.positions.live import live_statements
from domain.positions.record import TopicRecord
from domain.positions.timeline import fold
from domain.services.log_pages import read_all, read_whole_stream
from tests.benchmarks.history import library
from tests.benchmarks.history.figures import Rate
from tests.benchmarks.history.store import COLUMNS, Store
from tests.benchmarks.measure import beside, in_turn

SAME = "raw cursor and the same decoder"
NOTIFIED = "the library: `select_notifications` and its mapper, default JSON"
GOT = "the library: `repository.get` of each topic, default JSON, no positions"

BESIDE = "the same, beside the library"


def run(store: Store, rounds: int) -> list[Rate]:
    """Measure reading and folding."""
    theirs = library.opened(store)
    with store.opened() as log:
        raw = store.raw()
        topics = streams(raw)
        works = [
            lambda: sum(decode(stored).seq > 0 for stored in read_all(log)),
            lambda: decode_all(raw),
            lambda: library.read_all_facts(theirs),
            lambda: fold_all(log, topics),
            lambda: decode_each(raw, topics),
            lambda: library.get_all(theirs, topics),
        ]
        decode_all(raw)  # the file is in memory from now on, for all of them
        library.read_all_facts(theirs)
        read, cursor, notified, folded, cursors, got = in_turn(works, rounds)
        count = _number(raw, "SELECT COUNT(*) FROM stored_events")
        of_topics = decode_each(raw, topics)
        raw.close()
    theirs.close()
    what = "read and decode the log"
    positions = f"decode and fold to the positions of {len(topics):,} topics"
    return [
        Rate(
            "read",
            store.size,
            beside(what, SAME, "events", count, above=read, below=cursor),
        ),
        Rate(
            "read-library",
            store.size,
            beside(BESIDE, NOTIFIED, "events", count, above=read, below=notified),
        ),
        Rate(
            "fold",
            store.size,
            beside(positions, SAME, "events", of_topics, above=folded, below=cursors),
        ),
        Rate(
            "fold-library",
            store.size,
            beside(BESIDE, GOT, "events", of_topics, above=folded, below=got),
        ),
    ]


def streams(raw: dbapi.Connection) -> list[str]:
    """Return the streams of all topics."""
    query = (
        "SELECT originator_id FROM stored_events WHERE originator_version = 1 "
        "AND originator_id LIKE 'topic:%' ORDER BY originator_id"
    )
    return [row[0] for row in raw.execute(query)]


def decode_all(raw: dbapi.Connection) -> int:
    """Decode the whole log from a raw cursor."""
    rows = raw.execute(f"SELECT {COLUMNS} FROM stored_events ORDER BY seq")
    return sum(decode(Stored(*row)).seq > 0 for row in rows)


def decode_each(raw: dbapi.Connection, topics: list[str]) -> int:
    """Decode the streams of topics from a raw cursor."""
    query = (
        f"SELECT {COLUMNS} FROM stored_events WHERE originator_id = ? "
        "ORDER BY originator_version"
    )
    return sum(
        decode(Stored(*row)).seq > 0
        for topic in topics
        for row in raw.execute(query, [topic])
    )


def fold_all(log: EventLog, topics: list[str]) -> int:
    """Fold each topic to its positions; return how many there are."""
    standing = Aliases(_decoded(log, ALIASES)).standing()
    return sum(
        len(
            fold(live_statements(TopicRecord(_decoded(log, topic)), standing)).positions
        )
        for topic in topics
    )


def _decoded(log: EventLog, stream: str) -> Iterator[Recorded[Event]]:
    return (decode(stored) for stored in read_whole_stream(log, stream))


def _number(raw: dbapi.Connection, query: str) -> int:
    return int(raw.execute(query).fetchone()[0])
