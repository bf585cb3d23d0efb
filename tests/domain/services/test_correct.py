"""Decisions: what each changes on the timeline, how it is undone, what is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.errors import (
    ConflictError,
    InvalidCommandError,
    NotFoundError,
    OutdatedError,
)
from domain.events.base import Event, Recorded
from domain.events.codec import decode
from domain.events.topic import StatementAttributed
from domain.model.commitment import Act
from domain.model.ids import UNFILED, StatementId, topic_stream
from domain.ports import Batch
from domain.services.recording import ATTEMPTS
from domain.services.timelines import TimelineQuery
from tests.support.desk import OTHER_TOPIC, Desk, open_desk
from tests.support.facts import (
    OTHER_QUESTION,
    QUESTION,
    TESTER,
    TOPIC,
    reading,
    statement_of,
    withdrawn,
)

NOWHERE = StatementId("st-" + "0" * 32)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """Return a desk with two statements: yes on the 1st, no on the 5th."""
    with open_desk() as opened:
        opened.record(1, "2031-02-01", reading(3, holder="self"))
        opened.record(2, "2031-02-05", reading(-3, holder="self"))
        assert opened.labels() == ["stated", "reversed"]
        yield opened


UNDOABLE = [
    pytest.param(
        {"do": "date", "statement": statement_of(2), "spoken_at": "2031-02-01"},
        {"do": "date", "statement": statement_of(2), "spoken_at": "2031-02-05"},
        ["stated"],
        id="date",
    ),
    pytest.param(
        {"do": "date", "statement": statement_of(2), "spoken_at": None},
        {"do": "date", "statement": statement_of(2), "spoken_at": "2031-02-05"},
        ["stated"],
        id="no date",
    ),
    pytest.param(
        {"do": "identify", "statement": statement_of(2), "agent": "tarek-mool"},
        {"do": "identify", "statement": statement_of(2), "agent": "vesna-orlin"},
        ["stated", "stated"],
        id="speaker",
    ),
    pytest.param(
        {"do": "hold", "statement": statement_of(2), "holder": "harbour-office"},
        {"do": "hold", "statement": statement_of(2), "holder": "self"},
        ["stated", "stated"],
        id="holder",
    ),
    pytest.param(
        {
            "do": "assess",
            "statement": statement_of(2),
            "question": QUESTION,
            "commitment": 3,
            "conditions": ["toll-first", "for-now"],
        },
        {
            "do": "assess",
            "statement": statement_of(2),
            "question": QUESTION,
            "commitment": -3,
        },
        ["stated", "condition_added"],
        id="reading",
    ),
    pytest.param(
        {
            "do": "assess",
            "statement": statement_of(2),
            "question": QUESTION,
            "commitment": None,
        },
        {
            "do": "assess",
            "statement": statement_of(2),
            "question": QUESTION,
            "commitment": -3,
        },
        ["stated"],
        id="no reading",
    ),
    pytest.param(
        {"do": "withdraw", "statement": statement_of(1)},
        {"do": "reinstate", "statement": statement_of(1)},
        ["stated"],
        id="withdrawal",
    ),
    pytest.param(
        {"do": "link", "first": statement_of(1), "second": statement_of(2)},
        {"do": "unlink", "first": statement_of(2), "second": statement_of(1)},
        ["stated"],
        id="link",
    ),
    pytest.param(
        {"do": "withdraw-question", "topic": TOPIC, "question": QUESTION},
        {"do": "reinstate-question", "topic": TOPIC, "question": QUESTION},
        [],
        id="question",
    ),
]


@pytest.mark.parametrize(("done", "undone", "labels"), UNDOABLE)
def test_a_decision_changes_the_timeline_and_a_later_one_undoes_it(
    desk: Desk, done: dict[str, str], undone: dict[str, str], labels: list[str]
) -> None:
    """Each decision has its effect; undone, the timeline is what it was, and replays."""
    before = desk.timeline()
    desk.decide(**done)
    assert desk.labels() == labels
    assert desk.replays()
    desk.decide(**undone)
    assert desk.timeline() == before
    assert desk.replays()


@pytest.mark.parametrize(
    ("done", "undone", "labels"),
    [p for p in UNDOABLE if p.id not in {"withdrawal", "question"}],
)
def test_what_is_so_already_adds_nothing(
    desk: Desk, done: dict[str, str], undone: dict[str, str], labels: list[str]
) -> None:
    """The same decision twice is one event; the answer says where it can be read."""
    first = desk.decide(**done)
    again = desk.decide(**done)
    assert first.events == 1
    assert (again.events, again.streams) == (0, ())
    assert again.seq == first.seq == desk.log.head()


@pytest.mark.parametrize(
    ("told", "error", "message"),
    [
        (
            {"do": "date", "statement": NOWHERE, "spoken_at": None},
            NotFoundError,
            "no st",
        ),
        (
            {"do": "date", "statement": statement_of(1), "spoken_at": "2031-02-21"},
            InvalidCommandError,
            "after 2031-02-20",
        ),
        (
            {"do": "date", "statement": statement_of(1), "spoken_at": "1899-12-31/.."},
            InvalidCommandError,
            "1900 to 2100",
        ),
        (
            {"do": "date", "statement": statement_of(1), "spoken_at": "2031/2101"},
            InvalidCommandError,
            "1900 to 2100",
        ),
        (
            {"do": "identify", "statement": statement_of(1), "agent": "nobody"},
            NotFoundError,
            "no agent 'nobody'",
        ),
        (
            {
                "do": "identify",
                "statement": statement_of(1),
                "agent": "tarek-mool",
                "on_behalf_of": "nobody",
            },
            NotFoundError,
            "no agent 'nobody'",
        ),
        (
            {"do": "hold", "statement": statement_of(1), "holder": "nobody"},
            NotFoundError,
            "no agent 'nobody'",
        ),
        (
            {
                "do": "hold",
                "statement": statement_of(1),
                "holder": "tarek-mool",
                "question": OTHER_QUESTION,
            },
            InvalidCommandError,
            "assess it first",
        ),
        (
            {
                "do": "assess",
                "statement": statement_of(1),
                "question": "never-posed",
                "commitment": 1,
            },
            NotFoundError,
            "no question 'never-posed'",
        ),
        (
            {"do": "reinstate", "statement": statement_of(1)},
            InvalidCommandError,
            "nothing to reinstate",
        ),
        (
            {"do": "withdraw", "statement": statement_of(1), "topic": OTHER_TOPIC},
            NotFoundError,
            "in toll-talks",
        ),
        (
            {"do": "file", "statement": statement_of(1), "topic": "nowhere"},
            NotFoundError,
            "no topic 'nowhere'",
        ),
        (
            {"do": "link", "first": statement_of(1), "second": statement_of(1)},
            InvalidCommandError,
            "two statements",
        ),
        (
            {"do": "link", "first": statement_of(1), "second": NOWHERE},
            NotFoundError,
            "no statement",
        ),
        (
            {
                "do": "pose",
                "topic": TOPIC,
                "question": QUESTION,
                "kind": "state",
                "labels": {"en": f"{QUESTION}?"},
            },
            InvalidCommandError,
            "pose another question",
        ),
        (
            {
                "do": "pose",
                "topic": TOPIC,
                "question": QUESTION,
                "kind": "policy",
                "labels": {"en": f"Not {QUESTION}?"},
            },
            InvalidCommandError,
            "pose another question",
        ),
        (
            {"do": "withdraw-question", "topic": TOPIC, "question": "never-posed"},
            NotFoundError,
            "no question",
        ),
        (
            {"do": "reinstate-question", "topic": TOPIC, "question": QUESTION},
            InvalidCommandError,
            "nothing to reinstate",
        ),
        (
            {
                "do": "alias",
                "first": "tarek-mool",
                "second": "x",
                "verdict": "positive",
            },
            NotFoundError,
            "no agent 'x'",
        ),
    ],
)
def test_what_is_invalid_is_refused_in_one_line_and_adds_nothing(
    desk: Desk, told: dict[str, str], error: type[Exception], message: str
) -> None:
    """The error says what is wrong, and the log is as long as before."""
    head = desk.log.head()
    with pytest.raises(error, match=message):
        desk.decide(**told)
    assert desk.log.head() == head


@pytest.mark.parametrize(
    "spoken_at", ["2031-02-05/2031-02-01", "../..", "", "2031-02-30"]
)
def test_an_interval_that_is_empty_or_inverted_is_no_date(
    desk: Desk, spoken_at: str
) -> None:
    """What is no moment is refused before anything is read."""
    with pytest.raises(ValueError, match="EDTF subset"):
        desk.decide("date", statement=statement_of(1), spoken_at=spoken_at)


def test_another_speaker_takes_readings_named_after_the_first_along(desk: Desk) -> None:
    """A holder that was explicit follows; one that the speaker only reports of stays."""
    desk.record(
        3, "2031-02-09", reading(2), reading(1, question=OTHER_QUESTION, holder="self")
    )
    desk.decide(
        "hold",
        statement=statement_of(3),
        holder="harbour-office",
        question=OTHER_QUESTION,
    )
    done = desk.decide("identify", statement=statement_of(3), agent="tarek-mool")
    assert desk.last_events(done.events) == [
        "speaker-identified.v1",
        "statement-assessed.v1",
    ]
    held = {
        (each.question, each.holder)
        for each in desk.timeline()[0]
        if statement_of(3) in each.statements
    }
    assert held == {(QUESTION, "tarek-mool"), (OTHER_QUESTION, "harbour-office")}


SPOKESMAN = {"agent": "tarek-mool", "on_behalf_of": "harbour-office"}


def holders_of(desk: Desk, number: int) -> set[str]:
    """Return who holds what the statement with a number says."""
    positions, _ = desk.timeline()
    of = statement_of(number)
    return {each.holder for each in positions if of in each.statements}


def test_a_spokesman_speaks_and_the_body_holds(desk: Desk) -> None:
    """What is given for a body follows whom the speaker speaks for, whoever that is."""
    desk.decide("identify", statement=statement_of(2), **SPOKESMAN)
    assert holders_of(desk, 2) == {"tarek-mool"}
    desk.decide("hold", statement=statement_of(2), holder="harbour-office")
    assert holders_of(desk, 2) == {"harbour-office"}
    assert desk.labels() == ["stated", "stated"]
    desk.decide(
        "identify", statement=statement_of(2), agent="tarek-mool", on_behalf_of="pilots"
    )
    assert holders_of(desk, 2) == {"pilots"}
    desk.decide("identify", statement=statement_of(2), agent="vesna-orlin")
    assert holders_of(desk, 2) == {"vesna-orlin"}


@pytest.mark.parametrize("holder", ["self", "tarek-mool", "harbour-office", "pilots"])
@pytest.mark.parametrize(
    "there",
    [
        {"agent": "vesna-orlin"},
        {"agent": "vesna-orlin", "on_behalf_of": "pilots"},
        {"agent": "harbour-office"},
        {"agent": "tarek-mool"},
        {"agent": "pilots", "on_behalf_of": "tarek-mool"},
        {"speaker": "Oleg Brant"},
        {},
    ],
    ids=lambda there: " for ".join(there.values()) or "unnamed",
)
@pytest.mark.parametrize(
    "here", [SPOKESMAN, {"agent": "tarek-mool"}], ids=["for a body", "alone"]
)
def test_identified_as_another_and_back_every_holder_is_as_before(
    desk: Desk, here: dict[str, str], there: dict[str, str], holder: str
) -> None:
    """A spokesman's own view stays his own, the body's stays the body's."""
    told = {"statement": statement_of(2), "question": OTHER_QUESTION, "commitment": 1}
    desk.decide("identify", statement=statement_of(2), **here)
    desk.decide("hold", statement=statement_of(2), holder="self")
    desk.decide("assess", holder=holder, **told)
    before = desk.timeline()
    desk.decide("identify", statement=statement_of(2), **there)
    desk.decide("identify", statement=statement_of(2), **here)
    assert desk.timeline() == before


def test_who_speaks_is_what_was_decided_last_whatever_was_before(desk: Desk) -> None:
    """By way of another, or at once, the holders are the same."""
    desk.decide("identify", statement=statement_of(2), agent="harbour-office")
    desk.decide("identify", statement=statement_of(2), **SPOKESMAN)
    there = holders_of(desk, 2)
    desk.decide("identify", statement=statement_of(1), **SPOKESMAN)
    assert holders_of(desk, 1) == there


def test_an_unnamed_speaker_holds_nothing(desk: Desk) -> None:
    """Nobody is named: the reading stands beside the line; a name alone is no agent."""
    for speaker in (None, "Oleg Brant"):
        desk.decide("identify", statement=statement_of(2), speaker=speaker)
        positions, asides = desk.timeline()
        assert len(positions) == 1
        assert [each.reason for each in asides] == ["no_holder"]


def test_an_unfiled_statement_is_filed_under_a_topic(desk: Desk) -> None:
    """It leaves what no topic claims, and is assessed on the questions there."""
    desk.record(3, "2031-02-09", reading(1, question=None), topic=UNFILED)
    desk.decide("file", statement=statement_of(3), topic=TOPIC)
    assert desk.timeline(UNFILED) == ((), ())
    assert [each.reason for each in desk.timeline()[1]] == ["no_reading"]
    desk.decide("assess", statement=statement_of(3), question=QUESTION, commitment=-3)
    assert desk.labels() == ["stated", "reversed", "reaffirmed"]
    desk.decide("withdraw", statement=statement_of(3), topic=TOPIC)
    desk.decide("reinstate", statement=statement_of(3), topic=UNFILED)
    assert desk.labels() == ["stated", "reversed"]
    assert len(desk.timeline(UNFILED)[1]) == 1
    assert desk.replays()


def test_a_decision_is_written_in_every_topic_that_carries_the_statement(
    desk: Desk,
) -> None:
    """A date holds wherever the statement is filed, in one transaction."""
    desk.decide("file", statement=statement_of(1), topic=OTHER_TOPIC)
    done = desk.decide("date", statement=statement_of(1), spoken_at="2031-02-02")
    assert set(done.streams) == {topic_stream(TOPIC), topic_stream(OTHER_TOPIC)}
    for topic in (TOPIC, OTHER_TOPIC):
        found = desk.timelines.read(TimelineQuery(topic=topic))
        dated = [s for s in found.statements if s.id == statement_of(1)]
        assert [str(each.statement.dating.spoken_at) for each in dated] == [
            "2031-02-02"
        ]


def test_linked_statements_are_one_and_never_reaffirm(desk: Desk) -> None:
    """Three outlets report one utterance on different days: one position, one label."""
    for number in (3, 4):
        desk.record(number, f"2031-02-0{number + 4}", reading(-3, holder="self"))
    assert desk.labels() == ["stated", "reversed", "reaffirmed", "reaffirmed"]
    desk.decide("link", first=statement_of(2), second=statement_of(3))
    desk.decide("link", first=statement_of(4), second=statement_of(3))
    assert desk.labels() == ["stated", "reversed"]
    assert len(desk.timeline()[0][1].statements) == 3


def test_links_form_no_cycle_and_contradict_nothing(desk: Desk) -> None:
    """Refused: a link that closes a cycle, or makes one of what contradicts itself."""
    first, second, third, fourth = (statement_of(n) for n in (1, 2, 3, 4))
    for number in (3, 4):
        desk.record(number, "2031-02-05", reading(-3))
    desk.decide("link", first=first, second=second)
    desk.decide("link", first=second, second=third)
    with pytest.raises(InvalidCommandError, match="through other links"):
        desk.decide("link", first=third, second=first)
    with pytest.raises(InvalidCommandError, match="through other links"):
        desk.decide("link", first=third, second=first, kind="contradicts")
    with pytest.raises(InvalidCommandError, match="through other links"):
        desk.decide("unlink", first=third, second=first)
    desk.decide("link", first=first, second=fourth, kind="contradicts")
    with pytest.raises(InvalidCommandError, match="contradict one another"):
        desk.decide("link", first=third, second=fourth)
    desk.decide("unlink", first=second, second=third)
    desk.decide("link", first=third, second=fourth)
    assert desk.replays()


def test_statements_without_a_common_topic_are_not_linked(desk: Desk) -> None:
    """A link stands in a topic that carries both."""
    desk.record(3, "2031-02-05", reading(-3), topic=OTHER_TOPIC)
    with pytest.raises(InvalidCommandError, match="in no one topic"):
        desk.decide("link", first=statement_of(1), second=statement_of(3))


def test_a_question_is_posed_once_and_answered_at_once(desk: Desk) -> None:
    """The same question again adds nothing; one that was taken back is reinstated."""
    told = {
        "topic": TOPIC,
        "question": "sell-the-pier",
        "kind": "policy",
        "labels": {"en": "Sell the pier?"},
    }
    assert desk.decide("pose", **told).events == 1
    assert desk.decide("pose", **told).events == 0
    desk.decide(
        "assess",
        statement=statement_of(1),
        question="sell-the-pier",
        commitment=0,
        act="decline",
    )
    assert len(desk.timeline()[0]) == 3
    desk.decide("withdraw-question", topic=TOPIC, question="sell-the-pier")
    assert len(desk.timeline()[0]) == 2
    with pytest.raises(InvalidCommandError, match="reinstate it"):
        desk.decide("pose", **told)
    with pytest.raises(InvalidCommandError, match="taken back already"):
        desk.decide("withdraw-question", topic=TOPIC, question="sell-the-pier")
    with pytest.raises(NotFoundError):
        desk.decide(
            "assess",
            statement=statement_of(2),
            question="sell-the-pier",
            commitment=1,
        )


def test_who_decides_on_an_older_record_is_told(desk: Desk) -> None:
    """Two editors saw the same: the second to decide on one topic hears of the first."""
    seen = desk.log.head()
    desk.decide(
        "date", statement=statement_of(1), spoken_at="2031-02-02", expected_seq=seen
    )
    head = desk.log.head()
    with pytest.raises(OutdatedError, match=f"gone on to seq {head} after seq {seen}"):
        desk.decide(
            "date", statement=statement_of(1), spoken_at="2031-02-03", expected_seq=seen
        )
    assert desk.log.head() == head
    elsewhere = {"first": "tarek-mool", "second": "vesna-orlin", "verdict": "negative"}
    assert desk.decide("alias", expected_seq=seen, **elsewhere).events == 1


def test_a_decision_is_taken_anew_when_others_were_first(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bounded number of times, on the record as it then is."""
    races, rivals = ATTEMPTS - 1, iter(range(90, 150))
    plain = desk.log.append

    def raced(batch: Batch) -> int:
        nonlocal races
        if races and batch.actor == TESTER and batch.causation is not None:
            races -= 1
            desk.record(next(rivals), "2031-02-07", reading(1))
        return plain(batch)

    monkeypatch.setattr(desk.log, "append", raced)
    assert desk.decide("withdraw", statement=statement_of(1)).events == 1
    assert races == 0
    races = ATTEMPTS
    with pytest.raises(ConflictError):
        desk.decide("withdraw", statement=statement_of(2))


def test_nothing_is_decided_on_a_record_that_has_gone_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another does between reading and appending is seen: the second is refused."""
    plain, first = desk.log.version, withdrawn(*recordings_of(desk, 1))
    raced = False

    def version(stream: str) -> int:
        nonlocal raced
        if stream == topic_stream(TOPIC) and not raced:
            raced = True
            desk.append(stream, first)
        return plain(stream)

    monkeypatch.setattr(desk.log, "version", version)
    with pytest.raises(InvalidCommandError, match="withdrawn already"):
        desk.decide("withdraw", statement=statement_of(1))


def recordings_of(desk: Desk, number: int) -> list[Recorded[Event]]:
    """Return the recordings of the statement with a number."""
    stored = desk.log.read_stream(topic_stream(TOPIC))
    events = (decode(each) for each in stored)
    return [
        each
        for each in events
        if isinstance(each.event, StatementAttributed)
        and each.event.statement == statement_of(number)
    ]


def test_a_decision_names_its_actor_and_its_reason(desk: Desk) -> None:
    """Who decided and why is in the event, or in what caused it."""
    desk.decide("withdraw", statement=statement_of(1), reason="wrong minister")
    (live,) = desk.timelines.read(TimelineQuery(topic=TOPIC)).statements
    assert live.id == statement_of(2)
    desk.decide("date", statement=statement_of(2), spoken_at=None, reason="no date")
    (live,) = desk.timelines.read(TimelineQuery(topic=TOPIC)).statements
    assert [(d.of, d.actor, d.reason) for d in live.decisions] == [
        ("date", TESTER, "no date")
    ]
    assert live.statement.assessment.readings[0].act is Act.ASSERT
