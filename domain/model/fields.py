"""What is wrong with the fields of something handed in, in the words of its reader.

A field is named by its place alone; neither our classes nor pydantic's own terms are
told. What was sent is not repeated: it may be long, or none of our business.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from domain.model.patterns import IN_WORDS

_REASONS = {
    "missing": "is missing",
    "extra_forbidden": "is no known field",
    "union_tag_not_found": "is missing",
    "union_tag_invalid": "should be one of {expected_tags}",
    "enum": "should be one of {expected}",
    "greater_than_equal": "should be at least {ge}",
    "less_than_equal": "should be at most {le}",
    "string_pattern_mismatch": "should match {pattern}",
    "value_error": "{error}",
    "int_from_float": "should be a whole number",
    "int_parsing": "should be a whole number",
    "float_parsing": "should be a number",
    "bool_parsing": "should be true or false",
    "json_invalid": "is no JSON: {error}",
}
"""Kinds of errors that pydantic tells apart, and what they mean."""
_SHAPES = {
    "string_type": "a text",
    "string_unicode": "a text without lone surrogates",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "none_required": "null",
}
_LENGTHS = {"string_too_short", "string_too_long", "too_short", "too_long"}
_KEY = "[key]"
"""How pydantic says that the name of a field is wrong, not what it holds."""
Place = tuple[int | str, ...]


class WrongField(NamedTuple):
    """Where something is wrong, from the outside in, and what."""

    place: Place
    reason: str

    @property
    def name(self) -> str:
        """The place on one line: ``statements.0.cue``."""
        return ".".join(map(str, self.place))

    def __str__(self) -> str:
        """Return place and reason on one line."""
        return f"{self.name}: {self.reason}" if self.place else self.reason


def wrong_fields(
    details: Iterable[Mapping[str, Any]], *, within: Place = (), skip: int = 0
) -> list[WrongField]:
    """Return what pydantic found wrong (``ValidationError.errors()``).

    ``within`` are places in front of theirs; ``skip`` leaves out the first of theirs,
    which name the kinds of a union and are none of what was sent.
    """
    found = [_wrong(each, within, skip) for each in details]
    return [each for each in found if not any(_holds(each, other) for other in found)]


def _holds(outer: WrongField, inner: WrongField) -> bool:
    """Whether one thing is wrong for the sake of another that lies in it."""
    depth = len(outer.place)
    return depth < len(inner.place) and inner.place[:depth] == outer.place


def _wrong(detail: Mapping[str, Any], within: Place, skip: int) -> WrongField:
    kind, context = str(detail["type"]), detail.get("ctx") or {}
    place = (*within, *detail["loc"][skip:])
    if kind.startswith("union_tag"):
        place = (*within, *detail["loc"], str(context["discriminator"]).strip("'"))
    if place[-1:] == (_KEY,):
        return WrongField(place[:-1], f"the name {_reason(kind, detail, context)}")
    return WrongField(place, _reason(kind, detail, context))


def _reason(kind: str, detail: Mapping[str, Any], context: Mapping[str, Any]) -> str:
    if kind in _SHAPES:
        return f"should be {_SHAPES[kind]}"
    if kind == "string_pattern_mismatch" and context["pattern"] in IN_WORDS:
        return IN_WORDS[context["pattern"]]
    if kind in _LENGTHS:
        return _length(kind, context)
    if kind == "json_invalid" and "hex escape" in context["error"]:
        place = str(context["error"]).rpartition(" at ")[2]
        return f"should be text without lone surrogates, has one before {place}"
    if kind in _REASONS:
        return _REASONS[kind].format(**context)
    told = str(detail["msg"])
    return told.removeprefix("Input ").removeprefix("Value ")


def _length(kind: str, context: Mapping[str, Any]) -> str:
    """Return how long a text may be in characters, or a list in values.

    What a check of ours has gone through is a "Value" to pydantic: those are texts.
    """
    of_text = kind.startswith("string") or context["field_type"] == "Value"
    unit = "character" if of_text else "value"
    short = kind.endswith("short")
    bound = context["min_length" if short else "max_length"]
    told = (
        f"at {'least' if short else 'most'} {bound} {unit}{'' if bound == 1 else 's'}"
    )
    found = "" if of_text or not short else f", has {context['actual_length']}"
    return f"should have {told}{found}"
