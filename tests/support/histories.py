"""Hypothesis strategies for whole histories of a topic.

Correlated on purpose: few statements, holders and days, so that intervals really
overlap, decisions really replace one another and withdrawals hit something.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import strategies as st

from domain.events.agent import AliasJudged, Verdict
from domain.events.base import Event, Recorded
from domain.events.topic import (
    LinkKind,
    QuestionReinstated,
    QuestionWithdrawn,
    SpeakerIdentified,
    StatementAssessed,
    StatementAttributed,
    StatementDated,
    StatementsLinked,
    StatementsUnlinked,
)
from domain.model.commitment import Act
from domain.model.ids import ALIASES, AgentId, topic_stream
from domain.positions.aliases import Aliases
from domain.positions.live import live_statements
from domain.positions.record import TopicRecord
from domain.positions.timeline import Timeline, fold
from tests.support.facts import (
    OTHER_QUESTION,
    QUESTION,
    TOPIC,
    assessed,
    at,
    attributed,
    dated,
    opened,
    posed,
    reading,
    spoken_by,
    statement_of,
    withdrawn,
)

START = date(2031, 2, 1)
NUMBERS = st.integers(0, 5)
SPEAKERS = st.sampled_from(["vesna-orlin", "tarek-mool", None])
PAIRS = st.sampled_from(
    [
        ("tarek-mool", "vesna-orlin"),
        ("harbour-office", "vesna-orlin"),
        ("harbour-office", "tarek-mool"),
    ]
)
REASON = "reviewed"


def timeline(
    history: Iterable[Recorded[Event]], *, as_of: date | None = None
) -> Timeline:
    """Fold a history, with the agents that were judged to be one in it."""
    history = list(history)
    standing = Aliases(history).standing()
    lives = live_statements(TopicRecord(history), standing)
    return fold(each for each in lives if as_of is None or each.begun_by(as_of))


@st.composite
def moments(draw: st.DrawFn) -> str | None:
    """Days, short and wide intervals, open ends and no date, close together."""
    first = START + timedelta(days=draw(st.integers(0, 12)))
    last = first + timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 3, 7, 8])))
    shape = draw(st.sampled_from(["closed"] * 8 + ["from", "until", "none"]))
    match shape:
        case "from":
            return f"{first}/.."
        case "until":
            return f"../{last}"
        case "none":
            return None
        case _:
            return str(first) if first == last else f"{first}/{last}"


def _history(*events: Event) -> list[Recorded[Event]]:
    """Return events as they are recorded, one after the other."""
    return [at(seq, event) for seq, event in enumerate(events, start=1)]


DOUBLED = _history(
    opened(),
    posed(),
    attributed(1, None, reading(3), reading(-2), reading(1, holder="self")),
    attributed(
        2,
        "2031-02-01/..",
        reading(1, question=OTHER_QUESTION),
        reading(2, holder="self"),
        reading(2, holder="self"),
    ),
    attributed(3, None, reading(1, question=OTHER_QUESTION), reading(2)),
    attributed(4, "../2031-02-03", reading(2, holder="self"), speaker=None),
    attributed(5, "2031-02-04", reading(2, question=None)),
    attributed(0, "2031-02-02", reading(3), reading(3, holder="self")),
    posed(OTHER_QUESTION),
)
"""Several readings of a statement on one question and holder, beside the line and on it."""

ASKED_AGAIN = _history(
    opened(),
    posed(),
    posed(OTHER_QUESTION),
    attributed(1, "2031-02-01", reading(3)),
    attributed(2, "2031-02-01", reading(1, question=OTHER_QUESTION)),
    attributed(3, "2031-02-02", reading(-2), reading(1, question=OTHER_QUESTION)),
    attributed(4, "2031-02-03", reading(2, question=None)),
    attributed(5, "2031-02-04"),
    QuestionWithdrawn(topic=TOPIC, question=QUESTION, reason=REASON),
    attributed(0, "2031-02-05", reading(2)),
    QuestionReinstated(topic=TOPIC, question=QUESTION, reason=REASON),
)
"""A question that is taken back and asked again, beside another, with and without readings."""

READINGS = st.builds(
    reading,
    st.integers(-3, 3),
    act=st.sampled_from([*Act, Act.WITHDRAW, Act.WITHDRAW]),
    question=st.sampled_from([QUESTION, QUESTION, OTHER_QUESTION, None]),
    holder=st.sampled_from(["self", "self", "vesna-orlin", "harbour-office"]),
    conditions=st.sets(st.sampled_from(["toll-first", "both-sides", "for-now"])),
)
ASSESSMENTS = st.builds(assessed, st.lists(READINGS, max_size=2))


@st.composite
def _event(  # noqa: C901, PLR0911 (one case an event)
    draw: st.DrawFn, earlier: list[Recorded[Event]]
) -> Event:
    number = draw(NUMBERS)
    recordings = [r for r in earlier if isinstance(r.event, StatementAttributed)]
    kind = draw(
        st.sampled_from(
            ["attributed"] * 5
            + ["withdrawn"] * 2
            + ["dated", "identified", "assessed", "linked", "unlinked", "posed"]
            + ["taken back", "asked again", "judged"]
        )
    )
    asked = draw(st.sampled_from([QUESTION, OTHER_QUESTION]))
    first, second = sorted((statement_of(number), statement_of(draw(NUMBERS))))
    match kind:
        case "withdrawn" if recordings:
            return withdrawn(draw(st.sampled_from(recordings)))
        case "dated":
            return StatementDated(
                statement=first, dating=dated(draw(moments())), reason=REASON
            )
        case "identified":
            who = spoken_by(draw(SPEAKERS))
            return SpeakerIdentified(statement=first, identification=who, reason=REASON)
        case "assessed":
            says = draw(ASSESSMENTS)
            return StatementAssessed(statement=first, assessment=says, reason=REASON)
        case "linked":
            link = draw(st.sampled_from(LinkKind))
            return StatementsLinked(
                first=first, second=second, kind=link, reason=REASON
            )
        case "unlinked":
            return StatementsUnlinked(first=first, second=second, reason=REASON)
        case "taken back":
            return QuestionWithdrawn(topic=TOPIC, question=asked, reason=REASON)
        case "asked again":
            return QuestionReinstated(topic=TOPIC, question=asked, reason=REASON)
        case "judged":
            one, other = draw(PAIRS)
            return AliasJudged(
                first=AgentId(one),
                second=AgentId(other),
                verdict=draw(st.sampled_from(Verdict)),
                reason=REASON,
            )
        case "posed":
            return posed(asked)
        case _:
            return _recording(draw, number, earlier)


def _recording(
    draw: st.DrawFn, number: int, earlier: list[Recorded[Event]]
) -> StatementAttributed:
    """Return a first recording, or one that answers the latest withdrawal."""
    told = attributed(
        number,
        draw(moments()),
        *draw(st.lists(READINGS, min_size=1, max_size=2)),
        speaker=draw(SPEAKERS),
    )
    known = [
        each.event
        for each in earlier
        if isinstance(each.event, StatementAttributed)
        and each.event.statement == told.statement
    ]
    answered = [
        each.id
        for each in earlier
        if getattr(each.event, "undoes", None)
        and getattr(each.event, "statement", None) == told.statement
    ]
    if not known:
        return told
    if not answered or any(each.answers == answered[-1] for each in known):
        return known[-1]  # the same fact again
    return told.model_copy(update={"answers": answered[-1]})


@st.composite
def histories(draw: st.DrawFn, *, most: int = 14) -> list[Recorded[Event]]:
    """Histories of one topic as the log returns them, in ascending seq.

    Judgements of aliases stand among them, on a stream of their own.
    """
    history: list[Recorded[Event]] = [at(1, opened()), at(2, posed())]
    for seq in range(3, 3 + draw(st.integers(0, most))):
        event = draw(_event(history))
        stream = ALIASES if isinstance(event, AliasJudged) else topic_stream(TOPIC)
        history.append(at(seq, event, stream=stream))
    return history
