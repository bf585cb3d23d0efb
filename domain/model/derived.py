"""The base of what is derived from events: frozen, compared by content, made in no time.

A fold makes millions of these, so they are msgspec structs and check nothing: they are
made of values that were checked when their event was read. ``body`` and ``read`` write
and read the rows that are kept of them, where unknown fields are refused.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Self

import msgspec
from pydantic import BaseModel, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from domain.errors import DamagedRowError

_ENCODER = msgspec.json.Encoder()


class Derived(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value that the log leads to; it is never stored in the log."""

    @property
    def body(self) -> bytes:
        """This value as JSON, in UTF-8."""
        return _ENCODER.encode(self)

    @classmethod
    def read(cls, body: bytes) -> Self:
        """Return the value of a body.

        Raises:
            DamagedRowError: it is the body of something else, or of nothing.
        """
        try:
            found: Self = _decoder(cls).decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DamagedRowError(cls.__name__, str(error)) from error
        return found

    def changed(self, **changes: Any) -> Self:
        """Return this value with some fields changed."""
        return msgspec.structs.replace(self, **changes)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Be a part of pydantic's models, which take it as it is."""
        return core_schema.is_instance_schema(
            cls,
            serialization=core_schema.plain_serializer_function_ser_schema(_builtins),
        )


@cache
def _decoder(shape: type[Derived]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(shape)


def _builtins(value: Derived) -> Any:
    return msgspec.to_builtins(value, enc_hook=_hook)


def _hook(value: object) -> Any:
    """Return what msgspec does not know as what JSON has for it."""
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else str(value)
