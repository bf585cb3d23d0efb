"""What a statement commits its holder to: acts, commitments, conditions, readings.

A commitment is signed, -3..+3, for or against one question:
3 must, is, will; 2 should, probably, intends; 1 may, could, open to;
0 explicit non-commitment. The levels follow the certain, probable and possible
of FactBank (Saurí and Pustejovsky 2009).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from domain.model.ids import SLUG, AgentId, QuestionId
from domain.model.span import Excerpt
from domain.model.value import Value
from domain.model.word import Word

FOR_NOW = "for-now"
"""The one condition of the kind ``for_now``, in every vocabulary."""
Commitment = Annotated[int, Field(ge=-3, le=3)]
Level = Annotated[int, Field(ge=0, le=3)]
Confidence = Annotated[float, Field(ge=0, le=1)]


class Act(Word):
    """What a speaker does in saying something."""

    ASSERT = "assert"
    DENY = "deny"
    CONFIRM = "confirm"
    EVALUATE = "evaluate"
    DEMAND = "demand"
    OFFER = "offer"
    PROPOSE = "propose"
    INVITE = "invite"
    ACCEPT = "accept"
    REFUSE = "refuse"
    PROMISE = "promise"
    THREATEN = "threaten"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


class Polarity(Word):
    """Whether the main proposition is affirmed or negated."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class Relation(Word):
    """How the speaker stands to the holder of the position."""

    SELF = "self"
    SPOKESPERSON_FOR = "spokesperson_for"
    REPORTS_ABOUT = "reports_about"


class ConditionKind(Word):
    """What sort of condition a position is made to depend on."""

    PRECONDITION = "precondition"
    RECIPROCITY = "reciprocity"
    SCOPE = "scope"
    DEADLINE = "deadline"
    FOR_NOW = "for_now"


class Condition(Value):
    """What a position depends on; equal by ``id``, never by its words.

    The id comes from the vocabulary of the question, so that a rewording is not
    taken for another condition. ``for_now`` is the one id of its kind.
    """

    id: Annotated[str, Field(pattern=SLUG)]
    kind: ConditionKind
    words: Excerpt | None = None


class Reading(Value):
    """What a statement says on one question.

    ``holder`` is an agent, or ``self``: whoever is the speaker in force when the
    log is folded. ``question`` is None where no question of the topic is answered.
    """

    question: QuestionId | None
    holder: AgentId | Literal["self"]
    relation: Relation
    act: Act
    commitment: Commitment
    conditions: tuple[Condition, ...] = ()
    rule: str
