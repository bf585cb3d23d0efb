"""What may be decided of the record: one small flat command for each decision.

A command says what shall be so, and why. Its JSON is the body of a request, the line
of a file of decisions, and the options of a subcommand: one form everywhere. Each is
undone by a later one, never by deletion.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field, TypeAdapter, field_validator

from domain.events.agent import Verdict
from domain.events.topic import LinkKind
from domain.model.commitment import FOR_NOW, Act, Commitment, Condition, ConditionKind
from domain.model.ids import LONGEST_ID, SLUG, AgentId, QuestionId, StatementId, TopicId
from domain.model.moment import Moment
from domain.model.patterns import CONDITION
from domain.model.told import LanguageTag, Name, Told
from domain.model.topic import QuestionKind
from domain.model.value import Value

T = TypeVar("T")
Bounded = Annotated[T, Field(max_length=LONGEST_ID)]
"""An id that a command names."""
Slug = Bounded[Annotated[str, Field(pattern=SLUG)]]


def _of_its_kind(text: str) -> str:
    """Refuse an id without end, one for now that is another, and another kind of it."""
    identifier, _, kind = text.partition(":")
    if len(identifier) > LONGEST_ID:
        message = f"should have an id of at most {LONGEST_ID} characters"
        raise ValueError(message)
    if kind and (identifier == FOR_NOW) != (kind == ConditionKind.FOR_NOW):
        message = (
            f"should be {FOR_NOW}, the one condition of the kind "
            f"{ConditionKind.FOR_NOW.value}, or another id of another kind"
        )
        raise ValueError(message)
    return text


ConditionText = Annotated[str, Field(pattern=CONDITION), AfterValidator(_of_its_kind)]
"""``id`` or ``id:kind``; without a kind a precondition, or ``for_now`` by its id."""


class Decision(Value):
    """Base of all commands; ``reason`` is for whoever reads the record later."""

    reason: Annotated[Told, Field(min_length=1, max_length=1000)]

    @field_validator("*", mode="after")
    @classmethod
    def _storable(cls, value: T) -> T:
        """Refuse a NUL in any id: no database looks for it, and none keeps it."""
        if isinstance(value, str) and "\x00" in value:
            message = "should have no NUL"
            raise ValueError(message)
        return value


class DateStatement(Decision):
    """When a statement was spoken, if anybody can know."""

    do: Literal["date"] = "date"
    statement: Bounded[StatementId]
    spoken_at: Moment | None


class IdentifySpeaker(Decision):
    """Who spoke: an agent, a name that is on no register, or nobody who is named."""

    do: Literal["identify"] = "identify"
    statement: Bounded[StatementId]
    agent: Bounded[AgentId] | None = None
    speaker: Name | None = None
    on_behalf_of: Bounded[AgentId] | None = None


class NameHolder(Decision):
    """Whose position a statement gives, on one question or on all that it answers."""

    do: Literal["hold"] = "hold"
    statement: Bounded[StatementId]
    holder: Bounded[AgentId]
    question: Bounded[QuestionId] | None = None


class AssessStatement(Decision):
    """What a statement says on one question, if it says anything.

    ``holder`` is whose position it is; without it, whose it was judged to be before, or
    the speaker's, where the statement said nothing on the question. Where several hold
    one, the holder's alone is replaced, or taken away by none, and the others stay;
    ``beside`` adds that of a holder who has none beside the others.
    """

    do: Literal["assess"] = "assess"
    statement: Bounded[StatementId]
    question: Bounded[QuestionId]
    commitment: Commitment | None
    act: Act = Act.ASSERT
    conditions: tuple[ConditionText, ...] = ()
    holder: Bounded[AgentId] | None = None
    beside: bool = False


class WithdrawStatement(Decision):
    """A statement should never have been recorded, in one topic or in all."""

    do: Literal["withdraw"] = "withdraw"
    statement: Bounded[StatementId]
    topic: Bounded[TopicId] | None = None


class ReinstateStatement(Decision):
    """A withdrawn statement is put back in one topic, or wherever it was taken last."""

    do: Literal["reinstate"] = "reinstate"
    statement: Bounded[StatementId]
    topic: Bounded[TopicId] | None = None


class FileStatement(Decision):
    """A statement belongs under another topic as well."""

    do: Literal["file"] = "file"
    statement: Bounded[StatementId]
    topic: Bounded[TopicId]


class LinkStatements(Decision):
    """Two statements are one utterance, or repeat or contradict one another."""

    do: Literal["link"] = "link"
    first: Bounded[StatementId]
    second: Bounded[StatementId]
    kind: LinkKind = LinkKind.SAME_STATEMENT


class UnlinkStatements(Decision):
    """Two statements are not linked."""

    do: Literal["unlink"] = "unlink"
    first: Bounded[StatementId]
    second: Bounded[StatementId]


class PoseQuestion(Decision):
    """A closed question is asked in a topic."""

    do: Literal["pose"] = "pose"
    topic: Bounded[TopicId]
    question: Slug
    kind: QuestionKind
    labels: Annotated[dict[LanguageTag, Name], Field(min_length=1)]


class WithdrawQuestion(Decision):
    """A question should not have been asked."""

    do: Literal["withdraw-question"] = "withdraw-question"
    topic: Bounded[TopicId]
    question: Bounded[QuestionId]


class ReinstateQuestion(Decision):
    """A question that was taken back is asked again, as it was posed."""

    do: Literal["reinstate-question"] = "reinstate-question"
    topic: Bounded[TopicId]
    question: Bounded[QuestionId]


class JudgeAlias(Decision):
    """Two agents are one, or are not, or it is not known."""

    do: Literal["alias"] = "alias"
    first: Bounded[AgentId]
    second: Bounded[AgentId]
    verdict: Verdict


class RecordRole(Decision):
    """An agent holds or held a post; titles are its names in articles."""

    do: Literal["role"] = "role"
    agent: Bounded[AgentId]
    post: Slug
    organisation: Bounded[AgentId]
    held: Moment
    source: Annotated[Told, Field(min_length=1, max_length=1000)]
    titles: dict[LanguageTag, tuple[Name, ...]] = Field(default_factory=dict)
    on_behalf_of: Bounded[AgentId] | None = None


class WithdrawRole(Decision):
    """An agent does not hold a post that is on the register."""

    do: Literal["withdraw-role"] = "withdraw-role"
    agent: Bounded[AgentId]
    post: Slug
    organisation: Bounded[AgentId]
    held: Moment


class ReinstateRole(Decision):
    """A holding that was withdrawn stands again."""

    do: Literal["reinstate-role"] = "reinstate-role"
    agent: Bounded[AgentId]
    post: Slug
    organisation: Bounded[AgentId]
    held: Moment


OfStatement = (
    DateStatement
    | IdentifySpeaker
    | NameHolder
    | AssessStatement
    | WithdrawStatement
    | ReinstateStatement
    | FileStatement
)
OfPair = LinkStatements | UnlinkStatements
OfQuestion = PoseQuestion | WithdrawQuestion | ReinstateQuestion
OfRole = RecordRole | WithdrawRole | ReinstateRole
Command = OfStatement | OfPair | OfQuestion | JudgeAlias | OfRole
COMMANDS: tuple[type[Decision], ...] = (
    DateStatement,
    IdentifySpeaker,
    NameHolder,
    AssessStatement,
    WithdrawStatement,
    ReinstateStatement,
    FileStatement,
    LinkStatements,
    UnlinkStatements,
    PoseQuestion,
    WithdrawQuestion,
    ReinstateQuestion,
    JudgeAlias,
    RecordRole,
    WithdrawRole,
    ReinstateRole,
)
"""All commands, in the order in which they are documented."""
COMMAND: TypeAdapter[Command] = TypeAdapter(
    Annotated[Command, Field(discriminator="do")]
)
"""Reads and writes any command by what it does (``do``)."""


def condition_of(text: str) -> Condition:
    """Return the condition that ``id`` or ``id:kind`` names."""
    identifier, _, kind = text.partition(":")
    usual = ConditionKind.FOR_NOW if identifier == FOR_NOW else None
    kinds = ConditionKind(kind) if kind else usual or ConditionKind.PRECONDITION
    return Condition(id=identifier, kind=kinds)
