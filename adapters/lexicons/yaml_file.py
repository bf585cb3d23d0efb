"""Reads a YAML file into a value, or refuses it with file, line and reason.

Only the safe core of YAML: texts, numbers, booleans, lists and mappings. A bare date
stays the text it was written as, a key given twice is an error, not the last, and
anchors are not read: a short file must not stand for a huge one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, NoReturn, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from domain.errors import InvalidSeedError
from domain.model.fields import wrong_fields

LARGEST = 1_000_000
"""Bytes of a file; a larger one was not written by hand."""
_CORE = "tag:yaml.org,2002:"
_TAGS = {_CORE + name for name in ("str", "int", "float", "bool", "null", "seq", "map")}

T = TypeVar("T")


class _Loader(yaml.SafeLoader):
    """The safe loader without implicit dates and without anchors."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Compose a node; an alias is refused where it stands."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(
                problem="anchors are not read: write it out", problem_mark=mark
            )
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if "timestamp" not in tag]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True, slots=True)
class YamlFile(Generic[T]):
    """What was read from a file, and from which of its lines."""

    path: Path
    value: T
    node: yaml.Node

    def refuse(self, reason: str, *place: int | str) -> NoReturn:
        """Refuse the file for what stands at a place.

        Raises:
            InvalidSeedError: always.
        """
        raise InvalidSeedError(str(self.path), _line_of(self.node, place), reason)


def load_yaml(path: Path, shape: type[T] | TypeAdapter[T]) -> T:
    """Return the content of a YAML file as a value of this shape.

    Raises:
        InvalidSeedError: the file cannot be read, is no YAML, or breaks the shape.
    """
    return read_yaml(path, shape).value


def read_yaml(path: Path, shape: type[T] | TypeAdapter[T]) -> YamlFile[T]:
    """Return a YAML file with its content as a value of this shape.

    Raises:
        InvalidSeedError: the file cannot be read, is no YAML, or breaks the shape.
    """
    adapter = shape if isinstance(shape, TypeAdapter) else TypeAdapter(shape)
    try:
        node = _compose(path, _text(path))
        loader = _Loader("")
        _check(path, node, loader)
        content = loader.construct_document(node)
    except RecursionError as error:
        raise InvalidSeedError(str(path), 1, "nested too deeply") from error
    try:
        return YamlFile(path, adapter.validate_python(content), node)
    except ValidationError as error:
        first = wrong_fields(error.errors(include_url=False, include_input=False))[0]
        line = _line_of(node, first.place)
        raise InvalidSeedError(str(path), line, str(first)) from error


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise InvalidSeedError(str(path), None, reason) from error
    if len(raw) > LARGEST:
        reason = f"larger than {LARGEST} bytes: split it"
        raise InvalidSeedError(str(path), None, reason)
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        reason = f"not UTF-8 at byte {error.start}"
        raise InvalidSeedError(str(path), line, reason) from error


def _compose(path: Path, text: str) -> yaml.Node:
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise InvalidSeedError(str(path), line, error.problem or "no YAML") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        reason = "a character that YAML does not allow"
        raise InvalidSeedError(str(path), line, reason) from error
    if node is None:
        raise InvalidSeedError(str(path), 1, "the file is empty")
    return node


def _check(path: Path, node: yaml.Node, loader: _Loader) -> None:
    """Refuse what is not the core of YAML, and a key that a mapping gives twice."""
    line = node.start_mark.line + 1
    if node.tag not in _TAGS:
        reason = f"{node.tag.removeprefix(_CORE)!r} is not read: only plain values"
        raise InvalidSeedError(str(path), line, reason)
    if isinstance(node, yaml.ScalarNode):
        try:
            loader.construct_object(node)
        except (yaml.YAMLError, ValueError, LookupError) as error:
            reason = f"no {node.tag.removeprefix(_CORE)}: {node.value[:40]!r}"
            raise InvalidSeedError(str(path), line, reason) from error
    elif isinstance(node, yaml.MappingNode):
        _check_keys(path, node)
        for key, value in node.value:
            _check(path, key, loader)
            _check(path, value, loader)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _check(path, child, loader)


def _check_keys(path: Path, node: yaml.MappingNode) -> None:
    seen: set[str] = set()
    for key, _ in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise InvalidSeedError(str(path), line, "a key must be a text")
        if key.value in seen:
            raise InvalidSeedError(str(path), line, f"{key.value!r} stands twice")
        seen.add(key.value)


def _line_of(node: yaml.Node, place: tuple[int | str, ...]) -> int:
    """Return the line of the value at a place, or of its nearest ancestor."""
    for part in place:
        child = _child(node, part)
        if child is None:
            break
        node = child
    return int(node.start_mark.line) + 1


def _child(node: yaml.Node, part: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return node.value[part] if part < len(node.value) else None
    return None
