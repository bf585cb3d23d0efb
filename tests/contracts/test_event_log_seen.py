"""A batch that rests on more than its streams is stored on what was seen, or not at all."""

from __future__ import annotations

from domain.errors import ConflictError
from domain.model.ids import TopicId, topic_stream
from domain.ports import Append, Batch, GroupLog, Seen
from tests.support.facts import TESTER, TOPIC, attributed, statement_of
from tests.support.stores import append

STREAM = topic_stream(TOPIC)
OTHER = topic_stream(TopicId("elsewhere"))


def resting(stream: str, number: int, seq: int, *ids: str) -> Batch:
    """Return a batch for an empty stream that rests on what was seen of some ids."""
    appends = (Append(stream, 0, (attributed(number),)),)
    return Batch(appends, actor=TESTER, seen=Seen(seq, frozenset(ids)))


def test_nothing_is_stored_where_another_stream_named_the_same_meanwhile(
    log: GroupLog,
) -> None:
    """Its own stream stands as it was read: the conflict is in what it rests on."""
    append(log, STREAM, attributed(1), attributed(2))
    named = [statement_of(7), statement_of(2)]
    (answer,) = log.append_all([resting(OTHER, 3, 1, *named)])
    assert isinstance(answer, ConflictError)
    assert log.head() == 2


def test_what_was_named_before_or_is_not_named_holds_up_nothing(log: GroupLog) -> None:
    """Events up to the seq that was seen are what was seen; others are none of its."""
    append(log, STREAM, attributed(1), attributed(2))
    assert log.append(resting(OTHER, 3, 2, statement_of(2))) == 3
    elsewhere = topic_stream(TopicId("third"))
    assert log.append(resting(elsewhere, 4, 1, statement_of(1))) == 4


def test_what_goes_into_the_same_transaction_before_it_counts(log: GroupLog) -> None:
    """Of two who decide on one statement at once, the second is told."""
    both = [
        resting(STREAM, 1, 0, statement_of(1)),
        resting(OTHER, 2, 0, statement_of(1), statement_of(2)),
        resting(OTHER, 3, 0, statement_of(3)),
    ]
    first, second, third = log.append_all(both)
    assert (first, third) == (1, 2)
    assert isinstance(second, ConflictError)


def test_a_part_of_an_id_is_another_id(log: GroupLog) -> None:
    """Ids are compared whole."""
    append(log, STREAM, attributed(1))
    assert log.append(resting(OTHER, 2, 0, statement_of(1)[:-1])) == 2
