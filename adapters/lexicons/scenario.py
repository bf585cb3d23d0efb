"""Reads a scenario: articles with their statements, and decisions, in one order.

In a scenario a statement is told by its words, which are looked up in the text of its
article, and has a name, by which decisions speak of it (``@name``). What does not fit
is refused with file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

from pydantic import ConfigDict, Discriminator, Tag, TypeAdapter, ValidationError

from adapters.lexicons.yaml_file import YamlFile, read_yaml
from domain.attribution.record import Place
from domain.decisions.commands import COMMAND, Command
from domain.model.fields import wrong_fields
from domain.model.ids import StatementId, TopicId, article_id, statement_id
from domain.model.span import Span
from domain.model.value import Value
from domain.services.import_format import ImportedArticle

_BY_WORDS = ("cue", "source", "addressee", "medium", "occasion")
"""The parts of a statement that are told by their words."""
Step = ImportedArticle | Command
StepT = TypeVar("StepT")


class _Statement(Value):
    """A statement by its words; all else is as import takes it."""

    model_config = ConfigDict(extra="allow")

    name: str
    words: str
    readings: tuple[dict[str, Any], ...] = ()


class _Article(Value):
    """An article with its statements; all else is as import takes it."""

    model_config = ConfigDict(extra="allow")

    article: str
    text: str
    statements: tuple[_Statement, ...]


def _kind(step: object) -> str:
    is_article = isinstance(step, _Article) or (
        isinstance(step, dict) and "article" in step
    )
    return "article" if is_article else "decision"


_Step = Annotated[
    Annotated[_Article, Tag("article")] | Annotated[dict[str, Any], Tag("decision")],
    Discriminator(_kind),
]


class _Scenario(Value):
    """A file of a scenario; readings that name no topic are on this one."""

    topic: TopicId
    steps: tuple[_Step, ...]


_SCENARIO: TypeAdapter[_Scenario] = TypeAdapter(_Scenario)


def read_scenario(folder: Path) -> Sequence[Step]:
    """Return the steps of all files of a folder, in the order of their names.

    Raises:
        InvalidSeedError: a file is bad, words stand not once in their article, or a
            name is unknown or given twice.
    """
    names: dict[str, StatementId] = {}
    steps: list[Step] = []
    for path in sorted(folder.glob("*.yaml")):
        file = read_yaml(path, _SCENARIO)
        for number, step in enumerate(file.value.steps):
            reader = _Reader(file, number, names)
            if isinstance(step, _Article):
                steps.append(reader.article(step))
            else:
                steps.append(reader.decision(step))
    return steps


class _Reader:
    """Reads one step of a file; knows the names given so far."""

    def __init__(
        self, file: YamlFile[_Scenario], number: int, names: dict[str, StatementId]
    ) -> None:
        self._file, self._number, self._names = file, number, names

    def article(self, told: _Article) -> ImportedArticle:
        """Return an article; its statements get their names."""
        statements = [self._statement(told.text, each) for each in told.statements]
        content = {
            "id": told.article,
            "text": told.text,
            "statements": statements,
            **(told.model_extra or {}),
        }
        return self._checked(ImportedArticle.model_validate, content)

    def decision(self, told: dict[str, Any]) -> Command:
        """Return a decision, with ids for names."""
        content = {field: self._resolved(value) for field, value in told.items()}
        return self._checked(COMMAND.validate_python, content)

    def _statement(self, text: str, told: _Statement) -> dict[str, Any]:
        content = self._place(text, told.words)
        if told.name in self._names:
            self._refuse(f"two statements have the name {told.name!r}")
        self._names[told.name] = statement_id(article_id(text), [Span(*content)])
        rest = dict(told.model_extra or {})
        parts = {
            part: self._place(text, rest.pop(part))
            for part in _BY_WORDS
            if part in rest
        }
        topic = self._file.value.topic
        readings = [{"topic": topic, **reading} for reading in told.readings]
        return {
            "content": [content],
            "words": told.words,
            **parts,
            "readings": readings,
            **rest,
        }

    def _place(self, text: str, words: str) -> Place:
        if text.count(words) != 1:
            self._refuse(
                f"expected {words!r} once in the text, got {text.count(words)}"
            )
        start = text.index(words)
        return start, start + len(words)

    def _resolved(self, value: object) -> object:
        if not (isinstance(value, str) and value.startswith("@")):
            return value
        if (found := self._names.get(value[1:])) is None:
            self._refuse(f"no statement {value!r} before this step")
        return found

    def _checked(
        self, read: Callable[[dict[str, Any]], StepT], content: dict[str, Any]
    ) -> StepT:
        try:
            return read(content)
        except ValidationError as error:
            wrong = wrong_fields(error.errors(include_url=False, include_input=False))
            self._refuse(str(wrong[0]))

    def _refuse(self, reason: str) -> NoReturn:
        self._file.refuse(reason, "steps", self._number)
