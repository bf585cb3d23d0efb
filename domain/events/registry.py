"""The names of all events, and how old shapes are read.

A name once stored is here for ever. An event that changes shape gets a new class
with a new name; the old class stays as the shape of its stored bytes, and an
upcaster turns it into the event of today whenever it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.errors import UnknownEventError
from domain.events.agent import (
    AgentRegistered,
    AliasJudged,
    RoleHeld,
    RoleReinstated,
    RoleWithdrawn,
)
from domain.events.article import ArticleCaptured, ArticleRevised
from domain.events.base import Event
from domain.events.topic import (
    QuestionPosed,
    QuestionReinstated,
    QuestionWithdrawn,
    SpeakerIdentified,
    StatementAssessed,
    StatementAttributed,
    StatementDated,
    StatementsLinked,
    StatementsUnlinked,
    StatementWithdrawn,
    TopicOpened,
)

Upcaster = Callable[[Event], Event]
"""Turns an event of a retired shape into one of today; pure."""

EVENTS: Mapping[str, type[Event]] = {
    event.name: event
    for event in (
        ArticleCaptured,
        ArticleRevised,
        TopicOpened,
        QuestionPosed,
        QuestionWithdrawn,
        QuestionReinstated,
        StatementAttributed,
        StatementWithdrawn,
        SpeakerIdentified,
        StatementDated,
        StatementAssessed,
        StatementsLinked,
        StatementsUnlinked,
        AgentRegistered,
        RoleHeld,
        RoleWithdrawn,
        RoleReinstated,
        AliasJudged,
    )
}
"""Every name that a log may hold, retired ones included."""
UPCASTERS: Mapping[str, Upcaster] = {}
"""One entry for each retired name; empty while every shape is the first."""


def event_class(name: str) -> type[Event]:
    """Return the class that is stored under a name.

    Raises:
        UnknownEventError: no event was ever stored under this name.
    """
    try:
        return EVENTS[name]
    except KeyError:
        message = f"the log holds an event {name!r}, which this version does not know"
        raise UnknownEventError(message) from None


def upcast(event: Event) -> Event:
    """Return the event of today for an event of any shape that was ever stored."""
    while upcaster := UPCASTERS.get(event.name):
        event = upcaster(event)
    return event
