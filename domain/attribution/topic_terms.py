"""By which words statements are filed under topics and mapped to questions.

This is data of the rules, read from ``seeds/topics/``; what a rule decided with it
is stored in the event, with the words that matched.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from domain.model.commitment import Act, Commitment, ConditionKind, Polarity
from domain.model.ids import SLUG, AgentId, QuestionId
from domain.model.topic import Labels, Question, QuestionKind, Topic
from domain.model.value import Value

Term = Annotated[str, Field(pattern=r"\w")]
"""Words as a pattern names them: they match at the beginning of a word."""


class Pattern(Value):
    """Words that must stand together: one of each group, in one language."""

    language: str
    all: Annotated[
        tuple[Annotated[tuple[Term, ...], Field(min_length=1)], ...],
        Field(min_length=1),
    ]
    none: tuple[Term, ...] = ()


class ReadingRule(Value):
    """What a statement that matches says on a question.

    ``commitment`` fixes the level; without it, the assessment's level and polarity
    are taken, turned by ``sign``. ``holder`` fixes whose position it is where a
    speaker reports about another.
    """

    id: Annotated[str, Field(pattern=SLUG)]
    patterns: Annotated[tuple[Pattern, ...], Field(min_length=1)]
    act: Act | None = None
    commitment: Commitment | None = None
    sign: Literal[1, -1] = 1
    polarity: Polarity | None = None
    holder: AgentId | None = None
    conditions: tuple[str, ...] = ()


class ConditionTerms(Value):
    """One condition of a question's vocabulary, and the words for it."""

    id: Annotated[str, Field(pattern=SLUG)]
    kind: ConditionKind
    labels: Labels
    patterns: Annotated[tuple[Pattern, ...], Field(min_length=1)]


class QuestionTerms(Value):
    """A closed question and the rules by which statements answer it."""

    id: Annotated[QuestionId, Field(pattern=SLUG)]
    kind: QuestionKind
    labels: Labels
    readings: tuple[ReadingRule, ...]
    conditions: tuple[ConditionTerms, ...] = ()

    def question(self) -> Question:
        """Return the question without its rules."""
        return Question(id=self.id, kind=self.kind, labels=self.labels)


class TopicTerms(Value):
    """A topic with all that files statements under it."""

    id: Annotated[str, Field(pattern=SLUG)]
    labels: Labels
    fiction: bool = False
    agents: tuple[AgentId, ...] = ()
    patterns: Annotated[tuple[Pattern, ...], Field(min_length=1)]
    questions: tuple[QuestionTerms, ...] = ()

    def topic(self) -> Topic:
        """Return the topic without its terms."""
        return Topic.model_validate(
            {
                "id": self.id,
                "labels": self.labels,
                "fiction": self.fiction,
                "questions": [each.question() for each in self.questions],
            }
        )
