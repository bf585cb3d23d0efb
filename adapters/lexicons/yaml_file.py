"""Reads a YAML file into a value, or refuses it with file, line and reason.

Only the safe core of YAML: texts, numbers, booleans, lists and mappings. A bare date
stays the text it was written as, and a key given twice is an error, not the last.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from domain.errors import InvalidSeedError

T = TypeVar("T")


class _Loader(yaml.SafeLoader):
    """The safe loader without implicit dates."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if "timestamp" not in tag]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load_yaml(path: Path, shape: type[T] | TypeAdapter[T]) -> T:
    """Return the content of a YAML file as a value of this shape.

    Raises:
        InvalidSeedError: the file cannot be read, is no YAML, or breaks the shape.
    """
    adapter = shape if isinstance(shape, TypeAdapter) else TypeAdapter(shape)
    node = _compose(path)
    loader = _Loader("")
    content = loader.construct_document(node)
    try:
        return adapter.validate_python(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        reason = f"{where}: {first['msg']}" if where else first["msg"]
        raise InvalidSeedError(
            str(path), _line_of(node, first["loc"]), reason
        ) from error


def _compose(path: Path) -> yaml.Node:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 at byte {error.start}"
        raise InvalidSeedError(str(path), None, reason) from error
    except OSError as error:
        raise InvalidSeedError(
            str(path), None, error.strerror or "unreadable"
        ) from error
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise InvalidSeedError(str(path), line, error.problem or "no YAML") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise InvalidSeedError(str(path), None, "no YAML") from error
    if node is None:
        raise InvalidSeedError(str(path), 1, "the file is empty")
    _refuse_twice(path, node)
    return node


def _refuse_twice(path: Path, node: yaml.Node) -> None:
    """Refuse a mapping that gives one key twice."""
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _refuse_twice(path, child)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                line = key.start_mark.line + 1
                raise InvalidSeedError(str(path), line, f"{key.value!r} stands twice")
            seen.add(key.value)
            _refuse_twice(path, value)


def _line_of(node: yaml.Node, path: tuple[int | str, ...]) -> int:
    """Return the line of the value at a path, or of its nearest ancestor."""
    for part in path:
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
