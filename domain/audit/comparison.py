"""Finding the first difference between what a replay gives and what is served."""

from __future__ import annotations

import json
from collections.abc import Iterable

from domain.audit.digest import Line
from domain.model.value import Value

_ABSENT = object()
"""Stands for a field that one side lacks; JSON's null is a value."""


class Difference(Value):
    """The first row that differs; None for a side that lacks the row or the field.

    ``field`` is the path of the first differing field where both have the row.
    """

    table: str
    key: tuple[str, ...]
    field: str | None
    replayed: str | None
    served: str | None


def first_difference(
    replayed: Iterable[Line], served: Iterable[Line]
) -> Difference | None:
    """Return the first row, in the order of table and key, that differs."""
    left = {(line.table, line.key): line.body for line in replayed}
    right = {(line.table, line.key): line.body for line in served}
    for table, key in sorted(left.keys() | right.keys()):
        a, b = left.get((table, key)), right.get((table, key))
        if a != b:
            return _difference(table, key, a, b)
    return None


def _difference(
    table: str, key: tuple[str, ...], a: bytes | None, b: bytes | None
) -> Difference:
    path, left, right = None, _text(a), _text(b)
    if a is not None and b is not None:
        path, left, right = _first_field(a, b)
    return Difference(table=table, key=key, field=path, replayed=left, served=right)


def _first_field(a: bytes, b: bytes) -> tuple[str | None, str | None, str | None]:
    try:
        found = _walk("", json.loads(a), json.loads(b))
    except (ValueError, RecursionError):
        found = None
    return found or (None, _text(a), _text(b))


def _walk(path: str, a: object, b: object) -> tuple[str, str | None, str | None] | None:
    """Return the first place at which two values differ as JSON."""
    if isinstance(a, dict) and isinstance(b, dict):
        for name in sorted(a.keys() | b.keys()):
            one, other = a.get(name, _ABSENT), b.get(name, _ABSENT)
            if found := _walk(f"{path}/{name}", one, other):
                return found
        return None
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        for number, (one, other) in enumerate(zip(a, b, strict=True)):
            if found := _walk(f"{path}/{number}", one, other):
                return found
        return None
    left, right = _json(a), _json(b)
    return (path or "/", left, right) if left != right else None


def _json(value: object) -> str | None:
    if value is _ABSENT:
        return None
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _text(body: bytes | None) -> str | None:
    return None if body is None else body.decode(errors="backslashreplace")
