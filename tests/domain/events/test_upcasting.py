"""Old bytes are read as the events of today, and stay the bytes that they were.

No stored name is retired yet, so two are invented here: an opening that changed shape
twice, and a recording that changed once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import ClassVar

import pytest
from msgspec.structs import replace

from adapters.eventlog.memory import MemoryEventLog
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.views.sqlite import SQLiteViewStore
from domain.errors import UndecodableEventError, UnknownEventError
from domain.events import registry
from domain.events.base import Event, Stored
from domain.events.codec import Provenance, decode, encode, event_id
from domain.events.topic import StatementAttributed, TopicOpened
from domain.model.ids import StatementId, TopicId, topic_stream
from domain.ports import EventLog
from domain.services.log_pages import read_all
from domain.services.projecting import Projector
from domain.services.replay import Replay
from domain.services.timelines import TimelineQuery, Timelines
from tests.support.facts import (
    EPOCH,
    TESTER,
    TOPIC,
    attributed,
    opened,
    posed,
    reading,
    recorded,
    statement_of,
    withdrawn,
)
from tests.support.stores import SteppingClock, append

STREAM = topic_stream(TOPIC)
PROVENANCE = Provenance(TESTER, "why", EPOCH)
Opens = Callable[[Path], AbstractContextManager[EventLog]]


class TopicNamed(Event):
    """The first shape of an opening: one name, in English."""

    name: ClassVar[str] = "topic-named.v1"

    topic: TopicId
    label: str

    def identity(self) -> str:
        """A topic is named once."""
        return self.topic


class TopicNamedAgain(Event):
    """The second shape: a name for each language."""

    name: ClassVar[str] = "topic-named.v2"

    topic: TopicId
    labels: dict[str, str]


class StatementNoted(Event):
    """A first shape of a recording: who, when and how firmly, in three fields."""

    name: ClassVar[str] = "statement-noted.v1"

    statement: StatementId
    number: int
    day: str
    firmness: int

    def identity(self) -> str:
        """A statement is noted once."""
        return self.statement


NAMED = TopicNamed(topic=TOPIC, label="The harbour treaty")
NOTED = StatementNoted(
    statement=statement_of(1), number=1, day="2031-02-01", firmness=3
)
TODAY = attributed(1, "2031-02-01", reading(3))
"""What ``NOTED`` means in the shape of today."""


def _named_again(event: Event) -> Event:
    assert isinstance(event, TopicNamed)
    return TopicNamedAgain(topic=event.topic, labels={"en": event.label})


def _opened(event: Event) -> Event:
    assert isinstance(event, TopicNamedAgain)
    return TopicOpened(topic=event.topic, labels=event.labels, fiction=True)


def _attributed(event: Event) -> Event:
    assert isinstance(event, StatementNoted)
    return attributed(event.number, event.day, reading(event.firmness))


@pytest.fixture
def _retired(monkeypatch: pytest.MonkeyPatch) -> None:
    """Register the retired names and their upcasters."""
    for event in (TopicNamed, TopicNamedAgain, StatementNoted):
        monkeypatch.setitem(registry.EVENTS, event.name, event)
    upcasters = {
        TopicNamed.name: _named_again,
        TopicNamedAgain.name: _opened,
        StatementNoted.name: _attributed,
    }
    for name, upcaster in upcasters.items():
        monkeypatch.setitem(registry.UPCASTERS, name, upcaster)


@contextmanager
def in_memory(folder: Path) -> Iterator[EventLog]:
    """Open a log in memory."""
    yield MemoryEventLog(SteppingClock())


@contextmanager
def on_sqlite(folder: Path) -> Iterator[EventLog]:
    """Open a log on SQLite."""
    with SQLiteEventLog(folder / "log.db", SteppingClock()) as log:
        yield log


def stored(event: Event, *, name: str | None = None) -> Stored:
    """Return an event as it lies in the log."""
    state = encode(event_id(STREAM, 1, event), event, PROVENANCE)
    return Stored(7, STREAM, 1, event.name if name is None else name, state)


@pytest.mark.usefixtures("_retired")
def test_old_bytes_load_as_the_event_of_today() -> None:
    """What is decoded has today's shape, and the id, times and actor that were stored."""
    old = stored(NOTED)
    found = decode(old)
    assert found.event == TODAY
    assert type(found.event) is StatementAttributed
    assert (found.id, found.seq, found.version) == (event_id(STREAM, 1, NOTED), 7, 1)
    assert (found.recorded_at, found.actor, found.causation) == (EPOCH, TESTER, "why")


@pytest.mark.usefixtures("_retired")
def test_a_shape_that_changed_twice_is_read_through_both_changes() -> None:
    """Upcasters follow one another until the name is one of today."""
    assert decode(stored(NAMED)).event == opened()
    assert decode(stored(_named_again(NAMED))).event == opened()
    assert decode(stored(opened())).event == opened()


@pytest.mark.usefixtures("_retired")
def test_an_old_shape_is_held_to_its_own_fields() -> None:
    """The bytes of a name are checked against the shape of that name, then upcast."""
    for event, name in ((NAMED, TopicNamedAgain.name), (opened(), NAMED.name)):
        with pytest.raises(UndecodableEventError, match=name):
            decode(stored(event, name=name))


@pytest.mark.usefixtures("_retired")
@pytest.mark.parametrize("opens", [in_memory, on_sqlite])
def test_old_and_new_shapes_fold_into_one_timeline(
    tmp_path: Path, opens: Opens
) -> None:
    """A log of both gives the rows of a log of today, and no stored byte changes."""
    later = attributed(2, "2031-02-03", reading(-3))
    with opens(tmp_path) as log, SQLiteViewStore(tmp_path / "views.db") as views:
        append(log, STREAM, NAMED, posed(), NOTED)
        before = list(read_all(log))
        append(log, STREAM, later)
        Projector(log, views).catch_up()
        replayed = Replay(log, views).all()
        assert (replayed.equal, replayed.parked) == (True, 0)
        found = Timelines(log, views).read(TimelineQuery(topic=TOPIC))
        after = list(read_all(log))[: len(before)]
    assert after == before
    assert [each.name for each in after] == [NAMED.name, posed().name, NOTED.name]
    assert found.topic.labels == opened().labels
    assert [p.transition.label.value for p in found.positions] == ["stated", "reversed"]
    assert [p.statements for p in found.positions] == [
        (TODAY.statement,),
        (later.statement,),
    ]


@pytest.mark.usefixtures("_retired")
def test_a_withdrawal_undoes_a_recording_of_an_old_shape(tmp_path: Path) -> None:
    """The id that was stored stands: what names it still means the same fact."""
    with (
        in_memory(tmp_path) as log,
        SQLiteViewStore(tmp_path / "views.db") as views,
    ):
        append(log, STREAM, NAMED, posed(), NOTED)
        undone = decode(list(read_all(log))[-1])
        append(log, STREAM, withdrawn(undone))
        Projector(log, views).catch_up()
        found = Timelines(log, views).read(TimelineQuery(topic=TOPIC))
    assert found.positions == ()
    assert found.statements == ()


def test_a_name_that_was_never_stored_is_unknown() -> None:
    """An unknown name has its own error, which says the name."""
    for name in ("topic-opened.v99", "topic-opened", "", NAMED.name):
        with pytest.raises(UnknownEventError, match=repr(name)):
            decode(stored(opened(), name=name))


def _broken() -> dict[str, bytes]:
    whole = stored(opened()).state
    return {
        "nothing": b"",
        "no JSON": b"not json",
        "no object": b"[]",
        "no UTF-8": whole.replace(b"harbour", b"harb\xffur"),
        "cut": whole[:-1],
        "twice": whole + whole,
        "endless": b"[" * 100_000,
        "no id": whole.replace(b'"id":', b'"ident":'),
        "no zone": whole.replace(b"00:00:00Z", b"00:00:00"),
        "another field": whole.replace(b'"fiction":true', b'"fiction":true,"more":1'),
        "another type": whole.replace(b'"fiction":true', b'"fiction":"perhaps"'),
        "a field less": whole.replace(b'"topic":"harbour-treaty",', b""),
        "another event": stored(posed()).state,
    }


@pytest.mark.parametrize("broken", _broken().values(), ids=_broken())
def test_bytes_that_are_not_the_event_are_undecodable(broken: bytes) -> None:
    """Whatever is wrong with them: one named error, which says the name and the seq."""
    assert broken != stored(opened()).state
    with pytest.raises(UndecodableEventError, match=r"topic-opened\.v1 at seq 7"):
        decode(Stored(7, STREAM, 1, opened().name, broken))


def test_what_is_stored_is_what_is_read() -> None:
    """Encoding and decoding are inverse; what was read knows the digest of its bytes."""
    for each in recorded([opened(), posed(), TODAY]):
        provenance = Provenance(each.actor, each.causation, each.recorded_at)
        state = encode(each.id, each.event, provenance)
        kept = Stored(each.seq, each.stream, each.version, each.event.name, state)
        digest = hashlib.sha256(state).hexdigest()[:32]
        assert decode(kept) == replace(each, digest=digest)


def test_what_cannot_be_upcast_is_undecodable(monkeypatch: pytest.MonkeyPatch) -> None:
    """An upcaster that fails parks its event, and stops no reader of the stream."""

    def fail(event: Event) -> Event:
        message = f"no {event.name} today"
        raise LookupError(message)

    monkeypatch.setitem(registry.EVENTS, TopicNamed.name, TopicNamed)
    monkeypatch.setitem(registry.UPCASTERS, TopicNamed.name, fail)
    with pytest.raises(UndecodableEventError, match="cannot be upcast"):
        decode(stored(NAMED))
