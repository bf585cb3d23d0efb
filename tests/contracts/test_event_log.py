"""What every event log promises: the fake passes what the real one passes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import ConflictError
from domain.events.codec import decode
from domain.model.ids import TopicId, topic_stream
from domain.ports import AlreadyStored, Append, Batch, GroupLog
from domain.services.log_pages import last_at, read_all
from tests.support.facts import EPOCH, TESTER, TOPIC, attributed, opened, posed
from tests.support.stores import OpenLog, SteppingClock, append

STREAM = topic_stream(TOPIC)
OTHER = topic_stream(TopicId("elsewhere"))


def test_an_empty_log_has_no_head_and_no_events(log: GroupLog) -> None:
    """Before the first event the head is 0 and nothing can be read."""
    assert log.head() == 0
    assert list(log.read()) == []
    assert log.version(STREAM) == 0
    assert log.seq_at(datetime(2100, 1, 1, tzinfo=UTC)) == 0


def test_events_are_read_as_they_were_appended(log: GroupLog) -> None:
    """Names, order, versions and content survive; seqs ascend from 1."""
    assert append(log, STREAM, opened(), posed()) == 2
    assert append(log, STREAM, attributed(1)) == 3
    stored = log.read()
    assert [(s.seq, s.version, s.name) for s in stored] == [
        (1, 1, "topic-opened.v1"),
        (2, 2, "question-posed.v1"),
        (3, 3, "statement-attributed.v1"),
    ]
    assert [decode(s).event for s in stored] == [opened(), posed(), attributed(1)]


def test_a_stream_is_read_by_its_versions(log: GroupLog) -> None:
    """A stream's events are those of its name only, after a version, in pages."""
    append(log, STREAM, opened())
    append(log, OTHER, attributed(7))
    append(log, STREAM, attributed(1), attributed(2))
    assert [s.seq for s in log.read_stream(STREAM)] == [1, 3, 4]
    assert [s.version for s in log.read_stream(STREAM, after=1, limit=1)] == [2]
    assert log.version(STREAM) == 3
    assert log.version(OTHER) == 1


def test_a_stream_had_at_every_seq_the_events_up_to_it(log: GroupLog) -> None:
    """Its version at a seq counts them; the last of them is found by it."""
    for number in range(9):
        append(log, (STREAM, OTHER)[number % 3 == 1], attributed(number, None))
    for seq in range(11):
        known = [each for each in read_all(log, until=seq) if each.stream == STREAM]
        assert log.version(STREAM, until=seq) == len(known)
        assert last_at(log, STREAM, seq) == (known[-1] if known else None)
    assert log.version("topic:nowhere", until=9) == 0


def test_reading_can_be_bounded_on_both_sides_and_by_name(log: GroupLog) -> None:
    """``after`` is exclusive, ``until`` inclusive; names filter, pages join."""
    append(log, STREAM, opened(), posed(), *(attributed(n) for n in range(5)))
    assert [s.seq for s in log.read(after=2, until=4)] == [3, 4]
    assert [s.seq for s in log.read(names=["question-posed.v1"])] == [2]
    assert [s.seq for s in read_all(log, page=2)] == [1, 2, 3, 4, 5, 6, 7]
    assert [s.seq for s in read_all(log, after=1, until=6, page=4)] == [2, 3, 4, 5, 6]


def test_events_are_read_by_their_seqs(log: GroupLog) -> None:
    """Whatever is asked for in whatever order comes once, ascending; what is not there not."""
    append(log, STREAM, *(attributed(n) for n in range(5)))
    assert [s.seq for s in log.at([4, 2, 9, 0, 2])] == [2, 4]
    assert log.at(range(1, 6)) == log.read()
    assert list(log.at([])) == []


def test_streams_are_found_by_how_their_name_begins(log: GroupLog) -> None:
    """Letter by letter, as they are written, ascending; others can be left out of a read."""
    names = ["topic:%", "topic:a_b", "Topic:a", "aliases", "article:topic:"]
    for number, name in enumerate(names):
        append(log, name, attributed(number))
    assert list(log.streams("topic:")) == ["topic:%", "topic:a_b"]
    assert list(log.streams("topic:%")) == ["topic:%"]
    assert list(log.streams("none")) == []
    assert [s.stream for s in log.read(outside="topic:")] == names[2:]
    assert [s.seq for s in log.read(outside="topic:", after=3, limit=1)] == [4]


def test_a_wrong_expected_version_is_refused_and_changes_nothing(log: GroupLog) -> None:
    """A conflict in one stream of a batch refuses the batch whole."""
    append(log, STREAM, opened())
    appends = (Append(OTHER, 0, (attributed(1),)), Append(STREAM, 0, (posed(),)))
    with pytest.raises(ConflictError) as refusal:
        log.append(Batch(appends, actor=TESTER))
    assert (refusal.value.expected, refusal.value.found) == (0, 1)
    assert log.head() == 1
    assert log.version(OTHER) == 0


def test_a_batch_is_stored_over_several_streams_at_once(log: GroupLog) -> None:
    """All appends of a batch get consecutive seqs and one time of recording."""
    appends = (
        Append(STREAM, 0, (opened(), posed())),
        Append(OTHER, 0, (attributed(1),)),
    )
    assert log.append(Batch(appends, actor=TESTER, causation="why")) == 3
    recorded = [decode(s) for s in log.read()]
    assert len({each.recorded_at for each in recorded}) == 1
    assert {each.causation for each in recorded} == {"why"}


def test_the_same_batch_again_changes_nothing(log: GroupLog) -> None:
    """A batch whose events are stored already returns their last seq, and says so."""
    same = Batch((Append(STREAM, 0, (opened(), attributed(1))),), actor=TESTER)
    first = log.append(same)
    assert (first, isinstance(first, AlreadyStored)) == (2, False)
    append(log, STREAM, attributed(2))
    again = log.append(same)
    assert (again, isinstance(again, AlreadyStored)) == (2, True)
    assert log.head() == 3


def test_a_batch_that_is_stored_in_part_is_a_conflict(log: GroupLog) -> None:
    """Some facts known and some new: somebody else was here, nothing is added."""
    append(log, STREAM, opened())
    batch = Batch((Append(STREAM, 0, (opened(), attributed(1))),), actor=TESTER)
    with pytest.raises(ConflictError):
        log.append(batch)
    assert log.head() == 1


def test_the_same_fact_with_other_content_is_a_conflict(log: GroupLog) -> None:
    """An id stands for one content; another is refused."""
    append(log, STREAM, opened())
    other = opened().model_copy(update={"labels": {"en": "Another"}})
    with pytest.raises(ConflictError):
        log.append(Batch((Append(STREAM, 0, (other,)),), actor=TESTER))
    assert log.head() == 1


@pytest.mark.parametrize(
    "back", [timedelta(hours=1), timedelta(days=3 * 365)], ids=["hour", "years"]
)
def test_a_clock_that_goes_back_does_not_take_the_log_with_it(
    open_log: OpenLog, back: timedelta
) -> None:
    """Each transaction is recorded later than the last, by the least time at least."""
    clock = SteppingClock()
    log = open_log(clock)
    append(log, STREAM, opened())
    clock.at -= back
    append(log, STREAM, posed())
    clock.at += back
    append(log, STREAM, attributed(1))
    first, second, third = (decode(s).recorded_at for s in log.read())
    assert first < second < third
    assert second - first == timedelta(microseconds=1)
    assert (log.seq_at(first), log.seq_at(second)) == (1, 2)


@pytest.mark.parametrize(
    "day",
    [
        datetime(2016, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(2028, 2, 29, 12, tzinfo=UTC),
        datetime(2038, 1, 19, 3, 14, 7, 999_999, tzinfo=UTC),
        datetime(2106, 2, 7, 6, 28, 15, 999_999, tzinfo=UTC),
    ],
    ids=["leap second", "leap day", "32 bits, signed", "32 bits"],
)
def test_instants_that_trip_others_up_are_kept_exactly(
    open_log: OpenLog, day: datetime
) -> None:
    """To the microsecond, in order, and found again by ``seq_at``."""
    clock = SteppingClock(day - timedelta(minutes=1))
    log = open_log(clock)
    append(log, STREAM, opened())
    append(log, STREAM, posed())
    assert [decode(s).recorded_at for s in log.read()] == [
        day,
        day + timedelta(minutes=1),
    ]
    assert log.seq_at(day) == 1
    assert log.seq_at(day - timedelta(microseconds=1)) == 0


def test_an_instant_maps_to_the_last_event_recorded_by_then(log: GroupLog) -> None:
    """``seq_at`` is exact at, before and after each time of recording."""
    for event in (opened(), posed(), attributed(1), attributed(2)):
        append(log, STREAM, event)
    for stored in log.read():
        at = decode(stored).recorded_at
        assert log.seq_at(at) == stored.seq
        assert log.seq_at(at - timedelta(microseconds=1)) == stored.seq - 1
    assert log.seq_at(EPOCH + timedelta(days=1)) == 4


def test_appends_from_many_threads_are_all_kept_once(log: GroupLog) -> None:
    """Writers that retry on conflict lose nothing and double nothing."""

    def write(number: int) -> None:
        while True:
            try:
                append(log, STREAM, attributed(number))
            except ConflictError:
                continue
            return

    with ThreadPoolExecutor(max_workers=6) as pool:
        list(pool.map(write, range(60)))
    stored = list(log.read_stream(STREAM, limit=1000))
    assert [s.version for s in stored] == list(range(1, 61))
    assert sorted(s.seq for s in stored) == list(range(1, 61))
    facts = {decode(s).event.statement for s in stored}  # type: ignore[attr-defined] # all are recordings
    assert len(facts) == 60


def test_a_batch_without_events_changes_nothing(log: GroupLog) -> None:
    """Nothing to store is no error: the head stays where it is."""
    append(log, STREAM, opened())
    assert log.append(Batch((Append(STREAM, 1, ()),), actor=TESTER)) == 1
    assert log.append(Batch((), actor=TESTER)) == 1
    assert log.head() == 1


@pytest.mark.parametrize(
    "appends",
    [
        (Append(STREAM, 0, (opened(), opened())),),
        (Append(STREAM, 0, (opened(),)), Append(STREAM, 0, (posed(),))),
    ],
    ids=["one fact twice", "one place twice"],
)
def test_a_batch_at_odds_with_itself_is_a_conflict(
    log: GroupLog, appends: tuple[Append, ...]
) -> None:
    """One fact, or one place, twice in a batch is refused under the stream's name."""
    with pytest.raises(ConflictError) as refusal:
        log.append(Batch(appends, actor=TESTER))
    assert refusal.value.stream == STREAM
    assert log.head() == 0


def one(stream: str, expected: int, *numbers: int) -> Batch:
    """Return a batch of statements for one stream."""
    events = tuple(attributed(number) for number in numbers)
    return Batch((Append(stream, expected, events),), actor=TESTER)


def test_the_batches_of_many_callers_are_stored_at_once(log: GroupLog) -> None:
    """Each is answered with its own last seq, each judged after those before it."""
    answers = log.append_all(
        [one(STREAM, 0, 1, 2), one(OTHER, 0, 3), one(STREAM, 2, 4)]
    )
    assert answers == [2, 3, 4]
    assert [(s.stream, s.version) for s in log.read()] == [
        (STREAM, 1),
        (STREAM, 2),
        (OTHER, 1),
        (STREAM, 3),
    ]
    assert len({decode(s).recorded_at for s in log.read()}) == 1


def test_a_conflict_holds_up_no_other_batch(log: GroupLog) -> None:
    """What conflicts is answered with that and leaves nothing, its neighbours go on."""
    append(log, STREAM, attributed(1))
    late, at_odds = one(STREAM, 0, 2), one(OTHER, 0, 3, 3)
    answers = log.append_all(
        [late, one(STREAM, 1, 4), at_odds, one(STREAM, 1, 5), one(OTHER, 0, 6)]
    )
    assert [answer if isinstance(answer, int) else None for answer in answers] == [
        None,
        2,
        None,
        None,
        3,
    ]
    assert isinstance(answers[3], ConflictError)
    assert (answers[3].expected, answers[3].found) == (1, 2)
    assert log.head() == 3


def test_the_same_fact_from_two_callers_at_once_is_stored_once(log: GroupLog) -> None:
    """Who comes second within a transaction is answered like who comes later."""
    same = one(STREAM, 0, 1, 2)
    assert log.append_all([same, same]) == [2, 2]
    assert log.append_all([one(OTHER, 0, 3), same]) == [3, 2]
    assert log.head() == 3


def test_a_fact_is_known_wherever_in_its_stream_it_is_offered_again(
    log: GroupLog,
) -> None:
    """It is not stored twice, though its place is free: alone it is told where it is."""
    append(log, STREAM, attributed(1))
    answers = log.append_all([one(STREAM, 1, 1), one(OTHER, 0, 2)])
    assert answers == [AlreadyStored(1), 2]
    assert isinstance(answers[0], AlreadyStored)
    first, second = (decode(stored).recorded_at for stored in log.read())
    assert second - first == timedelta(minutes=1)  # the clock is asked once
    (in_part,) = log.append_all([one(STREAM, 1, 1, 3)])
    assert isinstance(in_part, ConflictError)
    assert log.head() == 2


def test_a_batch_is_found_by_what_it_would_store(log: GroupLog) -> None:
    """Stored whole, it has its last seq; not at all, None; in part, a conflict."""
    assert log.append_all([]) == []
    append(log, STREAM, attributed(1), attributed(2))
    assert log.find(one(STREAM, 0, 1, 2)) == 2
    assert log.find(one(STREAM, 0, 1)) == 1
    assert log.find(one(STREAM, 2, 3)) is None
    with pytest.raises(ConflictError):
        log.find(one(STREAM, 0, 1, 3))


def test_who_listens_is_told_of_each_append(log: GroupLog) -> None:
    """The last seq is told after the append, and nothing once the context has ended."""
    told: list[tuple[int, int]] = []
    with log.listen(lambda seq: told.append((seq, log.head()))):
        append(log, STREAM, attributed(1), attributed(2))
        log.append_all([one(STREAM, 2, 3), one(OTHER, 0, 4)])
    append(log, STREAM, attributed(5))
    assert told == [(2, 2), (4, 4)]
