"""Statements: what an article shows (attribution) and what is judged of it.

The attribution is what stands in the text and never changes. Speaker, date and
readings are judgements: each names the rule, model or person behind it, each can
be replaced by a later one, and none is part of the statement's id.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from domain.model.commitment import Act, Confidence, Level, Polarity, Reading
from domain.model.derived import Derived
from domain.model.ids import AgentId, ArticleId, StatementId
from domain.model.moment import Moment
from domain.model.span import Excerpt
from domain.model.value import Value
from domain.model.word import Word


class Kind(Word):
    """How the words are given: quoted whole, in part, or not at all."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Resolution(Word):
    """How the source names the speaker."""

    NAME = "name"
    SURNAME = "surname"
    ROLE = "role"
    PRONOUN = "pronoun"
    ELIDED = "elided"
    ORGANISATION = "organisation"
    UNNAMED = "unnamed"


class DateBasis(Word):
    """What the date of a statement rests on (never one clock copied into another)."""

    EXPLICIT = "explicit"
    RELATIVE = "relative"
    WEEKDAY = "weekday"
    EVENT_ANCHOR = "event_anchor"
    PUBLISHED_DEFAULT = "published_default"
    BOUND_ONLY = "bound_only"
    PERSON = "person"

    @property
    def is_told(self) -> bool:
        """Whether the article, or a person, gives the date; a default is none."""
        return self not in {DateBasis.PUBLISHED_DEFAULT, DateBasis.BOUND_ONLY}


class Frame(Value):
    """To whom, carried by what, and on which occasion, as the text says."""

    addressee: Excerpt | None = None
    medium: Excerpt | None = None
    occasion: Excerpt | None = None


class Attribution(Value):
    """Source, cue and content (the terms of PARC) as they stand in the text.

    ``frame`` holds the slots at this cue or opening its sentence, ``inherited``
    those of an earlier cue that this one is coordinated with. ``before`` and
    ``after`` are up to 32 code points around the content, an anchor for texts that
    were revised (W3C TextQuoteSelector).
    """

    language: str
    kind: Kind
    content: Annotated[tuple[Excerpt, ...], Field(min_length=1)]
    cue: Excerpt | None
    source: Excerpt | None
    frame: Frame = Frame()
    inherited: Frame = Frame()
    before: str = ""
    after: str = ""
    rule: str
    confidence: Confidence

    @property
    def words(self) -> str:
        """The exact words, spans joined by an ellipsis in brackets."""
        return " […] ".join(part.words for part in self.content)


class Identification(Value):
    """Who uttered the words: the speaker as an index lists it, and the agent.

    ``speaker`` is None for a source that nobody is named for; ``agent`` is None
    where the register does not know the speaker. ``role_as_stated`` is what the
    article calls the speaker, kept verbatim and never written to the register.
    """

    speaker: str | None
    agent: AgentId | None = None
    resolution: Resolution
    role_as_stated: str | None = None
    on_behalf_of: str | None = None
    on_behalf_of_agent: AgentId | None = None
    rule: str
    confidence: Confidence


class Dating(Value):
    """When the words were spoken, and what that rests on.

    ``raw`` are the words of the text that the date was read from, ``base`` the
    date they are relative to, ``reader`` the tool and its version.
    """

    spoken_at: Moment | None
    basis: DateBasis
    raw: str | None = None
    base: Moment | None = None
    reader: str | None = None
    rule: str
    confidence: Confidence


class Assessment(Value):
    """What is said: polarity and commitment of the main proposition, and readings."""

    act: Act
    polarity: Polarity
    commitment: Level
    conditions: tuple[Excerpt, ...] = ()
    readings: tuple[Reading, ...] = ()
    rule: str
    confidence: Confidence


class Filing(Value):
    """Why a statement stands in a topic: the rule, and the words that matched."""

    rule: str
    matched: tuple[str, ...] = ()


class Statement(Derived, frozen=True):
    """An attribution with the judgements in force on it."""

    id: StatementId
    article: ArticleId
    attribution: Attribution
    identification: Identification
    dating: Dating
    assessment: Assessment
