"""Topics and their closed questions.

Positions are compared on a question, never on a topic: two statements on one
topic that answer different questions have nothing to reverse.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from domain.model.ids import SLUG, QuestionId, TopicId
from domain.model.value import Value
from domain.model.word import Word

Labels = dict[str, str]


class QuestionKind(Word):
    """Whether a question asks what should be, or what is so."""

    POLICY = "policy"
    STATE = "state"


class Question(Value):
    """A closed question: it can be answered by yes or no, more or less firmly."""

    id: Annotated[QuestionId, Field(pattern=SLUG)]
    kind: QuestionKind
    labels: Labels


class Topic(Value):
    """A subject that people follow; one stream of statements."""

    id: Annotated[TopicId, Field(pattern=SLUG)]
    labels: Labels
    fiction: bool = False
    questions: tuple[Question, ...] = ()
