"""Stored bytes are promised for ever: one golden file for every name in the registry.

A file is written only with ``ONRECORD_WRITE_GOLDEN=1``, and then read by a person: a
changed file means that old logs can no longer be read as they were written.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.errors import UndecodableEventError, UnknownEventError
from domain.events.agent import (
    AgentRegistered,
    AliasJudged,
    RoleHeld,
    RoleReinstated,
    RoleWithdrawn,
    Verdict,
)
from domain.events.article import ArticleCaptured, ArticleRevised
from domain.events.base import Event, Stored
from domain.events.codec import Provenance, decode, encode, event_id
from domain.events.registry import EVENTS
from domain.events.topic import (
    LinkKind,
    QuestionReinstated,
    QuestionWithdrawn,
    SpeakerIdentified,
    StatementAssessed,
    StatementDated,
    StatementsLinked,
    StatementsUnlinked,
    StatementWithdrawn,
)
from domain.model.agent import AgentKind, Alias, AliasKind, Gender, RoleHolding
from domain.model.article import Capture, Marked, Skipped
from domain.model.ids import AgentId, EventId
from domain.model.moment import Moment
from domain.model.span import Excerpt
from domain.model.statement import Frame
from tests.support.facts import (
    HOLDER,
    QUESTION,
    TESTER,
    TOPIC,
    article_of,
    assessed,
    attributed,
    dated,
    opened,
    posed,
    reading,
    spoken_by,
    statement_of,
)

FOLDER = Path(__file__).parent / "events"
STREAM = "topic:harbour-treaty"
PROVENANCE = Provenance(
    TESTER, "ingest harbour", datetime(2031, 2, 3, 4, 5, 6, 789, tzinfo=UTC)
)


def _attribution_in_full() -> Event:
    told = attributed(
        1, "2031-02-01/2031-02-03", reading(-2, conditions=["toll-first"])
    )
    excerpt = Excerpt(start=10, end=15, words="Élan’")
    frame = Frame(addressee=excerpt, medium=excerpt, occasion=excerpt)
    found = told.attribution.model_copy(
        update={"cue": excerpt, "source": excerpt, "frame": frame, "before": "«\u202f"}
    )
    return told.model_copy(update={"attribution": found, "answers": EventId("0" * 32)})


HARBOUR_MASTER = RoleHolding(
    post="harbour-master",
    organisation=AgentId("harbour-office"),
    held=Moment.parse("2030-05/.."),
    titles={"fr": ("capitaine du port",)},
    source="almanac of Valdoria, 2030",
)
GOLDEN: tuple[Event, ...] = (
    ArticleCaptured(
        article=article_of(1),
        length=9,
        language="fr",
        title="Le port",
        outlet="La Vigie",
        url="https://vigie.example/port",
        published_at=Moment.parse("2031-02-03~"),
        published_at_basis="inferred",
        published_at_note="told in the story",
        capture=Capture(media_type="text/plain", encoding="utf-8", byte_length=9),
        extractor="rules 1",
        boilerplate=(Marked(start=0, end=2, reason="related", confidence=0.9),),
        skipped=(Skipped(start=3, end=5, reason="inside_report"),),
        statements=(statement_of(1),),
    ),
    ArticleRevised(
        article=article_of(1), revision=article_of(2), url="https://vigie.example/port"
    ),
    opened(),
    posed(),
    _attribution_in_full(),
    StatementWithdrawn(
        statement=statement_of(1), undoes=(EventId("1" * 32),), reason="wrong article"
    ),
    SpeakerIdentified(
        statement=statement_of(1), identification=spoken_by(HOLDER), reason="named"
    ),
    StatementDated(
        statement=statement_of(1), dating=dated("../2031-02-02"), reason="a letter"
    ),
    StatementAssessed(
        statement=statement_of(1), assessment=assessed([reading(0)]), reason="re-read"
    ),
    StatementsLinked(
        first=statement_of(1),
        second=statement_of(2),
        kind=LinkKind.SAME_STATEMENT,
        reason="same words",
    ),
    StatementsUnlinked(
        first=statement_of(1), second=statement_of(2), reason="other speakers"
    ),
    AgentRegistered(
        agent=HOLDER,
        kind=AgentKind.PERSON,
        labels={"en": "Vesna Orlin", "ru": "Весна Орлин"},
        aliases=(Alias(form="Orlin", language="fr", kind=AliasKind.SURNAME),),
        gender=Gender.FEMININE,
        carries_words=False,
        external_ids={},
    ),
    RoleHeld(agent=HOLDER, role=HARBOUR_MASTER),
    RoleWithdrawn(agent=HOLDER, role=HARBOUR_MASTER, reason="another Orlin"),
    RoleReinstated(agent=HOLDER, role=HARBOUR_MASTER, reason="the same Orlin"),
    AliasJudged(
        first=AgentId("v-orlin"),
        second=HOLDER,
        verdict=Verdict.POSITIVE,
        reason="one signature",
    ),
    QuestionWithdrawn(topic=TOPIC, question=QUESTION, reason="two questions in one"),
    QuestionReinstated(topic=TOPIC, question=QUESTION, reason="one after all"),
)


def golden_bytes(event: Event) -> bytes:
    """Return what is stored for an event at a fixed place and time."""
    return encode(event_id(STREAM, 7, event), event, PROVENANCE)


@pytest.mark.golden
@pytest.mark.parametrize("event", GOLDEN, ids=lambda event: event.name)
def test_stored_bytes_load_and_are_written_the_same(event: Event) -> None:
    """Golden bytes decode to the event, and the event encodes to them."""
    file = FOLDER / f"{event.name}.json"
    if os.environ.get("ONRECORD_WRITE_GOLDEN"):
        file.write_bytes(golden_bytes(event) + b"\n")
    state = file.read_bytes().removesuffix(b"\n")
    recorded = decode(Stored(7, STREAM, 7, event.name, state))
    assert recorded.event == event
    assert (recorded.actor, recorded.causation) == (TESTER, "ingest harbour")
    assert recorded.recorded_at == PROVENANCE.recorded_at
    assert golden_bytes(event) == state


@pytest.mark.golden
def test_every_name_of_the_registry_has_its_golden_bytes() -> None:
    """No event is stored whose bytes are not promised."""
    assert {event.name for event in GOLDEN} == set(EVENTS)
    assert {file.stem for file in FOLDER.glob("*.json")} == set(EVENTS)


def test_names_are_short_and_versioned() -> None:
    """A stored name is words, a point and a version, never a Python path."""
    for name in EVENTS:
        words, _, version = name.rpartition(".v")
        assert words.replace("-", "").isalpha()
        assert words == words.lower()
        assert version.isdecimal()


def test_an_unknown_name_is_one_named_error() -> None:
    """A name that was never stored says so."""
    with pytest.raises(UnknownEventError, match="never-was"):
        decode(Stored(1, STREAM, 1, "never-was.v1", b"{}"))


@pytest.mark.parametrize("state", [b"", b"null", b"{}", b"\xff", b'{"id": 1}'])
def test_bytes_that_are_not_the_event_are_one_named_error(state: bytes) -> None:
    """Whatever the bytes, decoding gives the event or the error that names the seq."""
    with pytest.raises(UndecodableEventError, match="seq 9"):
        decode(Stored(9, STREAM, 1, "topic-opened.v1", state))
